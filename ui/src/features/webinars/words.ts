// How webinars are called: approval, standings, sorts of a check, moments.

import type {
  AttendanceState,
  ColumnMeaning,
  Presence,
  RegistrantDecision,
  RegistrantRow,
  RegistrantStanding,
  RegistrationOutcome,
  RegistrationSort,
  WebinarApproval,
  WebinarRow,
} from "../../host";
import { isoDay, clockTime, number, shortDay, timeSpan, writtenDate } from "../../i18n/format";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";

export type Tone = "plain" | "accent" | "good" | "warn" | "bad";

export const approvals: Record<WebinarApproval, MessageKey> = {
  automatic: "approval-automatic",
  manual: "approval-manual",
  none: "approval-none",
  unknown: "approval-unknown",
};

export const standings: Record<RegistrantStanding, { words: MessageKey; tone: Tone }> = {
  approved: { words: "standing-approved", tone: "good" },
  pending: { words: "standing-pending", tone: "warn" },
  denied: { words: "standing-denied", tone: "bad" },
  cancelled: { words: "standing-cancelled", tone: "plain" },
};

export const presences: Record<Presence, { words: MessageKey; tone: Tone }> = {
  attended: { words: "presence-attended", tone: "good" },
  onDemand: { words: "presence-on-demand", tone: "accent" },
  absent: { words: "presence-absent", tone: "plain" },
  unknown: { words: "presence-unknown", tone: "warn" },
  staff: { words: "presence-staff", tone: "plain" },
};

export const attendanceStates: Record<AttendanceState, MessageKey> = {
  notYet: "attendance-not-yet",
  waiting: "attendance-waiting",
  provisional: "attendance-provisional",
  settled: "attendance-settled",
  noRight: "attendance-no-right",
};

const pendings: Record<RegistrantDecision, MessageKey> = { approve: "being-approved", deny: "being-denied", cancel: "being-cancelled" };

/** What each group of a check is called, and what becomes of it. */
export const sorts: Record<RegistrationSort, { words: MessageKey; note?: MessageKey; tone: Tone }> = {
  ready: { words: "sort-ready", tone: "good" },
  answersMissing: { words: "sort-answers-missing", note: "sort-answers-missing-note", tone: "warn" },
  sameEmail: { words: "sort-same-email", note: "sort-choose-record", tone: "warn" },
  severalRecords: { words: "sort-several-records", note: "sort-choose-record", tone: "warn" },
  noFirstName: { words: "sort-no-first-name", note: "sort-no-first-name-note", tone: "warn" },
  noEmail: { words: "sort-no-email", tone: "plain" },
  emailInvalid: { words: "sort-email-invalid", tone: "plain" },
  optedOut: { words: "sort-opted-out", note: "sort-left-out-note", tone: "plain" },
  denied: { words: "sort-denied", note: "sort-denied-note", tone: "plain" },
  cancelled: { words: "sort-cancelled", note: "sort-left-out-note", tone: "plain" },
  hostOrPanelist: { words: "sort-host", note: "sort-host-note", tone: "plain" },
  alreadyRegistered: { words: "sort-registered", note: "sort-registered-note", tone: "plain" },
  waitingForApproval: { words: "sort-waiting", note: "sort-waiting-note", tone: "plain" },
  onItsWay: { words: "sort-on-its-way", note: "sort-on-its-way-note", tone: "plain" },
  quotaUsed: { words: "sort-quota", note: "sort-quota-note", tone: "plain" },
  noRoom: { words: "sort-no-room", note: "sort-no-room-note", tone: "plain" },
  leftOut: { words: "sort-left-out", tone: "plain" },
};

const outcomes: Record<Exclude<RegistrationOutcome["kind"], "open">, { words: MessageKey; tone: Tone }> = {
  registered: { words: "outcome-registered", tone: "good" },
  waitingForApproval: { words: "standing-pending", tone: "warn" },
  alreadyThere: { words: "outcome-already-there", tone: "good" },
  cancelled: { words: "standing-cancelled", tone: "plain" },
  denied: { words: "standing-denied", tone: "plain" },
  discarded: { words: "outcome-not-sent", tone: "plain" },
};

export function outcomeOf(outcome: RegistrationOutcome): { words: string; tone: Tone } {
  if (outcome.kind === "open") {
    const failed = outcome.state.kind === "needsYou";
    return { words: t(failed ? "outcome-failed-short" : outcome.state.kind === "sending" ? "outbox-sending" : outcome.state.kind === "held" ? "outbox-held" : "outbox-waiting"), tone: failed ? "bad" : "plain" };
  }
  const { words, tone } = outcomes[outcome.kind];
  return { words: t(words), tone };
}

/** Zoom's own fields of the form; a question of one's own speaks for itself. */
const fields: Record<string, MessageKey> = {
  last_name: "form-last-name",
  org: "form-org",
  job_title: "form-job-title",
  phone: "form-phone",
  industry: "form-industry",
  no_of_employees: "form-employees",
  purchasing_time_frame: "form-time-frame",
  role_in_purchase_process: "form-role",
  country: "form-country",
  city: "form-city",
  address: "form-address",
  zip: "form-zip",
  state: "form-state",
  comments: "form-comments",
};

export function fieldWords(field: string, custom: boolean): string {
  const known = custom ? undefined : fields[field];
  return known ? t(known) : field;
}

export const meanings: Record<Exclude<ColumnMeaning["kind"], "answer">, MessageKey> = {
  email: "column-email",
  firstName: "column-first-name",
  lastName: "column-last-name",
  fullName: "column-full-name",
  ignored: "column-ignored",
};

export function topicOf({ topic }: Pick<WebinarRow, "topic">): string {
  return topic || t("no-topic");
}

/** Wed 2 Dec 2026, 16:00–17:00. */
export function whenOf(row: Pick<WebinarRow, "start" | "end">): string {
  if (row.start === null) return t("webinar-no-time");
  return `${writtenDate(isoDay(row.start))}, ${row.end === null ? clockTime(row.start) : timeSpan(row.start, row.end)}`;
}

/** Wed 2 Dec 16:00. */
export function shortWhen(at: number): string {
  return `${shortDay(at)} ${clockTime(at)}`;
}

/** In 9 days, today, running, over. */
export function goingOf(row: WebinarRow): string {
  if (row.progress === "running") return t("webinar-running");
  if (row.daysToGo === null) return row.kind === "recurringNoTime" ? "" : t("webinar-over");
  return t("days-to-go", { count: row.daysToGo, shown: number(row.daysToGo) });
}

/** The same as a sentence's beginning: in 9 days. */
export function goingWords(row: WebinarRow): string {
  return row.progress !== "running" && row.daysToGo !== null ? t("in-days", { count: row.daysToGo, shown: number(row.daysToGo) }) : goingOf(row);
}

/** 283 of 500, 283, or that nobody has to register. */
export function fillOf({ approval, counts, capacity, counted }: WebinarRow): string {
  if (approval === "none") return t("fill-none");
  if (!counted) return t("fill-unknown");
  return capacity === null ? number(counts.approved) : t("fill-of", { count: number(counts.approved), capacity: number(capacity) });
}

export function standingWords(row: RegistrantRow): { words: string; tone: Tone } {
  if (row.pending) return { words: t(pendings[row.pending.decision]), tone: "accent" };
  const { words, tone } = standings[row.standing];
  return { words: t(words), tone };
}

export function throughWords({ through, source }: RegistrantRow): string {
  return joined([t(through === "liaison" ? "through-liaison" : "through-form"), source]);
}

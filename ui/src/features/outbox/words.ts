// The outbox in words: what an item does, what it waits for, what is wrong with it and how to mend it.

import type {
  FieldContent,
  GroupWhat,
  LeftOut,
  NeedsYou,
  OutboxGroup,
  OutboxItem,
  OutboxState,
  OutboxWhat,
  WaitReason,
} from "../../host";
import { listed, moment, number, zoneCity } from "../../i18n/format";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import { clock } from "../../state/clock.svelte";
import type { GroupId } from "../../state/outbox.svelte";
import { providerName } from "../errors/presentation";
import { settingLabel, settingText } from "../webinars/settingWords";
import { fieldWords } from "../webinars/words";

export const groupTitles: Record<GroupId, MessageKey> = {
  needsYou: "outbox-needs-you",
  held: "outbox-held",
  sending: "outbox-sending",
  waiting: "outbox-waiting",
  sent: "outbox-sent",
  discarded: "outbox-discarded-group",
};

const kinds: Record<OutboxWhat, MessageKey> = {
  createMeeting: "outbox-create-meeting",
  updateMeeting: "outbox-update-meeting",
  deleteMeeting: "outbox-delete-meeting",
  createEvent: "outbox-create-event",
  updateEvent: "outbox-update-event",
  deleteEvent: "outbox-delete-event",
  createTask: "outbox-create-task",
  updateTask: "outbox-update-task",
  deleteTask: "outbox-delete-task",
  registerPerson: "outbox-register-person",
  cancelRegistration: "outbox-cancel-registration",
  approveRegistrant: "outbox-approve-registrant",
  denyRegistrant: "outbox-deny-registrant",
  addPanelist: "outbox-add-panelist",
  removePanelist: "outbox-remove-panelist",
  createWebinar: "outbox-create-webinar",
  updateWebinar: "outbox-update-webinar",
  deleteWebinar: "outbox-delete-webinar",
  updateQuestions: "outbox-update-questions",
  createCampaign: "outbox-create-campaign",
  updateCampaign: "outbox-update-campaign",
  createLead: "outbox-create-lead",
  deleteLead: "outbox-delete-lead",
  putCampaignMember: "outbox-put-campaign-member",
  unknown: "outbox-unknown",
};

export function whatWords(item: Pick<OutboxItem, "what">): string {
  return t(kinds[item.what]);
}

const reasons: Record<WaitReason, MessageKey> = {
  turn: "wait-turn",
  network: "wait-network",
  rateLimit: "wait-rate-limit",
  signIn: "wait-sign-in",
  paused: "wait-paused",
  trouble: "wait-trouble",
  checking: "wait-checking",
  otherAccount: "wait-other-account",
};

export interface CauseWords {
  what: string;
  fix: string;
  code: string;
}

/** What was refused with a code that has words here, and how it is mended. */
const refusals: Record<string, { what: MessageKey; fix?: MessageKey }> = {
  START_IN_THE_PAST: { what: "cause-start-passed" },
  SERIES_CHANGED_THERE: { what: "cause-series-changed", fix: "cause-series-changed-fix" },
  WEBINAR_STARTED: { what: "cause-webinar-started", fix: "cause-webinar-started-fix" },
  REGISTRANT_DENIED: { what: "cause-registrant-denied", fix: "cause-registrant-approve-fix" },
  WEBINAR_FULL: { what: "cause-webinar-full", fix: "cause-webinar-full-fix" },
  REGISTRATION_CLOSED: { what: "cause-registration-closed", fix: "cause-registration-closed-fix" },
  REGISTRATION_OFF: { what: "cause-registration-off", fix: "cause-registration-closed-fix" },
  NO_WEBINAR_LICENCE: { what: "cause-webinar-licence" },
  LEAD_IN_USE: { what: "cause-lead-in-use", fix: "cause-lead-in-use-fix" },
  CAMPAIGN_STATUS_MISSING: { what: "cause-campaign-status", fix: "cause-campaign-status-fix" },
};

/** What the words about a row depend on. */
export type CauseOf = Pick<OutboxItem, "provider" | "canReopen" | "canEdit"> & { what: OutboxWhat };

/** How it is mended: here where that is possible, else there. */
function refusedFix(item: CauseOf, fields: string[], code: string): string {
  const own = refusals[code]?.fix;
  if (own) return t(own);
  const about = fields.length > 0 ? `${t("cause-refused-about", { fields: listed(fields.map((name) => fieldLabel(name))) })} ` : "";
  const fresh = item.what === "createEvent" || item.what === "createTask" || item.what === "createMeeting";
  const fix = item.canReopen ? "cause-refused-reopen" : item.canEdit ? "cause-refused-edit" : fresh ? "cause-refused-new-fix" : "cause-refused-fix";
  return about + t(fix, { provider: providerName(item.provider) });
}

function isMeeting({ what }: CauseOf): boolean {
  return what === "createMeeting" || what === "updateMeeting" || what === "deleteMeeting";
}

const causes: { [K in NeedsYou["kind"]]: (cause: Extract<NeedsYou, { kind: K }>, item: CauseOf) => CauseWords } = {
  refused: ({ message, fields, code }, item) => ({
    what: message !== "" ? message : t(refusals[code]?.what ?? "cause-refused", { provider: providerName(item.provider) }),
    fix: refusedFix(item, fields, code),
    code,
  }),
  recordGone: ({ name }) => ({ what: t("cause-record-gone", { name }), fix: t("cause-record-gone-fix"), code: "RECORD-GONE" }),
  noPermission: ({ message }, { provider }) => ({
    what: message === "" ? t("cause-no-permission", { provider: providerName(provider) }) : message,
    fix: t("cause-no-permission-fix", { provider: providerName(provider) }),
    code: "PERMISSION",
  }),
  unsure: (_, { provider }) => ({ what: t("cause-unsure"), fix: t("cause-unsure-fix", { provider: providerName(provider) }), code: "UNSURE" }),
  severalMatches: () => ({ what: t("cause-several"), fix: t("cause-several-fix"), code: "SEVERAL" }),
  deletedThere: (_, item) => ({
    what: t("cause-deleted", { provider: providerName(item.provider) }),
    fix: t(isMeeting(item) ? "cause-deleted-meeting-fix" : "cause-deleted-fix"),
    code: "DELETED",
  }),
  loggedByOthers: ({ by }) => ({
    what: by === "" ? t("cause-logged-by-others") : t("cause-logged-by", { name: by }),
    fix: t("cause-logged-by-others-fix"),
    code: "LOGGED",
  }),
  doubles: ({ message }) => ({
    what: message === "" ? t("cause-doubles") : message,
    fix: t("cause-doubles-fix"),
    code: "DOUBLE",
  }),
  interrupted: () => ({ what: t("cause-interrupted"), fix: t("cause-interrupted-fix"), code: "NOT-MADE" }),
  limited: ({ until }) => ({
    what: t("cause-limited", { time: moment(until, clock.now) }),
    fix: t("cause-limited-fix"),
    code: "LIMIT",
  }),
  offline: () => ({ what: t("cause-offline"), fix: t("cause-offline-fix"), code: "OFFLINE" }),
  differs: (_, { provider }) => ({
    what: t("cause-differs", { provider: providerName(provider) }),
    fix: t("cause-differs-fix"),
    code: "DIFFERS",
  }),
  unreadable: () => ({ what: t("cause-unreadable"), fix: t("cause-unreadable-fix"), code: "UNREADABLE" }),
};

export function causeWords(cause: NeedsYou, item: CauseOf): CauseWords {
  const words = causes[cause.kind](cause as never, item);
  const side = cause.kind === "unreadable" ? "O" : item.provider === "zoom" ? "Z" : "S";
  return { ...words, code: `${side}-${words.code}` };
}

/** An attempt is out there, and nobody knows yet what became of it. */
export function mayHaveArrived({ mayHaveArrived: may, state }: OutboxItem): boolean {
  return may && ["waiting", "behind", "needsYou"].includes(state.kind);
}

export function secondsLeft(until: number, now: number): number {
  return Math.max(0, Math.ceil((until - now) / 1000));
}

/** One line: where it stands and why. A row counts who is left out, the details name them. */
export function stateWords(item: OutboxItem, now: number): string {
  const state: OutboxState = item.state;
  switch (state.kind) {
    case "held": {
      const seconds = secondsLeft(state.until, now);
      return seconds > 0 ? t("outbox-sends-in", { seconds }) : t("wait-turn");
    }
    case "waiting": {
      if (state.reason === "otherAccount" && item.account !== null) return t("wait-other-account-named", { account: item.account });
      const reason = t(reasons[state.reason], { provider: providerName(item.provider) });
      return state.until === null ? reason : `${reason} ${t("wait-until", { time: moment(state.until, now) })}`;
    }
    case "behind":
      // A name that is the row's own would say that it waits for itself.
      if (!state.parent || (state.parent.title === item.title && !state.parent.needsYou)) return t("wait-behind");
      if (state.parent.title === item.title) return t("wait-behind-first");
      return t(state.parent.needsYou ? "wait-behind-needs-you" : "wait-behind-parent", { title: state.parent.title });
    case "sending":
      return t("outbox-sending-now");
    case "sent": {
      const time = moment(state.at, now);
      if (item.leftOut.length === 0) return t("outbox-sent-at", { time });
      const fields = item.leftOut.every(ofField);
      return t(fields ? "outbox-sent-without-fields" : "outbox-sent-without", { time, count: item.leftOut.length, shown: number(item.leftOut.length) });
    }
    case "needsYou":
      return causeWords(state.cause, item).what;
    case "discarded":
      return t("outbox-discarded-at", { time: moment(state.at, now) });
  }
}

const reasonsLeftOut: Record<Exclude<LeftOut["why"]["kind"], "refused">, MessageKey> = {
  notShared: "left-out-not-shared",
  leadAlone: "left-out-lead-alone",
  tooMany: "left-out-too-many",
  gone: "left-out-gone",
  notWritable: "left-out-not-writable",
  edited: "left-out-edited",
};

function whyLeftOut({ why }: LeftOut): string {
  if (why.kind !== "refused") return t(reasonsLeftOut[why.kind]);
  return t("left-out-refused", { message: why.message === "" ? why.code : why.message });
}

/** It is about a field, and not about somebody. */
const ofField = ({ why }: LeftOut) => why.kind === "notWritable" || why.kind === "edited";

/** Somebody's name, or that of a field. */
const leftOutName = (left: LeftOut) => (ofField(left) ? fieldLabel(left.name) : left.name);

export const leftOutTitle = (left: LeftOut[]) => t(left.every(ofField) ? "left-out-fields-title" : "left-out-title");

/** Who is not in the Event, or which fields were not written, and why; those with the same reason together. */
export function leftOutWords(people: LeftOut[]): string {
  const byReason = new Map<string, string[]>();
  for (const person of people) {
    const why = whyLeftOut(person);
    byReason.set(why, [...(byReason.get(why) ?? []), leftOutName(person)]);
  }
  return [...byReason].map(([why, names]) => t("left-out", { names: listed(names), why })).join(" ");
}

const groupKinds: Record<GroupWhat, MessageKey> = {
  logMeetings: "outbox-group-log-meetings",
  logCalls: "outbox-group-log-calls",
  registerPeople: "outbox-group-register-people",
  decideRegistrants: "outbox-group-decide-registrants",
  fillCampaign: "outbox-group-fill-campaign",
  followUp: "outbox-group-follow-up",
  changeDates: "outbox-group-change-dates",
  cancelDates: "outbox-group-cancel-dates",
  undo: "outbox-group-undo",
  unknown: "outbox-group-unknown",
};

/** What a group does, or what it is about where that says more. */
export function groupTitle({ title, what, total }: Pick<OutboxGroup, "title" | "total"> & { what: GroupWhat }): string {
  const words = t(groupKinds[what], { count: total, shown: number(total) });
  if (title === "") return words;
  return ["registerPeople", "decideRegistrants", "changeDates", "cancelDates", "logMeetings"].includes(what) ? joined([words, title]) : title;
}

/** Where the rows of a group stand. */
export function groupSummary({ paused, stopping, done, needsYou, left, discarded }: OutboxGroup): string {
  const part = (key: MessageKey, count: number) => (count > 0 ? t(key, { count, shown: number(count) }) : "");
  return [
    stopping ? t("outbox-group-stopping") : paused ? t("outbox-group-paused") : "",
    part("outbox-group-done", done),
    part("outbox-group-needs-you", needsYou),
    part("outbox-group-left", left),
    part("outbox-group-discarded", discarded),
  ]
    .filter(Boolean)
    .join(" · ");
}

const labels: Record<string, MessageKey> = {
  Topic: "schedule-topic",
  Subject: "field-subject",
  StartDateTime: "field-start",
  EndDateTime: "field-end",
  LastDate: "field-last-date",
  Duration: "field-duration",
  DurationInMinutes: "field-duration",
  TimeZone: "schedule-zone",
  Agenda: "agenda",
  ActivityDateTime: "field-start",
  WhoId: "field-who",
  EventRelation: "field-others",
  Invitees: "field-invitees",
  WhatId: "field-what",
  ActivityDate: "written-date",
  CallType: "written-type",
  CallDurationInSeconds: "written-duration",
  CallDisposition: "written-result",
  ReminderDateTime: "field-reminder",
  OwnerId: "field-owner",
  Location: "field-location",
  Description: "field-description",
  ShowAs: "field-show-as",
  Type: "field-type",
  IsAllDayEvent: "field-all-day",
  Liaison_Key__c: "field-key",
  Liaison_Actual_Start__c: "field-actual-start",
  Liaison_Actual_End__c: "field-actual-end",
  Liaison_Participants__c: "field-participants",
  Liaison_Attendance__c: "field-attendance",
  Liaison_Minutes_Attended__c: "field-minutes-attended",
  Liaison_Recording_Link__c: "field-recording-link",
};

/** A field's own name where we have no better word. A question of the host's own has a mark before it. */
export function fieldLabel(name: string): string {
  const key = labels[name];
  return key ? t(key) : name.startsWith("?") ? name.slice(1) : (settingLabel(name) ?? fieldWords(name, false));
}

const answered: Record<string, MessageKey> = { text: "question-text", one: "question-one", list: "question-dropdown", many: "question-many" };

/** How a question of a form is answered, whether it must be, and the choices, a line each. */
function questionText(text: string): string {
  const [head = "", ...choices] = text.split("\n");
  const [kind = "", required = ""] = head.split("/");
  const words = answered[kind];
  if (!words || !["required", "optional"].includes(required)) return text;
  return joined([t(required === "required" ? "ask-required" : "ask-optional"), t(words), ...(choices.length > 0 ? [choices.join(", ")] : [])]);
}

/** What stands in the field of this name. */
export function contentText(name: string, content: FieldContent, now: number): string {
  switch (content.kind) {
    case "text":
      return settingText(name, content.text) ?? (name === "TimeZone" ? zoneCity(content.text) : questionText(content.text));
    case "time":
      return moment(content.at, now);
    case "masked":
      return t("field-masked");
  }
}

// How calls are called: outcomes, standings, reasons, moments.

import type { CallCandidate, CallDetail, CallMaker, CallWritingState, OutboxState, CallDoubt, CallOutcome, CallParty, CallRow, CallStanding, CallStep, CallWhy, NoNumberReason } from "../../host";
import { clockTime, isoDay, number, shortDate, shortDay, talkTime } from "../../i18n/format";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import type { Days } from "../../state/calls.svelte";

type Tone = "plain" | "accent" | "good" | "warn" | "bad";

export const outcomes: Record<CallOutcome, MessageKey> = {
  answered: "outcome-answered",
  answeredByColleague: "outcome-colleague",
  forwarded: "outcome-forwarded",
  voicemail: "outcome-voicemail",
  missed: "outcome-missed",
  declined: "outcome-declined",
  busy: "outcome-busy",
  cancelled: "outcome-cancelled",
  noAnswer: "outcome-no-answer",
  failed: "outcome-failed",
  blocked: "outcome-blocked",
  unknown: "outcome-unknown",
};

const standings: Record<CallStanding, { words: MessageKey; tone: Tone }> = {
  new: { words: "standing-new", tone: "plain" },
  linked: { words: "record-contact", tone: "good" },
  newLead: { words: "standing-new-lead", tone: "plain" },
  ask: { words: "standing-ask", tone: "warn" },
  switchboard: { words: "standing-switchboard", tone: "warn" },
  nobody: { words: "standing-nobody", tone: "bad" },
  ignored: { words: "standing-ignored", tone: "plain" },
  internal: { words: "standing-internal", tone: "plain" },
  noNumber: { words: "standing-no-number", tone: "plain" },
};

const noNumbers: Record<NoNumberReason, MessageKey> = {
  withheld: "no-number-withheld",
  unknown: "no-number-unknown",
  code: "no-number-code",
  short: "no-number-short",
  countryUnknown: "no-number-country",
  notPossible: "no-number-impossible",
};

const doubts: Record<CallDoubt, MessageKey> = {
  extension: "doubt-extension",
  othersLine: "doubt-others-line",
  twoReadings: "doubt-two-readings",
  notValid: "doubt-not-valid",
  short: "doubt-short",
  ending: "doubt-ending",
  itsPeople: "doubt-its-people",
};

const fields: Record<string, MessageKey> = {
  Phone: "phone-field",
  MobilePhone: "phone-field-mobile",
  HomePhone: "phone-field-home",
  OtherPhone: "phone-field-other",
  AssistantPhone: "phone-field-assistant",
  Fax: "phone-field-fax",
};

export const rangeWords = (days: Days) => (days === null ? t("range-all") : t("range-days", { days }));

const isAccount = (id: string) => id.startsWith("Account:");

export function recordOf(id: string): string {
  if (isAccount(id)) return t("record-account");
  return t(id.startsWith("Lead:") ? "record-lead" : "record-contact");
}

/** Salesforce's own name where it is a field of the org's. */
export function fieldWords(name: string): string {
  const known = fields[name];
  return known ? t(known) : name;
}

/** Whose call it was, as far as anybody knows. */
export function whoOf(row: Pick<CallRow, "who" | "number">): string {
  return row.who || row.number || t("call-no-number");
}

/** Beside who: the company, or the number when a name stands there. */
export function besideWho(row: CallRow): string {
  return row.company ?? (row.who && row.number && !row.person ? row.number : "");
}

export function standingOf(row: CallRow): { words: string; tone: Tone } {
  const { words, tone } = standings[row.standing];
  if (row.newLead?.needsYou) return { words: t("standing-new-lead-needs-you"), tone: "warn" };
  if (row.standing === "linked" && row.person) return { words: recordOf(row.person.id), tone };
  if (row.standing === "ask") return { words: t("standing-ask", { count: row.candidates, shown: number(row.candidates) }), tone };
  return { words: t(words), tone };
}

export const isMissed = (row: CallRow) => row.direction === "inbound" && ["missed", "busy", "voicemail"].includes(row.outcome);

/** How long it was, or what became of it. */
export function lengthOf(row: CallRow): string {
  if (row.seconds > 0) return talkTime(row.seconds);
  return t(row.outcome === "answeredByColleague" ? "outcome-colleague-short" : outcomes[row.outcome]);
}

export function directionOf(row: CallRow): string {
  if (row.internal) return t("call-internal");
  return t(row.direction === "outbound" ? "call-out" : "call-in");
}

/** 09:12; Yesterday 17:40; 20 Nov 15:22. */
export function momentOf(at: number, now: number): string {
  if (isoDay(at) === isoDay(now)) return clockTime(at);
  const time = clockTime(at);
  if (isoDay(at) === isoDay(now - 86_400_000)) return t("yesterday-at", { time });
  return `${shortDate(at)} ${time}`;
}

/** Incoming, today 08:50, rang 9 s, talked 4:31. */
export function storyOf(detail: CallDetail, now: number): string {
  const { row } = detail;
  const day = isoDay(row.start) === isoDay(now) ? t("today-at", { time: clockTime(row.start) }) : momentOf(row.start, now);
  const known = row.seconds > 0;
  return joined([
    directionOf(row),
    day,
    known ? null : t(outcomes[row.outcome]),
    detail.waitSeconds > 0 ? t("call-rang", { time: talkTime(detail.waitSeconds) }) : null,
    known ? t("call-talked", { time: talkTime(detail.talkSeconds) }) : null,
  ]);
}

/** Why it is whose it is. */
export function whyWords(why: CallWhy, now: number): string {
  switch (why.kind) {
    case "intent":
      return t("why-intent", { when: momentOf(why.at, now) });
    case "remembered":
      return t("why-remembered", { when: shortDate(why.since) });
    case "chosen":
      return t("why-chosen", { when: momentOf(why.at, now) });
    case "ignored":
      return t("why-ignored", { when: momentOf(why.at, now) });
    case "unlinked":
      return t("why-unlinked", { when: momentOf(why.at, now) });
    case "line": {
      const words = t("why-line", { field: fieldWords(why.field), number: why.written });
      return why.followed ? `${words} ${t(why.followed === "converted" ? "followed-converted" : "followed-merged")}` : words;
    }
  }
}

/** What speaks for a candidate, and what against. */
export function candidateWords(candidate: CallCandidate): string {
  // Only its people speak for an account whose own number it is not.
  const line = candidate.written ? t("why-line", { field: fieldWords(candidate.field), number: candidate.written }) : "";
  return [
    line,
    candidate.doubt ? t(doubts[candidate.doubt]) : "",
    candidate.followed ? t(candidate.followed === "converted" ? "followed-converted" : "followed-merged") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Why nobody is linked, where nobody is. */
export function standingWords(detail: CallDetail): string {
  const { row } = detail;
  switch (row.standing) {
    case "ask":
      return detail.candidates.some(({ doubt }) => doubt === null) ? t("ask-several", { count: detail.candidates.length }) : t("ask-doubt");
    case "switchboard": {
      const people = detail.candidates.filter(({ person }) => !isAccount(person.id));
      return t("ask-switchboard", { company: row.company ?? people[0]?.company ?? row.who, count: people.length });
    }
    case "nobody":
      return t("ask-nobody");
    case "new":
      return t("standing-new-text");
    case "internal":
      return t("standing-internal-text");
    case "noNumber":
      return t(detail.noNumber ? noNumbers[detail.noNumber] : "no-number-unknown");
    case "ignored":
    case "linked":
    case "newLead":
      return "";
  }
}

/** A party of the path. */
export function partyOf(party: CallParty): string {
  return joined([party.name, party.name ? null : party.number, party.extension ? t("call-extension", { extension: party.extension }) : null], " ");
}

/** Zoom's words for what happens on the way, all that it documents and two of the older form; a new one is shown as it is. */
const events: Record<string, MessageKey> = {
  incoming: "path-incoming",
  shared_line_incoming: "path-shared-line",
  transfer_from_zoom_contact_center: "path-from-contact-centre",
  outgoing: "path-outgoing",
  call_me_on: "path-call-me",
  outgoing_to_zoom_contact_center: "path-to-contact-centre",
  ring_to_member: "path-ring",
  answer: "path-answer",
  warm_transfer: "path-warm-transfer",
  direct_transfer: "path-transfer",
  blind_transfer: "path-transfer",
  forward: "path-forward",
  overflow: "path-overflow",
  timeout: "path-timeout",
  park: "path-park",
  park_pick_up: "path-pickup",
  pickup: "path-pickup",
  voicemail: "path-voicemail",
  merge: "path-merge",
  conference: "path-conference",
  conference_barge: "path-conference-barge",
  barge: "path-barge",
  monitor: "path-listen",
  listen: "path-listen",
  whisper: "path-whisper",
  takeover: "path-takeover",
  shared: "path-shared",
};

function stepWords(event: string | null): string {
  const known = event === null ? undefined : events[event];
  return known ? t(known) : (event ?? "").replaceAll("_", " ");
}

/** Where a call begins: that is said of whoever makes it, every other step of whom it goes to. */
const begins = new Set(["incoming", "shared_line_incoming", "transfer_from_zoom_contact_center", "outgoing", "outgoing_to_zoom_contact_center"]);

/** Whom a step of the path is said of, what happened there, and who else had to do with it. */
export function stepStory({ event, from, to, operator, result, reason }: CallStep): { who: string; what: string } {
  const [first, second] = event !== null && begins.has(event) ? [from, to] : [to, from];
  const who = partyOf(first) || partyOf(second);
  const reached = first === from && partyOf(to) !== who ? partyOf(to) : "";
  const known = operator !== null && [first, second].some(({ name }) => name === operator);
  const what = event === "outgoing" ? joined([stepWords(event), reached], " ") : joined([stepWords(event), reached]);
  return { who, what: joined([what, known ? null : operator, reason && endWords(result, reason)]) };
}

/** Zoom's own words for how a call or a step of it ended, and why. */
export function endWords(result: string | null, reason: string | null): string {
  const [how, why] = [result, reason].map((word) => (word ?? "").replaceAll("_", " "));
  return how && why ? `${how} (${why})` : how || why || "";
}

/** The last time somebody had to do with a person. */
const touchOf = (at: number | null) => (at === null ? t("never-touched") : shortDay(at));

/** What is known of somebody beside the number: it orders them, and decides nothing. */
export function contextOf(candidate: CallCandidate): string {
  return joined([candidate.openOpportunity && t("candidate-opportunity"), touchOf(candidate.lastTouch)]);
}

const makers: Record<Exclude<CallMaker, "somebody">, MessageKey> = {
  own: "logged-by-own",
  zoom: "logged-by-zoom",
  ringCentral: "logged-by-ringcentral",
  einstein: "logged-by-einstein",
};

/** Who wrote the Task of a call. */
export function loggedByWords({ maker, name }: Extract<CallWritingState, { kind: "logged" }>): string {
  if (maker !== "somebody") return t(makers[maker]);
  return name ? t("logged-by-name", { name }) : t("logged-by-somebody");
}

/** Where the Task of a call is, in a word: the outbox says more. */
export function onItsWayWords(state: OutboxState, now: number): string {
  if (state.kind === "held") {
    const seconds = Math.max(0, Math.ceil((state.until - now) / 1000));
    return seconds > 0 ? t("outbox-sends-in", { seconds }) : t("call-on-its-way");
  }
  return t(state.kind === "sending" ? "outbox-sending-now" : "call-on-its-way");
}

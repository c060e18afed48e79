// How people are called: what they are, when there was something with them, what a filter leaves.

import type { OutboxState, PeopleKind, PeopleOrder, PeopleTouch, PersonRow } from "../../host";
import { dayOf, isoDay } from "../../i18n/format";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";

type Tone = "plain" | "accent" | "good" | "warn" | "bad";

export const kinds: readonly PeopleKind[] = ["all", "leads", "contacts", "personAccounts", "converted"];
const kindWords: Record<PeopleKind, MessageKey> = {
  all: "people-list-kind-all",
  leads: "people-list-kind-leads",
  contacts: "people-list-kind-contacts",
  personAccounts: "people-list-kind-person-accounts",
  converted: "people-list-kind-converted",
};
export const kindOf = (kind: PeopleKind) => t(kindWords[kind]);

export const touches: readonly PeopleTouch[] = [
  { kind: "any" },
  { kind: "within", days: 7 },
  { kind: "within", days: 30 },
  { kind: "notWithin", days: 30 },
  { kind: "notWithin", days: 90 },
];
export function touchWords(touch: PeopleTouch): string {
  if (touch.kind === "any") return t("people-list-touch-any");
  return t(touch.kind === "within" ? "people-list-touch-within" : "people-list-touch-not", { days: touch.days });
}

/** The order that a press on a title asks for: the other way round where that makes sense. */
export function orderBy(column: string, now: PeopleOrder): PeopleOrder {
  switch (column) {
    case "company":
      return now === "company" ? "companyBack" : "company";
    case "touched":
      return now === "touched" ? "untouched" : "touched";
    case "next":
      return "next";
    default:
      return now === "name" ? "nameBack" : "name";
  }
}

export function sortingOf(order: PeopleOrder): { column: string; descending: boolean } {
  switch (order) {
    case "name":
    case "nameBack":
      return { column: "name", descending: order === "nameBack" };
    case "company":
    case "companyBack":
      return { column: "company", descending: order === "companyBack" };
    case "touched":
    case "untouched":
      return { column: "touched", descending: order === "touched" };
    case "next":
      return { column: "next", descending: false };
  }
}

export const recordWords = (row: Pick<PersonRow, "record" | "personAccount">) =>
  t(row.personAccount ? "record-person-account" : row.record === "lead" ? "record-lead" : "record-contact");

/** Lead, Buyer; Acme BV. */
export const aboutPerson = (row: PersonRow) => joined([recordWords(row), row.title]);

export interface MarkWords {
  id: string;
  words: string;
  tone: Tone;
}

/** What has to be known before anything is done with somebody, the gravest first. */
export function marksOf(row: PersonRow): MarkWords[] {
  return [
    ...(row.doNotCall ? [{ id: "do-not-call", words: t("mark-do-not-call"), tone: "bad" as const }] : []),
    ...(row.emailOptOut ? [{ id: "opted-out", words: t("mark-opted-out"), tone: "warn" as const }] : []),
    ...(row.converted ? [{ id: "converted", words: t("mark-converted"), tone: "plain" as const }] : []),
  ];
}

/** Today; 24 Nov; 24 Nov 2025; Never. */
export function touchedOn(day: string | null, now: number): string {
  if (day === null) return t("touched-never");
  return day === isoDay(now) ? t("touched-today") : dayOf(day, now);
}

/** Where something that waits to be made stands, in a word. */
export function waitingWords(state: OutboxState, now: number): { words: string; tone: Tone } {
  switch (state.kind) {
    case "held":
      return { words: t("event-held", { seconds: Math.max(0, Math.ceil((state.until - now) / 1000)) }), tone: "accent" };
    case "needsYou":
      return { words: t("event-needs-you"), tone: "bad" };
    case "sending":
      return { words: t("event-sending"), tone: "plain" };
    default:
      return { words: t("event-waiting"), tone: "plain" };
  }
}

// Differences in words: what of an Event differs, and what each side says.

import type { DifferencePart, DifferenceSays, MeetingDifference } from "../../host";
import { clockTime, moment, shortDay } from "../../i18n/format";
import { t, type MessageKey } from "../../i18n/messages.svelte";

const parts: Record<DifferencePart, MessageKey> = {
  event: "difference-event",
  subject: "difference-subject",
  time: "difference-time",
  place: "difference-place",
  notes: "difference-notes",
};

export function partWords(part: DifferencePart): string {
  return t(parts[part]);
}

export function saysWords(says: DifferenceSays, side: "zoom" | "salesforce"): string {
  switch (says.kind) {
    case "text":
      return says.text || t("field-empty");
    case "span":
      return t("difference-span", { day: shortDay(says.start), start: clockTime(says.start), end: clockTime(says.end) });
    case "there":
      return t(side === "zoom" ? "difference-zoom-there" : "difference-salesforce-there");
    case "gone":
      return t(side === "zoom" ? "difference-zoom-gone" : "difference-salesforce-gone");
    case "elsewhere":
      return says.host ? t("difference-zoom-hosted", { who: says.host }) : t("difference-zoom-elsewhere");
  }
}

/** What the button that takes Zoom's does here. */
export function takeWords({ part, zoom }: MeetingDifference): string {
  if (part !== "event") return t("difference-take");
  return t(zoom.kind === "there" ? "difference-make-event" : "difference-delete-event");
}

export function keepWords({ part, zoom }: MeetingDifference): string {
  if (part !== "event") return t("difference-keep");
  return t(zoom.kind === "there" ? "difference-leave-event" : "difference-keep-event");
}

export function sinceWords(since: number, now: number): string {
  return t("difference-since", { when: moment(since, now) });
}

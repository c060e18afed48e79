// What will become of a meeting once Zoom has been told.

import type { MeetingRow } from "../../host";
import { clockTime, shortDay } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";

export function pendingWords({ pending, start, end }: MeetingRow): string | null {
  if (!pending) return null;
  const { change } = pending;
  if (change.kind === "cancelled") return t("pending-cancelled");
  if (change.kind === "edited") return t("pending-edited");
  if (change.start === start) return change.end === end ? t("pending-edited") : t("pending-until", { time: clockTime(change.end) });
  const day = shortDay(change.start);
  return t("pending-moved", { time: day === shortDay(start) ? clockTime(change.start) : `${day} ${clockTime(change.start)}` });
}

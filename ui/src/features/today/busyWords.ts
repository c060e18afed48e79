// How an entry of the calendar is said.

import type { BusyRow } from "../../host";
import { daySpan, shortDay, timeSpan } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";

const DAY = 86_400_000;

/** When it is: its times, with the days where they are several; of whole days the days. */
export function busyTime(row: BusyRow): string {
  if (!row.allDay) return row.spansDays ? daySpan(row.start, row.end) : timeSpan(row.start, row.end);
  // An hour more or less where the clocks change makes no other day.
  const first = shortDay(row.start);
  const last = shortDay(row.end - DAY / 2);
  return first === last ? t("busy-all-day") : `${first} – ${last}`;
}

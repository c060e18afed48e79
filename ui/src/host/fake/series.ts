// The dates of a series, as the engine finds them: of the simulation only the days count, not the clocks.

import { weekdayOf, weekOf } from "../../features/schedule/repeats";
import type { Repeats, SeriesDates } from "../types";

const DAY = 86_400_000;
const MOST = 50;

export function datesOf({ rhythm, every, end }: Repeats, first: string): SeriesDates {
  const dates: string[] = [];
  const begin = Date.parse(`${first}T12:00:00Z`);
  const months = (date: string) => Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - Number(first.slice(0, 4)) * 12 - Number(first.slice(5, 7));
  const sunday = begin - (weekdayOf(first) % 7) * DAY;
  let cut = false;
  for (let step = 0; step < 20_000; step++) {
    const at = begin + step * DAY;
    const date = new Date(at).toISOString().slice(0, 10);
    const fits =
      rhythm.kind === "daily"
        ? step % every === 0
        : rhythm.kind === "weekly"
          ? Math.floor((at - sunday) / (7 * DAY)) % every === 0 && rhythm.days.includes(weekdayOf(date))
          : months(date) % every === 0 &&
            (rhythm.kind === "monthDay" ? Number(date.slice(8)) === rhythm.day : weekdayOf(date) === rhythm.day && (weekOf(date) === rhythm.week || (rhythm.week === 4 && Math.ceil(Number(date.slice(8)) / 7) === 4)));
    if (!fits) continue;
    if ((end.kind === "until" && date > end.date) || (end.kind === "times" && dates.length >= end.times)) break;
    cut = dates.length === MOST;
    if (cut) break;
    dates.push(date);
  }
  return { first: dates.slice(0, 4), last: dates.at(-1) ?? first, count: dates.length, cut, skipped: [] };
}

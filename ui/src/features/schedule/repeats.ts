// How a new meeting repeats, in the words of the sheet and as the draft holds it.

import type { LineSeries, RepeatRhythm, Repeats, SeriesDates } from "../../host";
import { dayName, listed, weekdayName, writtenDate } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import { weekdaysInOrder } from "../../i18n/week";

export type RepeatChoice = "never" | "daily" | "workdays" | "weekly" | "monthDay" | "monthWeekday";

const WORKDAYS = [1, 2, 3, 4, 5];
/** An end that one sees; nobody plans forever by accident. */
const TIMES = 10;

/** 1 is Monday. */
export function weekdayOf(date: string): number {
  const day = new Date(`${date}T12:00:00Z`).getUTCDay();
  return Number.isNaN(day) ? 1 : day === 0 ? 7 : day;
}

/** Which week of its month: 1 to 4, or −1 for the last. */
export function weekOf(date: string): number {
  const day = Number(date.slice(8));
  const days = new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)), 0)).getUTCDate();
  return day + 7 > days ? -1 : Math.ceil(day / 7);
}

function rhythmOf(choice: Exclude<RepeatChoice, "never">, date: string): RepeatRhythm {
  switch (choice) {
    case "daily":
      return { kind: "daily" };
    case "workdays":
      return { kind: "weekly", days: [...WORKDAYS] };
    case "weekly":
      return { kind: "weekly", days: [weekdayOf(date)] };
    case "monthDay":
      return { kind: "monthDay", day: Number(date.slice(8)) || 1 };
    case "monthWeekday":
      return { kind: "monthWeekday", week: weekOf(date), day: weekdayOf(date) };
  }
}

/** The draft's rule after another rhythm was chosen; its end stays. */
export function choose(choice: RepeatChoice, date: string, before: Repeats | null): Repeats | null {
  if (choice === "never") return null;
  return { rhythm: rhythmOf(choice, date), every: 1, end: before?.end ?? { kind: "times", times: TIMES } };
}

export function choiceOf(repeats: Repeats | null): RepeatChoice {
  const rhythm = repeats?.rhythm;
  if (rhythm === undefined || rhythm === null) return "never";
  if (rhythm.kind === "weekly") return repeats?.every === 1 && rhythm.days.join() === WORKDAYS.join() ? "workdays" : "weekly";
  return rhythm.kind;
}

/** A series that a line asks for, begun on this date. */
export function repeatsOf({ unit, every, days }: LineSeries, date: string): Repeats {
  const rhythm: RepeatRhythm =
    unit === "day" ? { kind: "daily" } : unit === "month" ? rhythmOf("monthDay", date) : { kind: "weekly", days: days.length > 0 ? [...days].sort() : [weekdayOf(date)] };
  return { rhythm, every, end: { kind: "times", times: TIMES } };
}

/** A rhythm that follows from the date follows it when the date is changed. */
export function following(repeats: Repeats, before: string, date: string): Repeats {
  const { rhythm } = repeats;
  const was = (choice: Exclude<RepeatChoice, "never">) => JSON.stringify(rhythmOf(choice, before)) === JSON.stringify(rhythm);
  for (const choice of ["weekly", "monthDay", "monthWeekday"] as const) if (was(choice)) return { ...repeats, rhythm: rhythmOf(choice, date) };
  return repeats;
}

/** On which dates it is, the first ones and the last. */
export function datesSaid({ first, last, count, cut }: SeriesDates): string {
  const names = first.map((date) => dayName(date));
  const end = writtenDate(last);
  const all = count <= first.length;
  const said = all ? t("repeats-summary-all", { count, first: listed(names) }) : t("repeats-summary-more", { count, first: names.join(" · "), last: end });
  return cut ? `${said} ${t("repeats-cut")}` : said;
}

export function weekdays(): { day: number; name: string }[] {
  return weekdaysInOrder().map((day) => ({ day, name: weekdayName(day) }));
}

// Dates, times and lengths in the words of the reader. The engine decides what is shown; this decides how it is written.
//
// `at` is an instant, shown on the user's own clocks. Wall times of other zones come from the engine as text,
// `YYYY-MM-DDTHH:MM`. Only UTC is ever formatted, and nothing is read out of a formatted text.

import { shown } from "./clocks.svelte";
import { isolated } from "./isolation";
import { catalogue, t } from "./messages.svelte";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${catalogue.region} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(catalogue.region, { ...options, timeZone: "UTC" });
    formatters.set(key, found);
  }
  return found;
}

/** Always so in Dutch, elsewhere as the region has it. */
function twentyFour(): boolean {
  return catalogue.language === "nl" || !formatter({ hour: "numeric" }).resolvedOptions().hour12;
}

/** 09:30 where the day has 24 hours, 9:30 am elsewhere. */
function time(wall: number): string {
  return formatter(twentyFour() ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { hour: "numeric", minute: "2-digit" }).format(wall);
}

function weekday(wall: number): string {
  return formatter({ weekday: "short", day: "numeric", month: "short" }).format(wall);
}

export function clockTime(at: number): string {
  return time(shown(at));
}

/** The time at a moment where the clocks are so many seconds ahead of UTC. */
export function timeElsewhere(at: number, aheadThere: number): string {
  return time(at + aheadThere * 1000);
}

/** A time without a day, as of a wall clock. `wall` is `HH:MM`. */
export function wallTime(wall: string): string {
  return time(Date.parse(`2000-01-01T${wall}:00Z`));
}

/** 09 or 9 am, for a full hour. */
export function wallHour(hour: number): string {
  return twentyFour() ? String(hour).padStart(2, "0") : formatter({ hour: "numeric" }).format(Date.UTC(2000, 0, 1, hour));
}

/** A wall time, `HH:MM`, so many minutes later; the clocks are taken to go on as they do. */
export function laterTime(wall: string, minutes: number): string {
  return new Date(Date.parse(`2000-01-01T${wall}:00Z`) + minutes * 60_000).toISOString().slice(11, 16);
}

/** Monday 23 November, as it begins a line: days are small in Dutch, lines are not. */
export function longDay(at: number): string {
  return begun(formatter({ weekday: "long", day: "numeric", month: "long" }).format(shown(at)));
}

/** Words that begin a line. */
export function begun(words: string): string {
  const [first = ""] = words;
  return first.toLocaleUpperCase(catalogue.region) + words.slice(first.length);
}

/** Mon 23 Nov. */
export function shortDay(at: number): string {
  return weekday(shown(at));
}

/** Mon 23. */
export function shortWeekday(at: number): string {
  return formatter({ weekday: "short", day: "numeric" }).format(shown(at));
}

/** 23–27 November; 30 November – 4 December. */
export function dayRange(first: number, last: number): string {
  return formatter({ day: "numeric", month: "long" }).formatRange(shown(first), shown(last));
}

/** 23 Nov. */
export function shortDate(at: number): string {
  return formatter({ day: "numeric", month: "short" }).format(shown(at));
}

/** Tue 24 Nov 2026, for an ISO date. */
export function writtenDate(iso: string): string {
  return formatter({ weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(Date.parse(`${iso}T12:00:00Z`));
}

/** 24 Nov, for an ISO date; 24 Nov 2025 in another year than now. */
export function dayOf(iso: string, now: number): string {
  const year = iso.slice(0, 4) === isoDay(now).slice(0, 4) ? {} : ({ year: "numeric" } as const);
  return formatter({ day: "numeric", month: "short", ...year }).format(Date.parse(`${iso}T12:00:00Z`));
}

/** February 2027. */
export function monthOf(year: number, month: number): string {
  return formatter({ month: "long", year: "numeric" }).format(Date.UTC(year, month - 1, 15, 12));
}

/** A country by its ISO code. */
export function countryName(code: string): string {
  return new Intl.DisplayNames([catalogue.region], { type: "region", fallback: "code" }).of(code) ?? code;
}

/** The ISO date that it is for the user at a moment. */
export function isoDay(at: number): string {
  return new Date(shown(at)).toISOString().slice(0, 10);
}

/** The user's wall time, `HH:MM`, at a moment. */
export function isoTime(at: number): string {
  return new Date(shown(at)).toISOString().slice(11, 16);
}

/** The clock alone on the same day, otherwise with the day. */
export function moment(at: number, now: number): string {
  return isoDay(at) === isoDay(now) ? clockTime(at) : `${shortDate(at)} ${clockTime(at)}`;
}

/** 09:30–10:00. */
export function timeSpan(start: number, end: number): string {
  return `${clockTime(start)}–${clockTime(end)}`;
}

/** 09:30 of a wall time elsewhere, with the day where it is not the user's own at that moment: Mon 23 Nov 09:30. */
export function theirTime(wall: string, at: number): string {
  const written = Date.parse(`${wall}:00Z`);
  return wall.slice(0, 10) === isoDay(at) ? time(written) : `${weekday(written)} ${time(written)}`;
}

/** As `theirTime`, from when to when: Mon 23 Nov 23:30–Tue 24 Nov 00:15. */
export function theirSpan(start: string, end: string, at: number): string {
  const until = Date.parse(`${end}:00Z`);
  const overMidnight = start.slice(0, 10) !== end.slice(0, 10);
  return `${theirTime(start, at)}–${overMidnight ? `${weekday(until)} ` : ""}${time(until)}`;
}

/** Mon 23 Nov 23:00 – Tue 24 Nov 00:30: for a stretch that clock times alone would not tell. */
export function daySpan(start: number, end: number): string {
  return `${shortDay(start)} ${clockTime(start)} – ${shortDay(end)} ${clockTime(end)}`;
}

/** 45 min, 1 h, 1 h 15. */
export function minutesLong(minutes: number): string {
  const hours = Math.floor(minutes / 60);
  const rest = minutes % 60;
  if (hours === 0) return t("length-minutes", { minutes: rest });
  return rest === 0 ? t("length-hours", { hours }) : t("length-hours-minutes", { hours, minutes: rest });
}

/** Amsterdam, for Europe/Amsterdam. */
export function zoneCity(zone: string): string {
  const city = zone.split("/").pop() ?? zone;
  return city.replaceAll("_", " ");
}

/** A, B and C; each on its own, whatever its direction. */
export function listed(words: string[]): string {
  return new Intl.ListFormat(catalogue.region, { type: "conjunction" }).format(words.map(isolated));
}

export function number(value: number): string {
  return new Intl.NumberFormat(catalogue.region).format(value);
}

/** Two letters for an avatar. */
export function initials(name: string): string {
  const words = name.split(/\s+/u).filter((word) => /\p{L}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : words;
  return chosen.map((word) => [...(word ?? "")].find((letter) => /\p{L}/u.test(letter)) ?? "").join("").toLocaleUpperCase(catalogue.region);
}

/** Tue 24 Nov, for an ISO date. */
export function dayName(iso: string): string {
  return weekday(Date.parse(`${iso}T12:00:00Z`));
}

/** The day of the month of an ISO date. */
export function dayFigure(iso: string): string {
  return number(Number(iso.slice(8)));
}

/** Mon, for 1 Monday to 7 Sunday. */
export function weekdayName(weekdayNumber: number): string {
  return formatter({ weekday: "short" }).format(Date.UTC(2024, 0, weekdayNumber));
}

/** 4:31, or 1:02:07: how long a call was. */
export function talkTime(seconds: number): string {
  const [hours, minutes, rest] = [Math.floor(seconds / 3600), Math.floor((seconds % 3600) / 60), seconds % 60];
  const two = (value: number) => String(value).padStart(2, "0");
  return hours > 0 ? `${hours}:${two(minutes)}:${two(rest)}` : `${minutes}:${two(rest)}`;
}

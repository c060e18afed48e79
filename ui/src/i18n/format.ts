// Dates, times and lengths in the words of the reader. The engine decides what is shown; this decides how it is written.

import { catalogue, t } from "./messages.svelte";

const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${catalogue.region} ${zone} ${JSON.stringify(options)}`;
  let found = formatters.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(catalogue.region, { ...options, timeZone: zone });
    formatters.set(key, found);
  }
  return found;
}

/** 09:30 where the day has 24 hours, which is always so in Dutch; 9:30 am elsewhere. */
export function clockTime(at: number, zone: string): string {
  const long = catalogue.language === "nl" || !formatter(zone, { hour: "numeric" }).resolvedOptions().hour12;
  return formatter(zone, long ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : { hour: "numeric", minute: "2-digit" }).format(at);
}

/** A time without a day, as of a wall clock. `wall` is `HH:MM`. */
export function wallTime(wall: string): string {
  return clockTime(Date.parse(`2000-01-01T${wall}:00Z`), "UTC");
}

/** Monday 23 November. */
export function longDay(at: number, zone: string): string {
  return formatter(zone, { weekday: "long", day: "numeric", month: "long" }).format(at);
}

/** Mon 23 Nov. */
export function shortDay(at: number, zone: string): string {
  return formatter(zone, { weekday: "short", day: "numeric", month: "short" }).format(at);
}

/** 23 Nov. */
export function shortDate(at: number, zone: string): string {
  return formatter(zone, { day: "numeric", month: "short" }).format(at);
}

/** Tue 24 Nov 2026, for an ISO date. */
export function writtenDate(iso: string): string {
  return formatter("UTC", { weekday: "short", day: "numeric", month: "short", year: "numeric" }).format(
    Date.parse(`${iso}T12:00:00Z`),
  );
}

/** February 2027. */
export function monthOf(year: number, month: number): string {
  return formatter("UTC", { month: "long", year: "numeric" }).format(Date.UTC(year, month - 1, 15, 12));
}

/** The ISO date that it is at a moment in a zone. */
export function isoDay(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(at);
}

/** The wall time, `HH:MM`, at a moment in a zone. */
export function isoTime(at: number, zone: string): string {
  return new Intl.DateTimeFormat("en-GB", { timeZone: zone, hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).format(at);
}

/** The clock alone on the same day, otherwise with the day. */
export function moment(at: number, zone: string, now: number): string {
  const time = clockTime(at, zone);
  return isoDay(at, zone) === isoDay(now, zone) ? time : `${shortDate(at, zone)} ${time}`;
}

/** 09:30–10:00. */
export function timeSpan(start: number, end: number, zone: string): string {
  return `${clockTime(start, zone)}–${clockTime(end, zone)}`;
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

/** A, B and C. */
export function listed(words: string[]): string {
  return new Intl.ListFormat(catalogue.region, { type: "conjunction" }).format(words);
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

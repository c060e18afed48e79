// The zones that the simulation knows, with the rules of 2007 and later. The product's own come from the engine.

import type { ZoneHit, ZoneRules } from "../types";

const HOUR = 3_600_000;
const FIRST_YEAR = 2000;
const LAST_YEAR = 2044;

/** The nth Sunday of a month, or the last one, at an hour of UTC. */
function sunday(year: number, month: number, nth: number | "last", hour: number): number {
  const first = Date.UTC(year, month, 1);
  const weekday = new Date(first).getUTCDay();
  const days = ((7 - weekday) % 7) + (nth === "last" ? 28 : (nth - 1) * 7);
  const found = new Date(first + days * 24 * HOUR);
  // A fifth Sunday may belong to the next month.
  return found.getTime() - (found.getUTCMonth() === month ? 0 : 7 * 24 * HOUR) + hour * HOUR;
}

type Season = (year: number) => [summerBegins: number, summerEnds: number];

const european: Season = (year) => [sunday(year, 2, "last", 1), sunday(year, 9, "last", 1)];
const american =
  (standard: number): Season =>
  (year) => [sunday(year, 2, 2, 2 - standard), sunday(year, 10, 1, 1 - standard)];
const australian: Season = (year) => [sunday(year, 9, 1, -8), sunday(year, 3, 1, -8)];
const newZealand: Season = (year) => [sunday(year, 8, "last", -10), sunday(year, 3, 1, -10)];

interface Known {
  zone: string;
  /** Standard time, hours ahead of UTC. */
  standard: number;
  summer?: Season;
}

const known: Known[] = [
  { zone: "Europe/Amsterdam", standard: 1, summer: european },
  { zone: "Europe/London", standard: 0, summer: european },
  { zone: "Europe/Lisbon", standard: 0, summer: european },
  { zone: "America/New_York", standard: -5, summer: american(-5) },
  { zone: "America/Los_Angeles", standard: -8, summer: american(-8) },
  { zone: "America/Vancouver", standard: -7 },
  { zone: "America/Sao_Paulo", standard: -3 },
  { zone: "Asia/Kolkata", standard: 5.5 },
  { zone: "Asia/Tokyo", standard: 9 },
  { zone: "Australia/Sydney", standard: 10, summer: australian },
  { zone: "Pacific/Auckland", standard: 12, summer: newZealand },
];

const rules = new Map<string, [number, number][]>(
  known.map(({ zone, standard, summer }) => {
    const seconds = standard * 3600;
    const years = Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, index) => FIRST_YEAR + index);
    const changes = years.flatMap((year): [number, number][] => {
      if (!summer) return [];
      const [begins, ends] = summer(year);
      return [
        [begins, seconds + 3600],
        [ends, seconds],
      ];
    });
    changes.sort((one, other) => one[0] - other[0]);
    const first = changes[0]?.[1] === seconds ? seconds + 3600 : seconds;
    return [zone, [[Date.UTC(FIRST_YEAR, 0, 1), first], ...changes]];
  }),
);

export function zoneExists(zone: string): boolean {
  return rules.has(zone);
}

/** The offset of a zone at a moment, in milliseconds. */
export function offsetAt(at: number, zone: string): number {
  const shifts = rules.get(zone);
  if (!shifts) throw new RangeError(`the simulation has no zone ${zone}`);
  return (shifts.findLast(([from]) => from <= at) ?? shifts[0] ?? [0, 0])[1] * 1000;
}

export function rulesOf(zone: string): ZoneRules {
  return { zone, shifts: rules.get(zone) ?? [], release: "2026f" };
}

export function zonesLike(query: string, now: number): ZoneHit[] {
  const place = (zone: string) => (zone.split("/").pop() ?? zone).replaceAll("_", " ");
  return known
    .map(({ zone }) => ({ zone, place: place(zone), ahead: offsetAt(now, zone) / 1000 }))
    .filter((hit) => `${hit.zone} ${hit.place}`.toLowerCase().includes(query.trim().toLowerCase()));
}

// What people type for a date or a time, brought into the engine's form. What can't be read stays as it was typed:
// the engine then says so. Whether a date or a time exists is not decided here.

/** Which comes first where a date is written in figures. */
export type FigureOrder = "dayFirst" | "monthFirst";

export function figureOrder(region: string): FigureOrder {
  const parts = new Intl.DateTimeFormat(region, { day: "numeric", month: "numeric" }).formatToParts(0);
  return parts.find((part) => part.type === "day" || part.type === "month")?.type === "month" ? "monthFirst" : "dayFirst";
}

function iso(year: number, month: number, day: number): string | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null;
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}`;
}

const namesOf = new Map<string, string[][]>();

/** Long and short name of each month, small and without a point. */
function monthNames(region: string): string[][] {
  let names = namesOf.get(region);
  if (!names) {
    const writers = (["long", "short"] as const).map((month) => new Intl.DateTimeFormat(region, { month, timeZone: "UTC" }));
    names = Array.from({ length: 12 }, (_, month) =>
      writers.map((writer) => writer.format(Date.UTC(2001, month, 15, 12)).toLocaleLowerCase(region).replace(/\.$/u, "")),
    );
    namesOf.set(region, names);
  }
  return names;
}

/** The month whose name begins like this, 1 to 12, in the reader's language. */
function monthNamed(word: string, region: string): number | null {
  const wanted = word.toLocaleLowerCase(region).replace(/\.$/u, "");
  if (wanted.length < 3) return null;
  const found = monthNames(region).findIndex((names) => names.some((name) => name.startsWith(wanted)));
  return found < 0 ? null : found + 1;
}

/**
 * An ISO date, or null. `near` is an ISO date: a date without a year lies in the twelve months from it.
 */
export function readDate(text: string, near: string, region: string): string | null {
  const trimmed = text.trim();
  const plain = /^(\d{4})-(\d{1,2})-(\d{1,2})$/u.exec(trimmed);
  if (plain) return iso(Number(plain[1]), Number(plain[2]), Number(plain[3]));

  const figures = /^(\d{1,2})[-/.\s](\d{1,2})(?:[-/.\s](\d{2}|\d{4}))?$/u.exec(trimmed);
  if (figures) {
    const [first, second] = [Number(figures[1]), Number(figures[2])];
    const [day, month] = figureOrder(region) === "dayFirst" ? [first, second] : [second, first];
    return withYear(day, month, figures[3], near);
  }

  const words = trimmed.replace(/^\p{L}+\.?,?\s+(?=\d)/u, "");
  const named = /^(\d{1,2})\.?\s+(\p{L}+)\.?,?(?:\s+(\d{2}|\d{4}))?$/u.exec(words);
  if (named) {
    const month = monthNamed(named[2] ?? "", region);
    return month === null ? null : withYear(Number(named[1]), month, named[3], near);
  }
  const monthLed = /^(?:\p{L}+,?\s+)??(\p{L}+)\.?\s+(\d{1,2}),?(?:\s+(\d{2}|\d{4}))?$/u.exec(trimmed);
  if (monthLed) {
    const month = monthNamed(monthLed[1] ?? "", region);
    return month === null ? null : withYear(Number(monthLed[2]), month, monthLed[3], near);
  }
  return null;
}

function withYear(day: number, month: number, written: string | undefined, near: string): string | null {
  if (written) return iso(written.length === 2 ? 2000 + Number(written) : Number(written), month, day);
  const year = Number(near.slice(0, 4));
  const date = iso(year, month, day);
  return date !== null && date < near ? iso(year + 1, month, day) : date;
}

/** `HH:MM`, or null. */
export function readTime(text: string): string | null {
  const match = /^(\d{1,2})(?:[:.hu]?(\d{2}))?\s*u?\s*(a|p)?\.?(?:m\.?)?$/iu.exec(text.trim());
  if (!match) return null;
  let hour = Number(match[1]);
  const minute = Number(match[2] ?? "0");
  const half = match[3]?.toLowerCase();
  if (half && (hour < 1 || hour > 12)) return null;
  if (half === "p" && hour < 12) hour += 12;
  if (half === "a" && hour === 12) hour = 0;
  if (hour > 23 || minute > 59) return null;
  return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
}

/** The day before or after an ISO date; anything else stays. */
export function shiftDate(date: string, days: number): string {
  const at = Date.parse(`${date}T12:00:00Z`);
  return Number.isNaN(at) ? date : new Date(at + days * 86_400_000).toISOString().slice(0, 10);
}

/** A quarter of an hour on or back, within the day. */
export function shiftTime(time: string, minutes: number): string {
  const match = /^(\d{2}):(\d{2})$/u.exec(time);
  if (!match) return time;
  const total = Math.min(1425, Math.max(0, Math.round((Number(match[1]) * 60 + Number(match[2]) + minutes) / 15) * 15));
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

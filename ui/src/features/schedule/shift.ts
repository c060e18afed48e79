// Dates and times moved by a step. Whole numbers on the calendar alone: no formatter and no zone has a part in it.
// What a person types is read by the engine.

const DAY_MS = 86_400_000;

/** Noon UTC of an ISO date, or null when there is no such day. */
function noonOf(date: string): number | null {
  const parts = /^(\d{4})-(\d{2})-(\d{2})$/u.exec(date);
  if (!parts) return null;
  const at = Date.UTC(Number(parts[1]), Number(parts[2]) - 1, Number(parts[3]), 12);
  return new Date(at).toISOString().startsWith(date) ? at : null;
}

/** Whether it is a day of the calendar, `YYYY-MM-DD`. */
export function isDate(date: string): boolean {
  return noonOf(date) !== null;
}

/** The date so many days later; anything else stays. */
export function shiftDate(date: string, days: number): string {
  const at = noonOf(date);
  return at === null ? date : new Date(at + days * DAY_MS).toISOString().slice(0, 10);
}

/** How many days lie between two dates; 0 when one of them is none. */
export function daysBetween(from: string, to: string): number {
  const [start, end] = [noonOf(from), noonOf(to)];
  return start === null || end === null ? 0 : Math.round((end - start) / DAY_MS);
}

/** Whether it is a time of the day, `HH:MM`. */
export function isTime(time: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/u.test(time);
}

/** A quarter of an hour on or back, within the day. */
export function shiftTime(time: string, minutes: number): string {
  if (!isTime(time)) return time;
  const total = Math.min(1425, Math.max(0, Math.round((Number(time.slice(0, 2)) * 60 + Number(time.slice(3)) + minutes) / 15) * 15));
  return `${String(Math.floor(total / 60)).padStart(2, "0")}:${String(total % 60).padStart(2, "0")}`;
}

// Wall times and instants for the simulation. The product's own come from the engine.

import { offsetAt } from "./zones";

/** Every instant that has this wall time: none when the clocks skip it, two when they go back over it. */
export function instants(date: string, time: string, zone: string): number[] {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const offsets = new Set([offsetAt(wall - 86_400_000, zone), offsetAt(wall + 86_400_000, zone)]);
  return [...offsets]
    .map((offset) => wall - offset)
    .filter((at) => at + offsetAt(at, zone) === wall)
    .sort((a, b) => a - b);
}

export function dateIn(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(0, 10);
}

export function timeIn(at: number, zone: string): string {
  return new Date(at + offsetAt(at, zone)).toISOString().slice(11, 16);
}

/** What the clocks of a zone show, `YYYY-MM-DDTHH:MM`. */
export function wallIn(at: number, zone: string): string {
  return `${dateIn(at, zone)}T${timeIn(at, zone)}`;
}

export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

export function offsetName(at: number, zone: string): string {
  const minutes = offsetAt(at, zone) / 60_000;
  const sign = minutes < 0 ? "-" : "+";
  const size = Math.abs(minutes);
  return `UTC${sign}${String(Math.floor(size / 60)).padStart(2, "0")}:${String(size % 60).padStart(2, "0")}`;
}

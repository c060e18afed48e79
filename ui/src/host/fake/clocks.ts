// Two clocks of the simulation, in quarters of an hour, by the time zones of the browser.

import { BLANK } from "./blankDraft";
import type { ClocksAsked, ClockSpan, OneClock, TwoClocks } from "../types";
import { checkDraft } from "./check";
import { dateIn, instants, timeIn } from "./time";
import { ZONE, type World } from "./world";

const STEP = 15 * 60_000;

export function clocksOf(asked: ClocksAsked, world: World, now: number): TwoClocks | null {
  const draft = { ...asked, ...BLANK };
  const { start, end } = checkDraft(draft, world, now, { online: true, editsLeft: 0, event: { kind: "sent" } });
  if (start === null || end === null) return null;
  const day = dateIn(start, ZONE);
  const [from = start] = instants(day, "06:00", ZONE);
  const to = Math.max(from + 16 * 3_600_000, end);
  const place = (at: number) => Math.min(1, Math.max(0, (at - from) / (to - from)));
  const starts = Array.from({ length: Math.floor((to - from) / STEP) }, (_, step) => from + step * STEP);
  if (starts.every((at) => timeIn(at, ZONE) === timeIn(at, asked.zone))) return null;
  const atWork = (at: number, until: number, zone: string) => {
    const weekday = new Date(`${dateIn(at, zone)}T12:00:00Z`).getUTCDay();
    return weekday % 6 !== 0 && timeIn(at, zone) >= "08:00" && timeIn(until, zone) <= "18:00" && dateIn(at, zone) === dateIn(until, zone);
  };
  const one = (zone: string): OneClock => {
    const work: ClockSpan[] = [];
    for (const at of starts.filter((other) => atWork(other, other + STEP, zone))) {
      const last = work.at(-1);
      if (last && Math.abs(last.to - place(at)) < 1e-9) last.to = place(at + STEP);
      else work.push({ from: place(at), to: place(at + STEP) });
    }
    const named = starts.filter((at) => timeIn(at, zone).endsWith(":00") && Number(timeIn(at, zone).slice(0, 2)) % 3 === 0);
    return { zone, hours: named.map((at) => ({ hour: Number(timeIn(at, zone).slice(0, 2)), at: place(at) })), work, changes: [] };
  };
  const planned = world.meetings
    .filter((meeting) => !meeting.cancelled && meeting.id !== asked.meeting && meeting.start < to && meeting.start + meeting.minutes * 60_000 > from)
    .map((meeting) => [meeting.start, meeting.start + meeting.minutes * 60_000] as const);
  const length = end - start;
  return {
    here: one(ZONE),
    there: one(asked.zone),
    busy: planned.map(([begin, until]) => ({ from: place(begin), to: place(until) })),
    chosen: { from: place(start), to: place(end) },
    steps: starts.map((at) => ({
      start: at,
      from: place(at),
      to: place(at + length),
      date: dateIn(at, asked.zone),
      time: timeIn(at, asked.zone),
      fold: null,
      here: timeIn(at, ZONE),
      atWorkHere: atWork(at, at + length, ZONE),
      atWorkThere: atWork(at, at + length, asked.zone),
      isFree: planned.every(([begin, until]) => until <= at || begin >= at + length),
      past: at <= now,
    })),
  };
}

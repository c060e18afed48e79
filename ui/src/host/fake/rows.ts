// Read models of the simulation, made from its world at every question.

import type { BusyRow, Day, DayItem, EventState, MeetingDetail, MeetingHit, MeetingRow, NextUp, OutboxItem, PersonChip, RibbonBlock, Week, WeekBlock, WeekDay } from "../types";
import { addDays, dateIn, instants, timeIn, wallIn } from "./time";
import { endOf, progressOf, ZONE, type Entry, type Meeting, type World } from "./world";

const MINUTE = 60_000;

function chips(meeting: Meeting, world: World): PersonChip[] {
  const known = meeting.people.flatMap((id) => {
    const hit = world.people.find((person) => person.id === id);
    return hit ? [{ person: hit.id, name: hit.name, company: hit.company, record: hit.record, email: hit.email }] : [];
  });
  return [...known, ...meeting.emails.map((email) => ({ person: null, name: email, company: null, record: null, email }))];
}

function eventOf(item: OutboxItem | undefined): EventState {
  if (!item) return { kind: "none" };
  switch (item.state.kind) {
    case "held":
      return { kind: "held", until: item.state.until };
    case "sent":
      return { kind: "synced", at: item.state.at };
    case "behind":
      return { kind: "waiting" };
    default:
      return { kind: item.state.kind };
  }
}

export function rowOf(meeting: Meeting, world: World, now: number): MeetingRow {
  const hour = meeting.zoneOfPerson ? Number(timeIn(meeting.start, meeting.zoneOfPerson).slice(0, 2)) : 12;
  return {
    id: meeting.id,
    topic: meeting.topic,
    start: meeting.start,
    end: endOf(meeting),
    minutes: meeting.minutes,
    spansDays: meeting.minutes >= 1440 || dateIn(meeting.start, ZONE) !== dateIn(endOf(meeting) - 1, ZONE),
    progress: progressOf(meeting, now),
    host: meeting.host,
    recurring: meeting.recurring,
    waitingRoom: meeting.waitingRoom,
    people: chips(meeting, world),
    others: meeting.others,
    link: meeting.link === "notLinked" && !world.peopleKnown ? "unknown" : meeting.link,
    event: eventOf(world.items.find((item) => item.id === meeting.item)),
    overlaps: overlapping(meeting, world).length > 0,
    theirTime: meeting.zoneOfPerson
      ? {
          zone: meeting.zoneOfPerson,
          start: wallIn(meeting.start, meeting.zoneOfPerson),
          end: wallIn(endOf(meeting), meeting.zoneOfPerson),
          outsideHours: hour < 8 || hour >= 18,
        }
      : null,
    joinable: true,
    pending: pendingOf(meeting, world),
  };
}

function pendingOf(meeting: Meeting, world: World): MeetingRow["pending"] {
  const item = world.items.find((other) => other.id === meeting.change?.item);
  if (!meeting.change || !item || item.state.kind === "sent" || item.state.kind === "discarded") return null;
  return { item: item.id, change: meeting.change.kind, canUndo: item.canUndo };
}

function overlapping(meeting: Pick<Meeting, "id" | "start" | "minutes" | "cancelled">, world: World): Meeting[] {
  if (meeting.cancelled) return [];
  return world.meetings.filter(
    (other) => other.id !== meeting.id && !other.cancelled && other.start < endOf(meeting) && endOf(other) > meeting.start,
  );
}

export function conflictsWith(start: number, minutes: number, world: World, now: number): MeetingRow[] {
  return overlapping({ id: "", start, minutes, cancelled: false }, world).map((meeting) => rowOf(meeting, world, now));
}

function busyOn(date: string, world: World): BusyRow[] {
  const rows = world.entries.filter((entry) => dateIn(entry.start, ZONE) === date).map((entry) => busyOf(entry, world));
  return rows.sort((a, b) => Number(b.allDay) - Number(a.allDay) || a.start - b.start);
}

function busyOf(entry: Entry, world: World): BusyRow {
  const end = entry.start + entry.minutes * MINUTE;
  const { id, subject, start, allDay, away } = entry;
  const overlaps = !allDay && overlapping({ id, start, minutes: entry.minutes, cancelled: false }, world).length > 0;
  return { id, subject, start, end, allDay, spansDays: allDay, away, webinar: false, overlaps };
}

/** What of the calendar is at that time. */
export function busyAt(start: number, minutes: number, world: World): BusyRow[] {
  return world.entries.map((entry) => busyOf(entry, world)).filter((row) => row.start < start + minutes * MINUTE && row.end > start);
}

function startOf(item: DayItem): number {
  return item.kind === "gap" ? item.start : item.kind === "busy" && item.row.allDay ? 0 : item.row.start;
}

const minuteOf = (at: number) => Number(timeIn(at, ZONE).slice(0, 2)) * 60 + Number(timeIn(at, ZONE).slice(3));

/** A week of the simulation; the weekend only where it has something. */
export function weekOf(offset: number, begins: number, world: World, now: number, asOf: number | null, stale: boolean, fetching: boolean): Week {
  const today = dateIn(now, ZONE);
  const weekday = (date: string) => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
  const gone = (weekday(today) - begins + 7) % 7;
  const all = Array.from({ length: 7 }, (_, index) => weekDay(offset * 7 - gone + index, today, world, now));
  const weekend = all.some((day) => weekday(day.date) > 5 && day.blocks.length + day.whole.length > 0);
  const days = all.filter((day) => weekend || weekday(day.date) <= 5);
  const thursday = new Date(`${all.find((day) => weekday(day.date) === 4)?.date ?? today}T00:00:00Z`);
  const year = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  return {
    number: Math.floor((thursday.getTime() - year) / (7 * 86_400_000)) + 1,
    firstNoon: days[0]?.noon ?? now,
    lastNoon: days.at(-1)?.noon ?? now,
    this: offset === 0,
    now,
    nowMinute: minuteOf(now),
    firstHour: 8,
    lastHour: 18,
    bookedMinutes: days.reduce((sum, day) => sum + day.bookedMinutes, 0),
    days,
    asOf,
    stale,
    fetching,
  };
}

function weekDay(offset: number, today: string, world: World, now: number): WeekDay {
  const date = addDays(today, offset);
  const day = dayOf(offset, world, now, now, false, false);
  const lanes: number[] = [];
  const laneOf = (start: number, end: number) => {
    const free = lanes.findIndex((until) => until <= start);
    const lane = free < 0 ? lanes.length : free;
    lanes[lane] = end;
    return lane;
  };
  const blocks: WeekBlock[] = day.items.flatMap((item) => {
    if (item.kind === "gap") return item.end > now ? [blockOf(item, item.start, item.end, 0, now)] : [];
    if (item.kind === "busy" && item.row.allDay) return [];
    return [blockOf(item, item.row.start, item.row.end, laneOf(item.row.start, item.row.end), now)];
  });
  return {
    date,
    noon: day.noon,
    offset,
    bookedMinutes: day.bookedMinutes,
    whole: busyOn(date, world).filter((row) => row.allDay),
    blocks,
  };
}

function blockOf(item: DayItem, start: number, end: number, lane: number, now: number): WeekBlock {
  const from = minuteOf(start);
  const to = minuteOf(end);
  return { item, from, to: to > from ? to : 1440, lane, past: end <= now };
}

export function dayOf(offset: number, world: World, now: number, asOf: number | null, stale: boolean, fetching: boolean): Day {
  const today = dateIn(now, ZONE);
  const date = addDays(today, offset);
  const on = (day: string) => world.meetings.filter((meeting) => dateIn(meeting.start, ZONE) === day).sort((a, b) => a.start - b.start);
  const meetings = on(date);
  const items: DayItem[] = busyOn(date, world).map((row) => ({ kind: "busy", row }));
  let free = Number.POSITIVE_INFINITY;
  const busy = busyOn(date, world).filter((row) => !row.allDay);
  const taken = [
    ...meetings.map((meeting) => ({ meeting, start: meeting.start, end: endOf(meeting) })),
    ...busy.map(({ start, end }) => ({ meeting: null, start, end })),
  ].sort((a, b) => a.start - b.start);
  for (const { meeting, start, end } of taken) {
    if (start - free >= 30 * MINUTE && start > now)
      items.push({ kind: "gap", start: free, end: start, minutes: (start - free) / MINUTE });
    if (meeting) items.push({ kind: "meeting", row: rowOf(meeting, world, now) });
    if (!meeting?.cancelled) free = free === Number.POSITIVE_INFINITY ? end : Math.max(free, end);
  }
  // Whole days first, the others where they begin.
  items.sort((a, b) => startOf(a) - startOf(b));
  const first = instants(date, "08:00", ZONE)[0] ?? now;
  const length = 10 * 60 * MINUTE;
  const place = (at: number) => Math.min(1, Math.max(0, (at - first) / length));
  const later = world.meetings.filter((meeting) => !meeting.cancelled && meeting.start > (offset === 0 ? now : first) && dateIn(meeting.start, ZONE) > date);
  const next = later.sort((a, b) => a.start - b.start)[0];
  return {
    date,
    noon: instants(date, "12:00", ZONE)[0] ?? now,
    today: offset === 0,
    now,
    bookedMinutes: meetings.filter((meeting) => !meeting.cancelled).reduce((sum, meeting) => sum + meeting.minutes, 0),
    ribbon: {
      blocks: meetings
        .filter((meeting) => !meeting.cancelled)
        .map((meeting): RibbonBlock => ({
          meeting: meeting.id,
          from: place(meeting.start),
          to: place(endOf(meeting)),
          past: endOf(meeting) <= now,
          overlaps: overlapping(meeting, world).length > 0,
        }))
        .concat(
          busyOn(date, world)
            .filter((row) => !row.allDay)
            .map((row) => ({ meeting: null, from: place(row.start), to: place(row.end), past: row.end <= now, overlaps: row.overlaps })),
        ),
      hours: Array.from({ length: 11 }, (_, index) => ({ hour: 8 + index, at: index / 10 })),
      now: now >= first && now <= first + length && offset === 0 ? place(now) : null,
    },
    items,
    nextDayCount: on(addDays(date, 1)).length,
    nextMeeting: next ? rowOf(next, world, now) : null,
    asOf,
    stale,
    fetching,
  };
}

export function detailOf(meeting: Meeting, world: World, now: number): MeetingDetail {
  const row = rowOf(meeting, world, now);
  const item = world.items.find((other) => other.id === meeting.item);
  const person = row.people.find((chip) => chip.record !== null);
  return {
    row,
    agenda: meeting.agenda,
    number: "924 4701 8826",
    joinLink: "zoom.us/j/92447018826",
    hasPasscode: meeting.unread ? null : true,
    people: row.people,
    unknownPeople: meeting.link === "notLinked" && world.peopleKnown ? meeting.emails : [],
    linked:
      meeting.link === "linked" && person?.record
        ? { name: person.name, company: person.company, record: person.record, basis: "intent", at: now - 7 * 86_400_000 }
        : null,
    event: item ? { item: item.id, subject: item.title, state: row.event, canOpen: item.canOpen } : null,
    about: meeting.about ?? null,
    after: null,
  };
}

/** Close enough to the engine's rule to show each of its answers; the rule itself is tested there. */
export function nextOf(world: World, now: number): NextUp | null {
  const today = dateIn(now, ZONE);
  const coming = world.meetings
    .filter((meeting) => !meeting.cancelled && dateIn(meeting.start, ZONE) === today && endOf(meeting) > now - 10 * MINUTE)
    .sort((a, b) => a.start - b.start);
  const choices = coming.filter((meeting) => meeting.start - now <= 15 * MINUTE && endOf(meeting) > now);
  const atHand = choices.filter((meeting) => Math.abs(meeting.start - now) <= 5 * MINUTE);
  const meant = atHand.length > 0 ? atHand : choices.filter((meeting) => meeting.start - now <= 10 * MINUTE || choices[0] === meeting);
  const following = coming.find((meeting) => meeting.start > now);
  const shown = meant[0] ?? following ?? coming[0];
  if (!shown) return null;
  return {
    row: rowOf(shown, world, now),
    now,
    due: shown.start - now <= 15 * MINUTE,
    join:
      meant.length === 1
        ? { kind: "one" }
        : meant.length > 1
          ? { kind: "choose" }
          : following
            ? { kind: "early", row: rowOf(following, world, now) }
            : { kind: "nothing" },
    choices: choices.map((meeting) => rowOf(meeting, world, now)),
    allRunning: choices.every((meeting) => meeting.start <= now),
  };
}

export function foundIn(world: World, query: string, limit: number, now: number): MeetingHit[] {
  const words = query.toLowerCase().split(/\s+/u).filter(Boolean);
  const today = Date.parse(dateIn(now, ZONE));
  return world.meetings
    .map((meeting) => rowOf(meeting, world, now))
    .filter((row) => {
      const text = [row.topic, ...row.people.flatMap((person) => [person.name, person.company, person.email])].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => Number(a.end <= now) - Number(b.end <= now) || a.start - b.start)
    .slice(0, limit)
    .map((row) => ({ row, offset: Math.round((Date.parse(dateIn(row.start, ZONE)) - today) / 86_400_000) }));
}

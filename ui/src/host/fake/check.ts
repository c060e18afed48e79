// What the simulation thinks of a draft; close enough to the engine to show every answer of the sheet.

import type { FieldIssue, ScheduleCheck, ScheduleDraft, WallSpan } from "../types";
import { busyAt, conflictsWith } from "./rows";
import { datesOf } from "./series";
import { dateIn, instants, offsetName, timeIn } from "./time";
import { ZONE, type World } from "./world";
import { zoneExists } from "./zones";

type Situation = Pick<ScheduleCheck, "online" | "editsLeft" | "event">;

/** The simulated organisation shares its activities: a Lead is alone in an Event, Contacts are not. */
function leftOut(draft: ScheduleDraft, world: World): ScheduleCheck["leftOut"] {
  const [first, ...others] = draft.people.flatMap((id) => world.people.filter((person) => person.id === id));
  return others
    .filter(({ record }) => record === "lead" || first?.record === "lead")
    .map(({ name }) => ({ name, why: { kind: "leadAlone" } }));
}

export function checkDraft(draft: ScheduleDraft, world: World, now: number, situation: Situation): ScheduleCheck {
  const issues: FieldIssue[] = [];
  if (draft.topic.trim() === "") issues.push({ field: "topic", problem: { kind: "missing" } });
  if (draft.topic.length > 200) issues.push({ field: "topic", problem: { kind: "tooLong", max: 200, length: draft.topic.length } });
  if (draft.agenda.length > 2000) issues.push({ field: "agenda", problem: { kind: "tooLong", max: 2000, length: draft.agenda.length } });
  if (draft.minutes < 1 || draft.minutes > 1440) issues.push({ field: "minutes", problem: { kind: "outOfRange", min: 1, max: 1440 } });
  for (const email of draft.emails)
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(email)) issues.push({ field: "email", problem: { kind: "notAnEmail", value: email } });

  for (const address of (draft.options.alternativeHosts ?? "").split(/[,;\s]+/u).filter(Boolean))
    if (!/^[^@\s]+@[^@\s]+\.[^@\s]+$/u.test(address)) issues.push({ field: "alternativeHosts", problem: { kind: "notAnEmail", value: address } });

  const start = startOf(draft, issues, now);
  const end = start === null ? null : start + draft.minutes * 60_000;
  return {
    start,
    end,
    there: spanIn(draft.zone, start, end),
    here: spanIn(ZONE, start, end),
    today: dateIn(now, ZONE),
    issues,
    people: draft.people.flatMap((id) => world.people.filter((person) => person.id === id)),
    conflicts: start === null ? [] : conflictsWith(start, draft.minutes, world, now),
    busy: start === null ? [] : busyAt(start, draft.minutes, world),
    optedOut: world.people.filter((person) => person.emailOptOut && draft.people.includes(person.id)).map((person) => person.name),
    leftOut: leftOut(draft, world),
    theirClock: theirClock(draft, world, start),
    series: draft.repeats && start !== null ? datesOf(draft.repeats, draft.date) : null,
    ...situation,
  };
}

/** Those of the simulation whose number tells another country. */
const ELSEWHERE: Record<string, string> = { "Contact:003F": "Asia/Tokyo" };

function theirClock(draft: ScheduleDraft, world: World, start: number | null): ScheduleCheck["theirClock"] {
  const person = world.people.find(({ id }) => id === draft.people.find((chosen) => chosen in ELSEWHERE));
  const zone = person && ELSEWHERE[person.id];
  if (start === null || !zone) return null;
  const [date, time] = [dateIn(start, zone), timeIn(start, zone)];
  return time === timeIn(start, draft.zone) ? null : { name: person.name, zone, date, time };
}

function spanIn(zone: string, start: number | null, end: number | null): WallSpan | null {
  if (start === null || end === null) return null;
  return { startDate: dateIn(start, zone), startTime: timeIn(start, zone), endDate: dateIn(end, zone), endTime: timeIn(end, zone) };
}

function startOf(draft: ScheduleDraft, issues: FieldIssue[], now: number): number | null {
  const dateKnown = !Number.isNaN(Date.parse(`${draft.date}T12:00:00Z`));
  const timeKnown = /^([01]\d|2[0-3]):[0-5]\d$/u.test(draft.time);
  if (!dateKnown) issues.push({ field: "date", problem: draft.date === "" ? { kind: "missing" } : { kind: "notADate" } });
  if (!timeKnown) issues.push({ field: "time", problem: draft.time === "" ? { kind: "missing" } : { kind: "notATime" } });
  if (!zoneExists(draft.zone)) {
    issues.push({ field: "zone", problem: { kind: "notAZone" } });
    return null;
  }
  if (!dateKnown || !timeKnown) return null;
  const found = instants(draft.date, draft.time, draft.zone);
  const [first, second] = found;
  if (first === undefined) {
    const hour = Number(draft.time.slice(0, 2));
    const name = (value: number) => String(value).padStart(2, "0");
    issues.push({ field: "time", problem: { kind: "doesNotExist", before: `${name(hour - 1)}:59`, after: `${name(hour + 1)}:00` } });
    return null;
  }
  if (second !== undefined && draft.fold === null) {
    issues.push({
      field: "time",
      problem: { kind: "happensTwice", earlier: offsetName(first, draft.zone), later: offsetName(second, draft.zone) },
    });
    return null;
  }
  const start = second !== undefined && draft.fold === "later" ? second : first;
  if (start < now) issues.push({ field: draft.date < dateIn(now, draft.zone) ? "date" : "time", problem: { kind: "inThePast" } });
  return start;
}

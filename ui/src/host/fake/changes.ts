// What the simulation does with meetings that are there: change, cancel, log, take back. Each is a row of its outbox.

import { HostError, type Changed, type MeetingOptions, type ScheduleCheck, type ScheduleDraft } from "../types";
import type { FakeOutbox } from "./outbox";
import { dateIn, timeIn } from "./time";
import { NOTHING, PRESET, SET, withTopic } from "./scheduling";
import { eventFields, ZONE, type Meeting, type World } from "./world";

export interface Changing {
  world: World;
  outbox: FakeOutbox;
  now: number;
  holdSeconds: number;
}

/** What a draft makes of a meeting's options: where nothing was chosen, what the settings in Zoom say. */
function set({ options }: ScheduleDraft): MeetingOptions {
  const chosen = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  return { ...SET, ...PRESET, ...chosen };
}

function optionsOf(meeting: Meeting): MeetingOptions {
  return meeting.unread ? NOTHING : (meeting.options ?? SET);
}

let rows = 0;

export function draftOf(meeting: Meeting, id: string): ScheduleDraft {
  return {
    id,
    topic: meeting.topic,
    date: dateIn(meeting.start, ZONE),
    time: timeIn(meeting.start, ZONE),
    zone: ZONE,
    minutes: meeting.minutes,
    fold: null,
    people: [...meeting.people],
    emails: [...meeting.emails],
    agenda: meeting.agenda,
    passcode: true,
    waitingRoom: meeting.waitingRoom,
    personalMeetingId: false,
    logEvent: false,
    copyInvitation: false,
    repeats: null,
    options: { ...optionsOf(meeting) },
    template: null,
    about: null,
  };
}

/** A meeting that the sheet made, and its Event in line. */
export function made(id: string, item: string | null, draft: ScheduleDraft, start: number, at: Changing): void {
  const topic = draft.topic.trim();
  at.world.meetings.push({
    id,
    topic,
    start,
    minutes: draft.minutes,
    host: true,
    recurring: false,
    waitingRoom: draft.waitingRoom,
    cancelled: false,
    people: [...draft.people],
    emails: [...draft.emails],
    others: 0,
    link: draft.people.length > 0 ? "linked" : draft.emails.length > 0 ? "notLinked" : "internal",
    agenda: draft.agenda,
    zoneOfPerson: null,
    item,
    options: set(draft),
    about: draft.about,
  });
  const fields = withTopic(eventFields(topic, start, draft.minutes), draft.about);
  if (item) at.outbox.add({ id: item, title: topic, person: named(draft.people[0], at.world), fields }, at.holdSeconds);
}

function named(id: string | undefined, { people }: World): string | null {
  const who = people.find((person) => person.id === id);
  return who ? `${who.name}, ${who.company ?? ""}` : null;
}

export function changed(meeting: Meeting, draft: ScheduleDraft, check: ScheduleCheck, at: Changing): Changed {
  if (check.issues.length > 0 || check.start === null) throw new HostError({ kind: "invalid", issues: check.issues });
  const [topic, start, minutes, agenda] = [draft.topic.trim(), check.start, draft.minutes, draft.agenda];
  const { people, emails } = draft;
  const same = topic === meeting.topic && start === meeting.start && minutes === meeting.minutes && agenda === meeting.agenda;
  const options = meeting.unread ? draft.options : set(draft);
  const sameOptions = JSON.stringify(options) === JSON.stringify(optionsOf(meeting)) && draft.waitingRoom === meeting.waitingRoom;
  if (same && sameOptions && people.join() === meeting.people.join() && emails.join() === meeting.emails.join()) return { outboxItem: null, group: null };
  const fields = eventFields(topic, start, minutes).slice(0, 2);
  const item = at.outbox.add({ id: `change-${++rows}`, what: "updateMeeting", title: topic, provider: "zoom", fields }, at.holdSeconds, () => {
    Object.assign(meeting, { topic, start, minutes, agenda, people: [...people], emails: [...emails], options: set(draft), waitingRoom: draft.waitingRoom ?? true, unread: false });
  });
  const moved = start !== meeting.start || minutes !== meeting.minutes;
  meeting.change = { item, kind: moved ? { kind: "moved", start, end: start + minutes * 60_000 } : { kind: "edited" } };
  if (meeting.item)
    at.outbox.add({ id: `${item}-event`, what: "updateEvent", title: topic, fields, state: { kind: "behind", parent: { title: topic, needsYou: false } } }, null);
  return { outboxItem: item, group: null };
}

export function cancelled(meeting: Meeting, at: Changing): Changed {
  const item = at.outbox.add({ id: `cancel-${++rows}`, what: "deleteMeeting", title: meeting.topic, provider: "zoom" }, at.holdSeconds, () => {
    meeting.cancelled = true;
  });
  meeting.change = { item, kind: { kind: "cancelled" } };
  return { outboxItem: item, group: null };
}

/** The meeting and its Event go at once. */
export function takenBack(meeting: Meeting, at: Changing): void {
  at.world.meetings = at.world.meetings.filter((other) => other !== meeting);
  if (meeting.item) at.outbox.put(meeting.item, { kind: "discarded", at: at.now });
}

export function logged(meeting: Meeting, at: Changing): Changed {
  const there = at.world.items.find((other) => other.id === meeting.item);
  if (there && there.state.kind !== "discarded") throw new HostError({ kind: "tooLate" });
  meeting.item = at.outbox.add(
    {
      id: `log-${++rows}`,
      what: "createEvent",
      title: meeting.topic,
      person: named(meeting.people[0], at.world),
      fields: withTopic(eventFields(meeting.topic, meeting.start, meeting.minutes), meeting.about ?? null),
    },
    at.holdSeconds,
  );
  return { outboxItem: meeting.item, group: null };
}

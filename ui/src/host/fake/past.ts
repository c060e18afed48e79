// What became of the simulation's meetings: everybody came, one of those who were invited by name alone.

import type { MeetingAfter, PastMeeting, PastMeetings } from "../types";
import { rowOf } from "./rows";
import { endOf, progressOf, type Meeting, type World } from "./world";

const MINUTE = 60_000;

/** What the user said of guests, by meeting and guest. */
export type GuestAnswers = Map<string, { expected: string; isThem: boolean }>;

export const guestKey = (meeting: string, guest: string): string => `${meeting} ${guest}`;

export function afterOf(meeting: Meeting, world: World, now: number, answers: GuestAnswers): MeetingAfter | null {
  if (progressOf(meeting, now) !== "past") return null;
  const [start, end] = [meeting.start + 3 * MINUTE, endOf(meeting)];
  const span = { start, end };
  const half = start + Math.round((end - start) / 2);
  const invited = rowOf(meeting, world, now).people;
  const first = invited[0];
  const guest = "name:meeting room";
  const said = answers.get(guestKey(meeting.id, guest));
  const guessed = first !== undefined && said === undefined;
  const isGuest = first !== undefined && said?.isThem !== true;
  const person = (index: number, spans: { start: number; end: number }[]) => ({
    id: `person ${index}`,
    part: "came" as const,
    name: invited[index]?.name ?? "",
    used: null,
    email: invited[index]?.email ?? null,
    person: invited[index]?.person ?? null,
    basis: index === 0 && said?.isThem ? ("answer" as const) : ("address" as const),
    saidOf: index === 0 && said?.isThem ? guest : null,
    notThem: [],
    seconds: Math.round(spans.reduce((sum, one) => sum + one.end - one.start, 0) / 1000),
    spans,
    mayBe: [],
  });
  const gap = { start: half, end: half + 3 * MINUTE };
  const none = { used: null, email: null, person: null, basis: null, saidOf: null, notThem: [], mayBe: [] };
  return {
    state: "settled",
    access: { kind: "ready" },
    held: [span],
    minutes: Math.round((end - start) / MINUTE),
    came: 1 + Math.max(invited.length, 0),
    of: 1 + invited.length,
    guests: isGuest ? 1 : 0,
    axis: span,
    people: [
      { ...none, id: "host", part: "you", name: "Robin Vos", seconds: Math.round((end - start) / 1000), spans: [span] },
      ...invited.map((_, index) => person(index, index === 0 && isGuest ? [{ start, end: gap.start }, { start: gap.end, end }] : [span])),
      ...(isGuest
        ? [{ ...none, id: guest, part: "guest" as const, name: "Meeting room", seconds: 180, spans: [gap], notThem: said && first ? [first.name] : [], mayBe: guessed && first ? [{ key: first.email ?? "", name: first.name, why: "gap" as const }] : [] }]
        : []),
    ],
    asOf: now - 5 * MINUTE,
    recordings: {
      access: { kind: "ready" },
      files: meeting.recurring ? [] : [
        { id: `${meeting.id}:video`, kind: "shared_screen_with_speaker_view", fileType: "MP4", start, end, seconds: Math.round((end - start) / 1000), kilobytes: 182_400, ready: true },
        { id: `${meeting.id}:transcript`, kind: "audio_transcript", fileType: "TRANSCRIPT", start, end, seconds: null, kilobytes: 48, ready: true },
      ],
      coming: false,
      deletedOn: "2026-12-09",
      daysLeft: 12,
      gone: false,
      hasPasscode: true,
    },
    summary: "The pilot and its first two teams.\n\nNext: send the offer.",
    summaryAccess: { kind: "ready" },
  };
}

export function pastOf(world: World, now: number, query: string, offset: number, limit: number, answers: GuestAnswers): PastMeetings {
  const words = query.toLowerCase().split(" ").filter(Boolean);
  const rows = world.meetings
    .filter((meeting) => progressOf(meeting, now) === "past")
    .sort((one, other) => other.start - one.start)
    .map((meeting): PastMeeting => {
      const [row, after] = [rowOf(meeting, world, now), afterOf(meeting, world, now, answers)];
      return { row, state: "settled", held: after?.held[0] ?? null, came: after?.came ?? null, of: after?.of ?? 0, recorded: (after?.recordings.files.length ?? 0) > 0 };
    })
    .filter(({ row }) => {
      const text = [row.topic, ...row.people.map((one) => `${one.name} ${one.company ?? ""} ${one.email ?? ""}`)].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
  return { rows: rows.slice(offset, offset + limit), total: rows.length, access: { kind: "ready" } };
}

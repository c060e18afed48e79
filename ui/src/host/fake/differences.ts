// Differences of the simulation: `?differences=some` has one of each kind.

import type { DifferencePart, MeetingDifference, MeetingDifferences } from "../types";
import type { FakeOutbox } from "./outbox";
import { endOf, eventFields, type Meeting, type World } from "./world";

const HOUR = 3_600_000;

export class FakeDifferences {
  #rows: MeetingDifference[];
  readonly #kept = new Set<string>();
  readonly #items = new Map<string, string>();

  constructor(
    wanted: string,
    now: number,
    private readonly world: () => World,
    private readonly outbox: () => FakeOutbox,
  ) {
    const upcoming = world().meetings.filter((meeting) => meeting.start > now);
    this.#rows = wanted === "some" ? upcoming.slice(0, 3).flatMap((meeting, index) => rowsOf(meeting, now, index)) : [];
  }

  list(): MeetingDifferences {
    const open = new Set(this.world().items.filter((item) => item.state.kind === "held" || item.state.kind === "waiting").map((item) => item.id));
    const rows = this.#rows
      .filter((row) => !this.#kept.has(key(row.meeting, row.part)))
      .map((row) => {
        const item = this.#items.get(key(row.meeting, row.part)) ?? null;
        return { ...row, outboxItem: item !== null && open.has(item) ? item : null };
      });
    return { asks: rows.filter((row) => row.asks && row.outboxItem === null).length, rows };
  }

  take(meeting: string, part: DifferencePart, holdSeconds: number): string | null {
    const row = this.#rows.find((one) => one.meeting === meeting && one.part === part);
    const found = this.world().meetings.find(({ id }) => id === meeting);
    if (!row || !found) return null;
    const id = `difference:${key(meeting, part)}`;
    this.#items.set(key(meeting, part), id);
    this.outbox().add({ id, title: found.topic, person: null, fields: eventFields(found.topic, found.start, found.minutes) }, holdSeconds);
    return id;
  }

  keep(meeting: string, part: DifferencePart, keep: boolean): void {
    if (keep) this.#kept.add(key(meeting, part));
    else this.#kept.delete(key(meeting, part));
  }
}

const key = (meeting: string, part: DifferencePart): string => `${meeting} ${part}`;

function rowsOf(meeting: Meeting, now: number, index: number): MeetingDifference[] {
  const about = { meeting: meeting.id, topic: meeting.topic, start: meeting.start, since: now - 2 * HOUR, outboxItem: null };
  const moved = { kind: "span" as const, start: meeting.start + HOUR, end: endOf(meeting) + HOUR };
  if (index === 1) return [{ ...about, part: "event", zoom: { kind: "there" }, salesforce: { kind: "gone" }, asks: true }];
  if (index === 2) {
    const host = "mila.jansen@northwind.example";
    return [{ ...about, part: "event", zoom: { kind: "elsewhere", host }, salesforce: { kind: "there" }, asks: true }];
  }
  return [
    { ...about, part: "time", zoom: { kind: "span", start: meeting.start, end: endOf(meeting) }, salesforce: moved, asks: true },
    { ...about, part: "subject", zoom: { kind: "text", text: meeting.topic }, salesforce: { kind: "text", text: `${meeting.topic}: call first` }, asks: false },
  ];
}

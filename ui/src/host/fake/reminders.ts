// Reminders and the life without a window, of the simulated host. Nothing is due by itself: a test says what is.

import { HostError, type Background, type MeetingBell, type MeetingReminder, type MeetingRow, type NoticeFate, type Place, type ReminderNotice, type ReminderPause, type Reminders, type ReminderSettings } from "../types";

/** What reminders need of the rest of the world. */
export interface Around {
  now: () => number;
  row: (meeting: string) => MeetingRow;
  changed: () => void;
  note: (line: string) => void;
}

const PAUSES: Record<ReminderPause, number | null> = { halfAnHour: 30, hour: 60, tomorrow: 14 * 60, none: null };

export class FakeReminders {
  readonly background: Background = { tray: true, keepRunning: true, startAtLogin: false };
  place: Place | null = null;
  /** What the system makes of a test notification. */
  system: NoticeFate = "shown";
  #settings: ReminderSettings = { on: true, before: [1], atStart: true, notJoined: null, snoozeMinutes: 1, click: "join", hideTitles: false };
  #paused: number | null = null;
  #trial: NoticeFate | null = null;
  #open: { id: string; missed: boolean; fate: NoticeFate; meetings: string[] }[] = [];
  readonly #of = new Map<string, MeetingReminder>();

  constructor(private readonly around: Around) {}

  /** A reminder is due, and the system shows it, or not. */
  due(meetings: string[], fate: NoticeFate, missed = false): string {
    const id = `notice-${String(this.#open.length + 1)}`;
    this.#open.push({ id, missed, fate, meetings });
    this.around.changed();
    return id;
  }

  get(): Reminders {
    const notices: ReminderNotice[] = this.#open.map(({ meetings, ...notice }) => ({ ...notice, rows: meetings.map((id) => this.around.row(id)) }));
    return { settings: { ...this.#settings }, pausedUntil: this.#paused, notices, trial: this.#trial };
  }

  update(settings: ReminderSettings): void {
    if (settings.before.length > 3) throw new HostError({ kind: "invalid", issues: [{ field: "minutes", problem: { kind: "tooMany", max: 3 } }] });
    this.#settings = { ...settings, before: [...settings.before].sort((one, other) => one - other) };
    this.around.changed();
  }

  pause(pause: ReminderPause): void {
    const minutes = PAUSES[pause];
    this.#paused = minutes === null ? null : this.around.now() + minutes * 60_000;
    this.around.changed();
  }

  test(): void {
    this.#trial = this.system;
    this.around.changed();
  }

  answer(id: string, what: string): void {
    const notice = this.#open.find((one) => one.id === id);
    if (!notice) throw new HostError({ kind: "gone" });
    this.#open = this.#open.filter((one) => one !== notice);
    this.around.note(`${what} ${notice.meetings.join(" ")}`);
    this.around.changed();
  }

  of(meeting: string): MeetingReminder {
    return this.#of.get(meeting) ?? { bell: { kind: "usual" }, dismissed: false, joined: false, snoozedUntil: null };
  }

  ring(meeting: string, bell: MeetingBell): void {
    this.set(meeting, { bell });
  }

  set(meeting: string, change: Partial<MeetingReminder>): void {
    this.#of.set(meeting, { ...this.of(meeting), ...change });
    this.around.changed();
  }

  takePlace(): Place | null {
    const { place } = this;
    this.place = null;
    return place;
  }
}

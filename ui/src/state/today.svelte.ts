// One day of meetings, the chosen one of them, and what can be done with it.

import { host, type CopyWhat, type Day, type MeetingRow, type Week } from "../host";
import { isoDay } from "../i18n/format";
import { t, type MessageKey } from "../i18n/messages.svelte";
import { daysIntoWeek, firstWeekday } from "../i18n/week";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { Reading } from "./resource.svelte";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

/** A second press within this time does nothing: it would open the meeting twice. */
const DOUBLE_MS = 2000;

const copied: Record<CopyWhat, MessageKey> = {
  joinLink: "copied-join-link",
  invitation: "copied-invitation",
  idAndPasscode: "copied-id-and-passcode",
};

/** What the room shows. */
export type TodayView = "day" | "week" | "past" | "differences";

class Today {
  view = $state<TodayView>("day");
  /** Days from today. */
  offset = $state(0);
  selected = $state<string | null>(null);
  /** The row that was just made. */
  fresh = $state<string | null>(null);
  opening = $state<string | null>(null);
  readonly day = new Reading(
    "getDay",
    () => [this.offset],
    (day) => this.#arrived(day),
  );
  /** Weeks from this one. */
  weekOffset = $state(0);
  readonly week = new Reading(
    "getWeek",
    () => [this.weekOffset, firstWeekday()],
    (week) => this.#weekArrived(week),
  );
  readonly detail = new Reading("getMeeting", () => [this.selected ?? ""]);
  readonly nextUp = new Reading(
    "getNextUp",
    () => [],
    (next) => {
      if (next) clock.align(next.now);
    },
  );
  /** The menu of what can be joined now is open. */
  choosing = $state(false);
  /** Nothing can be joined yet; the user is asked about this one. */
  early = $state.raw<MeetingRow | null>(null);
  #openedAt = new Map<string, number>();
  #joinedAt = Number.NEGATIVE_INFINITY;

  get rows(): MeetingRow[] {
    if (this.view === "week") {
      const blocks = (this.week.data?.days ?? []).flatMap((day) => day.blocks);
      return blocks.flatMap(({ item }) => (item.kind === "meeting" ? [item.row] : []));
    }
    return (this.day.data?.items ?? []).flatMap((item) => (item.kind === "meeting" ? [item.row] : []));
  }

  get selectedRow(): MeetingRow | null {
    return this.rows.find((row) => row.id === this.selected) ?? null;
  }

  look(view: TodayView): void {
    if (view === this.view) return;
    if (view === "week") this.weekOffset = Math.floor((this.offset + gone(clock.now)) / 7);
    this.view = view;
    this.select(null);
    if (view === "day") void this.day.refresh();
  }

  async goWeek(offset: number): Promise<void> {
    this.view = "week";
    this.weekOffset = offset;
    this.offset = offset === 0 ? 0 : offset * 7 - gone(clock.now);
    this.week.clear();
    this.select(null);
    await this.week.open();
  }

  /** A day or a week on, or back. */
  step(by: 1 | -1): void {
    if (this.view === "week") void this.goWeek(this.weekOffset + by);
    else void this.go(this.offset + by);
  }

  async go(offset: number): Promise<void> {
    this.view = "day";
    this.offset = offset;
    this.day.clear();
    this.select(null);
    await this.day.open();
  }

  select(id: string | null): void {
    if (id === this.selected) return;
    this.selected = id;
    this.detail.clear();
    if (id) void this.detail.open();
    else this.detail.close();
  }

  /** Start where the user is host, otherwise join. */
  async enter(row: MeetingRow): Promise<void> {
    const opened = this.#openedAt.get(row.id) ?? Number.NEGATIVE_INFINITY;
    if (Date.now() - opened < DOUBLE_MS) return;
    this.#openedAt.set(row.id, Date.now());
    this.opening = row.id;
    const done = await attempt(() => (row.host ? host().startMeeting(row.id) : host().joinMeeting(row.id)));
    this.opening = null;
    if (done) toasts.say({ text: t("opening-zoom", { topic: row.topic }) });
    else this.#openedAt.delete(row.id);
  }

  /**
   * Smart Join: what it means is the engine's to say, asked at the press and not when the strip was last drawn.
   * A second press at once does nothing: after the first one it would mean the next meeting.
   */
  async join(): Promise<void> {
    if (Date.now() - this.#joinedAt < DOUBLE_MS) return;
    this.#joinedAt = Date.now();
    await this.nextUp.refresh();
    if (this.nextUp.error) return void toasts.fail(this.nextUp.error);
    const next = this.nextUp.data;
    if (!next || next.join.kind === "nothing") toasts.say({ text: t(this.day.data?.fetching ? "today-fetching" : "join-nothing") });
    else if (next.join.kind === "one") await this.enter(next.row);
    else if (next.join.kind === "early") this.early = next.join.row;
    else this.choosing = true;
  }

  /** The user wants in all the same. */
  async enterEarly(): Promise<void> {
    const row = this.early;
    this.early = null;
    if (row) await this.enter(row);
  }

  async copy(id: string, what: CopyWhat): Promise<void> {
    if (await attempt(() => host().copyMeeting(id, what))) toasts.say({ text: t(copied[what]) });
  }

  /** Chooses a meeting on its day. */
  async show(id: string, offset: number): Promise<void> {
    if (offset !== this.offset || !this.day.data || this.view !== "day") await this.go(offset);
    // Meanwhile the user may have gone on to another day.
    if (offset === this.offset && this.view === "day") this.select(id);
  }

  /** Asks again for what is shown. */
  async refresh(): Promise<void> {
    await (this.view === "week" ? this.week : this.day).refresh();
  }

  /** Shows a meeting that was just made, when it is on this day. */
  async reveal(id: string): Promise<void> {
    this.fresh = id;
    await this.refresh();
    const here = this.rows.some((row) => row.id === id);
    if (here) this.select(id);
    // Where its row is not drawn now, it is no news any more when somebody comes back.
    if (this.fresh === id && !(here && this.view === "day" && router.room === "today")) this.fresh = null;
  }

  /** Lets the next press open a meeting at once again. */
  forget(): void {
    this.#openedAt.clear();
    this.#joinedAt = Number.NEGATIVE_INFINITY;
  }

  #arrived(day: Day): void {
    clock.align(day.now);
    // In the list of what is over the list says what is chosen.
    if (this.view !== "day") return;
    this.#chooseFirst();
  }

  #weekArrived(week: Week): void {
    clock.align(week.now);
    if (this.view === "week") this.#chooseFirst();
  }

  #chooseFirst(): void {
    if (this.selected && this.rows.some((row) => row.id === this.selected)) {
      // In a window that is opened again the choice is there before anything is known of it.
      if (!this.detail.active) void this.detail.open();
      return;
    }
    const first = this.rows.find((row) => row.progress === "running" || row.progress === "upcoming") ?? this.rows[0];
    this.select(first?.id ?? null);
  }
}

/** How many days of its week are gone. */
function gone(at: number): number {
  return daysIntoWeek(new Date(`${isoDay(at)}T12:00:00Z`).getUTCDay() || 7);
}

export const today = new Today();

/** Whether Enter or the row's button may open Zoom. */
export function canEnter(row: MeetingRow): boolean {
  return (row.progress === "upcoming" || row.progress === "running") && (row.host || row.joinable);
}

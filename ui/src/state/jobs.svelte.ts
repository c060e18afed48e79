// Registrations of many as they go: the panel at the corner, and the list of what became of each person.

import { host, reads, type GroupWhat, type OutboxGroup, type OutboxQuery, type RegistrationResult, type RegistrationResults } from "../host";
import { number } from "../i18n/format";
import { t, whole } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { outbox } from "./outbox.svelte";
import { sayCopied, saySaved } from "./registrants.svelte";
import { Reading } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

/** How far it is, in percent, when that is said to screen readers. */
const MILESTONE = 25;
/** Before that nobody can tell how long the rest takes. */
const LEAST_MS = 1500;
const GROUPS: OutboxQuery = { filter: "all", group: null, offset: 0, limit: 1 };

/** What is known of a job beside its group: only what happened while the window was open. */
interface Seen {
  /** Since when it goes, and how much was done then. */
  at: number;
  done: number;
  part: number;
  until: number | null;
}

class Jobs {
  readonly list = new Reading("listOutbox", () => [GROUPS], ({ groups }) => this.#arrived(groups));
  /** Counts of the job in the panel. */
  readonly counts = new Reading("listRegistrationResults", () => [this.docked?.id ?? "", 0, 1]);
  /** Those that went on when the list was last read; a window that is opened again tells how they ended. */
  going = $state.raw<readonly string[]>([]);
  /** Panels that were put out of sight. */
  hidden = $state.raw<readonly string[]>([]);
  /** Whose people are listed. */
  shown = $state<string | null>(null);
  /** Whose people are on the page now. */
  onPage = $state<string | null>(null);
  /** Whose results were asked for: the page is scrolled to them when they are there. */
  sought: string | null = null;
  around = $state.raw<Omit<RegistrationResults, "rows"> | null>(null);
  readonly rows = new PagedSource<RegistrationResult, RegistrationResults>({
    tags: reads.listRegistrationResults,
    idOf: ({ item }) => item,
    load: (offset, limit) => host().listRegistrationResults(this.shown ?? "", offset, limit),
    arrived: (page) => (this.around = page),
  });
  #seen = $state.raw<ReadonlyMap<string, Seen>>(new Map());

  get all(): readonly OutboxGroup[] {
    return (this.list.data?.groups ?? []).filter(({ what }) => (what as GroupWhat) === "registerPeople");
  }

  /** What the panel shows: the newest that goes on, else the newest that ended under the user's eyes or while the window was closed, or that needs them. */
  get docked(): OutboxGroup | null {
    const there = this.all.filter(({ id }) => !this.hidden.includes(id));
    return there.find(({ left }) => left > 0) ?? there.find((group) => group.needsYou > 0 || (this.#seen.has(group.id) && group.done > 0)) ?? null;
  }

  /** Those of a webinar. */
  of(webinar: string): OutboxGroup[] {
    return this.all.filter((group) => group.webinar === webinar);
  }

  heldUntil({ id }: OutboxGroup): number | null {
    const until = this.#seen.get(id)?.until ?? null;
    return until !== null && until > clock.now ? until : null;
  }

  /** How long the rest takes at the pace so far. */
  secondsLeft(group: OutboxGroup): number | null {
    const seen = this.#seen.get(group.id);
    if (!seen || group.paused || group.left === 0) return null;
    const [took, done] = [clock.now - seen.at, doneOf(group) - seen.done];
    return done > 0 && took > LEAST_MS ? Math.ceil((took / done) * (group.left / 1000)) : null;
  }

  /** A new one began: its panel comes to sight. */
  async follow(group: string | null, until: number | null): Promise<void> {
    if (group !== null) this.#note(group, { at: until ?? clock.read(), done: 0, part: 0, until });
    await this.list.refresh();
  }

  async open(group: string): Promise<void> {
    if (this.shown !== group) {
      this.shown = group;
      this.rows.clear();
    }
    this.onPage = group;
    await this.rows.open();
  }

  close(): void {
    this.onPage = null;
    this.rows.close();
  }

  hide({ id }: OutboxGroup): void {
    this.hidden = [...this.hidden, id];
  }

  async pause(group: OutboxGroup, paused: boolean): Promise<void> {
    await outbox.pauseGroup(group.id, paused);
    if (!paused) this.#note(group.id, { at: clock.read(), done: doneOf(group), part: 0, until: null });
    await this.#refresh();
  }

  async stop(group: OutboxGroup): Promise<void> {
    await outbox.stopGroup(group.id);
    await this.#refresh();
  }

  async undo(group: OutboxGroup): Promise<void> {
    await outbox.undoGroup(group.id);
    await this.#refresh();
  }

  async retry(group: OutboxGroup): Promise<void> {
    this.hidden = this.hidden.filter((id) => id !== group.id);
    this.#note(group.id, { at: clock.read(), done: group.done, part: 0, until: null });
    await outbox.retryGroup(group.id);
    await this.#refresh();
  }

  async retryOne(result: RegistrationResult): Promise<void> {
    await attempt(() => host().retryOutboxItem(result.item));
    await this.#refresh();
  }

  async discardOne(result: RegistrationResult): Promise<void> {
    if (await attempt(() => host().discardOutboxItem(result.item)))
      toasts.say({ text: t("outbox-discarded", { title: result.name }), action: { label: t("undo"), run: () => void this.#restore(result.item), undo: true } });
    await this.#refresh();
  }

  async copyTable(group: OutboxGroup): Promise<void> {
    await sayCopied(() => host().copyRegistrationResults(group.id));
  }

  async saveTable(group: OutboxGroup): Promise<void> {
    await saySaved(() => host().exportRegistrationResults(group.id, whole("results-file", { topic: group.title || t("no-topic") })));
  }

  forgetAll(): void {
    this.close();
    this.shown = this.around = this.sought = null;
    this.hidden = this.going = [];
    this.#seen = new Map();
    for (const one of [this.list, this.counts, this.rows]) {
      one.close();
      one.clear();
    }
  }

  async #restore(item: string): Promise<void> {
    await attempt(() => host().restoreOutboxItem(item));
    await this.#refresh();
  }

  async #refresh(): Promise<void> {
    await Promise.all([this.list.refresh(), this.rows.active ? this.rows.refresh() : null]);
  }

  #note(group: string, seen: Seen): void {
    // eslint-disable-next-line svelte/prefer-svelte-reactivity -- replaced whole
    this.#seen = new Map(this.#seen).set(group, seen);
  }

  /** What goes on is watched; each quarter of the way is said, and the end, also of what ended while nobody watched. */
  #arrived(groups: readonly OutboxGroup[]): void {
    const mine = groups.filter(({ what }) => (what as GroupWhat) === "registerPeople");
    for (const group of mine) {
      const seen = this.#seen.get(group.id);
      const endedUnseen = !seen && group.left === 0;
      if (endedUnseen && !this.going.includes(group.id)) continue;
      const part = group.left === 0 ? 100 : Math.floor((doneOf(group) * 100) / Math.max(group.total, 1) / MILESTONE) * MILESTONE;
      if (seen && part <= seen.part) continue;
      this.#note(group.id, seen ? { ...seen, part } : { at: clock.read(), done: doneOf(group), part, until: null });
      if (endedUnseen || (seen && part > 0)) toasts.announce(jobSummary(group, null));
    }
    const going = mine.filter(({ left }) => left > 0).map(({ id }) => id);
    if (going.join() !== this.going.join()) this.going = going;
    if (this.counts.active && this.docked) void this.counts.refresh();
  }
}

const doneOf = ({ done, needsYou, discarded }: OutboxGroup) => done + needsYou + discarded;

/** 35 registered, 65 were there already, 1 waiting for approval, 2 failed, 8 left; before it is known who: 100 done. */
export function jobSummary(group: OutboxGroup, results: Omit<RegistrationResults, "rows"> | null): string {
  const waiting = results?.waitingForApproval ?? 0;
  const { registered, alreadyThere, cancelled, denied } = results ?? { registered: group.done, alreadyThere: 0, cancelled: 0, denied: 0 };
  const parts = [
    registered > 0 || group.left === 0 ? t(results ? "job-registered" : "job-done", { count: registered, shown: number(registered) }) : "",
    alreadyThere > 0 ? t("job-already-there", { count: alreadyThere, shown: number(alreadyThere) }) : "",
    cancelled > 0 ? t("job-cancelled", { count: cancelled, shown: number(cancelled) }) : "",
    denied > 0 ? t("job-denied", { count: denied, shown: number(denied) }) : "",
    waiting > 0 ? t("job-waiting", { count: waiting, shown: number(waiting) }) : "",
    group.needsYou > 0 ? t("job-failed", { count: group.needsYou, shown: number(group.needsYou) }) : "",
    group.discarded > 0 ? t("job-not-sent", { count: group.discarded, shown: number(group.discarded) }) : "",
    group.left > 0 ? t("job-left", { count: group.left, shown: number(group.left) }) : "",
  ];
  return parts.filter(Boolean).join(", ");
}

export const jobs = new Jobs();

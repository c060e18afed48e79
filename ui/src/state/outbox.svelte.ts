// Everything that leaves the machine, grouped by what it waits for.

import { host, reads, type CommandError, type FieldText, type Outbox, type OutboxItem, type OutboxTotals } from "../host";
import { t } from "../i18n/messages.svelte";
import { PagedSource, type Page } from "../kit/list/pages.svelte";
import type { Section } from "../kit/list/source";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { toasts } from "./toasts.svelte";

export type GroupId = keyof OutboxTotals;

/** What asks for the user comes first, what is over last: the order in which the engine lists them. */
const order: readonly GroupId[] = ["needsYou", "held", "sending", "waiting", "sent", "discarded"];
/** Their rows say why in a sentence. */
const withReasons: readonly GroupId[] = ["needsYou", "waiting"];

/** What waits for another row stands with what waits. */
export function groupOf({ state }: OutboxItem): GroupId {
  return state.kind === "behind" ? "waiting" : state.kind;
}

/** Something that is asked about first: it has reached, or may have reached, the service. */
export interface Question {
  item: OutboxItem;
  doing: "discard" | "undo";
}

interface Listed extends Page<OutboxItem> {
  outbox: Outbox;
}

class OutboxView {
  /** The last good answer about all of it; its items are those of one page. */
  data = $state.raw<Outbox | null>(null);
  selected = $state<string | null>(null);
  asking = $state.raw<Question | null>(null);
  /** The group whose rows are shown; else those of none. */
  group = $state<string | null>(null);
  /** How a section is headed; the room has the words. */
  titleOf: (id: GroupId) => string = (id) => id;
  readonly rows = new PagedSource<OutboxItem, Listed>({
    tags: reads.listOutbox,
    idOf: ({ id }) => id,
    load: async (offset, limit) => {
      const outbox = await host().listOutbox({ filter: "all", group: this.group, offset, limit });
      return { rows: outbox.items, total: outbox.total, sections: this.#sections(outbox.counts), outbox };
    },
    arrived: ({ outbox }) => {
      clock.align(outbox.now);
      this.data = outbox;
    },
  });

  #sections(counts: OutboxTotals): Section[] {
    return order
      .filter((id) => counts[id] > 0)
      .map((id) => ({ id, title: this.titleOf(id), rows: counts[id], tall: withReasons.includes(id) }));
  }

  get error(): CommandError | null {
    return this.rows.error;
  }

  get selectedItem(): OutboxItem | null {
    return this.selected === null ? null : this.#item(this.selected);
  }

  #item(id: string): OutboxItem | null {
    const place = this.rows.indexOf(id);
    return place === undefined ? null : (this.rows.at(place) ?? null);
  }

  /** The first row is chosen where none is, or the chosen one has gone. */
  settle(): void {
    if (this.rows.loaded && !this.selectedItem) this.selected = this.rows.at(0)?.id ?? null;
  }

  async open(): Promise<void> {
    await this.rows.open();
  }

  close(): void {
    this.rows.close();
  }

  clear(): void {
    this.rows.clear();
    this.data = null;
  }

  async refresh(): Promise<void> {
    await this.rows.refresh();
  }

  /** Takes back what has not left; what was sent is undone there, and that is asked about first. */
  async undo(id: string, sure = false): Promise<void> {
    const item = this.#item(id);
    this.asking = item?.state.kind === "sent" && !sure ? { item, doing: "undo" } : null;
    if (this.asking) return;
    // It may have been sent since it was listed: only the answer tells.
    await attempt(async () => toasts.say({ text: t((await host().undoOutboxItem(id)) === "undoing" ? "outbox-undoing" : "outbox-undone") }));
    await this.refreshOpen();
  }

  async retry(id: string): Promise<void> {
    await attempt(() => host().retryOutboxItem(id));
    await this.refreshOpen();
  }

  /** Discards at once, with a way back; what may have arrived is asked about first. */
  async discard(item: OutboxItem, sure = false): Promise<void> {
    this.asking = item.mayHaveArrived && !sure ? { item, doing: "discard" } : null;
    if (this.asking || !(await attempt(() => host().discardOutboxItem(item.id)))) return;
    await this.refreshOpen();
    toasts.say({
      text: t("outbox-discarded", { title: item.title }),
      action: { label: t("undo"), run: () => void this.restore(item.id), undo: true },
    });
  }

  async restore(id: string): Promise<void> {
    if (await attempt(() => host().restoreOutboxItem(id))) toasts.say({ text: t("outbox-restored") });
    await this.refreshOpen();
  }

  /** Other texts for a row that was refused; true when they were taken. */
  async edit(id: string, texts: FieldText[]): Promise<boolean> {
    const taken = await attempt(() => host().editOutboxItem(id, texts));
    if (taken) toasts.say({ text: t("outbox-restored") });
    await this.refreshOpen();
    return taken;
  }

  /** Ours is written over what somebody else changed, or theirs stays. */
  async decide(id: string, mine: boolean): Promise<void> {
    if (await attempt(() => host().decideOutboxItem(id, mine))) toasts.say({ text: t(mine ? "outbox-decided-mine" : "outbox-decided-theirs") });
    await this.refreshOpen();
  }

  async openRecord(id: string): Promise<void> {
    await attempt(() => host().openEvent(id));
  }

  async pause(paused: boolean): Promise<void> {
    await attempt(() => host().pauseOutbox(paused));
    await this.refreshOpen();
  }

  /** Shows the rows of one group, or of none. */
  async show(group: string | null): Promise<void> {
    this.group = group;
    this.selected = null;
    this.rows.clear();
    await this.refresh();
    this.settle();
  }

  /** The next time the outbox is shown, it is all of it. */
  leaveGroup(): void {
    this.group = this.selected = null;
    this.rows.clear();
  }

  async pauseGroup(id: string, paused: boolean): Promise<void> {
    await attempt(() => host().pauseOutboxGroup(id, paused));
    await this.refreshOpen();
  }

  async stopGroup(id: string): Promise<void> {
    if (await attempt(() => host().stopOutboxGroup(id))) toasts.say({ text: t("outbox-group-stopped") });
    await this.refreshOpen();
  }

  async undoGroup(id: string): Promise<void> {
    if (await attempt(() => host().undoOutboxGroup(id))) toasts.say({ text: t("outbox-undoing") });
    await this.refreshOpen();
  }

  async retryGroup(id: string): Promise<void> {
    await attempt(() => host().retryOutboxGroup(id));
    await this.refreshOpen();
  }

  async refreshOpen(): Promise<void> {
    if (this.rows.loaded) await this.refresh();
  }
}

export const outbox = new OutboxView();

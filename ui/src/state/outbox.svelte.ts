// Everything that leaves the machine, grouped by what it waits for.

import { host, type FieldText, type OutboxItem, type OutboxState } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { Reading } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

export type GroupId = Exclude<OutboxState["kind"], "behind">;
export interface Group {
  id: GroupId;
  items: OutboxItem[];
}

/** What asks for the user comes first, what is over last. */
const order: GroupId[] = ["needsYou", "held", "sending", "waiting", "sent", "discarded"];

/** What waits for another row stands with what waits. */
export function groupOf({ state }: OutboxItem): GroupId {
  return state.kind === "behind" ? "waiting" : state.kind;
}

/** Something that is asked about first: it has reached, or may have reached, the service. */
export interface Question {
  item: OutboxItem;
  doing: "discard" | "undo";
}

class OutboxView extends Reading<"listOutbox"> {
  selected = $state<string | null>(null);
  asking = $state.raw<Question | null>(null);

  constructor() {
    super(
      "listOutbox",
      () => [],
      (outbox) => {
        clock.align(outbox.now);
        if (!this.selectedItem) this.selected = this.items[0]?.id ?? null;
      },
    );
  }

  get groups(): Group[] {
    const items = this.data?.items ?? [];
    return order
      .map((id) => ({ id, items: items.filter((item) => groupOf(item) === id) }))
      .filter((group) => group.items.length > 0);
  }

  /** In the order in which they are shown. */
  get items(): OutboxItem[] {
    return this.groups.flatMap((group) => group.items);
  }

  get selectedItem(): OutboxItem | null {
    return this.items.find((item) => item.id === this.selected) ?? null;
  }

  /** Takes back what has not left; what was sent is undone there, and that is asked about first. */
  async undo(id: string, sure = false): Promise<void> {
    const item = this.items.find((other) => other.id === id);
    const sent = item?.state.kind === "sent";
    this.asking = item && sent && !sure ? { item, doing: "undo" } : null;
    if (this.asking) return;
    if (await attempt(() => host().undoOutboxItem(id))) toasts.say({ text: t(sent ? "outbox-undoing" : "outbox-undone") });
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

  async refreshOpen(): Promise<void> {
    if (this.loaded) await this.refresh();
  }
}

export const outbox = new OutboxView();

// Everything that leaves the machine, grouped by what it waits for.

import { host, type Outbox, type OutboxItem, type OutboxState } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { Resource } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

export type GroupId = OutboxState["kind"];
export interface Group {
  id: GroupId;
  items: OutboxItem[];
}

/** What asks for the user comes first, what is over last. */
const order: GroupId[] = ["needsYou", "held", "sending", "waiting", "sent", "discarded"];

class OutboxView extends Resource<Outbox> {
  selected = $state<string | null>(null);
  /** It may have arrived already, so discarding it is asked about. */
  asking = $state.raw<OutboxItem | null>(null);

  constructor() {
    super(
      ["outbox", "session"],
      () => host().listOutbox(),
      (outbox) => {
        clock.align(outbox.now);
        if (!this.selectedItem) this.selected = this.items[0]?.id ?? null;
      },
    );
  }

  get groups(): Group[] {
    const items = this.data?.items ?? [];
    return order
      .map((id) => ({ id, items: items.filter((item) => item.state.kind === id) }))
      .filter((group) => group.items.length > 0);
  }

  /** In the order in which they are shown. */
  get items(): OutboxItem[] {
    return this.groups.flatMap((group) => group.items);
  }

  get selectedItem(): OutboxItem | null {
    return this.items.find((item) => item.id === this.selected) ?? null;
  }

  async undo(id: string): Promise<void> {
    if (await attempt(() => host().undoOutboxItem(id))) toasts.say({ text: t("outbox-undone") });
    await this.refreshOpen();
  }

  async retry(id: string): Promise<void> {
    await attempt(() => host().retryOutboxItem(id));
    await this.refreshOpen();
  }

  /** Discards at once, with a way back; what may have arrived is asked about first. */
  async discard(item: OutboxItem, sure = false): Promise<void> {
    this.asking = item.mayHaveArrived && !sure ? item : null;
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

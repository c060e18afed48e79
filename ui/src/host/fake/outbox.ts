// The outbox of the simulation: what is held, sent, parked without a network, and taken back.

import { HostError, type FieldText, type Outbox, type OutboxFilter, type OutboxItem, type OutboxQuery, type TakenBack } from "../types";
import { FakeGroups } from "./groups";
import { allowed, newItem, type World } from "./world";

const SENDING_MS = 900;

/** What the outbox needs to know of the simulation around it. */
export interface Surroundings {
  world: () => World;
  now: () => number;
  online: () => boolean;
  changed: () => void;
}

const WHOLE: Required<OutboxQuery> = { filter: "all", group: null, offset: 0, limit: null };
const ORDER: OutboxFilter[] = ["needsYou", "held", "sending", "waiting", "sent", "discarded"];

export function filterOf({ state }: OutboxItem): OutboxFilter {
  return state.kind === "behind" ? "waiting" : state.kind;
}

export class FakeOutbox {
  paused = false;
  readonly groups = new FakeGroups(this);
  readonly #effects = new Map<string, () => void>();

  constructor(readonly around: Surroundings) {}

  item(id: string): OutboxItem {
    const item = this.around.world().items.find((other) => other.id === id);
    if (!item) throw new HostError({ kind: "gone" });
    return item;
  }

  put(id: string, state: OutboxItem["state"]): void {
    const attempt = state.kind === "sending" ? 1 : 0;
    const world = this.around.world();
    world.items = world.items.map((item) => (item.id === id ? { ...item, state, attempts: item.attempts + attempt } : item));
    this.around.changed();
  }

  /** Queues a row and sends it when the hold is over, unless it was taken back; without a hold it stays as it is. */
  add(row: Partial<OutboxItem> & { id: string }, seconds: number | null, sent?: () => void): string {
    const world = this.around.world();
    const now = this.around.now();
    const held: Partial<OutboxItem> = seconds === null ? {} : { state: { kind: "held", until: now + seconds * 1000 } };
    world.items = [newItem({ created: now, ...held, ...row }), ...world.items];
    if (sent) this.#effects.set(row.id, sent);
    if (seconds !== null) this.#sendLater(row.id, seconds);
    this.around.changed();
    return row.id;
  }

  listed(asked: OutboxQuery = WHOLE): Outbox {
    const query = { ...WHOLE, ...asked };
    const all = this.around.world().items.map(allowed);
    const within = all.filter((item) => this.groups.of(item.id) === query.group);
    const sections = ORDER.map((filter) => within.filter((item) => filterOf(item) === filter));
    const wanted = sections.flatMap((items, index) => (query.filter === "all" || query.filter === ORDER[index] ? items : []));
    const count = (...filters: OutboxFilter[]) => all.filter((item) => filters.includes(filterOf(item))).length;
    const [needsYou = 0, held = 0, sending = 0, waiting = 0, sent = 0, discarded = 0] = sections.map((items) => items.length);
    return {
      items: wanted.slice(query.offset, query.offset + (query.limit ?? 200)),
      offset: query.offset,
      total: wanted.length,
      counts: { needsYou, held, sending, waiting, sent, discarded },
      groups: this.groups.listed(query.group),
      needsYou: count("needsYou"),
      waiting: count("held", "waiting", "sending"),
      sentToday: count("sent"),
      paused: this.paused,
      now: this.around.now(),
    };
  }

  undo(id: string): TakenBack {
    const item = this.item(id);
    if (!allowed(item).canUndo) throw new HostError({ kind: "tooLate" });
    if (item.state.kind !== "sent") {
      this.giveUp(id);
      return "notSent";
    }
    this.add({ ...item, id: `${id}-undone`, what: item.provider === "zoom" ? "deleteMeeting" : "deleteEvent" }, 0);
    return "undoing";
  }

  discard(id: string): void {
    if (this.item(id).state.kind === "sent") throw new HostError({ kind: "tooLate" });
    this.giveUp(id);
  }

  edit(id: string, texts: FieldText[]): void {
    const item = this.item(id);
    if (!item.canEdit) throw new HostError({ kind: "tooLate" });
    for (const { name, text } of texts) {
      const field = item.fields.find((other) => other.name === name);
      if (field) field.value = { kind: "text", text };
    }
    this.send(id);
  }

  decide(id: string, mine: boolean): void {
    if (!this.item(id).canDecide) throw new HostError({ kind: "tooLate" });
    if (mine) this.send(id);
    else this.giveUp(id);
  }

  giveUp(id: string): void {
    this.put(id, { kind: "discarded", at: this.around.now() });
  }

  /** Holds once more what was given up. */
  again(id: string, seconds: number): void {
    if (this.item(id).state.kind !== "discarded") throw new HostError({ kind: "tooLate" });
    this.put(id, { kind: "held", until: this.around.now() + seconds * 1000 });
    this.#sendLater(id, seconds);
  }

  #sendLater(id: string, seconds: number): void {
    setTimeout(() => {
      const held = this.around.world().items.find((other) => other.id === id);
      if (held?.state.kind === "held") this.send(id);
    }, seconds * 1000);
  }

  send(id: string): void {
    if (!this.around.online() || this.paused) {
      this.put(id, { kind: "waiting", reason: this.around.online() ? "paused" : "network", until: null });
      return;
    }
    this.put(id, { kind: "sending" });
    setTimeout(() => {
      try {
        this.#effects.get(id)?.();
        this.put(id, { kind: "sent", at: this.around.now() });
      } catch (thrown) {
        if (!(thrown instanceof HostError) || thrown.command.kind !== "refused") throw thrown;
        const { message, code } = thrown.command;
        this.put(id, { kind: "needsYou", cause: { kind: "refused", message, fields: [], code } });
      }
    }, SENDING_MS);
  }

  /** Without a network what waits says so, and with one it goes. */
  park(): void {
    for (const item of this.around.world().items) {
      if (item.state.kind !== "waiting") continue;
      if (this.around.online()) this.send(item.id);
      else this.put(item.id, { kind: "waiting", reason: "network", until: null });
    }
  }
}

// Groups of the simulation's outbox: rows that are one line.

import { HostError, type GroupWhat, type OutboxGroup, type OutboxItem } from "../types";
import { filterOf, type FakeOutbox } from "./outbox";

interface Group {
  id: string;
  what: GroupWhat;
  title: string;
  webinar: string | null;
  created: number;
  paused: boolean;
}

export class FakeGroups {
  readonly #groups: Group[] = [];
  readonly #groupOf = new Map<string, string>();

  constructor(private readonly outbox: FakeOutbox) {}

  /** Which group a row is of. */
  of(item: string): string | null {
    return this.#groupOf.get(item) ?? null;
  }

  begin(id: string, what: GroupWhat, items: readonly string[], title = "", webinar: string | null = null): void {
    this.#groups.unshift({ id, what, title, webinar, created: this.outbox.around.now(), paused: false });
    for (const item of items) this.#groupOf.set(item, id);
    this.outbox.around.changed();
  }

  listed(asked: string | null): OutboxGroup[] {
    return this.#groups.filter(({ id }) => asked === null || asked === id).map((group) => this.#shown(group));
  }

  pause(id: string, paused: boolean): void {
    this.#group(id).paused = paused;
    for (const item of this.#rows(id)) {
      if (paused && ["held", "waiting"].includes(item.state.kind)) this.outbox.put(item.id, { kind: "behind", parent: null });
      else if (!paused && item.state.kind === "behind") this.outbox.send(item.id);
    }
    this.outbox.around.changed();
  }

  stop(id: string): void {
    this.#group(id).paused = false;
    for (const item of this.#rows(id)) if (!["sent", "sending", "discarded"].includes(item.state.kind)) this.outbox.giveUp(item.id);
    this.outbox.around.changed();
  }

  undo(id: string): void {
    this.stop(id);
    const sent = this.#rows(id).filter(({ state }) => state.kind === "sent");
    const undoing = sent.map((item) => this.outbox.add({ ...item, id: `${item.id}-undone`, what: "deleteEvent" }, 0));
    if (undoing.length > 0) this.begin(`undo:${id}`, "undo", undoing);
  }

  retry(id: string): void {
    this.#group(id);
    for (const item of this.#rows(id)) if (item.state.kind === "needsYou") this.outbox.send(item.id);
  }

  #group(id: string): Group {
    const group = this.#groups.find((other) => other.id === id);
    if (!group) throw new HostError({ kind: "gone" });
    return group;
  }

  #rows(id: string): OutboxItem[] {
    return this.outbox.around.world().items.filter((item) => this.#groupOf.get(item.id) === id);
  }

  #shown({ id, what, title, webinar, created, paused }: Group): OutboxGroup {
    const rows = this.#rows(id);
    const count = (...filters: string[]) => rows.filter((item) => filters.includes(filterOf(item))).length;
    const [done, needsYou, left, discarded] = [count("sent"), count("needsYou"), count("held", "sending", "waiting"), count("discarded")];
    return {
      id,
      // The bindings don't know every kind yet.
      what: what as OutboxGroup["what"],
      title,
      webinar,
      created,
      paused,
      stopping: false,
      total: rows.length,
      done,
      needsYou,
      left,
      discarded,
      canPause: left > 0 && !paused,
      canResume: paused,
      canStop: left + needsYou > 0,
      canUndo: done > 0 && what !== "undo",
      canRetry: needsYou > 0,
    };
  }
}

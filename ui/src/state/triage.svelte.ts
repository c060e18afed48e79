// Triage: the calls that wait for somebody to say whose they were, one at a time. Whatever comes in meanwhile, the call
// that is looked at stays until it is decided or skipped: no key may meet another one.

import { host, type CallFilter, type CallRow } from "../host";
import { calls } from "./calls.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";

const WAITING: CallFilter = { chip: "toLink", from: null, to: null, query: "" };
const LOOKED_AT = 200;
const THEN = 4;

class Triage {
  shown = $state(false);
  current = $state<string | null>(null);
  /** Calls that were decided here. */
  done = $state(0);
  /** Those after this one. */
  then = $state.raw<readonly CallRow[]>([]);
  #skipped = $state.raw<readonly string[]>([]);
  #steps: ("skipped" | "decided")[] = [];
  /** Decisions that are made, whose list is not here yet. */
  #moving = $state(0);
  /** It was decided or skipped here: the next one follows as soon as the list has it no more. */
  #leaving: string | null = null;
  readonly list = new Reading("listCalls", () => [WAITING, 0, LOOKED_AT], () => this.#arrived());
  readonly detail = new Reading("getCall", () => [this.current ?? ""]);

  get left(): number {
    return this.list.data?.counts.toLink ?? 0;
  }
  get skipped(): number {
    return this.#skipped.length;
  }
  /** The call that keys mean: only what is on show, and nothing while something is decided. */
  get row(): CallRow | null {
    const row = this.detail.data?.row;
    return row && row.id === this.current && !calls.deciding && this.#moving === 0 ? row : null;
  }
  /** The call that is on show was linked meanwhile, by no key of this window. */
  get settled(): boolean {
    return this.row?.toLink === false;
  }

  async open(): Promise<void> {
    this.shown = true;
    this.done = 0;
    this.current = this.#leaving = null;
    this.#skipped = [];
    this.#steps = [];
    this.list.clear();
    calls.scope = "thisCall";
    calls.back = () => this.undo();
    calls.backByNotice = () => this.#takeBack();
    await this.list.open();
  }

  close(): void {
    this.shown = false;
    calls.back = calls.backByNotice = () => calls.takeBack();
    this.list.close();
    this.detail.close();
  }

  /** On to the next one. What was linked meanwhile is not asked again, so it was not skipped. */
  skip(): void {
    const { row } = this;
    if (!row) return;
    if (row.toLink) {
      this.#steps.push("skipped");
      this.#skipped = [...this.#skipped, row.id];
    }
    this.#leaving = row.id;
    this.#arrived();
  }

  /** Those that were skipped, from the first. */
  again(): void {
    this.#skipped = [];
    this.#steps = this.#steps.filter((step) => step !== "skipped");
    this.#arrived();
  }

  /** After a decision: on to the next one. */
  async decided(decision: Promise<boolean>): Promise<void> {
    const { current, left: before } = this;
    if (!(await decision)) return;
    this.#steps.push("decided");
    this.#leaving = current;
    await this.#move();
    this.done += Math.max(before - this.left, 0);
  }

  /** Back to the call before: what was decided is taken back, what was skipped is asked again. */
  async undo(): Promise<void> {
    if (this.#steps.at(-1) !== "skipped") return this.#takeBack();
    this.#steps.pop();
    const last = this.#skipped.at(-1) ?? null;
    this.#skipped = this.#skipped.slice(0, -1);
    this.#show(last);
    this.#arrived();
  }

  async openPerson(id: string): Promise<void> {
    await attempt(() => host().openPerson(id));
  }

  /** Takes the last decision back, whatever was skipped since, and goes back to its call. */
  async #takeBack(): Promise<void> {
    const before = this.left;
    const taken = await calls.takeBack();
    if (!taken) return;
    const step = this.#steps.lastIndexOf("decided");
    if (step >= 0) this.#steps.splice(step, 1);
    this.#skipped = this.#skipped.filter((id) => id !== taken.call);
    this.#show(taken.call);
    await this.#move();
    this.done = Math.max(0, this.done - Math.max(this.left - before, 0));
  }

  /** No key means a call until the list is here. */
  async #move(): Promise<void> {
    this.#moving += 1;
    await this.list.refresh();
    this.#moving -= 1;
  }

  #arrived(): void {
    if (!this.shown) return;
    const waiting = (this.list.data?.rows ?? []).filter(({ id }) => !this.#skipped.includes(id));
    // One that waits no more stays all the same, unless it was left here, or is gone before anybody could see it.
    const unseen = this.detail.error !== null && this.detail.data === null;
    const leaves = this.current === this.#leaving || unseen;
    if (this.current === null || (leaves && !waiting.some(({ id }) => id === this.current))) this.#show(waiting[0]?.id ?? null);
    this.then = waiting.filter(({ id }) => id !== this.current).slice(0, THEN);
  }

  #show(id: string | null): void {
    this.#leaving = null;
    this.current = id;
    if (id === null) {
      this.detail.close();
      this.detail.clear();
    } else if (this.detail.data?.row.id !== id || !this.detail.active) {
      calls.scope = "thisCall";
      this.detail.clear();
      void this.detail.open();
    }
  }
}

export const triage = new Triage();

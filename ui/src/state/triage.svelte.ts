// Triage: the calls that wait for somebody to say whose they were, one at a time. Whatever comes in meanwhile, the call
// that is looked at stays until it is decided: no key may meet another one.

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
    return row && row.id === this.current && !calls.deciding ? row : null;
  }

  async open(): Promise<void> {
    this.shown = true;
    this.done = 0;
    this.current = null;
    this.#skipped = [];
    this.#steps = [];
    calls.scope = "thisCall";
    calls.back = () => this.undo();
    await this.list.open();
  }

  close(): void {
    this.shown = false;
    calls.back = () => calls.takeBack();
    this.list.close();
    this.detail.close();
  }

  skip(): void {
    if (!this.row) return;
    this.#steps.push("skipped");
    this.#skipped = [...this.#skipped, this.row.id];
    this.#arrived();
  }

  /** Those that were skipped, from the first. */
  again(): void {
    this.#skipped = [];
    this.#arrived();
  }

  /** After a decision: on to the next one. */
  async decided(decision: Promise<boolean>): Promise<void> {
    const before = this.left;
    if (!(await decision)) return;
    this.#steps.push("decided");
    await this.list.refresh();
    this.done += Math.max(before - this.left, 0);
  }

  /** Back to the call before: what was decided is taken back, what was skipped is asked again. */
  async undo(): Promise<void> {
    if (this.#steps.at(-1) === "skipped") {
      this.#steps.pop();
      this.current = this.#skipped.at(-1) ?? null;
      this.#skipped = this.#skipped.slice(0, -1);
      return this.#arrived();
    }
    const before = this.left;
    const taken = await calls.takeBack();
    if (!taken) return;
    this.#steps.pop();
    this.#skipped = this.#skipped.filter((id) => id !== taken.call);
    this.current = taken.call;
    await this.list.refresh();
    this.done = Math.max(0, this.done - Math.max(this.left - before, 0));
  }

  async openPerson(id: string): Promise<void> {
    await attempt(() => host().openPerson(id));
  }

  #arrived(): void {
    const waiting = (this.list.data?.rows ?? []).filter(({ id }) => !this.#skipped.includes(id));
    const current = waiting.find(({ id }) => id === this.current) ?? waiting[0];
    const changed = current?.id !== this.current || this.detail.data?.row.id !== current?.id;
    this.current = current?.id ?? null;
    this.then = waiting.filter((row) => row !== current).slice(0, THEN);
    if (current === undefined) {
      this.detail.close();
      this.detail.clear();
    } else if (changed) {
      calls.scope = "thisCall";
      this.detail.clear();
      void this.detail.open();
    }
  }
}

export const triage = new Triage();

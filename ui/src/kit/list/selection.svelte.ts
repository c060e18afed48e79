// Which rows are selected: some of them, by id, or all that match a filter except some. The second kind is never made
// a list of ids here; the engine counts and finds them.

/* eslint-disable svelte/prefer-svelte-reactivity -- these are replaced whole, or nothing on screen reads them */
import { SvelteSet } from "svelte/reactivity";

export type Selected<F> = { kind: "some"; ids: string[] } | { kind: "all"; filter: F; except: string[] };

export class Selection<F = null> {
  #all = $state.raw<{ filter: F } | null>(null);
  /** The selected ones, or with `#all` the exceptions. */
  readonly #ids = new SvelteSet<string>();
  /** Where a range begins, and what was selected before it. */
  #anchor: string | null = null;
  #before: ReadonlySet<string> = new Set();
  /** Grows with whatever begins anew, so that a range that took long to find does not come after it. */
  #begun = 0;

  get begun(): number {
    return this.#begun;
  }

  get value(): Selected<F> {
    const ids = [...this.#ids];
    return this.#all ? { kind: "all", filter: this.#all.filter, except: ids } : { kind: "some", ids };
  }

  get all(): boolean {
    return this.#all !== null;
  }

  get anchor(): string | null {
    return this.#anchor;
  }

  has(id: string): boolean {
    return this.#ids.has(id) !== (this.#all !== null);
  }

  /** How many that are, of so many that match. */
  count(matching: number): number {
    return this.#all ? Math.max(0, matching - this.#ids.size) : this.#ids.size;
  }

  toggle(id: string): void {
    if (!this.#ids.delete(id)) this.#ids.add(id);
    this.begin(id);
  }

  /** Ranges begin here from now on. */
  begin(id: string): void {
    this.#begun += 1;
    this.#anchor = id;
    this.#before = new Set(this.#ids);
  }

  /** Selects a range beside what was selected when it began; a shorter range than before takes back the rest. */
  extend(range: readonly string[]): void {
    const wanted = new Set(this.#before);
    for (const id of range) {
      if (this.#all) wanted.delete(id);
      else wanted.add(id);
    }
    for (const id of this.#ids) if (!wanted.has(id)) this.#ids.delete(id);
    for (const id of wanted) this.#ids.add(id);
  }

  /** Everything that matches, whether it is here or not. */
  selectAll(filter: F): void {
    this.#begun += 1;
    this.#ids.clear();
    this.#before = new Set();
    this.#all = { filter };
  }

  clear(): void {
    this.#begun += 1;
    this.#all = null;
    this.#ids.clear();
    this.#anchor = null;
    this.#before = new Set();
  }

  /** What is listed now: with another filter «all» would mean others, so it ends; single ones stay selected. */
  narrowed(filter: F): void {
    if (this.#all && JSON.stringify(this.#all.filter) !== JSON.stringify(filter)) this.clear();
  }
}

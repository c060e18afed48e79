// Rows that come in pages from the engine. What is on show is asked for, at most two pages at once and the newest wish
// first, so that scrolling through a hundred thousand rows does not ask for all of them.

/* eslint-disable svelte/prefer-svelte-reactivity -- these are replaced whole, or nothing on screen reads them */
import { commandErrorOf, type CommandError, type Tag } from "../../host";
import { Followed } from "../../state/resource.svelte";
import type { ListSource, Section } from "./source";

export interface Page<T> {
  rows: readonly T[];
  /** All rows that there are, not only these. */
  total: number;
  /** Where the rows come in sections; their rows add up to the total. */
  sections?: readonly Section[];
}

export interface Pages<T, P extends Page<T> = Page<T>> {
  /** Of the read, as the list of commands declares them: `reads.listCalls`. */
  tags: readonly Tag[];
  idOf: (item: T) => string;
  load: (offset: number, limit: number) => Promise<P>;
  /** A page came that counts. What else it tells is taken from here: `load` also answers questions that were overtaken. */
  arrived?: (page: P, offset: number) => void;
  /** Ids alone, where that is cheaper than the rows. */
  ids?: (offset: number, limit: number) => Promise<string[]>;
  pageSize?: number;
}

const AT_ONCE = 2;
/** Pages that are kept; those farthest from what is on show go first. */
const KEPT = 40;

/** One for each question that a room asks; it lives as long as the window does. */
export class PagedSource<T, P extends Page<T> = Page<T>> extends Followed implements ListSource<T> {
  /** Why the last attempt failed; the rows stay. */
  error = $state.raw<CommandError | null>(null);
  loaded = $state(false);
  #pages = $state.raw<ReadonlyMap<number, readonly T[]>>(new Map());
  #sections = $state.raw<readonly Section[]>([]);
  #revision = $state(0);
  readonly #size: number;
  readonly #places = $derived.by(
    () => new Map([...this.#pages].flatMap(([page, rows]) => rows.map((row, at) => [this.of.idOf(row), page * this.#size + at] as const))),
  );
  #wanted = { from: 0, to: 1 };
  #keep: number | undefined;
  /** Answers to a question from before the last change count for nothing. */
  #question = 0;
  #refreshing: Promise<void> = Promise.resolve();
  readonly #asking = new Set<number>();

  constructor(private readonly of: Pages<T, P>) {
    super(of.tags);
    this.#size = of.pageSize ?? 100;
  }

  get sections(): readonly Section[] {
    return this.#sections;
  }
  get revision(): number {
    return this.#revision;
  }
  get total(): number {
    return this.#sections.reduce((sum, { rows }) => sum + rows, 0);
  }
  idOf(item: T): string {
    return this.of.idOf(item);
  }
  at(index: number): T | undefined {
    return this.#pages.get(Math.floor(index / this.#size))?.[index % this.#size];
  }
  indexOf(id: string): number | undefined {
    return this.#places.get(id);
  }

  /** Forgets everything: the rows answer another question, such as another filter. */
  clear(): void {
    this.#question += 1;
    this.#asking.clear();
    this.#pages = new Map();
    this.#sections = [];
    this.#wanted = { from: 0, to: 1 };
    this.#keep = undefined;
    this.error = null;
    this.loaded = false;
  }

  want(from: number, to: number, keep?: number): void {
    this.#wanted = { from, to };
    this.#keep = keep;
    this.#ask();
  }

  /** Asks again for what is on show and a page around it. What is shown stays until all of that is there, then changes at once. */
  async refresh(): Promise<void> {
    this.#refreshing = this.#refresh();
    // Whoever waits sees what was asked last.
    let waited: Promise<void>;
    do await (waited = this.#refreshing);
    while (waited !== this.#refreshing);
  }

  async #refresh(): Promise<void> {
    const question = ++this.#question;
    this.#asking.clear();
    const shown = this.#pagesOf(this.#wanted.from - this.#size, this.#wanted.to + this.#size);
    if (this.#keep !== undefined) shown.add(this.#pageOf(this.#keep));
    // Before the first answer nobody knows how many pages there are.
    const asked = this.loaded && this.total > 0 ? [...shown] : [0];
    try {
      const answers = await Promise.all(asked.map(async (page) => [page, await this.#load(page)] as const));
      if (question !== this.#question) return;
      this.#pages = new Map(answers.map(([page, { rows }]) => [page, rows]));
      const newest = answers.at(-1)?.[1];
      if (newest) this.#count(newest);
      this.#revision += 1;
      this.error = null;
      for (const [page, answer] of answers) this.of.arrived?.(answer, page * this.#size);
    } catch (thrown) {
      if (question !== this.#question) return;
      this.error = commandErrorOf(thrown);
    }
    this.loaded = true;
    this.#ask();
  }

  async ids(from: number, to: number): Promise<string[]> {
    if (this.of.ids) return this.of.ids(from, to - from);
    const found: string[] = [];
    for (let index = from; index < to; ) {
      const page = this.#pageOf(index);
      const rows = this.#pages.get(page) ?? (await this.#load(page)).rows;
      const part = rows.slice(index - page * this.#size, to - page * this.#size);
      if (part.length === 0) break;
      found.push(...part.map((row) => this.idOf(row)));
      index += part.length;
    }
    return found;
  }

  #ask(): void {
    if (!this.loaded) return;
    for (const page of this.#pagesOf(this.#wanted.from, this.#wanted.to)) {
      if (this.#asking.size >= AT_ONCE) return;
      if (!this.#pages.has(page) && !this.#asking.has(page)) void this.#fetch(page);
    }
  }

  async #fetch(page: number): Promise<void> {
    const question = this.#question;
    this.#asking.add(page);
    try {
      const answer = await this.#load(page);
      if (question !== this.#question) return;
      this.#pages = this.#kept(new Map(this.#pages).set(page, answer.rows));
      // Rows came or went since the others were read: all of them may have moved.
      if (answer.total !== this.total) void this.refresh();
      this.error = null;
      this.of.arrived?.(answer, page * this.#size);
    } catch (thrown) {
      if (question !== this.#question) return;
      this.error = commandErrorOf(thrown);
      // The next scroll or change asks again; at once it would only fail again.
      this.#asking.delete(page);
      return;
    }
    this.#asking.delete(page);
    this.#ask();
  }

  #load(page: number): Promise<P> {
    return this.of.load(page * this.#size, this.#size);
  }

  #count({ total, sections }: Page<T>): void {
    this.#sections = sections ?? [{ id: "all", rows: total }];
  }

  #kept(pages: Map<number, readonly T[]>): Map<number, readonly T[]> {
    const middle = this.#pageOf((this.#wanted.from + this.#wanted.to) / 2);
    const pinned = this.#keep === undefined ? middle : this.#pageOf(this.#keep);
    const far = [...pages.keys()].filter((page) => page !== pinned).sort((a, b) => Math.abs(b - middle) - Math.abs(a - middle));
    for (const page of far.slice(0, Math.max(0, pages.size - KEPT))) pages.delete(page);
    return pages;
  }

  #pageOf(index: number): number {
    return Math.floor(index / this.#size);
  }

  #pagesOf(from: number, to: number): Set<number> {
    const pages = new Set<number>();
    const last = this.#pageOf(Math.max(this.total - 1, 0));
    for (let page = Math.max(this.#pageOf(from), 0); page <= Math.min(this.#pageOf(to - 1), last); page += 1) pages.add(page);
    return pages;
  }
}

// The people as the room shows them: which of them, in what order, who is selected, and the page of the chosen one.

import {
  commandErrorOf,
  host,
  reads,
  type PeopleFilter,
  type PeopleKind,
  type PeopleList,
  type PeopleListChoice,
  type PeopleOrder,
  type PeopleTouch,
  type PersonRow,
  type PersonTimeline,
} from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { Selection } from "../kit/list/selection.svelte";
import { attempt } from "./attempt";
import { copyAddresses } from "./copiedAddresses";
import { Composed, Reading } from "./resource.svelte";
import { SavedLists } from "./savedLists.svelte";
import { toasts } from "./toasts.svelte";

/** A list of Salesforce that the people are narrowed to. */
export interface ChosenList {
  id: string;
  name: string;
}

/** What narrows the list beside the words that are looked for. */
export interface Narrowing {
  kind: PeopleKind;
  mine: boolean;
  hasEmail: boolean;
  touch: PeopleTouch;
  company: string | null;
  list: ChosenList | null;
}

/** A part of somebody's timeline, with how many there are on both sides of it. */
export interface TimelinePart extends PersonTimeline {
  /** So many of what is to come lie beyond it. */
  ahead: number;
  /** So many of what is over lie beyond it. */
  older: number;
}

/** So many people are kept here at most; the engine's own is among them. */
export const limits: readonly number[] = [10_000, 50_000, 100_000, 250_000];

/** Without anything that narrows. */
export const everybody: PeopleFilter = { query: "", kind: "all", mine: false, hasEmail: false, touch: { kind: "any" }, company: null, list: null };
const EVERYBODY: Narrowing = { kind: "all", mine: false, hasEmail: false, touch: { kind: "any" }, company: null, list: null };
/** The most that the engine tells of a timeline at once. */
const PAGE = 100;
const FIRST_COMING = 3;
const FIRST_OVER = 8;
const MORE = 20;
/** Salesforce finds whole words: fewer letters find nobody. */
const FEWEST_LETTERS = 2;
/** Asked by itself when somebody stopped typing for so long. */
const PAUSE_MS = 700;

class People {
  query = $state("");
  narrowing = $state.raw<Narrowing>(EVERYBODY);
  order = $state<PeopleOrder>("name");
  /** The row of the list that is chosen. */
  selected = $state<string | null>(null);
  /** Somebody else's page, shown from that of the chosen one. */
  #shown = $state.raw<{ from: string | null; id: string } | null>(null);
  /** What the last page said of all people. */
  around = $state.raw<Omit<PeopleList, "rows"> | null>(null);
  /** The lists of Salesforce. */
  readonly lists = new SavedLists();
  choosingList = $state(false);
  /** Salesforce is being asked. */
  finding = $state(false);
  /** What Salesforce was asked last, and found nobody new. */
  foundNobody = $state<string | null>(null);
  readonly selection = new Selection<PeopleFilter>();
  readonly rows = new PagedSource<PersonRow, PeopleList>({
    tags: reads.listPeople,
    idOf: (row) => row.id,
    load: (offset, limit) => host().listPeople(this.filter, this.order, offset, limit),
    arrived: (page, offset) => this.#arrived(page, offset),
  });
  readonly limit = new Reading("getPeopleLimit", () => []);
  readonly detail = new Reading("getPerson", () => [this.current ?? ""]);
  readonly timeline = new Composed<TimelinePart>("listPersonTimeline", () => this.#timeline());
  #coming = FIRST_COMING;
  #over = FIRST_OVER;
  #pause: ReturnType<typeof setTimeout> | undefined;

  get filter(): PeopleFilter {
    const { list, ...rest } = this.narrowing;
    return { ...rest, query: this.query.trim(), list: list?.id ?? null };
  }

  get narrowed(): boolean {
    return this.query.trim() !== "" || JSON.stringify(this.narrowing) !== JSON.stringify(EVERYBODY);
  }

  /** Whose page is shown. */
  get current(): string | null {
    return this.#shown?.from === this.selected ? (this.#shown?.id ?? this.selected) : this.selected;
  }

  /** The row of whoever's page is shown, where the list has it. */
  get currentRow(): PersonRow | null {
    const index = this.current === null ? undefined : this.rows.indexOf(this.current);
    return (index === undefined ? undefined : this.rows.at(index)) ?? null;
  }

  /** Salesforce holds more than are here, so a search looks there too. */
  get holdsMore(): boolean {
    return (this.around?.there ?? 0) > (this.around?.here ?? 0);
  }

  get canFind(): boolean {
    return this.around?.connected === true && this.query.trim().length >= FEWEST_LETTERS && !this.finding;
  }

  async open(): Promise<void> {
    await this.rows.open();
  }

  close(): void {
    clearTimeout(this.#pause);
    this.choosingList = false;
    for (const one of [this.rows, this.detail, this.timeline]) one.close();
  }

  /** Other people; the list begins at its top. */
  narrow(to: Partial<Narrowing>): void {
    this.narrowing = { ...this.narrowing, ...to };
    this.#begin();
  }

  search(query: string): void {
    this.query = query;
    this.#begin();
    clearTimeout(this.#pause);
    if (this.holdsMore && query.trim().length > FEWEST_LETTERS) this.#pause = setTimeout(() => void this.find(false), PAUSE_MS);
  }

  clear(): void {
    this.query = "";
    this.narrowing = EVERYBODY;
    this.#begin();
  }

  sort(order: PeopleOrder): void {
    this.order = order;
    this.#begin();
  }

  /** The page follows the chosen person. */
  async inspect(id: string | null): Promise<void> {
    this.#coming = FIRST_COMING;
    this.#over = FIRST_OVER;
    if (id === null) {
      this.detail.close();
      this.timeline.close();
      return;
    }
    if (this.detail.data?.row.id !== id) {
      this.detail.clear();
      this.timeline.clear();
    }
    await Promise.all([this.detail.open(), this.timeline.open()]);
  }

  /** Shows somebody who may not be in the list, until another row is chosen. */
  show(id: string): void {
    this.#shown = { from: this.selected, id };
  }

  async moreComing(): Promise<void> {
    this.#coming += MORE;
    await this.timeline.refresh();
  }

  async older(): Promise<void> {
    this.#over += MORE;
    await this.timeline.refresh();
  }

  /** Looks in Salesforce itself for what is typed; whoever is not here is brought here. `told` says so when nobody is. */
  async find(told: boolean): Promise<void> {
    const query = this.query.trim();
    if (!this.canFind) return;
    this.finding = true;
    this.foundNobody = null;
    try {
      const { added } = await host().findPeople(query);
      if (query === this.query.trim()) {
        if (added > 0) toasts.say({ text: t("people-list-found", { count: added, shown: number(added) }) });
        else this.foundNobody = query;
      }
    } catch (thrown) {
      // Nobody asked for it: the list says all that is here.
      if (told) toasts.fail(commandErrorOf(thrown));
    }
    this.finding = false;
    if (this.rows.active) await this.rows.refresh();
  }

  /** Asks which lists there are, to choose one. */
  async chooseList(): Promise<void> {
    this.choosingList = true;
    if (!(await this.lists.load())) this.choosingList = false;
  }

  async narrowToList(choice: PeopleListChoice): Promise<void> {
    this.choosingList = false;
    const found = await this.lists.fetch(choice);
    if (!found) return;
    this.narrow({ list: { id: found.list.id, name: found.list.name } });
    const { length: count } = found.strangers;
    if (count > 0) toasts.say({ text: t("people-list-strangers", { count, shown: number(count) }) });
  }

  async copyAddresses(): Promise<void> {
    await copyAddresses(() => host().copyPeopleAddresses(this.selection.value));
  }

  /** The link of their own, of a webinar that they are registered for; it goes to the clipboard and is never shown. */
  async copyLink(webinar: string, registrant: string, name: string): Promise<void> {
    if (await attempt(() => host().copyRegistrantLink(webinar, registrant))) toasts.say({ text: t("personal-link-copied", { name }) });
  }

  /** Keeps at most so many here; they are read anew at once. */
  async keep(limit: number): Promise<void> {
    await attempt(() => host().setPeopleLimit(limit));
    await this.limit.refresh();
    // Without a network they are read when there is one.
    await host()
      .syncNow()
      .catch(() => undefined);
  }

  /** The window forgets what another profile's people were. */
  forgetAll(): void {
    clearTimeout(this.#pause);
    this.query = "";
    this.narrowing = EVERYBODY;
    this.order = "name";
    this.#shown = this.selected = this.around = this.foundNobody = null;
    this.lists.clear();
    this.choosingList = this.finding = false;
    this.selection.clear();
    for (const one of [this.rows, this.detail, this.timeline, this.limit]) {
      one.close();
      one.clear();
    }
  }

  #begin(): void {
    this.selection.narrowed(this.filter);
    this.selected = null;
    this.foundNobody = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
  }

  #arrived({ rows, ...around }: PeopleList, offset: number): void {
    this.around = around;
    if (offset === 0 && this.selected === null) {
      this.selected = rows[0]?.id ?? null;
      // That the first row is chosen by itself takes nobody away whom the user asked for.
      if (this.#shown?.from === null) this.#shown = { ...this.#shown, from: this.selected };
    }
  }

  /** Around now: some of what is to come, some of what is over. */
  async #timeline(): Promise<TimelinePart> {
    const id = this.current ?? "";
    const first = await host().listPersonTimeline(id, 0, PAGE);
    const from = Math.max(0, first.coming - this.#coming);
    const to = Math.min(first.total, first.coming + this.#over);
    const entries = first.entries.slice(from, to);
    for (let next = Math.max(from, first.entries.length); next < to; ) {
      const page = await host().listPersonTimeline(id, next, Math.min(PAGE, to - next));
      if (page.entries.length === 0) break;
      entries.push(...page.entries);
      next += page.entries.length;
    }
    return { ...first, entries, coming: first.coming - from, ahead: from, older: first.total - to };
  }
}

export const people = new People();

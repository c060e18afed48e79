// Registering people for a webinar: one by one press, many by way of a check that sorts everybody first.

import {
  commandErrorOf,
  host,
  type AnswerText,
  type ColumnMeaning,
  type CommandError,
  type PeopleSelection,
  type PeopleListChoice,
  type PeopleFile,
  type PersonHit,
  type PinnedWebinar,
  type RegistrationAsk,
  type RegistrationCheck,
  type RegistrationChoice,
  type RegistrationPerson,
  type RegistrationSort,
  type TrackingSourceRow,
} from "../host";
import { blockWords } from "../features/webinars/blocks";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { LastAnswer } from "./lastAnswer";
import { jobs } from "./jobs.svelte";
import { outbox } from "./outbox.svelte";
import { everybody } from "./people.svelte";
import { SavedLists, type Fetched } from "./savedLists.svelte";
import { sayHeld, sayHeldGroup } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";

/** From where the people are picked. */
export type Pick = "people" | "list" | "pasted" | "file";

type Target = { [K in "id" | "topic"]: PinnedWebinar[K] };

/** Typing goes on while the check is under way; the last one counts. */
const PAUSE_MS = 250;
/** As many as one question answers. */
const PAGE = 200;
/** Of a group of very many, so many are shown. */
const SHOWN = 50;

class RegisterSheet {
  target = $state.raw<Target | null>(null);
  step = $state<"pick" | "check">("pick");
  pick = $state<Pick>("people");
  people = $state.raw<readonly PersonHit[]>([]);
  /** All who match a filter, as they were selected in the room People, and how many they were then. */
  selected = $state.raw<{ selection: PeopleSelection; count: number } | null>(null);
  /** A list of Salesforce, with whom it names. */
  list = $state.raw<Fetched | null>(null);
  readonly lists = new SavedLists();
  /** Whoever is to be registered is known, and the webinar is asked for. */
  choosing = $state(false);
  text = $state("");
  file = $state.raw<PeopleFile | null>(null);
  fileName = $state("");
  choices = $state.raw<readonly RegistrationChoice[]>([]);
  answers = $state.raw<readonly Required<AnswerText>[]>([]);
  /** The webinar's tracking links, and the one under which all of them count. */
  sources = $state.raw<readonly TrackingSourceRow[]>([]);
  source = $state<string | null>(null);
  check = $state.raw<RegistrationCheck | null>(null);
  /** The people of each group, the first ones of very many. */
  sorted = $state.raw<ReadonlyMap<RegistrationSort, readonly RegistrationPerson[]>>(new Map());
  /** Why the check or the registration failed; what was decided stays. */
  error = $state.raw<CommandError | null>(null);
  checking = $state(false);
  going = $state(false);
  /** Closing was asked for while something is picked or decided. */
  leaving = $state(false);
  #bytes: number[] = [];
  readonly #checks = new LastAnswer();
  readonly #files = new LastAnswer();
  /** A file, or another meaning of its columns, is being read. */
  #reading: Promise<void> | null = null;
  /** Grows when the sheet closes: what was begun in it ends there. */
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** The check on show is of what stands there now. */
  #checked = false;
  /** The text or the file whose lines without an address were decided about: they are known by their place alone. */
  #lines: unknown = null;

  /** Opens the sheet, with people already picked where the user came with some. */
  open(target: Target, people: readonly PersonHit[] = []): void {
    this.close();
    this.people = people;
    this.choose(target);
  }

  /** Opens the sheet for some people; without a webinar it is asked for first. */
  openWith(target: Target | null, people: readonly PersonHit[], selected: { selection: PeopleSelection; count: number } | null): void {
    this.close();
    this.people = people;
    this.selected = selected;
    if (target) this.choose(target);
    else this.choosing = true;
  }

  /** The webinar is known. */
  choose(target: Target): void {
    this.choosing = false;
    this.target = { id: target.id, topic: target.topic };
    void this.#readSources(target.id);
    if (this.picked) void this.toCheck();
  }

  /** Asks first where there is something to lose. */
  leave(): void {
    // What is on its way can't be given up here; the notice that follows takes it back.
    if (this.going) return;
    const begun = this.choices.length > 0 || this.text.trim() !== "" || this.file !== null || this.list !== null || this.selected !== null || this.people.length > 1;
    if (begun && !this.leaving) this.leaving = true;
    else this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#checked = false;
    this.#shown += 1;
    this.#checks.drop();
    this.#files.drop();
    this.#reading = null;
    this.target = this.file = this.check = this.error = this.selected = this.list = null;
    this.choosing = false;
    this.lists.clear();
    this.step = "pick";
    this.pick = "people";
    this.people = [];
    this.text = this.fileName = "";
    this.choices = [];
    this.answers = [];
    this.sources = [];
    this.source = this.#lines = null;
    this.sorted = new Map();
    this.checking = this.going = this.leaving = false;
    this.#bytes = [];
  }

  /** There is somebody to check. */
  get picked(): boolean {
    if (this.pick === "people") return this.people.length > 0 || this.selected !== null;
    if (this.pick === "list") return this.list !== null;
    if (this.pick === "pasted") return this.text.trim() !== "";
    return this.file !== null && this.file.rows.length > 0 && this.file.columns.some(({ meaning }) => meaning.kind === "email");
  }

  /** The bytes stay here: mapping the columns anew reads them again. */
  async readFile(chosen: File): Promise<void> {
    this.file = null;
    await this.#read(async () => {
      const bytes = [...new Uint8Array(await chosen.arrayBuffer())];
      return { bytes, name: chosen.name, file: await this.#peopleFile(bytes, null) };
    });
  }

  /** Each meaning but «ignored» is that of one column. */
  async mean(column: number, meaning: ColumnMeaning): Promise<void> {
    if (!this.file) return;
    const same = (other: ColumnMeaning) => JSON.stringify(other) === JSON.stringify(meaning) && meaning.kind !== "ignored";
    const meanings = this.file.columns.map(({ meaning: had }, index): ColumnMeaning => (index === column ? meaning : same(had) ? { kind: "ignored" } : had));
    const [bytes, name] = [this.#bytes, this.fileName];
    await this.#read(async () => ({ bytes, name, file: await this.#peopleFile(bytes, meanings) }));
  }

  add(person: PersonHit): void {
    if (!this.people.some(({ id }) => id === person.id)) this.people = [...this.people, person];
  }

  dropSelected(): void {
    this.selected = null;
  }

  async takeList(choice: PeopleListChoice): Promise<void> {
    const found = await this.lists.fetch(choice);
    if (found) this.list = found;
  }

  dropList(): void {
    this.list = null;
  }

  leaveOut(id: string): void {
    this.people = this.people.filter((person) => person.id !== id);
    this.choices = this.choices.filter(({ key }) => key !== id);
  }

  async toCheck(): Promise<void> {
    const shown = this.#shown;
    // The check is about the columns as they were last said to be.
    while (this.#reading) await this.#reading;
    if (shown !== this.#shown || !this.picked) return;
    this.step = "check";
    this.check = null;
    // What was decided stays for whoever is still picked; a line of another text or file is somebody else.
    const lines = { people: null, list: this.list, pasted: this.text, file: this.#bytes }[this.pick];
    if (lines !== this.#lines) this.choices = this.choices.filter(({ key }) => key?.startsWith("row:") !== true);
    this.#lines = lines;
    await this.#look();
  }

  back(): void {
    this.step = "pick";
    this.error = null;
  }

  /** What is decided about one person is added to what was decided about them before. */
  decide(...decided: readonly RegistrationChoice[]): void {
    const keys = new Set(decided.map(({ key }) => key));
    const before = (key: string | undefined) => this.choices.find((choice) => choice.key === key);
    this.choices = [...this.choices.filter(({ key }) => !keys.has(key)), ...decided.map((choice) => ({ ...before(choice.key), ...choice }))];
    void this.#look();
  }

  /** Denied ones are approved instead of added; that is done at once, held like everything. */
  async approve(people: readonly RegistrationPerson[]): Promise<void> {
    const ids = people.flatMap(({ registrant }) => (registrant === null ? [] : [registrant]));
    if (!this.target || ids.length === 0) return;
    const shown = this.#shown;
    try {
      const { item, group, decided } = await host().decideRegistrants(this.target.id, ids, "approve");
      const words = t("approve-held", { count: decided, shown: number(decided), name: decided === 1 ? (people[0]?.name ?? "") : "" });
      if (group !== null) sayHeldGroup(words, group, t("zoom-tells-them"));
      else if (item !== null) sayHeld(words, item, t("zoom-tells-them"));
      if (shown === this.#shown) this.decide(...people.map(({ key }) => ({ key, leaveOut: true })));
    } catch (thrown) {
      if (shown === this.#shown) this.error = commandErrorOf(thrown);
    }
  }

  answerOf(field: string): string {
    return this.answers.find((answer) => answer.field === field)?.text ?? "";
  }

  /** The same answer for everybody whose own isn't known. */
  answer(field: string, text: string): void {
    this.answers = [...this.answers.filter((answer) => answer.field !== field), { field, text }];
    this.#checked = false;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), PAUSE_MS);
  }

  /** All of them count under a tracking link, or under none. */
  countUnder(source: string | null): void {
    this.source = source;
    void this.#look();
  }

  async again(): Promise<void> {
    await this.#look();
  }

  /** Puts everybody who is ready in line: as many as the button said when it was pressed. */
  async go(): Promise<void> {
    const said = this.check?.ready;
    if (this.going || said === undefined) return;
    const shown = this.#shown;
    if (!this.#checked) await this.#look();
    if (shown !== this.#shown || !this.#checked || this.going) return;
    const { check, target } = this;
    // With another number the button asks once more.
    if (!check || check.ready === 0 || check.ready !== said || check.block || !target) return;
    this.going = true;
    try {
      const { item, group, count, until, more } = await host().registerPeople({ ...this.#ask(), said });
      if (more !== null) {
        this.going = false;
        toasts.say({ text: t("register-more", { count: more, shown: number(more) }) });
        return await this.#look();
      }
      this.close();
      await Promise.all([jobs.follow(group, until), outbox.refreshOpen()]);
      const words = t("register-held", { count, shown: number(count), topic: target.topic });
      const hint = t(check.mails ? "zoom-mails-them" : "zoom-mails-nobody");
      if (group !== null) sayHeldGroup(words, group, hint);
      else if (item !== null) sayHeld(words, item, hint);
    } catch (thrown) {
      this.error = commandErrorOf(thrown);
    }
    this.going = false;
  }

  #selection(): PeopleSelection | null {
    if (this.pick === "people") return this.selected?.selection ?? null;
    if (this.pick !== "list" || !this.list) return null;
    return { kind: "all", filter: { ...everybody, list: this.list.list.id }, except: [] };
  }

  #ask(): RegistrationAsk {
    return {
      webinar: this.target?.id ?? "",
      people: this.pick === "people" ? this.people.map(({ id }) => id) : [],
      selection: this.#selection(),
      pasted: this.pick === "pasted" ? this.text : this.pick === "list" ? (this.list?.strangers.join("\n") ?? "") : "",
      rows: this.pick === "file" ? [...(this.file?.rows ?? [])] : [],
      choices: [...this.choices],
      answers: this.answers.filter(({ text }) => text.trim() !== ""),
      source: this.source,
    };
  }

  /** Without them nobody counts under one: nothing is said where they can't be read. */
  async #readSources(webinar: string): Promise<void> {
    const shown = this.#shown;
    try {
      const { sources } = await host().getWebinar(webinar);
      if (shown === this.#shown) this.sources = sources;
    } catch {
      // The check says what is wrong with the webinar.
    }
  }

  #peopleFile(bytes: number[], meanings: ColumnMeaning[] | null): Promise<PeopleFile> {
    return host().readPeopleFile(this.target?.id ?? "", bytes, meanings);
  }

  async #read(read: () => Promise<{ bytes: number[]; name: string; file: PeopleFile }>): Promise<void> {
    const reading = this.#files
      .ask(
        read,
        ({ bytes, name, file }) => {
          [this.#bytes, this.fileName, this.file] = [bytes, name, file];
          this.error = null;
        },
        (error) => (this.error = error),
      )
      .finally(() => {
        if (this.#reading === reading) this.#reading = null;
      });
    this.#reading = reading;
    await reading;
  }

  /** Over when the last check is answered. */
  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    this.#checked = false;
    const ask = this.#ask();
    this.checking = true;
    await this.#checks.ask(
      async () => {
        const check = await host().checkRegistration(ask, null, 0, PAGE);
        return { check, sorted: await this.#people(ask, check) };
      },
      ({ check, sorted }) => {
        this.check = check;
        this.sorted = sorted;
        this.error = null;
        this.checking = false;
        this.#checked = true;
        toasts.announce(t("check-ready-count", { count: check.ready, shown: number(check.ready) }));
      },
      (error) => {
        this.error = error;
        this.checking = false;
      },
    );
  }

  /** Few come in one answer; of very many each group is asked for by itself. */
  async #people(ask: RegistrationAsk, check: RegistrationCheck): Promise<Map<RegistrationSort, readonly RegistrationPerson[]>> {
    const parts = check.groups.map(async ({ sort }) => {
      const people = check.total <= PAGE ? check.people.filter((person) => person.sort === sort) : (await host().checkRegistration(ask, sort, 0, SHOWN)).people;
      return [sort, people] as const;
    });
    return new Map(await Promise.all(parts));
  }
}

export const registerSheet = new RegisterSheet();

/** One press: held with a way back, or the sheet where something is to be decided. */
export async function registerPerson(person: PersonHit, webinar: string | null = null): Promise<void> {
  try {
    const done = await host().registerPerson(person.id, webinar);
    await outbox.refreshOpen();
    switch (done.kind) {
      case "held":
        return sayHeld(t("register-one-held", { name: done.name, topic: done.topic }), done.item, done.mails ? t("register-one-mails", { email: done.email }) : t("zoom-mails-nobody"));
      case "asks":
        if (done.sort === "alreadyRegistered") toasts.say({ text: t("register-one-there", { name: person.name, topic: done.webinar.topic }) });
        else registerSheet.open(done.webinar, [person]);
        return;
      case "blocked":
        toasts.say({ text: `${t("register-one-blocked", { topic: done.webinar.topic })} ${blockWords(done.block)}` });
        return;
      case "nothingPinned":
        registerSheet.openWith(null, [person], null);
    }
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

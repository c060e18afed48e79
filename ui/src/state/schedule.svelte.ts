// The draft in the Schedule sheet, what is typed into it, and what the engine thinks of it, until it is made real.

import {
  commandErrorOf,
  host,
  type CommandError,
  type Field,
  type FieldIssue,
  type Fold,
  type MeetingSeries,
  type Provider,
  type ScheduleCheck,
  type ScheduleDraft,
  type SeriesScope,
  type Topic,
} from "../host";
import { following } from "../features/schedule/repeats";
import { presentIssue } from "../features/errors/presentation";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { EarlyKeys } from "./earlyKeys";
import { checkedAsItStands, LastAnswer } from "./lastAnswer";
import { Leaving } from "./leaving.svelte";
import { router } from "./router.svelte";
import { ScheduleGuests, type Chosen } from "./scheduleGuests.svelte";
import { ScheduleLine } from "./scheduleLine.svelte";
import { ScheduleOptions } from "./scheduleOptions.svelte";
import { makeMeeting, saveMeeting } from "./scheduleSending";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { TypedWhen } from "./typedWhen.svelte";
import { UnfinishedDrafts } from "./unfinishedDrafts";

export type { Chosen };

/** Typing rests this long before the engine is asked. */
const REST_MS = 150;

class Schedule extends ScheduleGuests {
  check = $state.raw<ScheduleCheck | null>(null);
  /** Why creating failed as a whole; faults of single fields are in `issues`. */
  failure = $state.raw<CommandError | null>(null);
  creating = $state(false);
  /** Creating was tried, so what is missing is said from now on. */
  tried = $state(false);
  /** The draft is one that was left unfinished. */
  restored = $state(false);
  /** The meeting that is changed; nothing while a new one is planned. */
  changing = $state<string | null>(null);
  /** The series that the changed meeting is a date of, and which of its dates the change is for. */
  series = $state.raw<MeetingSeries | null>(null);
  scope = $state<SeriesScope>("one");
  /** Other drafts that were left unfinished, newest first. */
  unfinished = $state.raw<ScheduleDraft[]>([]);
  #untouched = "";
  #refused = $state.raw<FieldIssue[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #last = new LastAnswer();
  /** Grows with each draft that is shown, and when the sheet closes: what was begun for another one ends there. */
  #shown = 0;
  readonly when = new TypedWhen({
    draft: () => this.draft?.id,
    understood: (changes) => {
      this.line.changedByHand(changes);
      this.#change(changes);
    },
    failed: (error) => (this.failure = error),
  });
  /** The one line, which the fields follow as long as nobody touches them. */
  readonly line: ScheduleLine = new ScheduleLine({
    draft: () => this.draft,
    understood: (changes) => {
      this.when.changed(changes);
      this.#change(changes);
    },
    known: (people) => this.know(...people),
    anew: () => {
      if (this.restored) void this.startAnew();
      return this.restored;
    },
    failed: (error) => (this.failure = error),
  });
  /** What it is set to, and what it is begun from. */
  readonly options = new ScheduleOptions({
    draft: () => this.draft,
    changing: () => this.changing !== null,
    change: (changes) => this.change(changes),
    failed: (error) => (this.failure = error),
  });
  /** What is typed before the line is there. */
  readonly early = new EarlyKeys();
  readonly #drafts = new UnfinishedDrafts();
  /** Of a meeting that is there nothing is kept as a draft. */
  readonly leaving = new Leaving(() => this.changing !== null && this.dirty && !this.creating);

  get dirty(): boolean {
    return this.draft !== null && (JSON.stringify(this.draft) !== this.#untouched || this.when.any);
  }

  get issues(): FieldIssue[] {
    const known = (this.check?.issues ?? []).filter((issue) => !this.when.blames(issue.field));
    const all = [...this.when.issues(this.tried), ...known];
    all.push(...this.#refused.filter((issue) => !all.some((other) => other.field === issue.field)));
    return this.tried ? all : all.filter((issue) => issue.problem.kind !== "missing");
  }

  /** Why nothing can be created now, whatever the fields hold. */
  get obstacle(): CommandError | null {
    // A change waits in the outbox, whatever the network does.
    if (this.changing !== null || this.check?.online !== false) return null;
    const connection = session.account("zoom")?.connection;
    if (connection?.kind === "signInNeeded") return { kind: "signInNeeded", provider: "zoom", reason: connection.reason };
    if (connection?.kind === "notConnected") return { kind: "notConnected", provider: "zoom" };
    return { kind: "offline" };
  }

  issue(field: Field): FieldIssue | undefined {
    return this.issues.find((issue) => issue.field === field);
  }

  /** Opens the sheet: for a person, at a time, with a line, or with what was left unfinished. */
  async open(person?: Chosen, start?: number, line?: string): Promise<void> {
    if (router.sheet === "schedule") return;
    this.#reset();
    this.early.hold();
    router.sheet = "schedule";
    if (line !== undefined) this.line.text = line;
    else if (person) this.line.text = `${t("line-with", { name: person.name })} `;
    const shown = this.#shown;
    try {
      const [kept, fresh] = await Promise.all([this.#drafts.list(), host().newDraft(person?.id ?? null, start ?? null)]);
      if (shown !== this.#shown) return;
      // Whoever has typed already plans something new.
      const [newest] = person === undefined && start === undefined && this.line.text === "" ? kept : [];
      if (person) this.know(person);
      this.#begin(newest ?? fresh, newest !== undefined);
      this.unfinished = kept.filter((other) => other !== newest);
    } catch (thrown) {
      if (shown !== this.#shown) return;
      this.early.drop();
      router.sheet = null;
      toasts.fail(commandErrorOf(thrown));
    }
  }

  /** Opens the sheet for several, such as those of a company. */
  async openFor([first, ...others]: readonly Chosen[]): Promise<void> {
    await this.open(first);
    if (!this.draft || !first || !this.draft.people.includes(first.id)) return;
    this.know(...others);
    this.change({ people: [...new Set([...this.draft.people, ...others.map(({ id }) => id)])] });
  }

  /** Opens the sheet for somebody, about a record that is theirs. */
  async openAbout(person: Chosen, about: Topic): Promise<void> {
    await this.open(person);
    if (this.draft?.people.includes(person.id)) this.change({ about });
  }

  /** Opens the sheet of a meeting that is there, to change it. */
  async edit(meeting: string): Promise<void> {
    await this.#openWith(async () => {
      const [draft, series] = await Promise.all([host().editMeeting(meeting), host().getMeetingSeries(meeting)]);
      if (this.changing === meeting) this.series = series;
      return draft;
    }, meeting);
  }

  /** Opens the sheet of the meeting after one: the same people and topic, the next free time. */
  async followUp(meeting: string): Promise<void> {
    await this.#openWith(() => host().followUpDraft(meeting), null);
  }

  /** Opens the sheet of a meeting that was not made, as it was. */
  async reopen(item: string): Promise<void> {
    await this.#openWith(() => host().reopenOutboxItem(item), null);
  }

  /** Asks the engine again about what stands there. */
  recheck(): void {
    void this.#ask();
  }

  /** Takes up a draft that was left unfinished; the present one is left in its place. */
  async resume(kept: ScheduleDraft): Promise<void> {
    await this.#replace(kept, true);
  }

  /** Throws away a draft that was left unfinished. */
  async discard({ id }: ScheduleDraft): Promise<void> {
    this.unfinished = this.unfinished.filter((other) => other.id !== id);
    await this.#drafts.forget(id);
  }

  /** A new draft beside this one, which stays unfinished. */
  async startAnew(): Promise<void> {
    try {
      await this.#replace(await host().newDraft(null, null), false);
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
  }

  async #replace(next: ScheduleDraft, restored: boolean): Promise<void> {
    const left = this.#left();
    this.#begin(next, restored);
    this.unfinished = [...left, ...this.unfinished.filter(({ id }) => id !== next.id)];
    for (const draft of left) await this.#drafts.keep(draft);
  }

  /** Closes the sheet; what was begun is kept for the next time. */
  close(): void {
    if (this.creating) return;
    // A draft that was taken up again and not touched stays kept.
    const [left] = this.dirty ? this.#left() : [];
    const fresh = !this.restored;
    router.sheet = null;
    this.#reset();
    if (left) void (fresh ? this.#drafts.keepClosed(left) : this.#drafts.keep(left));
  }

  /** What would be lost if the sheet showed something else: nothing, or this draft. */
  #left(): ScheduleDraft[] {
    return this.draft && this.changing === null && (this.dirty || this.restored) ? [$state.snapshot(this.draft)] : [];
  }

  /** Leaves for the sign-in; when it succeeded the sheet comes back with the draft. */
  async signIn(provider: Provider): Promise<void> {
    if (this.draft && this.changing === null) await this.#drafts.keep($state.snapshot(this.draft));
    this.#reset();
    router.openSettings("accounts");
    if (session.account(provider)?.connection.kind !== "signInNeeded") return;
    const connected = await attempt(() => host().connectAccount(provider));
    if (!connected || router.sheet !== "settings") return;
    router.sheet = null;
    await this.open();
  }

  change(changes: Partial<ScheduleDraft>): void {
    if (!this.draft) return;
    this.when.changed(changes);
    this.line.changedByHand(changes);
    this.#change(changes);
  }

  fold(fold: Fold): void {
    this.change({ fold });
  }

  /** Creates the meeting. The draft's id makes sure that a second press can't make a second one. */
  async create(): Promise<void> {
    if (!this.draft || this.creating) return;
    this.tried = true;
    this.failure = null;
    this.#keep();
    const shown = this.#shown;
    await checkedAsItStands({
      draft: () => (shown === this.#shown ? this.draft : null),
      reading: () => this.when.reading || this.line.reading,
      read: () => Promise.all([this.when.read(), this.line.read()]),
      check: () => {
        clearTimeout(this.#timer);
        return this.#ask();
      },
    });
    // What could not be checked is not made: the failure says why.
    if (shown !== this.#shown || !this.draft || this.creating || this.failure) return;
    const first = this.issues[0];
    if (first) {
      toasts.announce(presentIssue(first), true);
      return;
    }
    if (this.obstacle) {
      this.failure = this.obstacle;
      return;
    }
    this.creating = true;
    try {
      const { changing } = this;
      const draft = $state.snapshot(this.draft);
      const done = () => {
        if (changing === null) void this.#drafts.forget(draft.id);
        router.sheet = null;
        this.#reset();
      };
      if (changing === null) await makeMeeting(draft, this.check, done);
      else await saveMeeting(draft, changing, this.series, this.scope, done);
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      if (error.kind === "invalid") this.#refused = error.issues;
      else this.failure = error;
    } finally {
      this.creating = false;
    }
  }

  async #openWith(ask: () => Promise<ScheduleDraft>, changing: string | null): Promise<void> {
    if (router.sheet === "schedule") return;
    this.#reset();
    this.changing = changing;
    router.sheet = "schedule";
    const shown = this.#shown;
    try {
      const draft = await ask();
      if (shown === this.#shown) this.#begin(draft, false);
    } catch (thrown) {
      if (shown !== this.#shown) return;
      router.sheet = null;
      this.#reset();
      toasts.fail(commandErrorOf(thrown));
    }
  }

  #change(changes: Partial<ScheduleDraft>): void {
    if (!this.draft) return;
    // Which of two equal times is meant holds for one date, time and zone only.
    const moved = "date" in changes || "time" in changes || "zone" in changes;
    const { repeats, date } = this.draft;
    const follows = changes.date !== undefined && repeats !== null && changes.repeats === undefined ? { repeats: following(repeats, date, changes.date) } : {};
    this.draft = { ...this.draft, ...(moved ? { fold: null } : {}), ...follows, ...changes };
    this.#refused = [];
    this.failure = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#keep();
      void this.#ask();
    }, REST_MS);
  }

  /** What is typed outlives whatever ends the app. */
  #keep(): void {
    if (this.draft && this.dirty && this.changing === null) void this.#drafts.keep($state.snapshot(this.draft));
  }

  /** Has the engine check what stands there now; over when that is answered, by whatever was asked last. */
  async #ask(): Promise<void> {
    if (!this.draft) return;
    const asked = $state.snapshot(this.draft);
    await this.#last.ask(
      () => host().checkSchedule(asked),
      (check) => {
        // A meeting is not at the same time as itself.
        this.check = { ...check, conflicts: check.conflicts.filter((row) => row.id !== this.changing) };
        this.know(...check.people);
        if (check.event.kind === "noAccount" && this.draft?.logEvent) this.#withoutEvent();
      },
      (error) => (this.failure = error),
    );
  }

  /** There is no account that an Event could be for; that is not the user's change. */
  #withoutEvent(): void {
    if (!this.draft) return;
    const clean = !this.dirty;
    this.draft = { ...this.draft, logEvent: false };
    if (clean) this.#untouched = JSON.stringify(this.draft);
  }

  #begin(draft: ScheduleDraft, restored: boolean): void {
    this.#shown += 1;
    clearTimeout(this.#timer);
    this.when.clear();
    this.draft = draft;
    this.#untouched = JSON.stringify(draft);
    this.restored = restored;
    this.check = null;
    this.failure = null;
    this.tried = false;
    this.#refused = [];
    this.line.begin(draft);
    this.options.load();
    void this.#ask();
  }

  #reset(): void {
    this.early.drop();
    this.leaving.stay();
    this.line.clear();
    this.options.reset();
    clearTimeout(this.#timer);
    this.#last.drop();
    this.#shown += 1;
    this.draft = null;
    this.changing = null;
    this.series = null;
    this.scope = "one";
    this.unfinished = [];
    this.restored = false;
    this.when.clear();
    this.check = null;
    this.failure = null;
    this.creating = false;
    this.tried = false;
    this.#refused = [];
  }
}

export const schedule = new Schedule();

// The sheet for how a series that is there repeats, and in which zone: what is chosen, what it would come to, and saving it.

import { commandErrorOf, host, type CommandError, type Field, type FieldIssue, type RuleCheck, type RuleDraft, type SeriesRule } from "../host";
import { following } from "../features/schedule/repeats";
import { presentIssue } from "../features/errors/presentation";
import { t } from "../i18n/messages.svelte";
import { checkedAsItStands, LastAnswer } from "./lastAnswer";
import { Leaving } from "./leaving.svelte";
import { router } from "./router.svelte";
import { sayHeld } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";
import { TypedWhen } from "./typedWhen.svelte";

/** Typing rests this long before the engine is asked. */
const REST_MS = 150;

class SeriesRules {
  /** The date by which the series is known. */
  meeting = $state<string | null>(null);
  rule = $state.raw<SeriesRule | null>(null);
  draft = $state<RuleDraft | null>(null);
  check = $state.raw<RuleCheck | null>(null);
  failure = $state.raw<CommandError | null>(null);
  saving = $state(false);
  #untouched = "";
  #tried = $state(false);
  #refused = $state.raw<FieldIssue[]>([]);
  readonly #last = new LastAnswer();
  /** Grows when the sheet closes: what was begun in it ends there. */
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly when = new TypedWhen({
    draft: () => this.meeting ?? undefined,
    understood: (changes) => this.#change(changes),
    failed: (error) => (this.failure = error),
  });
  readonly leaving = new Leaving(() => this.dirty && !this.saving);

  get dirty(): boolean {
    return this.draft !== null && (JSON.stringify(this.draft) !== this.#untouched || this.when.any);
  }

  get issues(): FieldIssue[] {
    const known = (this.check?.issues ?? []).filter((issue) => !this.when.blames(issue.field));
    const all = [...this.when.issues(this.#tried), ...known];
    return [...all, ...this.#refused.filter((issue) => !all.some((other) => other.field === issue.field))];
  }

  issue(field: Field): string | undefined {
    const found = this.issues.find((issue) => issue.field === field);
    return found && presentIssue(found);
  }

  /** Opens the sheet of the series that this meeting is a date of. */
  async open(meeting: string): Promise<void> {
    if (router.sheet === "series-rule") return;
    this.#reset();
    this.meeting = meeting;
    router.sheet = "series-rule";
    const shown = this.#shown;
    try {
      const rule = await host().seriesRule(meeting);
      if (shown !== this.#shown) return;
      this.rule = rule;
      this.draft = rule.draft;
      this.#untouched = JSON.stringify(rule.draft);
      void this.#ask();
    } catch (thrown) {
      if (shown !== this.#shown) return;
      router.sheet = null;
      this.#reset();
      toasts.fail(commandErrorOf(thrown));
    }
  }

  change(changes: Partial<RuleDraft>): void {
    this.when.changed(changes);
    this.#change(changes);
  }

  close(): void {
    if (this.saving) return;
    router.sheet = null;
    this.#reset();
  }

  async save(): Promise<void> {
    if (!this.draft || this.meeting === null || this.saving) return;
    this.#tried = true;
    this.failure = null;
    const shown = this.#shown;
    await checkedAsItStands({
      draft: () => (shown === this.#shown ? this.draft : null),
      reading: () => this.when.reading,
      read: () => this.when.read(),
      check: () => this.#ask(),
    });
    // What could not be checked is not saved: the failure says why.
    if (shown !== this.#shown || this.meeting === null || this.saving || this.failure) return;
    const [first] = this.issues;
    if (first) {
      toasts.announce(presentIssue(first), true);
      return;
    }
    this.saving = true;
    try {
      const topic = this.rule?.topic ?? "";
      const { outboxItem } = await host().changeSeriesRule(this.meeting, $state.snapshot(this.draft));
      router.sheet = null;
      this.#reset();
      if (outboxItem === null) toasts.say({ text: t("change-nothing") });
      else sayHeld(t("change-held", { topic }), outboxItem, t("series-rule-follows"));
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      if (error.kind === "invalid") this.#refused = error.issues;
      else this.failure = error;
    } finally {
      this.saving = false;
    }
  }

  #change(changes: Partial<RuleDraft>): void {
    if (!this.draft) return;
    // Which of two equal times is meant holds for one date, time and zone only.
    const moved = "date" in changes || "time" in changes || "zone" in changes;
    const { repeats, date } = this.draft;
    const follows = changes.date !== undefined && changes.repeats === undefined ? { repeats: following(repeats, date, changes.date) } : {};
    this.draft = { ...this.draft, ...(moved ? { fold: null } : {}), ...follows, ...changes };
    this.#refused = [];
    this.failure = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), REST_MS);
  }

  async #ask(): Promise<void> {
    clearTimeout(this.#timer);
    const { meeting, draft } = this;
    if (!draft || meeting === null) return;
    const asked = $state.snapshot(draft);
    await this.#last.ask(
      () => host().checkSeriesRule(meeting, asked),
      (check) => (this.check = check),
      (error) => (this.failure = error),
    );
  }

  #reset(): void {
    clearTimeout(this.#timer);
    this.#last.drop();
    this.#shown += 1;
    this.when.clear();
    this.leaving.stay();
    this.meeting = null;
    this.rule = null;
    this.draft = null;
    this.check = null;
    this.failure = null;
    this.#tried = false;
    this.#refused = [];
  }
}

export const seriesRule = new SeriesRules();

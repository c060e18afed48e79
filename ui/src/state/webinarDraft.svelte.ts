// The sheet that makes a webinar or changes one. The engine checks while one types.

import { commandErrorOf, host, type CommandError, type Field, type FieldIssue, type WebinarDraft, type WebinarSettingsView, type WebinarSheetCheck, type WebinarTemplates } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { checkedAsItStands, LastAnswer } from "./lastAnswer";
import { outbox } from "./outbox.svelte";
import { sayHeld } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";
import { TypedWhen } from "./typedWhen.svelte";
import { webinars } from "./webinars.svelte";

/** Typing goes on while the check is under way; the last one counts. */
const PAUSE_MS = 150;

class WebinarSheet {
  draft = $state.raw<WebinarDraft | null>(null);
  /** The webinar that is changed; `null` makes a new one. */
  changing = $state<string | null>(null);
  /** The sheet is open, maybe still without its draft. */
  shown = $state(false);
  check = $state.raw<WebinarSheetCheck | null>(null);
  failure = $state.raw<CommandError | null>(null);
  saving = $state(false);
  /** What a new one can be begun from. */
  templates = $state.raw<WebinarTemplates | null>(null);
  /** A name is asked for under which what the sheet sets is kept. */
  naming = $state<string | null>(null);
  /** Closing was asked for while something is typed. */
  leaving = $state(false);
  readonly when = new TypedWhen({
    draft: () => this.draft?.id,
    understood: (changes) => this.#change(changes),
    failed: (error) => (this.failure = error),
  });
  /** A second press while it is kept would keep it twice. */
  #keeping = false;
  #touched = $state(false);
  /** The button was pressed: what is missing is said too. */
  #tried = $state(false);
  readonly #last = new LastAnswer();
  readonly #filling = new LastAnswer();
  readonly #listing = new LastAnswer();
  /** Grows when the sheet closes: what was begun in it ends there. */
  #shown = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async open(webinar: string | null = null): Promise<void> {
    if (this.saving) return;
    this.close();
    this.shown = true;
    this.changing = webinar;
    const shown = this.#shown;
    try {
      const draft = await (webinar === null ? host().newWebinar() : host().editWebinar(webinar));
      if (shown !== this.#shown) return;
      this.draft = draft;
      if (webinar === null) void this.#listTemplates();
      await this.#look();
    } catch (thrown) {
      if (shown === this.#shown) this.failure = commandErrorOf(thrown);
    }
  }

  /** Asks first where something was typed. */
  leave(): void {
    // What is being made can't be given up any more; the sheet says what becomes of it.
    if (this.saving) return;
    if (this.#touched && !this.leaving) this.leaving = true;
    else this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#shown += 1;
    for (const questions of [this.#last, this.#filling, this.#listing]) questions.drop();
    this.when.clear();
    this.draft = this.check = this.failure = this.changing = this.templates = this.naming = null;
    this.shown = this.saving = this.leaving = this.#touched = this.#tried = false;
  }

  change(to: Partial<WebinarDraft>): void {
    this.when.changed(to);
    this.#change(to);
  }

  #change(to: Partial<WebinarDraft>): void {
    if (!this.draft) return;
    this.draft = { ...this.draft, ...to };
    this.#touched = true;
    this.failure = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), PAUSE_MS);
  }

  /** Begins from a template: one's own fills the sheet, one of Zoom's stands for its settings. */
  async begin(template: { own: string } | { zoom: string } | null): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    this.#filling.drop();
    if (template === null) return this.change({ template: null });
    if ("zoom" in template) return this.change({ template: this.templates?.zoom.find(({ id }) => id === template.zoom) ?? null });
    await this.#filling.ask(
      () => host().fillWebinar(draft, template.own),
      (filled) => {
        const now = this.draft;
        if (now) this.change({ ...filled, date: now.date, time: now.time, zone: now.zone, ...changedSince(draft, now) });
      },
      (error) => (this.failure = error),
    );
  }

  /** Keeps what the sheet sets under a name. */
  async keep(): Promise<void> {
    const { draft, naming } = this;
    if (!draft || naming === null || naming.trim() === "" || this.#keeping) return;
    const shown = this.#shown;
    this.#keeping = true;
    try {
      await host().keepWebinarTemplate(naming, draft);
      toasts.say({ text: t("template-kept", { name: naming.trim() }) });
      if (shown !== this.#shown) return;
      this.naming = null;
      await this.#listTemplates();
    } catch (thrown) {
      if (shown === this.#shown) this.failure = commandErrorOf(thrown);
    } finally {
      this.#keeping = false;
    }
  }

  async forget(id: string): Promise<void> {
    const name = this.templates?.own.find((one) => one.id === id)?.name ?? "";
    if (!(await attempt(() => host().forgetWebinarTemplate(id)))) return;
    toasts.say({ text: t("template-forgotten", { name }) });
    await this.#listTemplates();
  }

  async #listTemplates(): Promise<void> {
    await this.#listing.ask(
      () => host().listWebinarTemplates(),
      (templates) => (this.templates = templates),
      // The sheet does without.
      () => (this.templates = null),
    );
  }

  set(to: WebinarSettingsView): void {
    if (this.draft) this.change({ settings: { ...this.draft.settings, ...to } });
  }

  /** What is wrong with a field. What is only missing is said once somebody tried. */
  issue(field: Field): FieldIssue | null {
    const issues = [...this.when.issues(this.#tried), ...(this.check?.issues ?? []).filter((one) => !this.when.blames(one.field))];
    const issue = issues.find((one) => one.field === field) ?? null;
    return issue?.problem.kind === "missing" && !this.#tried ? null : issue;
  }

  async save(): Promise<void> {
    const { changing } = this;
    if (!this.draft || this.saving) return;
    this.#tried = true;
    this.failure = null;
    const shown = this.#shown;
    await checkedAsItStands({
      draft: () => (shown === this.#shown ? this.draft : null),
      reading: () => this.when.reading,
      read: () => this.when.read(),
      check: () => this.#look(),
    });
    // What could not be checked is not made: the failure says why.
    if (shown !== this.#shown || this.saving || this.failure) return;
    if (this.when.issues(true).length > 0 || !this.check || this.check.issues.length > 0) return;
    this.saving = true;
    try {
      if (changing === null) await this.#make(this.draft);
      else await this.#alter(changing, this.draft);
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      if (error.kind === "invalid") this.check = { ...this.check, issues: error.issues };
      else this.failure = error;
    }
    this.saving = false;
  }

  /** Made while the sheet waits: a webinar is never made unattended. */
  async #make(draft: WebinarDraft): Promise<void> {
    const { id } = await host().createWebinar(draft);
    this.close();
    webinars.narrow({ when: "upcoming", query: "" });
    webinars.selected = id;
    toasts.say({ text: t("webinar-created", { topic: draft.topic.trim() }) });
  }

  async #alter(id: string, draft: WebinarDraft): Promise<void> {
    const { items } = await host().changeWebinar(id, draft);
    this.close();
    await Promise.all([webinars.refreshOpen(), outbox.refreshOpen()]);
    if (items[0] !== undefined) sayHeld(t("webinar-change-held", { topic: draft.topic.trim() }), items[0], t("webinar-change-hint"));
    else toasts.say({ text: t("change-nothing") });
  }

  async #look(): Promise<void> {
    clearTimeout(this.#timer);
    const { draft } = this;
    if (!draft) return;
    await this.#last.ask(
      () => host().checkWebinar(draft),
      (check) => (this.check = check),
      (error) => (this.failure = error),
    );
  }
}

/** What was typed since then: whoever typed it wants it more than what an answer brings that was asked for before. */
function changedSince(before: WebinarDraft, now: WebinarDraft): Partial<WebinarDraft> {
  return Object.fromEntries(Object.entries(now).filter(([field, value]) => before[field as keyof WebinarDraft] !== value));
}

export const webinarSheet = new WebinarSheet();

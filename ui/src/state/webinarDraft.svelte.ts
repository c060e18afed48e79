// The sheet that makes a webinar or changes one. The engine checks while one types.

import { commandErrorOf, host, type CommandError, type Field, type FieldIssue, type WebinarDraft, type WebinarSettingsView, type WebinarSheetCheck, type WebinarTemplates } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
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
  #touched = $state(false);
  /** The button was pressed: what is missing is said too. */
  #tried = $state(false);
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  async open(webinar: string | null = null): Promise<void> {
    this.close();
    this.shown = true;
    this.changing = webinar;
    const question = ++this.#asked;
    try {
      const draft = await (webinar === null ? host().newWebinar() : host().editWebinar(webinar));
      if (question !== this.#asked) return;
      this.draft = draft;
      if (webinar === null) void this.#listTemplates();
      await this.#look();
    } catch (thrown) {
      if (question === this.#asked) this.failure = commandErrorOf(thrown);
    }
  }

  /** Asks first where something was typed. */
  leave(): void {
    if (this.#touched && !this.leaving) this.leaving = true;
    else this.close();
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
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
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#look(), PAUSE_MS);
  }

  /** Begins from a template: one's own fills the sheet, one of Zoom's stands for its settings. */
  async begin(template: { own: string } | { zoom: string } | null): Promise<void> {
    const { draft } = this;
    if (!draft) return;
    if (template === null) return this.change({ template: null });
    if ("zoom" in template) return this.change({ template: this.templates?.zoom.find(({ id }) => id === template.zoom) ?? null });
    try {
      const filled = await host().fillWebinar(draft, template.own);
      if (this.draft?.id === draft.id) this.change({ ...filled, date: this.draft.date, time: this.draft.time, zone: this.draft.zone });
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
  }

  /** Keeps what the sheet sets under a name. */
  async keep(): Promise<void> {
    const { draft, naming } = this;
    if (!draft || naming === null || naming.trim() === "") return;
    try {
      await host().keepWebinarTemplate(naming, draft);
      this.naming = null;
      toasts.say({ text: t("template-kept", { name: naming.trim() }) });
      await this.#listTemplates();
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
  }

  async forget(id: string): Promise<void> {
    const name = this.templates?.own.find((one) => one.id === id)?.name ?? "";
    if (!(await attempt(() => host().forgetWebinarTemplate(id)))) return;
    toasts.say({ text: t("template-forgotten", { name }) });
    await this.#listTemplates();
  }

  async #listTemplates(): Promise<void> {
    const id = this.draft?.id;
    try {
      const templates = await host().listWebinarTemplates();
      if (this.draft?.id === id) this.templates = templates;
    } catch {
      // The sheet does without.
      this.templates = null;
    }
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
    this.saving = true;
    await this.when.read();
    await this.#look();
    if (this.when.issues(true).length > 0 || !this.check || this.check.issues.length > 0) {
      this.saving = false;
      return;
    }
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
    const question = ++this.#asked;
    try {
      const check = await host().checkWebinar(draft);
      if (question !== this.#asked) return;
      this.check = check;
      this.failure = null;
    } catch (thrown) {
      if (question === this.#asked) this.failure = commandErrorOf(thrown);
    }
  }
}

export const webinarSheet = new WebinarSheet();

// What the Schedule sheet asks for beside its fields: the user's settings in Zoom, and the templates.

import { commandErrorOf, host, type CommandError, type MeetingOption, type MeetingOptions, type MeetingTemplates, type ScheduleDraft, type SchedulingPresets } from "../host";
import { presentIssue } from "../features/errors/presentation";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { LastAnswer } from "./lastAnswer";
import { toasts } from "./toasts.svelte";

export const UNCHOSEN: MeetingOptions = {
  joinBeforeHost: null,
  hostVideo: null,
  participantVideo: null,
  muteOnEntry: null,
  recording: null,
  alternativeHosts: null,
  registration: null,
};

interface Sheet {
  draft: () => ScheduleDraft | null;
  /** A meeting that is there is changed. */
  changing: () => boolean;
  change: (changes: Partial<ScheduleDraft>) => void;
  failed: (error: CommandError) => void;
}

export class ScheduleOptions {
  presets = $state.raw<SchedulingPresets | null>(null);
  templates = $state.raw<MeetingTemplates | null>(null);
  /** A template of one's own that the sheet was filled from. */
  own = $state<string | null>(null);
  /** The options are shown. */
  open = $state(false);
  /** A name is asked for: for a new template, or for the one that is chosen. */
  naming = $state<{ name: string; renames: string | null } | null>(null);
  /** What is wrong with the name. */
  wrong = $state<string | undefined>();

  /** A second press while the name is kept would keep it twice. */
  #keeping = false;
  readonly #filling = new LastAnswer();
  readonly #listing = new LastAnswer();

  constructor(private readonly sheet: Sheet) {}

  /** For a draft that has just come. */
  load(): void {
    this.reset();
    const id = this.sheet.draft()?.id;
    const still = () => this.sheet.draft()?.id === id;
    // The sheet does without them.
    void host().getSchedulingPresets().then((presets) => still() && (this.presets = presets), () => undefined);
    if (!this.sheet.changing()) void this.#list();
  }

  reset(): void {
    this.#filling.drop();
    this.#listing.drop();
    this.presets = this.templates = this.own = this.naming = null;
    this.wrong = undefined;
    this.open = false;
  }

  /** What holds: what was chosen, else what the settings in Zoom say. */
  get shown(): MeetingOptions {
    const chosen = this.sheet.draft()?.options ?? UNCHOSEN;
    const preset = this.sheet.changing() ? UNCHOSEN : (this.presets?.options ?? UNCHOSEN);
    return {
      joinBeforeHost: chosen.joinBeforeHost ?? preset.joinBeforeHost,
      hostVideo: chosen.hostVideo ?? preset.hostVideo,
      participantVideo: chosen.participantVideo ?? preset.participantVideo,
      muteOnEntry: chosen.muteOnEntry ?? preset.muteOnEntry,
      recording: chosen.recording ?? preset.recording,
      alternativeHosts: chosen.alternativeHosts ?? preset.alternativeHosts,
      registration: chosen.registration ?? preset.registration,
    };
  }

  /** What a meeting that is there is set to was never read. */
  get unread(): boolean {
    return this.sheet.changing() && Object.values(this.shown).every((value) => value === null);
  }

  locked(option: MeetingOption): boolean {
    return this.presets?.locked.some((lock) => lock.option === option) ?? false;
  }

  set(changes: Partial<MeetingOptions>): void {
    const draft = this.sheet.draft();
    if (draft) this.sheet.change({ options: { ...draft.options, ...changes } });
  }

  /** Begins from a template: one's own fills the sheet, one of Zoom's stands for its settings. */
  async begin(template: { own: string } | { zoom: string } | null): Promise<void> {
    const draft = this.sheet.draft();
    if (!draft) return;
    this.#filling.drop();
    this.own = null;
    if (template === null || "zoom" in template) {
      const chosen = template && this.templates?.zoom.find(({ id }) => id === template.zoom);
      this.sheet.change({ template: chosen ?? null });
      return;
    }
    const asked = $state.snapshot(draft);
    await this.#filling.ask(
      () => host().fillMeeting(asked, template.own),
      ({ topic, agenda, minutes, passcode, waitingRoom, personalMeetingId, logEvent, copyInvitation, options }) => {
        const now = this.sheet.draft();
        if (now?.id !== asked.id) return;
        this.own = template.own;
        const filled = { topic, agenda, minutes, passcode, waitingRoom, personalMeetingId, logEvent, copyInvitation, options, template: null };
        // What was typed since then is wanted more than what was asked for before.
        const kept = Object.entries(filled).filter(([field]) => same(asked[field as keyof typeof filled], now[field as keyof typeof filled]));
        this.sheet.change(Object.fromEntries(kept));
      },
      (error) => this.sheet.failed(error),
    );
  }

  /** Keeps what the sheet sets under the name that was typed, or gives the chosen template that name. */
  async keep(): Promise<void> {
    const draft = this.sheet.draft();
    const naming = this.naming;
    if (!draft || !naming || naming.name.trim() === "" || this.#keeping) return;
    const name = naming.name.trim();
    this.#keeping = true;
    try {
      if (naming.renames === null) await host().keepMeetingTemplate(name, draft);
      else await host().renameMeetingTemplate(naming.renames, name);
      if (this.naming === naming) this.naming = null;
      this.wrong = undefined;
      toasts.say({ text: t(naming.renames === null ? "template-kept" : "template-renamed", { name }) });
      await this.#list();
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      const issue = error.kind === "invalid" ? error.issues[0] : undefined;
      if (issue) this.wrong = presentIssue(issue);
      else this.sheet.failed(error);
    } finally {
      this.#keeping = false;
    }
  }

  async forget(id: string): Promise<void> {
    const name = this.templates?.own.find((one) => one.id === id)?.name ?? "";
    if (!(await attempt(() => host().forgetMeetingTemplate(id)))) return;
    if (this.own === id) this.own = null;
    toasts.say({ text: t("template-forgotten", { name }) });
    await this.#list();
  }

  async #list(): Promise<void> {
    await this.#listing.ask(
      () => host().listMeetingTemplates(),
      (templates) => (this.templates = templates),
      () => (this.templates = null),
    );
  }
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

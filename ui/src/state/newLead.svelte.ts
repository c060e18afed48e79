// The sheet of a Lead that is made for a call or for somebody of a webinar: what was filled in, and what pressing its button came to.

import { commandErrorOf, host, type CallDecision, type CallDetail, type CommandError, type Double, type LeadIssue, type LeadMade, type LeadSheet } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { calls } from "./calls.svelte";
import { toasts } from "./toasts.svelte";
import { triage } from "./triage.svelte";

/** Somebody of a webinar, by their id in its lists. */
export interface Guest {
  webinar: string;
  id: string;
}

type About = CallDetail | Guest;
type Refused = Extract<LeadMade, { kind: "refused" }>;
type Doubles = Extract<LeadMade, { kind: "doubles" }>;

class NewLeadSheet {
  /** Whom it is for, while it is open. */
  about = $state.raw<About | null>(null);
  sheet = $state.raw<LeadSheet | null>(null);
  values = $state<Record<string, string>>({});
  recordType = $state<string | null>(null);
  busy = $state(false);
  issues = $state.raw<readonly LeadIssue[]>([]);
  refused = $state.raw<Refused | null>(null);
  doubles = $state.raw<Doubles | null>(null);
  error = $state.raw<CommandError | null>(null);

  async open(detail: CallDetail): Promise<void> {
    await this.#open(detail, () => host().getLeadSheet(detail.row.id));
  }

  async openFor(guest: Guest): Promise<void> {
    await this.#open(guest, () => host().getWebinarLeadSheet(guest.webinar, guest.id));
  }

  /** The call that it is for. */
  get detail(): CallDetail | null {
    return this.about !== null && "row" in this.about ? this.about : null;
  }

  get guest(): Guest | null {
    return this.about !== null && "webinar" in this.about ? this.about : null;
  }

  async #open(about: About, ask: () => Promise<LeadSheet>): Promise<void> {
    this.about = about;
    this.sheet = this.refused = this.doubles = this.error = null;
    this.issues = [];
    this.busy = false;
    try {
      const sheet = await ask();
      if (this.about !== about) return;
      this.values = Object.fromEntries(sheet.fields.map(({ name, value }) => [name, value]));
      this.recordType = sheet.recordTypes.find(({ usual }) => usual)?.id ?? sheet.recordTypes[0]?.id ?? null;
      this.sheet = sheet;
    } catch (thrown) {
      if (this.about === about) this.error = commandErrorOf(thrown);
    }
  }

  /** What was refused is given up: nothing is made unasked. */
  close(): void {
    const item = this.doubles?.item ?? this.refused?.item;
    if (item !== undefined) void attempt(() => host().discardOutboxItem(item));
    this.about = this.sheet = this.doubles = this.refused = null;
  }

  async make(beside = false): Promise<void> {
    await this.#decide(() => this.#make(beside));
  }

  /** Somebody who is there takes the place of the new Lead. */
  async use({ id, name }: Double): Promise<void> {
    const { about } = this;
    const item = this.doubles?.item;
    if (item === undefined || !about) return;
    await this.#decide(async () => {
      const decision = await host().useLeadDouble(item, id);
      this.#done(about, decision, t("row" in about ? "calls-linked" : "lead-not-made", { count: decision.calls, shown: number(decision.calls), name }), false);
      return true;
    });
  }

  async #decide(work: () => Promise<boolean>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    const { about } = this;
    const done = work().catch((thrown: unknown) => {
      if (this.about === about) this.error = commandErrorOf(thrown);
      return false;
    });
    await (triage.shown ? triage.decided(done) : done);
    if (this.about === null || this.about === about) this.busy = false;
  }

  async #make(beside: boolean): Promise<boolean> {
    const { sheet, values, recordType, about, name } = this;
    if (!sheet || !about) return false;
    const filled = sheet.fields.map(({ name }) => ({ name, text: values[name] ?? "" }));
    this.issues = [];
    const made = await host().makeLead({ id: sheet.id, call: sheet.call, recordType, values: filled, beside });
    if (made.kind === "made" || made.kind === "waiting") {
      this.#done(about, made.decision, t(made.kind === "made" ? "lead-made" : "lead-waits", { name }), true);
      return true;
    }
    const asks = made.kind === "doubles" || made.kind === "refused" ? made.item : undefined;
    if (this.about !== about) {
      // The sheet was closed meanwhile: what it would ask is given up as when it closes.
      if (asks !== undefined) void attempt(() => host().discardOutboxItem(asks));
      return false;
    }
    this.doubles = made.kind === "doubles" ? made : null;
    this.refused = made.kind === "refused" ? made : null;
    switch (made.kind) {
      case "invalid":
        this.issues = made.issues;
        return false;
      case "noRight":
        this.sheet = { ...sheet, right: "no", fields: [] };
        return false;
      default:
        return false;
    }
  }

  get name(): string {
    return [this.values["FirstName"], this.values["LastName"]].map((part) => part?.trim()).filter(Boolean).join(" ");
  }

  #done(about: About, decision: CallDecision, text: string, made: boolean): void {
    if (this.about === about) this.about = this.sheet = this.doubles = this.refused = null;
    if ("row" in about) calls.decided(about.row.id, decision, text);
    else toasts.say(!made ? { text } : { text, action: { label: t("undo"), run: () => void attempt(() => host().undoCallDecision(decision.undo)), undo: true } });
  }

  /** Salesforce's own form, for what can't be filled in here. */
  async openForm(): Promise<void> {
    const id = this.detail?.row.id;
    if (id === undefined) return;
    if (await attempt(() => host().newLead(id))) this.close();
    else toasts.announce(t("lead-form-not-opened"));
  }
}

export const newLeadSheet = new NewLeadSheet();

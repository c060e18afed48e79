// The draft in the Schedule sheet, what the engine thinks of it, and making it real.

import {
  commandErrorOf,
  host,
  type CommandError,
  type Field,
  type FieldIssue,
  type Fold,
  type PersonHit,
  type RecordKind,
  type ScheduleCheck,
  type ScheduleDraft,
} from "../host";
import { clockTime, isoDay, isoTime, shortDay } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { clock } from "./clock.svelte";
import { outbox } from "./outbox.svelte";
import { router } from "./router.svelte";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Typing rests this long before the engine is asked. */
const REST_MS = 150;

/** Someone chosen for the meeting; the draft itself holds ids only. */
export interface Chosen {
  id: string;
  name: string;
  company: string | null;
  record: RecordKind | null;
}

class Schedule {
  draft = $state<ScheduleDraft | null>(null);
  chosen = $state<Chosen[]>([]);
  check = $state.raw<ScheduleCheck | null>(null);
  /** Why creating failed as a whole; faults of single fields are in `issues`. */
  failure = $state.raw<CommandError | null>(null);
  creating = $state(false);
  /** Creating was tried, so what is missing is said from now on. */
  tried = $state(false);
  #untouched = "";
  #refused = $state.raw<FieldIssue[]>([]);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #asked = 0;

  get dirty(): boolean {
    return this.draft !== null && JSON.stringify(this.draft) !== this.#untouched;
  }

  get issues(): FieldIssue[] {
    const known = this.check?.issues ?? [];
    const all = [...known, ...this.#refused.filter((issue) => !known.some((other) => other.field === issue.field))];
    return this.tried ? all : all.filter((issue) => issue.problem.kind !== "missing");
  }

  issue(field: Field): FieldIssue | undefined {
    return this.issues.find((issue) => issue.field === field);
  }

  /** Opens the sheet: for a person, at a time, or empty. */
  async open(person?: Chosen, start?: number): Promise<void> {
    if (router.sheet === "schedule") return;
    this.#reset();
    router.sheet = "schedule";
    try {
      const fresh = await host().newDraft(person?.id ?? null);
      const draft = start === undefined ? fresh : { ...fresh, date: isoDay(start), time: isoTime(start) };
      this.chosen = person ? [person] : [];
      this.draft = draft;
      this.#untouched = JSON.stringify(draft);
      void this.#ask();
    } catch (thrown) {
      router.sheet = null;
      toasts.fail(commandErrorOf(thrown));
    }
  }

  close(): void {
    router.sheet = null;
    this.#reset();
  }

  change(changes: Partial<ScheduleDraft>): void {
    if (!this.draft) return;
    // Which of two equal times is meant holds for one date, time and zone only.
    const moved = "date" in changes || "time" in changes || "zone" in changes;
    this.draft = { ...this.draft, ...(moved ? { fold: null } : {}), ...changes };
    this.#refused = [];
    this.failure = null;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#ask(), REST_MS);
  }

  choose(hit: PersonHit): void {
    if (!this.draft || this.draft.people.includes(hit.id)) return;
    this.chosen = [...this.chosen, { id: hit.id, name: hit.name, company: hit.company, record: hit.record }];
    this.change({ people: [...this.draft.people, hit.id] });
  }

  drop(id: string): void {
    if (!this.draft) return;
    this.chosen = this.chosen.filter((person) => person.id !== id);
    this.change({ people: this.draft.people.filter((person) => person !== id) });
  }

  addEmail(email: string): void {
    const address = email.trim();
    if (!this.draft || address === "" || this.draft.emails.includes(address)) return;
    this.change({ emails: [...this.draft.emails, address] });
  }

  dropEmail(email: string): void {
    if (this.draft) this.change({ emails: this.draft.emails.filter((other) => other !== email) });
  }

  fold(fold: Fold): void {
    this.change({ fold });
  }

  /** Creates the meeting. The draft's id makes sure that a second press can't make a second one. */
  async create(): Promise<void> {
    if (!this.draft || this.creating) return;
    this.tried = true;
    clearTimeout(this.#timer);
    await this.#ask();
    if (!this.draft || this.issues.length > 0 || this.check?.online === false) return;
    this.creating = true;
    this.failure = null;
    try {
      const made = await host().scheduleMeeting($state.snapshot(this.draft));
      this.close();
      this.#tell(made.start, made.outboxItem, made.invitationCopied);
      void today.reveal(made.meeting);
    } catch (thrown) {
      const error = commandErrorOf(thrown);
      if (error.kind === "invalid") this.#refused = error.issues;
      else this.failure = error;
    } finally {
      this.creating = false;
    }
  }

  #tell(start: number, item: string | null, copied: boolean): void {
    const when = `${shortDay(start)} ${clockTime(start)}`;
    const hold = session.app?.settings.holdSeconds ?? 0;
    toasts.say({
      text: t(copied ? "schedule-created-copied" : "schedule-created", { when }),
      detail: item ? (hold > 0 ? t("schedule-event-held", { seconds: hold }) : t("schedule-event-queued")) : undefined,
      action: item && hold > 0 ? { label: t("schedule-undo-event"), run: () => void outbox.undo(item), undo: true } : undefined,
      until: item && hold > 0 ? clock.read() + hold * 1000 : undefined,
      stayMs: Math.max(hold * 1000, 6000),
    });
  }

  async #ask(): Promise<void> {
    if (!this.draft) return;
    const question = ++this.#asked;
    try {
      const check = await host().checkSchedule($state.snapshot(this.draft));
      if (question === this.#asked && this.draft) this.check = check;
    } catch (thrown) {
      if (question === this.#asked) this.failure = commandErrorOf(thrown);
    }
  }

  #reset(): void {
    clearTimeout(this.#timer);
    this.#asked += 1;
    this.draft = null;
    this.chosen = [];
    this.check = null;
    this.failure = null;
    this.creating = false;
    this.tried = false;
    this.#refused = [];
  }
}

export const schedule = new Schedule();

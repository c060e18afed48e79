// What is typed in the fields for the time of a sheet, and what of its draft it changes.

import { commandErrorOf, host, type CommandError, type Field, type FieldIssue, type Problem, type WhenField, type WhenRead } from "../host";
import { catalogue } from "../i18n/messages.svelte";

/** What stands in a field for the time while it is not what is written there by itself. */
interface Typed {
  text: string;
  problem: Problem | null;
  /** The field was left, so a problem may be said. */
  settled: boolean;
}

/** The time of a draft: `YYYY-MM-DD`, `HH:MM`. */
export interface When {
  date: string;
  time: string;
  minutes: number;
}

const fields = ["date", "time", "minutes"] as const;

/** The owner of the draft. */
interface Owner {
  /** Which draft it is: what was read for another one counts for nothing. */
  draft: () => string | undefined;
  understood: (changes: Partial<When>) => void;
  failed: (error: CommandError) => void;
}

export class TypedWhen {
  #typed = $state<Partial<Record<WhenField, Typed>>>({});
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
  #reading = new Map<WhenField, Promise<void>>();

  constructor(private readonly owner: Owner) {}

  /** What is being typed in a field, or nothing when it shows the draft's own value. */
  text(field: WhenField): string | undefined {
    return this.#typed[field]?.text;
  }

  get any(): boolean {
    return Object.keys(this.#typed).length > 0;
  }

  /** Something is being typed that the engine understands: the sheet then says how. */
  get understood(): boolean {
    const entries = Object.values(this.#typed);
    return entries.length > 0 && entries.every((entry) => entry.problem === null);
  }

  /** What the draft can't be blamed for: the field holds a text that says nothing. */
  blames(field: Field): boolean {
    return isWhen(field) && this.#typed[field]?.problem != null;
  }

  /** What is wrong with what is typed; of a field that is still typed in only when `tried`. */
  issues(tried: boolean): FieldIssue[] {
    return fields.flatMap((field) => {
      const entry = this.#typed[field];
      return entry?.problem && (entry.settled || tried) ? [{ field, problem: entry.problem }] : [];
    });
  }

  /** A key in a field: the engine says what the text means. */
  type(field: WhenField, text: string): void {
    const before = this.#typed[field];
    this.#typed[field] = { text, problem: before?.problem ?? null, settled: false };
    const reading = this.#read(field, text).finally(() => {
      if (this.#reading.get(field) === reading) this.#reading.delete(field);
    });
    this.#reading.set(field, reading);
  }

  /** The field was left, or its text confirmed: it shows what was understood, or what is wrong. */
  settle(field: WhenField): void {
    const entry = this.#typed[field];
    if (!entry) return;
    if (entry.problem === null && !this.#reading.has(field)) this.#forget(field);
    else this.#typed[field] = { ...entry, settled: true };
  }

  /** What was changed in another way is not what is typed. */
  changed(changes: object): void {
    for (const field of fields) if (field in changes) this.#forget(field);
  }

  /** Something that was typed is still being read. */
  get reading(): boolean {
    return this.#reading.size > 0;
  }

  /** All that was typed has been read, also what was typed meanwhile. */
  async read(): Promise<void> {
    while (this.reading) await Promise.all(this.#reading.values());
  }

  clear(): void {
    this.#typed = {};
    this.#reading.clear();
  }

  async #read(field: WhenField, text: string): Promise<void> {
    const draft = this.owner.draft();
    const overtaken = () => this.owner.draft() !== draft || this.#typed[field]?.text !== text;
    try {
      const read = await host().readWhen({ field, text, region: catalogue.region });
      const entry = this.#typed[field];
      if (!entry || overtaken()) return;
      const problem = read.kind === "problem" ? read.problem : null;
      if (problem === null && entry.settled) this.#forget(field);
      else this.#typed[field] = { ...entry, problem };
      this.owner.understood(meant(field, text, read));
    } catch (thrown) {
      if (!overtaken()) this.owner.failed(commandErrorOf(thrown));
    }
  }

  #forget(field: WhenField): void {
    this.#typed = Object.fromEntries(Object.entries(this.#typed).filter(([other]) => other !== field));
  }
}

function isWhen(field: Field): field is WhenField {
  return fields.some((other) => other === field);
}

/** What of the draft a typed text changes. One that says nothing stays as it is, so that the engine refuses it too. */
function meant(field: WhenField, text: string, read: WhenRead): Partial<When> {
  switch (read.kind) {
    case "date":
      return { date: read.date };
    case "time":
      return { time: read.time };
    case "minutes":
      return { minutes: read.minutes };
    case "problem":
      return field === "minutes" ? { minutes: 0 } : { [field]: text };
  }
}

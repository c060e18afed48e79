// What the user writes about a call, kept as it is typed. One save is under way at a time; the newest text follows it.

import { commandErrorOf, host, type CallNote, type CommandError } from "../host";

/** Those that were typed since the window opened, by their call: what is read of one may be older, however long it has
    been kept by then. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const typedHere = new Map<string, KeptNote>();

/** The note of a call. */
export function noteOf(call: string, read: CallNote): KeptNote {
  return typedHere.get(call) ?? new KeptNote(call, read);
}

/** The window forgets what another profile's notes were. */
export function forgetNotes(): void {
  typedHere.clear();
}

/** As it is kept: lines end alike, and nothing empty at the end. */
const textOf = ({ note, disposition }: CallNote) => JSON.stringify([note.replaceAll("\r\n", "\n").trimEnd(), disposition?.trim() || null]);

export class KeptNote {
  note = $state("");
  disposition = $state("");
  /** Why the last text is not kept; it stays in the field. */
  error = $state.raw<CommandError | null>(null);
  saved = $state(true);
  #saving: Promise<void> | null = null;
  /** What it has been: whatever is read late is one of these. */
  // eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
  readonly #been = new Set<string>();

  constructor(
    private readonly call: string,
    kept: CallNote,
  ) {
    this.read(kept);
  }

  /** What was read anew counts until something is typed. Then it counts only where this has never been so: two calls
      that turn out to be one have both their notes, and the next key must not write over the other one. */
  read(read: CallNote): void {
    const text = textOf(read);
    if (typedHere.get(this.call) === this && (!this.saved || this.#been.has(text))) return;
    this.#been.add(text);
    this.note = read.note;
    this.disposition = read.disposition ?? "";
  }

  /** Called at each change; answers when the newest text is kept, or refused. */
  async typed(): Promise<void> {
    this.saved = false;
    typedHere.set(this.call, this);
    this.#saving ??= this.#save();
    await this.#saving;
  }

  async #save(): Promise<void> {
    for (;;) {
      const newest = this.#value();
      this.#been.add(textOf(newest));
      try {
        await host().keepCallNote(this.call, newest);
        this.error = null;
      } catch (thrown) {
        this.error = commandErrorOf(thrown);
      }
      const now = this.#value();
      if (now.note === newest.note && now.disposition === newest.disposition) break;
    }
    this.saved = this.error === null;
    this.#saving = null;
  }

  #value(): CallNote {
    return { note: this.note, disposition: this.disposition.trim() || null };
  }
}

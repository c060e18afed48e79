// What the user writes about a call, kept as it is typed. One save is under way at a time; the newest text follows it.

import { commandErrorOf, host, type CallNote, type CommandError } from "../host";

/** Those that were typed since the window opened, by their call. Nobody else writes notes: what is read of one is as old
    or older, however long it has been kept by then. */
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

export class KeptNote {
  note = $state("");
  disposition = $state("");
  /** Why the last text is not kept; it stays in the field. */
  error = $state.raw<CommandError | null>(null);
  saved = $state(true);
  #saving: Promise<void> | null = null;

  constructor(
    private readonly call: string,
    kept: CallNote,
  ) {
    this.read(kept);
  }

  /** What was read anew counts until something is typed. */
  read({ note, disposition }: CallNote): void {
    if (typedHere.get(this.call) === this) return;
    this.note = note;
    this.disposition = disposition ?? "";
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

// What the user writes about a call, kept as it is typed. One save is under way at a time; the newest text follows it.

import { commandErrorOf, host, type CallNote, type CommandError } from "../host";

/** Those whose newest text is not kept yet, by their call. */
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- nothing on screen reads it
const unkept = new Map<string, KeptNote>();

/** The note of a call. What was read of it may be older than what is still being kept, or could not be. */
export function noteOf(call: string, read: CallNote): KeptNote {
  return unkept.get(call) ?? new KeptNote(call, read);
}

/** The window forgets what another profile's notes were. */
export function forgetNotes(): void {
  unkept.clear();
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
    this.note = kept.note;
    this.disposition = kept.disposition ?? "";
  }

  /** Called at each change; answers when the newest text is kept, or refused. */
  async typed(): Promise<void> {
    this.saved = false;
    unkept.set(this.call, this);
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
    if (this.saved && unkept.get(this.call) === this) unkept.delete(this.call);
    this.#saving = null;
  }

  #value(): CallNote {
    return { note: this.note, disposition: this.disposition.trim() || null };
  }
}

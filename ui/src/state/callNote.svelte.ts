// What the user writes about a call, kept as it is typed. One save is under way at a time; the newest text follows it.

import { commandErrorOf, host, type CallNote, type CommandError } from "../host";

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

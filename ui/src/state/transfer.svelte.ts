// What only this computer knows, out into a file and in from one.

import { commandErrorOf, host, type CommandError, type Transfer as Known } from "../host";
import { isoDay, number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { clock } from "./clock.svelte";
import { refreshAll } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

class Transfer {
  /** What is asked for now. */
  asking = $state<"out" | "in" | null>(null);
  passphrase = $state("");
  /** The passphrase once more: nobody can read what was mistyped. */
  again = $state("");
  busy = $state(false);
  error = $state.raw<CommandError | null>(null);
  file = $state<string | null>(null);
  /** What is in the file, before anything is taken in. */
  preview = $state.raw<Known | null>(null);
  /** It was taken in. */
  taken = $state(false);
  #bytes: number[] = [];
  /** Grows with each file, and when the sheet closes: what was read of another one says nothing of this one. */
  #begun = 0;

  ask(what: "out" | "in"): void {
    this.close();
    this.asking = what;
  }

  /** Nothing of the passphrase or the file stays. */
  close(): void {
    this.#begun += 1;
    this.asking = this.error = this.preview = this.file = null;
    this.passphrase = this.again = "";
    this.#bytes = [];
    this.taken = false;
  }

  get mistyped(): boolean {
    return this.again !== "" && this.again !== this.passphrase;
  }

  async write(): Promise<void> {
    await this.#work(async () => {
      const begun = this.#begun;
      const entries = await host().exportKnown(t("transfer-file", { day: isoDay(clock.read()) }), this.passphrase);
      if (entries === null) return;
      if (begun === this.#begun) this.close();
      toasts.say({ text: t("transfer-written", { count: entries, shown: number(entries) }) });
    });
  }

  async choose(file: File): Promise<void> {
    const begun = ++this.#begun;
    this.preview = this.error = this.file = null;
    this.#bytes = [];
    const bytes = [...new Uint8Array(await file.arrayBuffer())];
    if (begun !== this.#begun) return;
    this.#bytes = bytes;
    this.file = file.name;
  }

  async look(): Promise<void> {
    await this.#work(async () => {
      const begun = this.#begun;
      const preview = await host().readTransfer(this.#bytes, this.passphrase);
      if (begun === this.#begun) this.preview = preview;
    });
  }

  async take(): Promise<void> {
    await this.#work(async () => {
      this.preview = await host().takeTransfer(this.#bytes, this.passphrase);
      this.taken = true;
      this.passphrase = "";
      this.#bytes = [];
      refreshAll();
    });
  }

  async #work(work: () => Promise<void>): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.error = null;
    const begun = this.#begun;
    try {
      await work();
    } catch (thrown) {
      if (begun === this.#begun) this.error = commandErrorOf(thrown);
    }
    this.busy = false;
  }
}

export const transfer = new Transfer();

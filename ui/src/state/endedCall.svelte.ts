// The call that has just ended: a notice with who it was, and one key to write down what was said.

import type { CallFilter, CallOutcome, CallRow } from "../host";
import { talkTime } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { clock } from "./clock.svelte";
import { Reading } from "./resource.svelte";
import { router } from "./router.svelte";
import { showCall } from "./showCall";
import { toasts } from "./toasts.svelte";

const EVERYTHING: CallFilter = { chip: "all", from: null, to: null, query: "" };
/** No letter alone: a list with the focus has those to move in, and the notice comes whatever has it. */
export const WRITE_ENDED = ["Mod+Shift+N"] as const;
/** More calls do not end between two looks. */
const LATEST = 5;
/** A call that ended longer ago has not just ended. */
const JUST_MS = 15 * 60_000;
/** Long enough to finish a sentence to somebody in the room. */
const STAY_MS = 60_000;
/** After these there is something to write down. */
const TOLD: readonly CallOutcome[] = ["answered", "forwarded", "voicemail"];

class EndedCall {
  /** The last one that nobody has dealt with yet. */
  row = $state.raw<CallRow | null>(null);
  /** Its note is about to be written: the field takes the focus when it is there. */
  noting = $state<string | null>(null);
  /** When the newest call began that was here at the last look. */
  #newest: number | null = null;
  #notice = 0;
  readonly latest = new Reading("listCalls", () => [EVERYTHING, 0, LATEST], (list) => this.#arrived(list.rows));

  get waits(): boolean {
    return this.row !== null && clock.now - endOf(this.row) < JUST_MS;
  }

  /** Shows the call, with the cursor in its note. */
  write(): void {
    const { row } = this;
    if (!row) return;
    toasts.dismiss(this.#notice);
    this.row = null;
    this.noting = row.id;
    showCall(row.id);
    router.inspect(true);
  }

  /** The window forgets what another profile's calls were. */
  forget(): void {
    this.row = this.noting = this.#newest = null;
  }

  #arrived(rows: readonly CallRow[]): void {
    const known = this.#newest;
    this.#newest = Math.max(known ?? 0, ...rows.map((row) => row.start));
    // What is here at the first look ended before anybody watched.
    if (known === null) return;
    const ended = rows.find((row) => row.start > known && isTold(row) && clock.now - endOf(row) < JUST_MS);
    if (!ended) return;
    toasts.dismiss(this.#notice);
    this.row = ended;
    this.#notice = toasts.say({
      text: t("call-ended", { who: ended.who || ended.number || t("call-no-number"), time: talkTime(ended.seconds) }),
      show: { label: t("call-ended-note"), keys: WRITE_ENDED[0], run: () => this.write() },
      stayMs: STAY_MS,
    });
  }
}

const endOf = (row: CallRow) => row.start + row.seconds * 1_000;
const isTold = (row: CallRow) => !row.internal && TOLD.includes(row.outcome);

export const endedCall = new EndedCall();

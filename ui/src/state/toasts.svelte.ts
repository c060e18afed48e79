// Short notices at the corner, the words for screen readers, and the last thing that can be undone.

import type { CommandError } from "../host";
import { presentError, type ErrorWords } from "../features/errors/presentation";

/** Errors stay until they are closed; the rest leaves by itself, but never under the pointer or the focus. */
const SHORT_MS = 6000;
const MOST = 3;

export interface ToastAction {
  label: string;
  run: () => void;
  /** Mod+Z does the same as long as the toast is there or nothing newer can be undone. */
  undo?: boolean;
  /** The shortcut that does the same as long as the notice is there. */
  keys?: string;
}

export interface Toast {
  id: number;
  text: string;
  detail?: string;
  code?: string;
  tone: "plain" | "bad";
  action?: ToastAction;
  /** A way to what the notice is about; it stays possible when the action is not. */
  show?: ToastAction;
  /** Engine time until which the action is possible, for the countdown. */
  until?: number;
}

export type NewToast = Omit<Toast, "id" | "tone"> & { tone?: Toast["tone"]; stayMs?: number };

class Toasts {
  shown = $state<Toast[]>([]);
  /** What the polite and the assertive live region say. */
  polite = $state("");
  assertive = $state("");
  #next = 1;
  #timers = new Map<number, { stayMs: number; timer?: ReturnType<typeof setTimeout> }>();
  #undo: { run: () => void; until: number | undefined } | null = null;

  say({ stayMs, ...toast }: NewToast): number {
    const id = this.#next++;
    const full: Toast = { tone: "plain", ...toast, id };
    this.announce(spoken(full), full.tone === "bad");
    if (full.action?.undo) this.#undo = { run: full.action.run, until: full.until };
    for (const old of this.shown.slice(0, Math.max(0, this.shown.length + 1 - MOST))) this.dismiss(old.id);
    this.shown.push(full);
    if (full.tone !== "bad") {
      this.#timers.set(id, { stayMs: stayMs ?? SHORT_MS });
      this.resume(id);
    }
    return id;
  }

  /** Says something to screen readers. The same words twice are told apart by a space, or the second would be silent. */
  announce(words: string, urgent = false): void {
    const region = urgent ? "assertive" : "polite";
    this[region] = this[region] === words ? `${words}\u00A0` : words;
  }

  fail(error: CommandError): void {
    // A sign-in that the user cancelled is no news.
    if (error.kind === "signInFailed" && error.reason === "cancelled") return;
    const words: ErrorWords = presentError(error);
    this.say({ text: words.what, detail: `${words.meaning} ${words.todo}`.trim(), code: words.code, tone: "bad" });
  }

  dismiss(id: number): void {
    clearTimeout(this.#timers.get(id)?.timer);
    this.#timers.delete(id);
    this.shown = this.shown.filter((toast) => toast.id !== id);
  }

  /** Under the pointer or with the focus in it a toast stays. */
  hold(id: number): void {
    clearTimeout(this.#timers.get(id)?.timer);
  }

  resume(id: number): void {
    const waiting = this.#timers.get(id);
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting.timer = setTimeout(() => this.dismiss(id), waiting.stayMs);
  }

  /** Takes back the last reversible thing. False when there is none, or it is too late. */
  undoLast(now: number): boolean {
    const last = this.#undo;
    this.#undo = null;
    if (!last || (last.until !== undefined && last.until < now)) return false;
    for (const toast of this.shown) if (toast.action?.undo) this.dismiss(toast.id);
    last.run();
    return true;
  }

  clear(): void {
    for (const toast of this.shown) this.dismiss(toast.id);
    this.#undo = null;
  }
}

function spoken(toast: Toast): string {
  return [toast.text, toast.detail, toast.action?.label, toast.show?.label].filter(Boolean).join(" ");
}

export const toasts = new Toasts();

// What is typed between the key that opens a sheet and the moment its field has the focus. On a busy computer that takes
// long enough for a word, and keys pressed meanwhile would be lost, or taken for shortcuts.

import { inField } from "../commands/keys";

export class EarlyKeys {
  #text = "";
  /** Where the focus was when the wait began. */
  #from: Element | null = null;
  #stop: (() => void) | null = null;

  /** From now on keys that write are kept. */
  hold(): void {
    this.drop();
    this.#from = document.activeElement;
    const pressed = (event: KeyboardEvent) => this.#take(event);
    window.addEventListener("keydown", pressed, { capture: true });
    this.#stop = () => window.removeEventListener("keydown", pressed, { capture: true });
  }

  /** The field is there: it gets the focus and, with that, what was typed. */
  release(field: HTMLElement, write: (text: string) => void): () => void {
    const hand = () => {
      const text = this.#text;
      this.drop();
      if (text !== "") write(text);
    };
    field.focus();
    if (document.activeElement === field) hand();
    field.addEventListener("focus", hand);
    return () => field.removeEventListener("focus", hand);
  }

  drop(): void {
    this.#stop?.();
    this.#stop = null;
    this.#text = "";
  }

  #take(event: KeyboardEvent): void {
    const graph = event.getModifierState("AltGraph");
    if (event.isComposing || event.metaKey || ((event.ctrlKey || event.altKey) && !graph)) return;
    // Whoever has gone to another field means that one.
    if (event.target !== this.#from && inField(event.target)) return;
    const writes = [...event.key].length === 1;
    if (!writes && event.key !== "Backspace") return;
    event.preventDefault();
    event.stopImmediatePropagation();
    // The key that opened the sheet, still held down.
    if (event.repeat && this.#text === "") return;
    this.#text = writes ? this.#text + event.key : [...this.#text].slice(0, -1).join("");
  }
}

// How a shortcut is written, shown and recognised. `Mod` is Command on a Mac and Control elsewhere.

export interface Pressed {
  key: string;
  code?: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  shiftKey: boolean;
}

interface Chord {
  mod: boolean;
  alt: boolean;
  shift: boolean;
  key: string;
}

/** `Mod++` is Mod and the plus sign. */
function partsOf(keys: string): string[] {
  return keys.endsWith("++") ? [...keys.slice(0, -2).split("+"), "+"] : keys.split("+");
}

function parse(keys: string): Chord {
  const parts = partsOf(keys);
  return {
    mod: parts.includes("Mod"),
    alt: parts.includes("Alt"),
    shift: parts.includes("Shift"),
    key: parts[parts.length - 1] ?? "",
  };
}

/** The key with this figure on it wherever a keyboard has it, with Shift or without: `Figure1`, or `Figure1-9` for any of them. */
const FIGURES = "Figure";

/** The figure on the key that was pressed: French keyboards type it only with Shift. */
export function figureOf(event: Pick<Pressed, "code">): number | null {
  const figure = /^(?:Digit|Numpad)(\d)$/u.exec(event.code ?? "")?.[1];
  return figure === undefined ? null : Number(figure);
}

function isFigure(keys: string, event: Pressed): boolean {
  const figure = figureOf(event);
  if (figure === null || event.ctrlKey || event.metaKey || event.altKey) return false;
  const [first, last] = keys.slice(FIGURES.length).split("-").map(Number);
  return figure >= (first ?? 0) && figure <= (last ?? first ?? 0);
}

/** A shortcut that would type a character: it works outside fields only, and can be switched off. */
export function isLetter(keys: string): boolean {
  if (keys.startsWith(FIGURES)) return true;
  const chord = parse(keys);
  return !chord.mod && !chord.alt && [...chord.key].length === 1;
}

export function matches(keys: string, event: Pressed, mac: boolean): boolean {
  if (keys.startsWith(FIGURES)) return isFigure(keys, event);
  const chord = parse(keys);
  const mod = mac ? event.metaKey : event.ctrlKey;
  const other = mac ? event.ctrlKey : event.metaKey;
  if (chord.mod !== mod || other || chord.alt !== event.altKey) return false;
  const single = [...chord.key].length === 1;
  const letter = /^[a-z]$/iu.test(chord.key);
  // Signs such as ? and figures already contain their Shift, and need it on some keyboards only.
  if ((!single || letter) && chord.shift !== event.shiftKey) return false;
  return event.key.toLowerCase() === chord.key.toLowerCase();
}

const macSigns: Record<string, string> = {
  Mod: "⌘",
  Alt: "⌥",
  Shift: "⇧",
  Enter: "↵",
  Escape: "esc",
  Delete: "⌦",
  Backspace: "⌫",
};
const otherSigns: Record<string, string> = { Mod: "Ctrl", Escape: "Esc", Delete: "Del", Backspace: "⌫", Enter: "Enter" };
const arrows: Record<string, string> = { ArrowUp: "↑", ArrowDown: "↓", ArrowLeft: "←", ArrowRight: "→" };

/** The caps to draw, one a key. */
export function caps(keys: string, mac: boolean): string[] {
  if (keys.startsWith(FIGURES)) return [keys.slice(FIGURES.length).replace("-", "–")];
  return partsOf(keys).map((part) => arrows[part] ?? (mac ? macSigns : otherSigns)[part] ?? (part.length === 1 ? part.toUpperCase() : part));
}

/** For `aria-keyshortcuts`. */
export function ariaKeys(keys: string, mac: boolean): string {
  if (keys.startsWith(FIGURES)) return keys.slice(FIGURES.length);
  return partsOf(keys)
    .map((part) => (part === "Mod" ? (mac ? "Meta" : "Control") : part === "+" ? "Plus" : part))
    .join("+");
}

/** Typing belongs to the field. */
export function inField(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}

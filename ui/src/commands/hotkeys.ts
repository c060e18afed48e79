// Keys of the system: how they are told to the shell, and shown. They go by the place of a key, so that they are the same in
// every layout.

import { caps, figureOf, matches } from "./keys";
import { commands, titleOf } from "./registry";

const modifiers = new Set(["Control", "Shift", "Alt", "Meta", "AltGraph", "CapsLock", "OS", "Dead", "Process"]);
const signs: Record<string, string> = {
  Minus: "-",
  Equal: "=",
  Comma: ",",
  Period: ".",
  Slash: "/",
  Semicolon: ";",
  Quote: "'",
  BracketLeft: "[",
  BracketRight: "]",
  Backslash: "\\",
  Backquote: "`",
};

/** `Ctrl+Alt+KeyJ` for a key press; none while only modifiers are held. */
export function hotkeyOf(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "shiftKey" | "metaKey">): string | null {
  if (modifiers.has(event.key) || event.code === "") return null;
  const held = [event.ctrlKey && "Ctrl", event.metaKey && "Super", event.altKey && "Alt", event.shiftKey && "Shift"].filter((one) => one !== false);
  return [...held, event.code].join("+");
}

/** What a key would type on this keyboard, where Control and Alt together are AltGr. */
export function typesCharacter(event: Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "altKey" | "metaKey">): string | null {
  if (event.metaKey || !event.ctrlKey || !event.altKey || [...event.key].length !== 1) return null;
  const plain = event.code.replace(/^Key|^Digit|^Numpad/u, "");
  return event.key.toLowerCase() === plain.toLowerCase() || event.key === " " || figureOf(event) === Number(event.key) || signs[event.code] === event.key ? null : event.key;
}

/** As `Kbd` draws it: the command key of a Mac and Control elsewhere are `Mod`. */
export function shownHotkey(keys: string, mac: boolean): string {
  const name = (part: string) => {
    if (part === (mac ? "Super" : "Ctrl")) return "Mod";
    return signs[part] ?? part.replace(/^(?:Key|Digit|Numpad)(?=.)/u, "");
  };
  return keys.split("+").map(name).join("+");
}

/** In one word, `Ctrl+Alt+J`. */
export function writtenHotkey(keys: string, mac: boolean): string {
  return caps(shownHotkey(keys, mac), mac).join(mac ? "" : "+");
}

/** The command of our own that has the same key in the window, and can't be reached by it any more. */
export function ownerOf(keys: string, mac: boolean): string | null {
  const parts = keys.split("+");
  const code = parts[parts.length - 1] ?? "";
  const key = signs[code] ?? code.replace(/^(?:Key|Digit|Numpad)(?=.)/u, "");
  const pressed = { key: key === "Space" ? " " : key, code, ctrlKey: parts.includes("Ctrl"), metaKey: parts.includes("Super"), altKey: parts.includes("Alt"), shiftKey: parts.includes("Shift") };
  const found = commands().find((command) => command.keys?.some((own) => matches(own, pressed, mac)));
  return found ? titleOf(found) : null;
}

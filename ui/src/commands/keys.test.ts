import { describe, expect, it } from "vitest";
import { rooms } from "../features/rooms";
import { sources } from "../test/sources";
import { ariaKeys, caps, figureOf, inField, isLetter, matches, type Pressed } from "./keys";
import { commands } from "./registry";

const press = (key: string, held: Partial<Pressed> = {}): Pressed => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
});

describe("a shortcut", () => {
  it("takes Mod as Control here and as Command on a Mac", () => {
    expect(matches("Mod+K", press("k", { ctrlKey: true }), false)).toBe(true);
    expect(matches("Mod+K", press("k", { metaKey: true }), false)).toBe(false);
    expect(matches("Mod+K", press("k", { metaKey: true }), true)).toBe(true);
    expect(matches("Mod+K", press("k", { ctrlKey: true }), true)).toBe(false);
  });

  it("wants exactly its own modifiers", () => {
    expect(matches("C", press("c"), false)).toBe(true);
    expect(matches("C", press("C", { shiftKey: true }), false)).toBe(false);
    expect(matches("C", press("c", { ctrlKey: true }), false)).toBe(false);
    expect(matches("C", press("c", { altKey: true }), false)).toBe(false);
    expect(matches("Mod+Shift+C", press("C", { ctrlKey: true, shiftKey: true }), false)).toBe(true);
    expect(matches("Mod+Shift+C", press("c", { ctrlKey: true }), false)).toBe(false);
    expect(matches("Alt+ArrowLeft", press("ArrowLeft"), false)).toBe(false);
  });

  it("takes a sign however the keyboard makes it", () => {
    expect(matches("?", press("?", { shiftKey: true }), false)).toBe(true);
    expect(matches("?", press("?"), false)).toBe(true);
    for (const shiftKey of [true, false]) {
      expect(matches("Mod++", press("+", { ctrlKey: true, shiftKey }), false)).toBe(true);
      expect(matches("Mod+0", press("0", { ctrlKey: true, shiftKey }), false)).toBe(true);
    }
    expect(matches("Mod++", press("+"), false)).toBe(false);
    expect(matches("Mod+-", press("+", { ctrlKey: true }), false)).toBe(false);
  });

  it("takes a figure by its key, which types another sign on a French keyboard", () => {
    for (const pressed of [press("&", { code: "Digit1" }), press("1", { code: "Digit1", shiftKey: true }), press("1", { code: "Numpad1" })]) {
      expect(matches("Figure1-9", pressed, false)).toBe(true);
      expect(matches("Figure2-9", pressed, false)).toBe(false);
      expect(figureOf(pressed)).toBe(1);
    }
    expect(matches("Figure1-9", press("0", { code: "Digit0" }), false)).toBe(false);
    expect(matches("Figure1-9", press("1", { code: "Digit1", ctrlKey: true }), false)).toBe(false);
    expect(matches("Figure1-9", press("a", { code: "KeyA" }), false)).toBe(false);
    expect(isLetter("Figure1-9")).toBe(true);
    expect(caps("Figure1-9", false)).toEqual(["1–9"]);
    expect([caps("Figure3", false), ariaKeys("Figure3", false)]).toEqual([["3"], "3"]);
  });

  it("is drawn in the system's own signs", () => {
    expect(caps("Mod+Shift+C", false)).toEqual(["Ctrl", "Shift", "C"]);
    expect(caps("Mod+Shift+C", true)).toEqual(["⌘", "⇧", "C"]);
    expect(caps("Escape", false)).toEqual(["Esc"]);
    expect(caps("Mod++", false)).toEqual(["Ctrl", "+"]);
    expect(ariaKeys("Mod++", false)).toBe("Control+Plus");
  });

  it("is a letter only without a modifier", () => {
    expect(isLetter("C")).toBe(true);
    expect(isLetter("?")).toBe(true);
    expect(isLetter("Mod+K")).toBe(false);
    expect(isLetter("F6")).toBe(false);
  });
});

describe("typing", () => {
  it("belongs to the field", () => {
    for (const [tag, type, field] of [
      ["input", "text", true],
      ["textarea", "", true],
      ["input", "checkbox", false],
      ["input", "radio", false],
      ["button", "", false],
    ] as const) {
      const element = document.createElement(tag);
      if (type) element.setAttribute("type", type);
      expect(inField(element), `${tag} ${type}`).toBe(field);
    }
    expect(inField(null)).toBe(false);
  });
});

describe("the registry", () => {
  it("gives each command its own id and each key one meaning at a time", () => {
    expect(new Set(commands().map((command) => command.id)).size).toBe(commands().length);
    const shared = commands().filter((command) => ["anywhere", "lists"].includes(command.group));
    for (const { id } of rooms) {
      const keys = [...shared, ...commands().filter((command) => command.group === id)].flatMap((command) => [...(command.keys ?? [])]);
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });

  it("is asked only for commands that it has", () => {
    const ids = new Set(commands().map((command) => command.id));
    for (const { path, text } of sources("src", ".svelte"))
      for (const match of text.matchAll(/commandById\("([^"]+)"\)/gu)) expect(ids, path).toContain(match[1]);
  });
});

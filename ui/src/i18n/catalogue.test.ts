import { FluentBundle, FluentResource } from "@fluent/bundle";
import { describe, expect, it } from "vitest";
import { sources } from "../test/sources";
import { isolated, joined } from "./isolation";
import { listed } from "./format";
import { speak, t } from "./messages.svelte";

const languages = ["en", "nl"] as const;
const catalogue = Object.fromEntries(languages.map((language) => [language, messages(language)])) as Record<
  (typeof languages)[number],
  Map<string, string>
>;

/** Message ids with their raw text, from every file of a language. */
function messages(language: string): Map<string, string> {
  const found = new Map<string, string>();
  for (const { path, text } of sources(`locales/${language}`, ".ftl")) {
    for (const part of text.split(/^(?=[a-z][a-z0-9-]* =)/mu)) {
      const match = /^([a-z][a-z0-9-]*) =([\s\S]*)$/u.exec(part);
      if (!match?.[1]) continue;
      expect(found.has(match[1]), `${match[1]} is there twice (${path})`).toBe(false);
      found.set(match[1], (match[2] ?? "").replace(/^#.*$/gmu, ""));
    }
  }
  return found;
}

const placeholders = (text: string) => [...new Set([...text.matchAll(/\$([a-z]+)/gu)].map((match) => match[1]))].sort();

describe("the catalogue", () => {
  it("has the same messages in both languages", () => {
    expect([...catalogue.nl.keys()].sort()).toEqual([...catalogue.en.keys()].sort());
  });

  it("has the same placeholders in both languages", () => {
    for (const [key, text] of catalogue.en) expect(placeholders(catalogue.nl.get(key) ?? ""), key).toEqual(placeholders(text));
  });

  it("parses without a fault", () => {
    for (const language of languages) {
      const bundle = new FluentBundle(language);
      for (const { path, text } of sources(`locales/${language}`, ".ftl")) {
        const resource = new FluentResource(text);
        expect(resource.body.length, path).toBe([...text.matchAll(/^[a-z][a-z0-9-]* =/gmu)].length);
        expect(bundle.addResource(resource), path).toEqual([]);
      }
    }
  });

  it("is what the type of the keys says", () => {
    const typed = sources("src/i18n", "keys.ts")[0]?.text ?? "";
    expect([...typed.matchAll(/"([^"]+)"/gu)].map((match) => match[1]).sort()).toEqual([...catalogue.en.keys()].sort());
  });

  it("has no message that nothing uses", () => {
    const code = [...sources("src", ".svelte", ".ts"), ...sources("../src-tauri/src", ".rs")]
      .filter(({ path }) => !path.endsWith("keys.ts") && !path.endsWith(".test.ts") && !/src\/(gallery|bench)\//u.test(path))
      .map(({ text }) => text)
      .join("\n");
    const unused = [...catalogue.en.keys()].filter((key) => !code.includes(`"${key}"`));
    expect(unused).toEqual([]);
  });

  it("is really translated", () => {
    // Words that both languages write alike.
    const alike = new Set([...catalogue.en].filter(([key, text]) => catalogue.nl.get(key)?.trim() === text.trim()).map(([key]) => key));
    expect(alike.size).toBeLessThan(catalogue.en.size * 0.12);
  });

  it("knows one and several in both languages", () => {
    speak("en");
    expect(t("people-count", { count: 1 })).toBe("1 person");
    expect(t("people-count", { count: 3 })).toBe("3 people");
    speak("nl");
    expect(t("people-count", { count: 1 })).toBe("1 persoon");
    expect(t("people-count", { count: 3 })).toBe("3 personen");
    speak("en");
  });

  it("refuses a message without its argument instead of showing a hole", () => {
    expect(() => t("booked")).toThrow();
  });
});

describe("foreign text inside a message", () => {
  it("is isolated when it carries direction", () => {
    expect(isolated("\u202Eevil")).toBe("\u2068\u202Eevil\u2069");
    expect(isolated("שלום")).toBe("\u2068שלום\u2069");
    expect(isolated("Anna")).toBe("Anna");
    expect(isolated(3)).toBe(3);
  });

  it("can't end the isolation around it", () => {
    expect(isolated("\u2069\u202Eevil")).toBe("\u2068\u202Eevil\u2069");
    expect(isolated("\u2067open")).toBe("\u2068\u2067open\u2069\u2069");
  });

  it("turns no time beside it, in a sentence or on a line", () => {
    speak("en");
    expect(t("today-next", { when: "Tue 24 Nov 10:00", topic: "عرض" })).toBe("Next: \u2068Tue 24 Nov 10:00\u2069, \u2068عرض\u2069.");
    expect(joined(["عرض", "09:30–10:00", null, "Now"])).toBe("\u2068عرض\u2069 · \u206809:30–10:00\u2069 · \u2068Now\u2069");
    expect(joined(["Demo", false, "09:30–10:00"])).toBe("Demo · 09:30–10:00");
    expect(listed(["عرض (09:30)", "Demo"])).toBe("\u2068عرض (09:30)\u2069 and Demo");
  });

  it("is not taken for a placeholder", () => {
    speak("en");
    expect(t("outbox-discarded", { title: "{ $title } <b>" })).toBe("Discarded: { $title } <b>.");
  });
});

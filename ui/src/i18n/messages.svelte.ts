// The texts of the window. Every visible word comes from the Fluent files in locales/.

import { FluentBundle, FluentResource } from "@fluent/bundle";
import type { Language } from "../host";
import { isolatedTogether } from "./isolation";
import type { MessageKey } from "./keys";

export type { MessageKey } from "./keys";
export type SpokenLanguage = "en" | "nl";
export type MessageArguments = Record<string, string | number>;

const sources = import.meta.glob<string>("../../locales/*/*.ftl", { query: "?raw", import: "default", eager: true });

function bundleFor(language: SpokenLanguage, region: string): FluentBundle {
  // Isolation marks are added below, and only where a text needs them: they would end up in copied text.
  const bundle = new FluentBundle(region, { useIsolating: false });
  for (const [path, text] of Object.entries(sources)) {
    if (path.includes(`/locales/${language}/`)) bundle.addResource(new FluentResource(text));
  }
  return bundle;
}

/** What the system prefers, or English. */
function systemLanguage(): SpokenLanguage {
  for (const tag of navigator.languages ?? [navigator.language]) {
    const language = tag.slice(0, 2).toLowerCase();
    if (language === "en" || language === "nl") return language;
  }
  return "en";
}

/** The region decides how dates and times are written: the system's own when it speaks the language. */
function regionFor(language: SpokenLanguage): string {
  const own = (navigator.languages ?? []).find((tag) => tag.toLowerCase().startsWith(`${language}-`));
  return own ?? (language === "nl" ? "nl-NL" : "en-GB");
}

const bundles: Record<SpokenLanguage, FluentBundle> = { en: bundleFor("en", "en-GB"), nl: bundleFor("nl", "nl-NL") };

class Catalogue {
  language = $state<SpokenLanguage>(systemLanguage());
  readonly region = $derived(regionFor(this.language));
  readonly bundle = $derived(bundleFor(this.language, this.region));
}

export const catalogue = new Catalogue();

/** A text in every language, without what would be put into it: for searching. */
export function inEveryLanguage(key: MessageKey): string[] {
  return (["en", "nl"] as const).map((language) => {
    const bundle = bundles[language];
    const pattern = bundle.getMessage(key)?.value;
    return pattern ? bundle.formatPattern(pattern, {}, []) : "";
  });
}

/** The text of a message in a language of its own, as plain words: for a text that leaves the window. */
export function inLanguage(language: SpokenLanguage, key: MessageKey, args?: MessageArguments): string {
  const pattern = bundles[language].getMessage(key)?.value;
  if (!pattern) throw new Error(`no message ${key} in ${language}`);
  return bundles[language].formatPattern(pattern, args, []);
}

/** Follows the setting; the document says which language it is in. */
export function speak(language: Language): void {
  catalogue.language = language === "system" ? systemLanguage() : language;
  document.documentElement.lang = catalogue.language;
}

/** The text of a message. Reactive: read inside a template it follows the language. */
export function t(key: MessageKey, args?: MessageArguments): string {
  const pattern = catalogue.bundle.getMessage(key)?.value;
  if (!pattern) throw new Error(`no message ${key} in ${catalogue.language}`);
  const variables = args && isolatedTogether(args);
  const errors: Error[] = [];
  const text = catalogue.bundle.formatPattern(pattern, variables, errors);
  if (errors[0]) throw errors[0];
  return text;
}

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

/** What goes into a message and is of other people: topics of meetings, names of people, of companies, of lists. */
const theirs: ReadonlySet<string> = new Set(["account", "called", "company", "email", "guest", "meetings", "name", "names", "title", "topic", "who"]);
/** Messages whose `name` is one of our own words. */
const ours: ReadonlySet<MessageKey> = new Set<MessageKey>(["copy-named", "settings-call-subject-text"]);
/** As long for everybody: a length may tell who it is. */
const VEIL = "•••";

class Catalogue {
  /** Titles are hidden, for the user's screen is being shared: names that are part of a sentence are left out. */
  veiled = $state(false);
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

/** Hides topics and names, or shows them; the style sheet does so where one stands alone. */
export function veil(hidden: boolean): void {
  catalogue.veiled = hidden;
  document.documentElement.dataset["titles"] = hidden ? "hidden" : "shown";
}

function veiled(key: MessageKey, args: MessageArguments): MessageArguments {
  if (!catalogue.veiled || ours.has(key)) return args;
  return Object.fromEntries(Object.entries(args).map(([name, value]) => [name, theirs.has(name) && typeof value === "string" ? VEIL : value]));
}

/** The text of a message, for the window alone. Reactive: read inside a template it follows the language, and whether
    titles are hidden. */
export function t(key: MessageKey, args?: MessageArguments): string {
  return whole(key, args && veiled(key, args));
}

/** The same with every name in it, also while titles are hidden: for what is stored, sent or saved. */
export function whole(key: MessageKey, args?: MessageArguments): string {
  const pattern = catalogue.bundle.getMessage(key)?.value;
  if (!pattern) throw new Error(`no message ${key} in ${catalogue.language}`);
  const variables = args && isolatedTogether(args);
  const errors: Error[] = [];
  const text = catalogue.bundle.formatPattern(pattern, variables, errors);
  if (errors[0]) throw errors[0];
  return text;
}

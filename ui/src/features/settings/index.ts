// Every setting by the words about it, in every language: whoever looks for one finds it, whatever it is called here.

import { inEveryLanguage, type MessageKey } from "../../i18n/messages.svelte";
import type { SettingsPart } from "../../state/router.svelte";

export interface Setting {
  part: SettingsPart;
  title: MessageKey;
  /** Further words that it is found by. */
  words?: readonly MessageKey[];
}

export const settings: readonly Setting[] = [
  { part: "appearance", title: "theme", words: ["theme-light", "theme-dark", "theme-contrast", "settings-appearance"] },
  { part: "appearance", title: "accent", words: ["accent-system", "accent-blue", "accent-violet", "accent-magenta", "accent-rust", "accent-green", "accent-teal", "accent-words"] },
  { part: "appearance", title: "density", words: ["density-text", "density-comfortable", "density-compact"] },
  { part: "appearance", title: "text-size" },
  { part: "appearance", title: "language", words: ["language-text", "language-english", "language-dutch"] },
  { part: "accounts", title: "accounts", words: ["connect-zoom", "source-salesforce"] },
  { part: "accounts", title: "profiles", words: ["profiles-text", "profile-new"] },
  { part: "meetings", title: "settings-minutes", words: ["settings-minutes-text"] },
  { part: "meetings", title: "settings-open-in", words: ["settings-open-in-text", "open-in-browser", "open-in-app"] },
  { part: "meetings", title: "settings-hold", words: ["settings-hold-text"] },
  { part: "meetings", title: "settings-log-meetings", words: ["settings-log-meetings-text"] },
  { part: "meetings", title: "settings-recording-passcodes", words: ["settings-recording-passcodes-text"] },
  { part: "reminders", title: "reminders-on", words: ["settings-reminders"] },
  { part: "reminders", title: "reminders-before" },
  { part: "reminders", title: "reminders-start", words: ["reminders-start-text"] },
  { part: "reminders", title: "reminders-after", words: ["reminders-after-text"] },
  { part: "reminders", title: "reminders-click" },
  { part: "reminders", title: "reminders-snooze" },
  { part: "reminders", title: "reminders-hide", words: ["reminders-hide-text"] },
  { part: "reminders", title: "reminders-test", words: ["reminders-test-do"] },
  { part: "background", title: "background-keep", words: ["background-keep-text", "settings-background"] },
  { part: "background", title: "background-login", words: ["background-login-text"] },
  { part: "calls", title: "settings-dial", words: ["settings-dial-text", "settings-calls-sms"] },
  { part: "calls", title: "settings-region" },
  { part: "calls", title: "settings-auto-log", words: ["settings-auto-log-text"] },
  { part: "people", title: "people-limit", words: ["people-limit-text"] },
  { part: "privacy", title: "privacy-retention", words: ["privacy-retention-text", "settings-privacy"] },
  { part: "privacy", title: "transfer-out", words: ["transfer-out-text"] },
  { part: "privacy", title: "transfer-in", words: ["transfer-in-text"] },
  { part: "privacy", title: "privacy-erase", words: ["privacy-erase-text"] },
  { part: "shortcuts", title: "settings-letters", words: ["settings-letters-text"] },
  { part: "shortcuts", title: "settings-all-shortcuts" },
  { part: "shortcuts", title: "hotkeys", words: ["hotkeys-none"] },
  { part: "shortcuts", title: "hotkey-join", words: ["hotkey-join-text", "hotkeys"] },
  { part: "shortcuts", title: "hotkey-open", words: ["hotkey-open-text", "hotkeys"] },
  { part: "about", title: "settings-about", words: ["about-text"] },
  { part: "about", title: "first-steps", words: ["first-steps-text"] },
];

/** Without accents and capitals, as people type. */
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those about which every word is said; by a title first. */
export function foundSettings(typed: string): Setting[] {
  const words = plain(typed).split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [];
  const fits = (keys: readonly MessageKey[]) => {
    const text = plain(keys.flatMap(inEveryLanguage).join(" "));
    return words.every((word) => text.includes(word));
  };
  const byTitle = settings.filter(({ title }) => fits([title]));
  return [...byTitle, ...settings.filter((one) => !byTitle.includes(one) && fits([one.title, ...(one.words ?? [])]))];
}

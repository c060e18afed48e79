// How long somebody stayed, in words.

import { minutesLong } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";

/** 42 min; 35 s. */
export function stayWords(seconds: number): string {
  return seconds < 60 ? t("seconds", { seconds: Math.round(seconds) }) : minutesLong(Math.round(seconds / 60));
}

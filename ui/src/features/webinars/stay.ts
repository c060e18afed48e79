// How long somebody stayed, and how long something takes, in words.

import { minutesLong } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";

/** 42 min; 35 s. */
export function stayWords(seconds: number): string {
  return seconds < 60 ? t("seconds", { seconds: Math.round(seconds) }) : minutesLong(Math.round(seconds / 60));
}

/** About 20 s left; about 4 min left. Rounded, for it is a guess. */
export function lengthLeft(seconds: number): string {
  if (seconds < 60) return t("job-seconds-left", { seconds: Math.max(5, Math.ceil(seconds / 5) * 5) });
  return t("job-time-left", { time: minutesLong(Math.ceil(seconds / 60)) });
}

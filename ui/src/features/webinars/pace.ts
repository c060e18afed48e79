// How far a registration of many is, and how long the rest of it takes, in words.

import type { OutboxGroup } from "../../host";
import { minutesLong, number } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import { clock } from "../../state/clock.svelte";
import { jobs } from "../../state/jobs.svelte";

/** About 20 s left; about 4 min left. Rounded, for it is a guess. */
function lengthLeft(seconds: number): string {
  if (seconds < 60) return t("job-seconds-left", { seconds: Math.max(5, Math.ceil(seconds / 5) * 5) });
  return t("job-time-left", { time: minutesLong(Math.ceil(seconds / 60)) });
}

/** How far a registration is and how long the rest takes, why it waits, or nothing once it is over. */
export function paceOf(group: OutboxGroup): string {
  if (group.left === 0) return "";
  const held = jobs.heldUntil(group);
  if (held !== null) return t("outbox-sends-in", { seconds: Math.max(1, Math.ceil((held - clock.now) / 1000)) });
  if (group.paused) return t("job-paused");
  const done = t("job-of", { done: number(group.total - group.left), total: number(group.total) });
  const seconds = jobs.secondsLeft(group);
  return seconds === null ? done : `${done}, ${lengthLeft(seconds)}`;
}

// The options of a meeting as words, in its sheet and where two sides differ.

import type { JoinBeforeHost, MeetingRecording, MeetingRegistration, WebinarApproval } from "../../host";
import { t, type MessageKey } from "../../i18n/messages.svelte";

export const early: readonly [JoinBeforeHost, MessageKey][] = [
  ["never", "early-never"],
  ["anyTime", "early-any-time"],
  ["fiveMinutes", "early-five"],
  ["tenMinutes", "early-ten"],
  ["fifteenMinutes", "early-fifteen"],
];

export const recorded: readonly MeetingRecording[] = ["none", "local", "cloud"];

/** The words are those of webinars. */
export const registers: readonly (MeetingRegistration & WebinarApproval)[] = ["none", "automatic", "manual"];

/** As it is kept: `no`, or so many minutes. */
const keptEarly: Record<string, MessageKey> = { no: "early-never", "0": "early-any-time", "5": "early-five", "10": "early-ten", "15": "early-fifteen" };

export function earlyWords(kept: string): string {
  const key = keptEarly[kept];
  return key ? t(key) : kept;
}

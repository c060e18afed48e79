// Making the meeting that the Schedule sheet holds, or changing the one it was opened for, and what is said then.

import { host, type MeetingSeries, type ScheduleCheck, type ScheduleDraft, type SeriesScope } from "../host";
import { daysBetween } from "../features/schedule/shift";
import { t } from "../i18n/messages.svelte";
import { sayChangedSince, sayHeld, sayHeldGroup, sayScheduled } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Makes a meeting; when it is made, and before that is said, `done` closes the sheet. */
export async function makeMeeting(draft: ScheduleDraft, check: ScheduleCheck | null, done: () => void): Promise<void> {
  const day = check?.here ? daysBetween(check.today, check.here.startDate) : null;
  const kept = check?.event.kind === "kept";
  const made = await host().scheduleMeeting(draft);
  done();
  if (made.since) sayChangedSince(made, made.since);
  else sayScheduled(made, { kept, day });
  void today.reveal(made.meeting);
}

/** Changes a meeting that is there; of a series, the dates that were chosen. `done` as in `makeMeeting`. */
export async function saveMeeting(draft: ScheduleDraft, meeting: string, series: MeetingSeries | null, dates: SeriesScope, done: () => void): Promise<void> {
  const { topic } = draft;
  const scope = series ? dates : null;
  const count = series === null || scope === null ? 1 : { one: 1, following: series.following, all: series.all }[scope];
  const { outboxItem, group } = await host().changeMeeting(meeting, draft, scope);
  done();
  if (group !== null) sayHeldGroup(t("change-held", { topic: t("dates-held", { count, topic }) }), group, t("change-follows"));
  else if (outboxItem === null) toasts.say({ text: t("change-nothing") });
  else sayHeld(t("change-held", { topic }), outboxItem, t("change-follows"));
}

// One meeting on its day, wherever the user is.

import { daysBetween } from "../features/schedule/shift";
import type { MeetingRow } from "../host";
import { isoDay } from "../i18n/format";
import { clock } from "./clock.svelte";
import { router } from "./router.svelte";
import { today } from "./today.svelte";

export async function showMeeting(row: Pick<MeetingRow, "id" | "start">): Promise<void> {
  router.go("today");
  await today.show(row.id, daysBetween(isoDay(clock.now), isoDay(row.start)));
}

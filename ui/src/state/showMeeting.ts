// One meeting on its day, wherever the user is.

import type { MeetingRow } from "../host";
import { isoDay } from "../i18n/format";
import { clock } from "./clock.svelte";
import { router } from "./router.svelte";
import { today } from "./today.svelte";

export async function showMeeting(row: Pick<MeetingRow, "id" | "start">): Promise<void> {
  const day = (at: number) => Date.parse(`${isoDay(at)}T12:00:00Z`);
  router.go("today");
  await today.show(row.id, Math.round((day(row.start) - day(clock.now)) / 86_400_000));
}

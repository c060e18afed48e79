/** What the keys mean on a meeting, wherever it is shown: Enter starts or joins it, Space shows or hides its details. */
import type { MeetingRow } from "../../host";
import { router } from "../../state/router.svelte";
import { canEnter, today } from "../../state/today.svelte";

export function meetingPressed(event: KeyboardEvent, row: MeetingRow): void {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Enter") {
    event.preventDefault();
    if (event.repeat) return;
    if (canEnter(row)) void today.enter(row);
    else router.inspect(true);
  } else if (event.key === " ") {
    event.preventDefault();
    if (!event.repeat) router.inspect(!router.inspecting);
  }
}

// One call in the room of the calls, wherever the user is: in the list of all of them, with its details beside it.

import { calls, type Days } from "./calls.svelte";
import { router } from "./router.svelte";
import { triage } from "./triage.svelte";

export function showCall(id: string, range: { days?: Days } = {}): void {
  // It stands before the list, and has a call of its own.
  triage.close();
  calls.narrow({ view: "all", query: "", ...range });
  calls.selected = id;
  router.go("calls");
}

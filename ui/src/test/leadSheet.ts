// The way by keys to a new Lead, from the room Calls.

import { expect } from "vitest";
import { triage } from "../state/triage.svelte";
import { key, until, type Opened } from "./open";

/** Triage of the call from a number that nobody has. */
export async function openLeadSheet(app: Opened): Promise<void> {
  await app.find("calls-triage");
  key("t");
  await until(() => expect(triage.row?.id).toBe("call-1"));
  key("s");
  await until(() => expect(triage.row?.id).toBe("call-2"));
  key("n");
  await app.find("lead-sheet");
}

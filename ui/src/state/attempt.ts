// Runs a command and tells the user when it fails.

import { commandErrorOf } from "../host";
import { toasts } from "./toasts.svelte";

/** True when the command did its work; otherwise the error is shown. */
export async function attempt(command: () => Promise<unknown>): Promise<boolean> {
  try {
    await command();
    return true;
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
    return false;
  }
}

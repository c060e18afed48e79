// What the room Calls asks of the program and the list of commands has not got yet. Where it is missing, the button is
// not shown. A command that arrives is called as any other, and its line here goes.

import { host } from ".";
import type { CallFilter } from "./types";

export interface Later {
  /** Writes the calls that match to a file that the user chooses; how many, or `null` when the dialog was closed. */
  exportCalls?: (filter: CallFilter) => Promise<number | null>;
}

export const later = (): Later => host() as Later;

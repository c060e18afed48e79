// What rooms ask of the program and the list of commands has not got yet. Where it is missing, the button is not shown.
// A command that arrives is called as any other, and its line here goes.

import { host } from ".";

export interface Later {
  /** A Task for each who stayed away: the outbox row or group, and how many. */
  followUpAbsentees?: (webinar: string) => Promise<{ item: string | null; group: string | null; people: number }>;
}

export const later = (): Later => host() as Later;

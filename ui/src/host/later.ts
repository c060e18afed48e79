// What rooms ask of the program and the list of commands has not got yet. Where it is missing, the button is not shown.
// A command that arrives is called as any other, and its line here goes.

import { host } from ".";
import type { RegistrationQuestion } from "./types";

export interface Later {
  /** A Task for each who stayed away: the outbox row or group, and how many. */
  followUpAbsentees?: (webinar: string) => Promise<{ item: string | null; group: string | null; people: number }>;
  /** Opens the user's mail program with the registrant's own link in a new mail. */
  mailRegistrantLink?: (webinar: string, registrant: string) => Promise<void>;
  /** The questions of the form as they are to be; the outbox row. */
  setRegistrationQuestions?: (webinar: string, questions: RegistrationQuestion[]) => Promise<{ items: string[] }>;
  /** Says who somebody was that nobody knew. */
  linkAttendee?: (webinar: string, attendee: string, person: string) => Promise<void>;
}

export const later = (): Later => host() as Later;

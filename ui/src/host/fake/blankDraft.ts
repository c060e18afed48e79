// A draft in which nothing is chosen yet, for whatever asks only when it would be.
import type { MeetingOptions, ScheduleDraft } from "../types";

/** As the settings in Zoom say. */
export const UNSET: MeetingOptions = { joinBeforeHost: null, hostVideo: null, participantVideo: null, muteOnEntry: null, recording: null, alternativeHosts: null, registration: null };

export const BLANK: Omit<ScheduleDraft, "date" | "time" | "zone" | "minutes" | "fold"> = {
  id: "",
  topic: "-",
  people: [],
  emails: [],
  agenda: "",
  passcode: true,
  waitingRoom: true,
  personalMeetingId: false,
  logEvent: false,
  copyInvitation: false,
  repeats: null,
  options: UNSET,
  template: null,
  about: null,
};

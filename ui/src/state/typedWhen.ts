// What is typed in the fields for the time, and what of the draft it changes.

import type { Problem, ScheduleDraft, WhenField, WhenRead } from "../host";

/** What stands in a field for the time while it is not what is written there by itself. */
export interface Typed {
  text: string;
  problem: Problem | null;
  /** The field was left, so a problem may be said. */
  settled: boolean;
}

/** What of the draft a typed text changes. One that says nothing stays as it is, so that the engine refuses it too. */
export function meant(field: WhenField, text: string, read: WhenRead): Partial<ScheduleDraft> {
  switch (read.kind) {
    case "date":
      return { date: read.date };
    case "time":
      return { time: read.time };
    case "minutes":
      return { minutes: read.minutes };
    case "problem":
      return field === "minutes" ? { minutes: 0 } : { [field]: text };
  }
}

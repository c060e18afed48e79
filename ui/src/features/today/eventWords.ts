// Where the Salesforce Event of a meeting stands, in a word and a tone.

import type { EventState } from "../../host";
import { t } from "../../i18n/messages.svelte";

export interface StateWords {
  label: string;
  tone: "plain" | "good" | "warn" | "bad" | "accent";
  /** More about it, under the pointer. */
  title?: string | undefined;
}

export function eventWords(state: EventState, now: number): StateWords | null {
  switch (state.kind) {
    case "none":
      return null;
    case "held": {
      const seconds = Math.ceil((state.until - now) / 1000);
      return seconds > 0 ? { label: t("event-held", { seconds }), tone: "accent" } : { label: t("event-waiting"), tone: "plain" };
    }
    case "waiting":
      return { label: t("event-waiting"), tone: "plain" };
    case "sending":
      return { label: t("event-sending"), tone: "plain" };
    case "synced":
      return { label: t("event-synced"), tone: "good" };
    case "needsYou":
      return { label: t("event-needs-you"), tone: "bad" };
    case "discarded":
      return { label: t("event-discarded"), tone: "plain" };
  }
}

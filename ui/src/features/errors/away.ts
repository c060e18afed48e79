// Why Zoom does not take a new meeting now. Three things that look alike, and ask for different things.

import type { MessageKey } from "../../i18n/messages.svelte";
import { session } from "../../state/session.svelte";

export function zoomAway(): MessageKey {
  switch (session.account("zoom")?.connection.kind) {
    case "notConnected":
    case "connecting":
      return "schedule-not-connected";
    case "signInNeeded":
      return "schedule-signed-out";
    default:
      return "schedule-offline";
  }
}

// A meeting with somebody for now: one press makes it, links it and opens it; the invitation is one more.

import { commandErrorOf, host } from "../host";
import { t } from "../i18n/messages.svelte";
import { outbox } from "./outbox.svelte";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Long enough to send the guest the invitation. */
const STAYS_MS = 20_000;

class MeetNow {
  /** The person for whom one is being made. */
  making = $state<string | null>(null);

  async with(person: { id: string; name: string }): Promise<void> {
    if (this.making !== null) return;
    this.making = person.id;
    try {
      const { topic, scheduled, started } = await host().meetNow(person.id);
      const { meeting } = scheduled;
      toasts.say({
        text: t(started ? "opening-zoom" : "meet-now-made", { topic }),
        ...(started ? {} : { detail: t("meet-now-not-opened") }),
        action: { label: t("copy-invitation"), run: () => void today.copy(meeting, "invitation") },
        stayMs: STAYS_MS,
      });
      void Promise.all([outbox.refreshOpen(), today.refresh()]);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    } finally {
      this.making = null;
    }
  }
}

export const meetNow = new MeetNow();

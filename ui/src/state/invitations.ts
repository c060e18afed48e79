// The invitation of a meeting for others: in a mail of the user's own program, or as a file for calendars.

import { commandErrorOf, host } from "../host";
import { t } from "../i18n/messages.svelte";
import { toasts } from "./toasts.svelte";

export async function mailInvitation(id: string): Promise<void> {
  try {
    const { addressed, copied } = await host().mailInvitation(id);
    const text = addressed === 0 ? t("invitation-mail-nobody") : t("invitation-mail-opened", { count: addressed });
    // More than a mail program takes at once.
    if (copied > 0) toasts.say({ text, detail: t("invitation-mail-copied", { count: copied }), stayMs: 15_000 });
    else toasts.say({ text });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

export async function saveInvitation(id: string, topic: string): Promise<void> {
  try {
    if (await host().saveInvitation(id, topic || t("no-topic"))) toasts.say({ text: t("invitation-saved") });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

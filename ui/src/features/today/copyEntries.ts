// How a meeting is passed on: what can be copied of it, a mail to its guests, a file for calendars.

import type { MenuEntry } from "../../components/Menu.svelte";
import { t } from "../../i18n/messages.svelte";
import { mailInvitation, saveInvitation } from "../../state/invitations";
import { today } from "../../state/today.svelte";

export function copyEntries({ id, topic }: { id: string; topic: string }): MenuEntry[] {
  return [
    { id: "copy-link", label: t("copy-join-link"), keys: "Mod+Shift+C", run: () => void today.copy(id, "joinLink") },
    { id: "copy-invitation", label: t("copy-invitation"), run: () => void today.copy(id, "invitation") },
    { id: "copy-id", label: t("copy-id-and-passcode"), run: () => void today.copy(id, "idAndPasscode") },
    { id: "mail-invitation", label: t("mail-invitation"), run: () => void mailInvitation(id) },
    { id: "save-invitation", label: t("save-invitation"), run: () => void saveInvitation(id, topic) },
  ];
}

// The three things of a meeting that can be copied.

import type { MenuEntry } from "../../components/Menu.svelte";
import { t } from "../../i18n/messages.svelte";
import { today } from "../../state/today.svelte";

export function copyEntries(id: string): MenuEntry[] {
  return [
    { id: "copy-link", label: t("copy-join-link"), keys: "Mod+Shift+C", run: () => void today.copy(id, "joinLink") },
    { id: "copy-invitation", label: t("copy-invitation"), run: () => void today.copy(id, "invitation") },
    { id: "copy-id", label: t("copy-id-and-passcode"), run: () => void today.copy(id, "idAndPasscode") },
  ];
}

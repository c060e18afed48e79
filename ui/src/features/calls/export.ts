// The calls of the list as a file that the user chooses.

import { commandErrorOf } from "../../host";
import { later } from "../../host/later";
import { number } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import { calls } from "../../state/calls.svelte";
import { toasts } from "../../state/toasts.svelte";

export async function exportCalls(): Promise<void> {
  try {
    const count = await later().exportCalls?.(calls.filter);
    // The dialog was closed.
    if (count == null) return;
    toasts.say({ text: t("calls-exported", { count, shown: number(count) }) });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

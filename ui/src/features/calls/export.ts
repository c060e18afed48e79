// Calls and ledger as files that the user chooses.

import { commandErrorOf, host } from "../../host";
import { isoDay, number } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import { calls, LEDGER_DAYS } from "../../state/calls.svelte";
import { clock } from "../../state/clock.svelte";
import { toasts } from "../../state/toasts.svelte";

/** What is on show: the calls of the list, or the days of the ledger. */
export async function exportShown(): Promise<void> {
  const date = isoDay(clock.now);
  try {
    if (calls.view === "ledger") {
      const days = await host().exportCallLedger(calls.days ?? LEDGER_DAYS, t("ledger-file", { date }));
      // Nothing: the dialog was closed.
      if (days !== null) toasts.say({ text: t("ledger-exported", { count: days, shown: number(days) }) });
      return;
    }
    const count = await host().exportCalls(calls.filter, t("calls-file", { date }));
    if (count !== null) toasts.say({ text: t("calls-exported", { count, shown: number(count) }) });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

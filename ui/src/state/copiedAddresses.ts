// E-mail addresses on the clipboard, and what is said of them.

import { commandErrorOf, type CopiedAddresses } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { toasts } from "./toasts.svelte";

/** Says how many were copied, and who was left out. */
export async function copyAddresses(copy: () => Promise<CopiedAddresses>): Promise<void> {
  try {
    const { copied, without, optedOut } = await copy();
    const left = [
      without > 0 ? t("people-list-without", { count: without, shown: number(without) }) : "",
      optedOut > 0 ? t("people-list-opted-out", { count: optedOut, shown: number(optedOut) }) : "",
    ].filter(Boolean);
    toasts.say({ text: [t("people-list-copied", { count: copied, shown: number(copied) }), ...left].join(" ") });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

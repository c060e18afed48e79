// The languages to choose from; each is written in itself.

import type { Language } from "../../host";
import { t } from "../../i18n/messages.svelte";

export function languageOptions(): { value: Language; label: string; testid: string }[] {
  return [
    { value: "system", label: t("follow-system"), testid: "language-system" },
    { value: "en", label: t("language-english"), testid: "language-en" },
    { value: "nl", label: t("language-dutch"), testid: "language-nl" },
  ];
}

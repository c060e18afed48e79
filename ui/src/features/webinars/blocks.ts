// Why nobody can be registered, in words.

import type { RegistrationBlock } from "../../host";
import { t, type MessageKey } from "../../i18n/messages.svelte";

const blocks: Record<RegistrationBlock["kind"], MessageKey> = {
  noRegistration: "block-no-registration",
  closed: "block-closed",
  deleted: "block-deleted",
  notConnected: "block-not-connected",
  noLicence: "block-no-licence",
  missingScope: "block-scope",
  forbidden: "block-forbidden",
  full: "block-full",
};

export function blockWords(block: RegistrationBlock): string {
  return t(blocks[block.kind]);
}

// The room Outbox.

import Inbox from "@lucide/svelte/icons/inbox";
import { t } from "../../i18n/messages.svelte";
import { outbox } from "../../state/outbox.svelte";
import { session } from "../../state/session.svelte";
import type { Badge, Room } from "../room";
import { outboxCommands } from "./commands";
import OutboxInspector from "./OutboxInspector.svelte";
import OutboxPage from "./OutboxPage.svelte";
import { groupTitles } from "./words";

outbox.titleOf = (id) => t(groupTitles[id]);

function badge(): Badge | null {
  const app = session.app;
  if (!app) return null;
  if (app.needsYou > 0) return { count: app.needsYou, urgent: true, words: "badge-needs-you" };
  return app.unsent > 0 ? { count: app.unsent, urgent: false, words: "badge-unsent" } : null;
}

export const outboxRoom: Room<"outbox"> = {
  id: "outbox",
  title: "room-outbox",
  icon: Inbox,
  page: OutboxPage,
  inspector: { view: OutboxInspector, chosen: () => outbox.selectedItem !== null },
  badge,
  commands: outboxCommands,
};

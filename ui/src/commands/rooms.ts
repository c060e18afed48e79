// The rooms of the window, in the order of the sidebar. A new room is one more entry here and one in features/rooms.ts.

import type { MessageKey } from "../i18n/messages.svelte";
import type { RoomId } from "../state/router.svelte";

export interface Room {
  id: RoomId;
  title: MessageKey;
  /** Its name as a command. */
  command: MessageKey;
  keys: string;
}

export const rooms: readonly Room[] = [
  { id: "today", title: "room-today", command: "command-go-today", keys: "Mod+1" },
  { id: "outbox", title: "room-outbox", command: "command-go-outbox", keys: "Mod+2" },
];

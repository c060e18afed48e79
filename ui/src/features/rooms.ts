// The list of rooms, in the order of the sidebar. Router, sidebar, palette, keys, shortcut sheet and settings follow it.

import { callsRoom } from "./calls/room";
import { outboxRoom } from "./outbox/room";
import { peopleRoom } from "./people/room";
import type { Room } from "./room";
import { todayRoom } from "./today/room";
import { webinarsRoom } from "./webinars/room";

/** The first one opens first; the Outbox stays the last. */
export const rooms = [todayRoom, callsRoom, webinarsRoom, peopleRoom, outboxRoom] as const satisfies readonly Room[];

export type RoomId = (typeof rooms)[number]["id"];

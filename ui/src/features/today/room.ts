// The room Today.

import CalendarDays from "@lucide/svelte/icons/calendar-days";
import { differences } from "../../state/differences.svelte";
import { today } from "../../state/today.svelte";
import type { Room } from "../room";
import { todayCommands } from "./commands";
import MeetingInspector from "./MeetingInspector.svelte";
import TodayRoom from "./TodayRoom.svelte";

export const todayRoom: Room<"today"> = {
  id: "today",
  title: "room-today",
  icon: CalendarDays,
  page: TodayRoom,
  inspector: { view: MeetingInspector, chosen: () => today.selected !== null },
  start: () => differences.start(),
  commands: todayCommands,
};

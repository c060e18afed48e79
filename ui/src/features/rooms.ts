// What each room shows: its sign, its view, its inspector and the number beside its name.

import CalendarDays from "@lucide/svelte/icons/calendar-days";
import Inbox from "@lucide/svelte/icons/inbox";
import type { Component } from "svelte";
import { outbox } from "../state/outbox.svelte";
import type { RoomId } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { today } from "../state/today.svelte";
import OutboxInspector from "./outbox/OutboxInspector.svelte";
import OutboxPage from "./outbox/OutboxPage.svelte";
import MeetingInspector from "./today/MeetingInspector.svelte";
import TodayPage from "./today/TodayPage.svelte";

export interface RoomView {
  icon: typeof Inbox;
  page: Component;
  inspector: Component;
  /** Something is chosen that the inspector can show. */
  chosen: () => boolean;
  badge: () => { count: number; urgent: boolean } | null;
}

export const roomViews: Record<RoomId, RoomView> = {
  today: {
    icon: CalendarDays,
    page: TodayPage,
    inspector: MeetingInspector,
    chosen: () => today.selected !== null,
    badge: () => null,
  },
  outbox: {
    icon: Inbox,
    page: OutboxPage,
    inspector: OutboxInspector,
    chosen: () => outbox.selectedItem !== null,
    badge: () => {
      const app = session.app;
      if (!app) return null;
      if (app.needsYou > 0) return { count: app.needsYou, urgent: true };
      return app.unsent > 0 ? { count: app.unsent, urgent: false } : null;
    },
  },
};

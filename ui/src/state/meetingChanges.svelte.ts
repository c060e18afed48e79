// What can be done with a meeting that is there: change it, cancel it, log its Event. All of it is held first.

import { commandErrorOf, host, type Changed, type EventState, type MeetingRow } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { outbox } from "./outbox.svelte";
import { sayHeld } from "./scheduleNotices";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Zoom lets the host change what is still to come; a meeting of a series is changed in Zoom. */
export function canChange(row: MeetingRow | null): row is MeetingRow {
  return row !== null && row.host && !row.recurring && row.progress === "upcoming" && row.pending?.change.kind !== "cancelled";
}

/** Whether there is an Event that follows the meeting. */
export function hasEvent({ kind }: EventState): boolean {
  return kind !== "none" && kind !== "discarded";
}

export function canLog(row: MeetingRow | null): row is MeetingRow {
  const salesforce = session.account("salesforce");
  const known = salesforce !== undefined && (salesforce.connection.kind !== "notConnected" || salesforce.copyKept);
  return row !== null && known && row.progress !== "cancelled" && !hasEvent(row.event);
}

class MeetingChanges {
  /** The meeting that is to be cancelled, while the user is asked. */
  asking = $state.raw<MeetingRow | null>(null);
  /** The meeting whose Event is being put in line. */
  logging = $state<string | null>(null);

  ask(row: MeetingRow): void {
    this.asking = row;
  }

  async cancel(): Promise<void> {
    const row = this.asking;
    this.asking = null;
    if (!row) return;
    const item = await this.#item(() => host().cancelMeeting(row.id));
    if (item) sayHeld(t("cancel-held", { topic: row.topic }), item, t("cancel-until-sent"));
  }

  /** Takes back what Zoom has not been told yet. */
  async takeBack(row: MeetingRow): Promise<void> {
    if (!row.pending) return;
    await outbox.undo(row.pending.item, true);
    await Promise.all([today.day.refresh(), today.detail.refresh()]);
  }

  async logEvent(row: MeetingRow): Promise<void> {
    if (this.logging !== null) return;
    this.logging = row.id;
    const item = await this.#item(() => host().logEvent(row.id));
    this.logging = null;
    if (item) sayHeld(t("log-held", { topic: row.topic }), item, t("log-event-hint"));
  }

  /** The meetings of the day on show that belong to somebody and have no Event. */
  get loggable(): MeetingRow[] {
    return today.rows.filter((row) => canLog(row) && (row.link === "linked" || row.link === "matched"));
  }

  /** Logs all of them as one group, which is undone as one. */
  async logAll(): Promise<void> {
    const ids = this.loggable.map((row) => row.id);
    try {
      const { group, logged } = await host().logMeetings(ids);
      await Promise.all([outbox.refreshOpen(), today.day.refresh(), today.detail.refresh()]);
      if (group === null) return;
      toasts.say({
        text: t("log-all-held", { count: logged, shown: number(logged) }),
        action: { label: t("undo"), run: () => void outbox.undoGroup(group), undo: true },
      });
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }

  async #item(command: () => Promise<Changed>): Promise<string | null> {
    try {
      const { outboxItem } = await command();
      await Promise.all([outbox.refreshOpen(), today.day.refresh(), today.detail.refresh()]);
      return outboxItem;
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
      return null;
    }
  }
}

export const meetingChanges = new MeetingChanges();

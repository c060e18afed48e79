// What can be done with a meeting that is there: change it, cancel it, log its Event. All of it is held first.

import { commandErrorOf, host, type Changed, type EventState, type MeetingRow, type MeetingSeries, type SeriesScope } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { outbox } from "./outbox.svelte";
import { sayHeld, sayHeldGroup } from "./scheduleNotices";
import { session } from "./session.svelte";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Zoom lets the host change what is still to come. */
export function canChange(row: MeetingRow | null): row is MeetingRow {
  return row !== null && row.host && row.progress === "upcoming" && row.pending?.change.kind !== "cancelled";
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
  /** The series that it is a date of, and which of its dates are to be cancelled. */
  series = $state.raw<MeetingSeries | null>(null);
  scope = $state<SeriesScope>("one");
  /** The meeting whose Event is being put in line. */
  logging = $state<string | null>(null);

  ask(row: MeetingRow): void {
    this.asking = row;
    [this.series, this.scope] = [null, "one"];
    if (!row.recurring) return;
    void host()
      .getMeetingSeries(row.id)
      .then((series) => {
        if (this.asking === row) this.series = series;
      })
      .catch((thrown: unknown) => toasts.fail(commandErrorOf(thrown)));
  }

  async cancel(): Promise<void> {
    const row = this.asking;
    this.asking = null;
    if (!row) return;
    const scope = this.series ? this.scope : null;
    await this.#changed(
      () => host().cancelMeeting(row.id, scope),
      ({ outboxItem, group }) => {
        const text = t("cancel-held", { topic: row.topic });
        if (group !== null) sayHeldGroup(text, group, t("cancel-until-sent"));
        else if (outboxItem !== null) sayHeld(text, outboxItem, t("cancel-until-sent"));
      },
    );
  }

  /** Takes back what Zoom has not been told yet. */
  async takeBack(row: MeetingRow): Promise<void> {
    if (!row.pending) return;
    await outbox.undo(row.pending.item, true);
    await Promise.all([today.refresh(), today.detail.refresh()]);
  }

  async logEvent(row: MeetingRow): Promise<void> {
    if (this.logging !== null) return;
    this.logging = row.id;
    await this.#changed(
      () => host().logEvent(row.id),
      ({ outboxItem }) => {
        if (outboxItem !== null) sayHeld(t("log-held", { topic: row.topic }), outboxItem, t("log-event-hint"));
      },
    );
    this.logging = null;
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
      await Promise.all([outbox.refreshOpen(), today.refresh(), today.detail.refresh()]);
      if (group === null) return;
      toasts.say({
        text: t("log-all-held", { count: logged, shown: number(logged) }),
        action: { label: t("undo"), run: () => void outbox.undoGroup(group), undo: true },
      });
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }

  /** What is said is said at once: its deadline is that of the hold, which has begun. */
  async #changed(command: () => Promise<Changed>, say: (changed: Changed) => void): Promise<void> {
    try {
      say(await command());
      await Promise.all([outbox.refreshOpen(), today.refresh(), today.detail.refresh()]);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }
}

export const meetingChanges = new MeetingChanges();

// Where Zoom and Salesforce say different things of a meeting, and what the user decides about it.

import { commandErrorOf, host, type MeetingDifference } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { router } from "./router.svelte";
import { sayHeld } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";
import { today } from "./today.svelte";

/** A difference is known by its meeting and what of it differs. */
export const differenceId = ({ meeting, part }: MeetingDifference): string => `${meeting} ${part}`;

/** An Event that goes takes its notes along; one that is written keeps them. */
function sayTaken({ part, zoom, topic }: MeetingDifference, item: string): void {
  if (part === "event" && zoom.kind !== "there") sayHeld(t("difference-deleted", { topic }), item, t("difference-deleted-hint"));
  else sayHeld(t("difference-taken", { topic }), item, t("difference-taken-hint"));
}

class Differences {
  readonly all = new Reading("listDifferences", () => []);
  /** The one that is being decided. */
  deciding = $state<string | null>(null);

  /** How many wait for the user. */
  get asks(): number {
    return this.all.data?.asks ?? 0;
  }

  get rows(): MeetingDifference[] {
    return this.all.data?.rows ?? [];
  }

  /** Follows the number for as long as the window is open. */
  start(): () => void {
    void this.all.open();
    return () => this.all.close();
  }

  show(): void {
    router.go("today");
    today.look("differences");
  }

  /** The Event gets what Zoom says: held, then written. */
  async take(one: MeetingDifference): Promise<void> {
    if (this.deciding !== null) return;
    this.deciding = differenceId(one);
    try {
      const { outboxItem } = await host().takeFromZoom(one.meeting, one.part);
      if (outboxItem) sayTaken(one, outboxItem);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
    this.deciding = null;
    await this.all.refresh();
  }

  /** Salesforce's stays until Zoom says something else. */
  async keep(one: MeetingDifference): Promise<void> {
    if (this.deciding !== null) return;
    this.deciding = differenceId(one);
    if (await attempt(() => host().keepInSalesforce(one.meeting, one.part, true))) {
      toasts.say({
        text: t("difference-kept", { topic: one.topic }),
        action: { label: t("undo"), run: () => void this.#ask(one), undo: true },
      });
    }
    this.deciding = null;
    await this.all.refresh();
  }

  async #ask(one: MeetingDifference): Promise<void> {
    await attempt(() => host().keepInSalesforce(one.meeting, one.part, false));
    await this.all.refresh();
  }
}

export const differences = new Differences();

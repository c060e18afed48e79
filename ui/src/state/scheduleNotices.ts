// What is said after a meeting was made or changed, with the way to take it back.

import { host, type ChangedSince, type Scheduled } from "../host";
import { clockTime, shortDay } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { clock } from "./clock.svelte";
import { outbox } from "./outbox.svelte";
import { router } from "./router.svelte";
import { session } from "./session.svelte";
import { toasts, type NewToast } from "./toasts.svelte";
import { today } from "./today.svelte";

/** Long enough to read, where nothing is held. */
const READING_MS = 6000;

function holdMs(): number {
  return (session.app?.settings.holdSeconds ?? 0) * 1000;
}

/** The notice of a row that is held: it can be taken back until the hold is over. */
export function sayHeld(text: string, item: string, detail: string): void {
  const hold = holdMs();
  const undo = { action: { label: t("undo"), run: () => void outbox.undo(item, true), undo: true }, until: clock.read() + hold };
  toasts.say({ text, detail, ...(hold > 0 ? undo : {}), stayMs: Math.max(hold, READING_MS) });
}

/** The same for rows that belong together: they are taken back as one. */
export function sayHeldGroup(text: string, group: string, detail: string): void {
  const hold = holdMs();
  const undo = { action: { label: t("undo"), run: () => void outbox.undoGroup(group), undo: true }, until: clock.read() + hold };
  toasts.say({ text, detail, ...(hold > 0 ? undo : {}), stayMs: Math.max(hold, READING_MS) });
}

/** A meeting was made: for as long as the notice is there, it can be taken back with its Event. */
export function sayScheduled(made: Scheduled, { kept, day }: { kept: boolean; day: number | null }): void {
  const when = `${shortDay(made.start)} ${clockTime(made.start)}`;
  const seconds = session.app?.settings.holdSeconds ?? 0;
  const queued = kept ? t("schedule-event-kept") : seconds > 0 ? t("schedule-event-held", { seconds }) : t("schedule-event-queued");
  const stayMs = Math.max(holdMs(), READING_MS);
  const elsewhere = day !== null && (day !== today.offset || router.room !== "today");
  const notice: NewToast = {
    text: made.dates > 1 ? t("schedule-created-series", { when, count: made.dates }) : t(made.invitationCopied ? "schedule-created-copied" : "schedule-created", { when }),
    action: {
      label: t(made.outboxItem ? "schedule-undo-both" : "schedule-undo-meeting"),
      run: () => void takeBack(made),
      undo: true,
    },
    until: clock.read() + stayMs,
    stayMs,
  };
  if (made.outboxItem) notice.detail = queued;
  if (elsewhere) notice.show = { label: t("show-meeting"), run: () => void show(day, made.meeting) };
  toasts.say(notice);
}

/** It had been made by an earlier press, as the sheet was then: what was typed since is a change that is held. */
export function sayChangedSince({ start, invitationCopied }: Scheduled, { outboxItem, group, notAll }: ChangedSince): void {
  const text = t("schedule-made-before", { when: `${shortDay(start)} ${clockTime(start)}` });
  const sent = outboxItem !== null;
  const becomes = t(!notAll ? "schedule-since-held" : sent ? "schedule-since-partly" : "schedule-since-not");
  const detail = invitationCopied ? `${becomes} ${t("copied-invitation")}` : becomes;
  if (group !== null) sayHeldGroup(text, group, detail);
  else if (sent) sayHeld(text, outboxItem, detail);
  else toasts.say({ text, detail, stayMs: 2 * READING_MS });
}

async function takeBack(made: Scheduled): Promise<void> {
  if (!(await attempt(() => host().undoScheduling(made.meeting)))) return;
  toasts.say({ text: t(made.outboxItem ? "schedule-undone-both" : "schedule-undone-meeting") });
  await Promise.all([outbox.refreshOpen(), today.refresh()]);
}

async function show(day: number, meeting: string): Promise<void> {
  router.go("today");
  await today.go(day);
  await today.reveal(meeting);
}

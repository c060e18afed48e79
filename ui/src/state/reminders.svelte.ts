// Reminders: what is wanted, what was said and not answered, and the notices that stand in for the system's own.

import { host, type ReminderNotice, type ReminderPause, type ReminderSettings } from "../host";
import { timeSpan } from "../i18n/format";
import { t, veil } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { router } from "./router.svelte";
import { toasts } from "./toasts.svelte";

/** Nobody may be looking when it appears. */
const STAY_MS = 10 * 60_000;

class Reminders extends Reading<"getReminders"> {
  /** Notices of the window by the reminders that they are about. */
  #shown = new Map<string, number>();

  constructor() {
    super(
      "getReminders",
      () => [],
      ({ notices, settings }) => {
        veil(settings.hideTitles);
        this.#tell(notices, settings);
      },
    );
  }

  async change(changes: Partial<ReminderSettings>): Promise<boolean> {
    if (!this.data) return false;
    const settings = { ...this.data.settings, ...changes };
    const stored = await attempt(() => host().updateReminders(settings));
    if (stored) {
      this.data = { ...this.data, settings };
      await this.refresh();
    }
    return stored;
  }

  async pause(pause: ReminderPause): Promise<void> {
    if (await attempt(() => host().pauseReminders(pause))) await this.refresh();
  }

  async test(): Promise<void> {
    if (await attempt(() => host().testNotification())) await this.refresh();
  }

  /** What the system did not show, and what came too late, is said by the window. */
  #tell(notices: readonly ReminderNotice[], settings: ReminderSettings): void {
    for (const [id, toast] of this.#shown) {
      if (notices.some((notice) => notice.id === id)) continue;
      toasts.dismiss(toast);
      this.#shown.delete(id);
    }
    for (const notice of notices) {
      const [first] = notice.rows;
      if (!first || this.#shown.has(notice.id) || !(notice.missed || notice.fate === "blocked")) continue;
      const { id } = notice;
      const answer = (label: string, ask: () => Promise<void>) => ({ label, run: () => void attempt(ask) });
      const titles = settings.hideTitles ? [] : notice.rows.map((row) => row.topic);
      const text = notice.missed
        ? t("reminder-missed", { count: notice.rows.length })
        : notice.rows.length > 1
          ? t("reminder-several", { count: notice.rows.length })
          : (titles[0] ?? t("reminder-hidden"));
      const detail = notice.missed || notice.rows.length > 1 ? titles.join(" · ") : timeSpan(first.start, first.end);
      const many = notice.rows.length > 1;
      this.#shown.set(
        id,
        toasts.say({
          text,
          detail,
          stayMs: STAY_MS,
          ...(notice.missed
            ? { action: answer(t("reminder-seen"), () => host().dismissReminder(id)) }
            : {
                action: many
                  ? { label: t("reminder-show"), run: () => router.go("today") }
                  : answer(first.host ? t("start") : t("join"), () => host().joinReminder(id)),
                show: answer(t("reminder-snooze", { minutes: settings.snoozeMinutes }), () => host().snoozeReminder(id, settings.snoozeMinutes)),
              }),
        }),
      );
    }
  }

  /** The window forgets what another profile was reminded of. */
  forget(): void {
    for (const toast of this.#shown.values()) toasts.dismiss(toast);
    this.#shown.clear();
    veil(false);
    this.close();
    this.clear();
  }
}

export const reminders = new Reminders();

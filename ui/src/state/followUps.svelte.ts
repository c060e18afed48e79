// Tasks for those who stayed away from a webinar: what each says, who gets one, and all of them in one press.

import { shiftDate } from "../features/schedule/shift";
import { commandErrorOf, host, type CommandError, type FollowUp, type FollowUpPlan } from "../host";
import { isoDay, number } from "../i18n/format";
import { t, whole } from "../i18n/messages.svelte";
import { clock } from "./clock.svelte";
import { LastAnswer } from "./lastAnswer";
import { outbox } from "./outbox.svelte";
import { sayHeld, sayHeldGroup } from "./scheduleNotices";

/** The usual time for a follow-up. */
const DAYS = 1;

class FollowUps {
  webinar = $state.raw<{ id: string; topic: string } | null>(null);
  task = $state.raw<FollowUp>({ subject: "", day: "", time: null, note: "" });
  plan = $state.raw<FollowUpPlan | null>(null);
  leftOut = $state.raw<readonly string[]>([]);
  error = $state.raw<CommandError | null>(null);
  going = $state(false);
  readonly #plans = new LastAnswer();
  /** The plan on show is of what is chosen now. */
  #planned = false;
  /** Grows when the sheet closes: what was begun in it ends there. */
  #shown = 0;

  async open(webinar: { id: string; topic: string }): Promise<void> {
    this.close();
    this.webinar = { id: webinar.id, topic: webinar.topic };
    const tomorrow = shiftDate(isoDay(clock.now), DAYS);
    this.task = { subject: whole("follow-up-subject", { topic: webinar.topic }), day: tomorrow, time: null, note: "" };
    await this.#look();
  }

  close(): void {
    this.#plans.drop();
    this.#planned = false;
    this.#shown += 1;
    this.webinar = this.plan = this.error = null;
    this.leftOut = [];
    this.going = false;
  }

  change(to: Partial<FollowUp>): void {
    this.task = { ...this.task, ...to };
    this.error = null;
  }

  toggle(registrant: string): void {
    this.leftOut = this.leftOut.includes(registrant) ? this.leftOut.filter((other) => other !== registrant) : [...this.leftOut, registrant];
    void this.#look();
  }

  async go(): Promise<void> {
    const shown = this.#shown;
    if (!this.#planned) await this.#look();
    const { webinar, plan } = this;
    if (shown !== this.#shown || !this.#planned || !webinar || !plan || plan.create === 0 || this.going) return;
    this.going = true;
    try {
      const { item, group, people } = await host().followUpAbsentees(this.#ask(webinar.id));
      if (shown === this.#shown) this.close();
      await outbox.refreshOpen();
      const words = t("follow-up-held", { count: people, shown: number(people) });
      if (group !== null) sayHeldGroup(words, group, t("follow-up-hint"));
      else if (item !== null) sayHeld(words, item, t("follow-up-hint"));
    } catch (thrown) {
      if (shown === this.#shown) this.error = commandErrorOf(thrown);
    }
    if (shown === this.#shown) this.going = false;
  }

  #ask(webinar: string) {
    return { webinar, task: this.task, leftOut: [...this.leftOut] };
  }

  async #look(): Promise<void> {
    if (!this.webinar) return;
    const asked = this.#ask(this.webinar.id);
    this.#planned = false;
    await this.#plans.ask(
      () => host().planWebinarFollowUps(asked),
      (plan) => {
        this.plan = plan;
        this.#planned = true;
      },
      (error) => (this.error = error),
    );
  }
}

export const followUps = new FollowUps();

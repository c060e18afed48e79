// Bringing a webinar's people to a campaign in Salesforce: which one, under which statuses, and what that would do.

import { commandErrorOf, host, type CampaignChoice, type CampaignHit, type CampaignPlan, type CampaignStart, type CommandError, type MemberStatuses } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { LastAnswer } from "./lastAnswer";
import { outbox } from "./outbox.svelte";
import { sayHeldGroup } from "./scheduleNotices";
import { webinars } from "./webinars.svelte";

/** What a registrant was, as a member of the Campaign. */
export type MemberState = keyof MemberStatuses;

const MOST = 8;
const PAUSE_MS = 250;

class CampaignSheet {
  webinar = $state<string | null>(null);
  start = $state.raw<CampaignStart | null>(null);
  choice = $state.raw<CampaignChoice | null>(null);
  plan = $state.raw<CampaignPlan | null>(null);
  hits = $state.raw<readonly CampaignHit[]>([]);
  failure = $state.raw<CommandError | null>(null);
  /** What was to be done when the button was pressed is something else by now, and stands there. */
  changed = $state(false);
  planning = $state(false);
  running = $state(false);
  #pause: ReturnType<typeof setTimeout> | undefined;
  readonly #plans = new LastAnswer();
  readonly #searches = new LastAnswer();
  /** What the plan on show is of. */
  #planned: CampaignChoice | null = null;
  /** Grows when the sheet closes: what was begun in it ends there. */
  #shown = 0;

  async open(webinar: string): Promise<void> {
    this.close();
    this.webinar = webinar;
    const shown = this.#shown;
    try {
      const start = await host().startCampaign(webinar);
      if (shown !== this.#shown) return;
      this.start = start;
      this.choice = start.choice;
      await this.#look();
    } catch (thrown) {
      if (shown === this.#shown) this.failure = commandErrorOf(thrown);
    }
  }

  close(): void {
    this.#shown += 1;
    clearTimeout(this.#pause);
    this.#plans.drop();
    this.#searches.drop();
    this.webinar = this.start = this.choice = this.plan = this.failure = null;
    this.hits = [];
    this.planning = this.running = this.changed = false;
  }

  async search(query: string): Promise<void> {
    await this.#searches.ask(
      () => host().searchCampaigns(query, MOST),
      (found) => (this.hits = found),
      (error) => {
        // What was found for an older text is not what is meant.
        this.hits = [];
        this.failure = error;
      },
    );
  }

  change(to: Partial<CampaignChoice>): void {
    if (!this.choice) return;
    this.choice = { ...this.choice, ...to };
    this.changed = false;
    clearTimeout(this.#pause);
    // Each look asks Salesforce, a name is typed letter by letter.
    const typed = Object.keys(to).join() === "name" && this.choice.campaign == null;
    this.planning = true;
    if (typed) this.#pause = setTimeout(() => void this.#look(), PAUSE_MS);
    else void this.#look();
  }

  map(state: MemberState, status: string | null): void {
    if (this.choice) this.change({ statuses: { ...this.choice.statuses, [state]: status } });
  }

  /** Statuses that are missing stand in the way, unless they are added. */
  get blocked(): boolean {
    const { plan, choice } = this;
    return !plan || !choice || this.start?.mayAddMembers === false || (plan.missing.length > 0 && !choice.addStatuses) || (choice.campaign == null && plan.existing === null && (this.start?.marketing === false || (choice.name ?? "").trim() === ""));
  }

  async run(): Promise<void> {
    const { webinar, choice, plan } = this;
    if (webinar === null || !choice || !plan || this.blocked || this.running || this.planning) return;
    // What it will do is shown before it is done: where that could not be asked, it is asked once more.
    if (choice !== this.#planned) return this.#look();
    const shown = this.#shown;
    this.running = true;
    try {
      const { group, people, changed } = await host().runCampaign(webinar, choice, plan.digest);
      if (changed !== null) {
        if (shown === this.#shown && choice === this.choice) {
          this.plan = changed;
          this.changed = true;
        }
        if (shown === this.#shown) this.running = false;
        return;
      }
      if (shown === this.#shown) this.close();
      await Promise.all([webinars.refreshOpen(), outbox.refreshOpen()]);
      const name = plan.existing ?? choice.name ?? "";
      if (group !== null) sayHeldGroup(people === 0 ? t("campaign-held-itself", { name }) : t("campaign-held", { count: people, shown: number(people), name }), group, t("campaign-held-hint"));
    } catch (thrown) {
      if (shown === this.#shown) this.failure = commandErrorOf(thrown);
    }
    if (shown === this.#shown) this.running = false;
  }

  async #look(): Promise<void> {
    const { webinar, choice } = this;
    if (webinar === null || !choice) return;
    this.planning = true;
    await this.#plans.ask(
      () => host().planCampaign(webinar, choice),
      (plan) => {
        this.plan = plan;
        this.failure = null;
        this.planning = false;
        this.#planned = choice;
      },
      (error) => {
        this.failure = error;
        this.planning = false;
      },
    );
  }
}

export const campaign = new CampaignSheet();

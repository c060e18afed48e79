// Bringing a webinar's people to a campaign in Salesforce: which one, under which statuses, and what that would do.

import { commandErrorOf, host, type CampaignChoice, type CampaignHit, type CampaignPlan, type CampaignStart, type CommandError, type MemberStatuses } from "../host";
import { number } from "../i18n/format";
import { t } from "../i18n/messages.svelte";
import { outbox } from "./outbox.svelte";
import { sayHeldGroup } from "./scheduleNotices";
import { webinars } from "./webinars.svelte";

/** What a registrant was, as a member of the Campaign. */
export type MemberState = keyof MemberStatuses;

const MOST = 8;

class CampaignSheet {
  webinar = $state<string | null>(null);
  start = $state.raw<CampaignStart | null>(null);
  choice = $state.raw<CampaignChoice | null>(null);
  plan = $state.raw<CampaignPlan | null>(null);
  hits = $state.raw<readonly CampaignHit[]>([]);
  failure = $state.raw<CommandError | null>(null);
  planning = $state(false);
  running = $state(false);
  #asked = 0;
  #searched = 0;

  async open(webinar: string): Promise<void> {
    this.close();
    this.webinar = webinar;
    try {
      const start = await host().startCampaign(webinar);
      if (this.webinar !== webinar) return;
      this.start = start;
      this.choice = start.choice;
      await this.#look();
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
  }

  close(): void {
    this.#asked += 1;
    this.#searched += 1;
    this.webinar = this.start = this.choice = this.plan = this.failure = null;
    this.hits = [];
    this.planning = this.running = false;
  }

  async search(query: string): Promise<void> {
    const question = ++this.#searched;
    try {
      const found = await host().searchCampaigns(query, MOST);
      if (question === this.#searched) this.hits = found;
    } catch (thrown) {
      if (question === this.#searched) this.failure = commandErrorOf(thrown);
    }
  }

  change(to: Partial<CampaignChoice>): void {
    if (!this.choice) return;
    this.choice = { ...this.choice, ...to };
    void this.#look();
  }

  map(state: MemberState, status: string | null): void {
    if (this.choice) this.change({ statuses: { ...this.choice.statuses, [state]: status } });
  }

  /** Statuses that are missing stand in the way, unless they are added. */
  get blocked(): boolean {
    const { plan, choice } = this;
    return !plan || !choice || this.start?.mayAddMembers === false || (plan.missing.length > 0 && !choice.addStatuses) || (choice.campaign == null && (this.start?.marketing === false || (choice.name ?? "").trim() === ""));
  }

  async run(): Promise<void> {
    const { webinar, choice } = this;
    if (webinar === null || !choice || this.blocked || this.running || this.planning) return;
    this.running = true;
    try {
      const { group, people } = await host().runCampaign(webinar, choice);
      this.close();
      await Promise.all([webinars.refreshOpen(), outbox.refreshOpen()]);
      const name = choice.name ?? "";
      if (group !== null) sayHeldGroup(people === 0 ? t("campaign-held-itself", { name }) : t("campaign-held", { count: people, shown: number(people), name }), group, t("campaign-held-hint"));
    } catch (thrown) {
      this.failure = commandErrorOf(thrown);
    }
    this.running = false;
  }

  async #look(): Promise<void> {
    const { webinar, choice } = this;
    if (webinar === null || !choice) return;
    const question = ++this.#asked;
    this.planning = true;
    try {
      const plan = await host().planCampaign(webinar, choice);
      if (question !== this.#asked) return;
      this.plan = plan;
      this.failure = null;
    } catch (thrown) {
      if (question !== this.#asked) return;
      this.failure = commandErrorOf(thrown);
    }
    this.planning = false;
  }
}

export const campaign = new CampaignSheet();

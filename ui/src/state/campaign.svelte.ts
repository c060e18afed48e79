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

/** Whether members go to a campaign that is there, or to one that is made. */
export type Which = "existing" | "new";

/** Why nothing can be written. */
export type CampaignObstacle = "noneHere" | "noMembers" | "unchosen" | "noRight" | "nameless" | "missing";

/** Which campaign, without what is written to it. */
type Named = Pick<CampaignChoice, "campaign" | "name">;

const MOST = 8;
/** One that is there, before any was chosen: the first that is found is nobody's choice. */
const NONE: Named = { campaign: "", name: "" };
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
  /** What was chosen of each kind last, for whoever comes back to it. */
  #last: Record<Which, Named> = { existing: NONE, new: NONE };
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
      // Without campaigns there is nothing to choose, and nothing to ask Salesforce for.
      if (!start.mayRead) return;
      this.choice = start.choice;
      const topic = webinars.detail.data?.row.id === webinar ? webinars.detail.data.row.topic : "";
      this.#last = { existing: NONE, new: { campaign: null, name: topic }, [this.which]: start.choice };
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

  get which(): Which {
    return this.choice?.campaign == null ? "new" : "existing";
  }

  /** Members go to one that is there, and none was chosen yet. */
  get unchosen(): boolean {
    return this.choice?.campaign === "";
  }

  /** Goes back to what was chosen of that kind last. */
  choose(which: Which): void {
    if (!this.choice || which === this.which) return;
    const { campaign, name } = this.choice;
    this.#last = { ...this.#last, [this.which]: { campaign, name } };
    const last = this.#last[which];
    this.change({ campaign: last.campaign ?? null, name: last.name ?? "" });
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

  /** The name says where members go: the webinar has no campaign of its own. */
  get named(): boolean {
    return this.which === "new" && (!this.plan || this.plan.existing === null || this.plan.byName);
  }

  /** What stands in the way first. Statuses that are missing do, unless they are added. */
  get obstacle(): CampaignObstacle | null {
    const { start, plan, choice } = this;
    if (start?.mayRead === false) return "noneHere";
    if (start?.mayAddMembers === false) return "noMembers";
    if (this.unchosen) return "unchosen";
    const marketing = start?.marketing !== false;
    if (this.which === "new" && !marketing && (plan?.existing ?? null) === null) return "noRight";
    if (this.named && marketing && (choice?.name ?? "").trim() === "") return "nameless";
    if (plan && plan.missing.length > 0 && choice?.addStatuses !== true) return "missing";
    return null;
  }

  get blocked(): boolean {
    return !this.plan || !this.choice || this.obstacle !== null;
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
    if (this.unchosen) {
      // What was planned was of another one.
      this.#plans.drop();
      this.plan = this.failure = null;
      this.planning = false;
      return;
    }
    this.planning = true;
    await this.#plans.ask(
      () => host().planCampaign(webinar, choice),
      (plan) => {
        this.plan = plan;
        this.failure = null;
        // Letters that were typed meanwhile are still to be asked about.
        this.planning = choice !== this.choice;
        this.#planned = choice;
      },
      (error) => {
        this.failure = error;
        this.planning = choice !== this.choice;
      },
    );
  }
}

export const campaign = new CampaignSheet();

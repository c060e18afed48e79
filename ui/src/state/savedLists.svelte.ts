// The lists of Salesforce that people are taken from: campaigns, list views, reports. Which there are is asked for once
// a list is to be chosen; who is in one, when it is.

import { commandErrorOf, host, type FetchedPeopleList, type PeopleListChoice, type PeopleListKind, type PeopleListProblem } from "../host";
import { t, type MessageKey } from "../i18n/messages.svelte";
import { toasts } from "./toasts.svelte";

const problems: Record<PeopleListProblem, MessageKey> = {
  noQuery: "list-problem-no-query",
  notTabular: "list-problem-not-tabular",
  noPeople: "list-problem-no-people",
};

export const listKinds: Record<PeopleListKind, MessageKey> = {
  campaign: "list-kind-campaign",
  leads: "list-kind-leads",
  contacts: "list-kind-contacts",
  report: "list-kind-report",
};

export const problemWords = (problem: PeopleListProblem): string => t(problems[problem]);

/** A list whose members were asked for. */
export type Fetched = Extract<FetchedPeopleList, { kind: "fetched" }>;

export class SavedLists {
  /** Once they were asked for. */
  choices = $state.raw<readonly PeopleListChoice[] | null>(null);
  /** The one that is being asked for. */
  fetching = $state.raw<PeopleListChoice | null>(null);
  #asked = 0;
  /** Grows when they are forgotten: what was asked for before is of no use. */
  #begun = 0;

  /** False when they can't be asked for, which is said. */
  async load(): Promise<boolean> {
    const begun = this.#begun;
    try {
      const choices = await host().listPeopleLists();
      if (begun === this.#begun) this.choices = choices;
    } catch (thrown) {
      if (begun !== this.#begun) return true;
      toasts.fail(commandErrorOf(thrown));
      return false;
    }
    return true;
  }

  /** Who is in a list; nothing where that is of no use, which is said with the reason. */
  async fetch(choice: PeopleListChoice): Promise<Fetched | null> {
    const question = ++this.#asked;
    this.fetching = choice;
    try {
      const found = await host().fetchPeopleList(choice.id);
      if (question !== this.#asked) return null;
      if (found.kind === "fetched") return found;
      toasts.say({ text: t("list-unusable", { name: choice.name }), detail: problemWords(found.problem) });
    } catch (thrown) {
      if (question === this.#asked) toasts.fail(commandErrorOf(thrown));
    } finally {
      if (question === this.#asked) this.fetching = null;
    }
    return null;
  }

  clear(): void {
    this.#asked += 1;
    this.#begun += 1;
    this.choices = this.fetching = null;
  }
}

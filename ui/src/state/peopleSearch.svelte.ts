// What a field that looks for people holds: its text, who was found, and for which text. An answer that was overtaken by
// a later question is dropped.

import { commandErrorOf, host, type PersonHit } from "../host";
import { toasts } from "./toasts.svelte";

const LEAST = 2;

export class PeopleSearch {
  text = $state("");
  hits = $state.raw<PersonHit[]>([]);
  /** The text that the hits are for; empty while nothing was looked for. */
  searched = $state("");
  #asked = 0;

  constructor(readonly most: number) {}

  readonly search = async (query: string): Promise<void> => {
    const question = ++this.#asked;
    if (query.trim().length < LEAST) {
      this.#found([], "");
      return;
    }
    try {
      const hits = await host().searchPeople(query, this.most);
      if (question === this.#asked) this.#found(hits, query);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  };

  clear(): void {
    this.#asked += 1;
    this.text = "";
    this.#found([], "");
  }

  #found(hits: PersonHit[], query: string): void {
    this.hits = hits;
    this.searched = query;
  }
}

// What a field that looks for people holds: its text, who was found, and for which text. An answer that was overtaken by
// a later question is dropped.

import { host, type PersonHit } from "../host";
import { LastAnswer } from "./lastAnswer";
import { toasts } from "./toasts.svelte";

const LEAST = 2;

export class PeopleSearch {
  text = $state("");
  hits = $state.raw<PersonHit[]>([]);
  /** The text that the hits are for; empty while nothing was looked for. */
  searched = $state("");
  readonly #last = new LastAnswer();

  constructor(readonly most: number) {}

  readonly search = async (query: string): Promise<void> => {
    if (query.trim().length < LEAST) {
      this.#last.drop();
      this.#found([], "");
      return;
    }
    await this.#last.ask(
      () => host().searchPeople(query, this.most),
      (hits) => this.#found(hits, query),
      (error) => {
        // Whoever was found for an older text is not who is meant.
        this.#found([], "");
        toasts.fail(error);
      },
    );
  };

  clear(): void {
    this.#last.drop();
    this.text = "";
    this.#found([], "");
  }

  #found(hits: PersonHit[], query: string): void {
    this.hits = hits;
    this.searched = query;
  }
}

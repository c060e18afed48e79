// The meetings with the person of the call that is on show.

import { Reading } from "./resource.svelte";

class CallMeetings {
  #person = "";
  readonly list = new Reading("listPersonMeetings", () => [this.#person]);

  /** Asks for them and follows them; returns the way to stop, after which nobody's are left. */
  follow(person: string): () => void {
    this.#person = person;
    void this.list.open();
    return () => {
      this.list.close();
      this.list.clear();
    };
  }
}

export const callMeetings = new CallMeetings();

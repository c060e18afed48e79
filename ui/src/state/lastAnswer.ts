// Questions of which only the last one counts: an answer that was overtaken says nothing of what stands there now. Whoever
// waits for one of them waits for the last: a button that went on with an overtaken answer would act on what is no more.

import { commandErrorOf, type CommandError } from "../host";

export class LastAnswer {
  #asked = 0;
  #newest: Promise<void> = Promise.resolve();

  /** Resolves when the last question has been answered, this one or a later one. */
  async ask<T>(question: () => Promise<T>, take: (answer: T) => void, failed: (error: CommandError) => void): Promise<void> {
    this.#newest = this.#answer(++this.#asked, question, take, failed);
    let waited: Promise<void>;
    do await (waited = this.#newest);
    while (waited !== this.#newest);
  }

  /** No answer that is under way counts. */
  drop(): void {
    this.#asked += 1;
  }

  async #answer<T>(own: number, question: () => Promise<T>, take: (answer: T) => void, failed: (error: CommandError) => void): Promise<void> {
    try {
      const answer = await question();
      if (own === this.#asked) take(answer);
    } catch (thrown) {
      if (own === this.#asked) failed(commandErrorOf(thrown));
    }
  }
}

interface Form<D> {
  /** What stands there; another value after each change. */
  draft: () => D | null;
  /** Something that was typed is still being read. */
  reading: () => boolean;
  read: () => Promise<unknown>;
  check: () => Promise<void>;
}

/** Has a form checked as it stands. What is changed while one waits is read, and checked too. */
export async function checkedAsItStands<D>({ draft, reading, read, check }: Form<D>): Promise<void> {
  for (;;) {
    while (reading()) await read();
    const checked = draft();
    await check();
    if (draft() === null || (draft() === checked && !reading())) return;
  }
}

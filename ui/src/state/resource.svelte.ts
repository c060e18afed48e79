// A read model held by the window: loaded once, asked for again when its tags go stale, never emptied by a failure.

import { host, reads, type Answer, type CommandError, type Commands, type Read, type Tag } from "../host";
import { LastAnswer } from "./lastAnswer";

// Plain on purpose: nothing on screen depends on who is listed.
// eslint-disable-next-line svelte/prefer-svelte-reactivity -- see above
const followed = new Set<Followed>();

/** What is asked for again, while somebody looks at it, when what it is made of changes. */
export abstract class Followed {
  #active = false;

  constructor(readonly tags: readonly Tag[]) {
    followed.add(this);
  }

  /** Somebody looks at it. */
  get active(): boolean {
    return this.#active;
  }

  /** From now on it follows changes; call it when its view is first shown. */
  async open(): Promise<void> {
    this.#active = true;
    await this.refresh();
  }

  /** Stops following; what is known stays for the next time. */
  close(): void {
    this.#active = false;
  }

  stale(tags: readonly Tag[]): boolean {
    return this.#active && this.tags.some((tag) => tags.includes(tag));
  }

  /** Asks again. */
  abstract refresh(): Promise<void>;
}

export class Resource<T> extends Followed {
  /** The last good answer. */
  data = $state.raw<T | null>(null);
  /** Why the last attempt failed; the data stays. */
  error = $state.raw<CommandError | null>(null);
  loaded = $state(false);
  readonly #last = new LastAnswer();

  constructor(
    tags: readonly Tag[],
    private readonly read: () => Promise<T>,
    private readonly arrived?: (data: T) => void,
  ) {
    super(tags);
  }

  /** Forgets everything: the answer belongs to another question. */
  clear(): void {
    this.#last.drop();
    this.data = null;
    this.error = null;
    this.loaded = false;
  }

  /** Asks again. Only the answer to the last question counts, and it is there when this is over. */
  async refresh(): Promise<void> {
    await this.#last.ask(
      this.read,
      (data) => {
        this.data = data;
        this.error = null;
        this.loaded = true;
        this.arrived?.(data);
      },
      (error) => {
        this.error = error;
        this.loaded = true;
      },
    );
  }
}

/** The answer of a command that declares its tags in the list of commands. */
export class Reading<R extends Read> extends Resource<Answer<R>> {
  constructor(command: R, asked: () => Parameters<Commands[R]>, arrived?: (answer: Answer<R>) => void) {
    const read = () => (host()[command] as (...asked: Parameters<Commands[R]>) => Promise<Answer<R>>)(...asked());
    super(reads[command], read, arrived);
  }
}

/** What is put together of several answers of such a command. */
export class Composed<T> extends Resource<T> {
  constructor(command: Read, read: () => Promise<T>) {
    super(reads[command], read);
  }
}

/** Starts following the engine; returns the way to stop. */
export function followChanges(): () => void {
  return host().onDataChanged((tags) => refreshTagged(tags));
}

/** Asks again for everything on show that is made of this. */
export function refreshTagged(tags: readonly Tag[]): void {
  for (const one of followed) {
    if (one.stale(tags)) void one.refresh();
  }
}

/** Asks again for everything on show. */
export function refreshAll(): void {
  for (const one of followed) {
    if (one.active) void one.refresh();
  }
}

// The drafts that were left unfinished, kept with the profile's own data: they outlive a sign-in, a closed sheet and a
// restart, and go with the profile and with what is erased. They hold ids of people, never their names.

import { commandErrorOf, host, type Host, type ScheduleDraft } from "../host";
import { UNCHOSEN } from "./scheduleOptions.svelte";

/** The order, newest first; each draft has a key of its own, so that none is too large because of the others. */
const ORDER = "drafts";
const VERSION = 2;
/** The form of one draft. The second one had no options. */
const DRAFT = 3;
const BEFORE = 2;
/** What an earlier version did not know of. */
const LATER: Pick<ScheduleDraft, Later> = { repeats: null, options: UNCHOSEN, template: null, about: null };
/** Where the first version kept its only draft. */
const ONLY = "draft";
const MOST = 20;

interface StoredOrder {
  version: number;
  ids: string[];
}

type Later = "repeats" | "options" | "template" | "about";

interface StoredDraft {
  version: number;
  /** Earlier versions knew no series, and neither options nor templates nor what a meeting is about. */
  draft: Omit<ScheduleDraft, Later> & Partial<Pick<ScheduleDraft, Later>>;
}

/** Why a draft is not kept. */
export type NotKept = "tooLarge" | "failed";

function keyOf(id: string): string {
  return `draft.${id}`;
}

export class KeptDrafts {
  /** One after the other: each reads the order that the one before has written. */
  #last: Promise<unknown> = Promise.resolve();

  /** Keeps a draft as the newest one; answers why it could not be. */
  keep(draft: ScheduleDraft): Promise<NotKept | null> {
    return this.#then(async (shelf) => {
      try {
        await shelf.put(draft);
        const ids = [draft.id, ...(await shelf.order()).filter((id) => id !== draft.id)];
        await shelf.write(ids.slice(0, MOST));
        for (const id of ids.slice(MOST)) await shelf.remove(id);
        return null;
      } catch (thrown) {
        const error = commandErrorOf(thrown);
        return error.kind === "internal" && error.code === "E-UI-STATE" ? "tooLarge" : "failed";
      }
    });
  }

  forget(id: string): Promise<void> {
    return this.#then(async (shelf) => {
      try {
        await shelf.remove(id);
        await shelf.write((await shelf.order()).filter((other) => other !== id));
      } catch {
        // It is offered once more, and can be discarded then.
      }
    });
  }

  /** What is kept, newest first; what another version wrote is left out. Rejects where it can't be read. */
  list(): Promise<ScheduleDraft[]> {
    return this.#then((shelf) => shelf.drafts());
  }

  #then<T>(work: (shelf: Shelf) => Promise<T>): Promise<T> {
    const shelf = new Shelf(host());
    const next = this.#last.then(() => work(shelf));
    this.#last = next.catch(() => undefined);
    return next;
  }
}

/** Where the drafts lie. */
class Shelf {
  constructor(readonly host: Host) {}

  async put(draft: ScheduleDraft): Promise<void> {
    await this.host.setUiState(keyOf(draft.id), JSON.stringify({ version: DRAFT, draft } satisfies StoredDraft));
  }

  async remove(id: string): Promise<void> {
    await this.host.setUiState(keyOf(id), "");
  }

  async write(ids: string[]): Promise<void> {
    await this.host.setUiState(ORDER, JSON.stringify({ version: VERSION, ids } satisfies StoredOrder));
  }

  async order(): Promise<string[]> {
    const order = await this.#parsed<StoredOrder>(ORDER);
    if (order?.version !== VERSION || !Array.isArray(order.ids)) return this.#takenOver();
    return order.ids.filter((id) => typeof id === "string").slice(0, MOST);
  }

  async drafts(): Promise<ScheduleDraft[]> {
    const drafts = await Promise.all((await this.order()).map((id) => this.#draft(keyOf(id), [DRAFT, BEFORE])));
    return drafts.filter((draft) => draft !== null);
  }

  /** The draft of the first version becomes the first of the list. */
  async #takenOver(): Promise<string[]> {
    const draft = await this.#draft(ONLY, [1]);
    if (!draft) return [];
    await this.put(draft);
    await this.write([draft.id]);
    await this.host.setUiState(ONLY, "");
    return [draft.id];
  }

  async #draft(key: string, versions: readonly number[]): Promise<ScheduleDraft | null> {
    const stored = await this.#parsed<StoredDraft>(key);
    return stored?.version !== undefined && versions.includes(stored.version) && typeof stored.draft?.id === "string" ? { ...LATER, ...stored.draft } : null;
  }

  /** An order that can't be read now is no empty one: what is written after it would drop the drafts that are kept. */
  async #parsed<T>(key: string): Promise<Partial<T> | null> {
    const stored = await this.host.getUiState(key);
    if (!stored) return null;
    try {
      return JSON.parse(stored) as Partial<T>;
    } catch {
      return null;
    }
  }
}

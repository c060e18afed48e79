// The drafts that are kept, and what is said when one is kept or can't be.

import { commandErrorOf, type ScheduleDraft } from "../host";
import { t } from "../i18n/messages.svelte";
import { KeptDrafts } from "./keptDraft";
import { toasts } from "./toasts.svelte";

export class UnfinishedDrafts {
  readonly #kept = new KeptDrafts();
  /** The draft of which it was said that it can't be kept. */
  #lost: string | null = null;

  /** Where they can't be read, that is said, and a new one can be begun all the same. */
  async list(): Promise<ScheduleDraft[]> {
    try {
      return await this.#kept.list();
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
      return [];
    }
  }

  forget(id: string): Promise<void> {
    return this.#kept.forget(id);
  }

  /** Whether a draft is kept now; that it is not is said once. */
  async keep(draft: ScheduleDraft): Promise<boolean> {
    const why = await this.#kept.keep(draft);
    if (why !== null && this.#lost !== draft.id) toasts.say({ text: t(why === "tooLarge" ? "draft-too-large" : "draft-not-kept"), tone: "bad" });
    this.#lost = why === null ? null : draft.id;
    return why === null;
  }

  /** Keeps a draft whose sheet was closed, and says how to throw it away. */
  async keepClosed(draft: ScheduleDraft): Promise<void> {
    if (!(await this.keep(draft))) return;
    toasts.say({ text: t("draft-kept"), action: { label: t("discard"), run: () => void this.forget(draft.id) } });
  }
}

// The draft that was left unfinished, kept with the profile's own data: it outlives a sign-in, a closed sheet and a
// restart, and goes with the profile. It holds ids of people, never their names.

import { host, type ScheduleDraft } from "../host";

const KEY = "draft";
const VERSION = 1;

interface Stored {
  version: number;
  draft: ScheduleDraft;
}

export class KeptDraft {
  keep(draft: ScheduleDraft): void {
    this.#store(JSON.stringify({ version: VERSION, draft } satisfies Stored));
  }

  forget(): void {
    this.#store("");
  }

  /** What is kept; nothing when an other version wrote it or it can't be read. */
  async read(): Promise<ScheduleDraft | null> {
    try {
      const stored = await host().getUiState(KEY);
      if (!stored) return null;
      const { version, draft } = JSON.parse(stored) as Partial<Stored>;
      return version === VERSION && typeof draft?.id === "string" ? draft : null;
    } catch {
      return null;
    }
  }

  #store(value: string): void {
    host()
      .setUiState(KEY, value)
      .catch(() => undefined);
  }
}

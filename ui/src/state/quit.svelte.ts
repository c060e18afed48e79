// The question before quitting while something is not sent yet. Whether it is asked, the engine knows.

import { host } from "../host";
import { attempt } from "./attempt";

class Quit {
  /** How much would wait for the next start, while the question is open. */
  unsent = $state<number | null>(null);

  follow(): () => void {
    return host().onQuitAsked((unsent) => (this.unsent = unsent));
  }

  stay(): void {
    this.unsent = null;
    void attempt(() => host().stayOpen());
  }

  async leave(): Promise<void> {
    this.unsent = null;
    await attempt(() => host().quitAnyway());
  }
}

export const quit = new Quit();

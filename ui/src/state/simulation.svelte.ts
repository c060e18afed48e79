// The trouble that the demo shows.

import { host, type Trouble } from "../host";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { session } from "./session.svelte";

class Simulation extends Reading<"getSimulation"> {
  /** Going back to normal may take a sign-in. */
  busy = $state(false);

  constructor() {
    super("getSimulation", () => []);
  }

  async show(trouble: Trouble | null): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    await attempt(() => host().simulate(trouble));
    this.busy = false;
    await Promise.all([this.refresh(), session.refresh()]);
  }
}

export const simulation = new Simulation();

// What goes on while the window is closed.

import { host } from "../host";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";

class Background extends Reading<"getBackground"> {
  constructor() {
    super("getBackground", () => []);
  }

  async startAtLogin(on: boolean): Promise<void> {
    await attempt(() => host().setStartAtLogin(on));
    await this.refresh();
  }

  async keepRunning(on: boolean): Promise<void> {
    await attempt(() => host().setKeepRunning(on));
    await this.refresh();
  }
}

export const background = new Background();

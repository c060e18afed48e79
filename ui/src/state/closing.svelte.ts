// The first time the window is closed its user hears what goes on without it, and chooses.

import { host } from "../host";
import { attempt } from "./attempt";

class Closing {
  asking = $state(false);

  follow(): () => void {
    return host().onCloseAsked(() => (this.asking = true));
  }

  async choose(keepRunning: boolean): Promise<void> {
    this.asking = false;
    await attempt(async () => {
      await host().setKeepRunning(keepRunning);
      await host().leaveWindow();
    });
  }
}

export const closing = new Closing();

// What is kept on this computer, for how long, and how it goes.

import { host } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";
import { router } from "./router.svelte";
import { untold } from "./untold.svelte";

class Privacy extends Reading<"getPrivacy"> {
  /** The question before everything goes. */
  asking = $state(false);

  constructor() {
    super("getPrivacy", () => []);
  }

  async keepFor(days: number | null): Promise<void> {
    if (await attempt(() => host().keepFor(days))) await this.refresh();
  }

  async erase(): Promise<void> {
    this.asking = false;
    const erased = await attempt(async () => untold.sayOf(await host().eraseEverything(), t("erased")));
    if (erased) router.sheet = null;
  }
}

export const privacy = new Privacy();

// Keys of the system that bring the user here.

import { host, type Hotkey, type HotkeySet } from "../host";
import { attempt } from "./attempt";
import { Reading } from "./resource.svelte";

class Hotkeys extends Reading<"getHotkeys"> {
  constructor() {
    super("getHotkeys", () => []);
  }

  /** What became of the wish for a key; nothing where it could not even be asked. */
  async set(hotkey: Hotkey, keys: string | null): Promise<HotkeySet | null> {
    let outcome: HotkeySet | null = null;
    await attempt(async () => {
      outcome = await host().setHotkey(hotkey, keys);
    });
    await this.refresh();
    return outcome;
  }
}

export const hotkeys = new Hotkeys();

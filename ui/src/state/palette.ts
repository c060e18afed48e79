// Opens the palette. Its component is what shows it; this holds what is typed before that has a field.

import { EarlyKeys } from "./earlyKeys";
import { router } from "./router.svelte";

class Palette {
  readonly early = new EarlyKeys();

  open(): void {
    if (router.sheet === "palette") return;
    this.early.hold();
    router.sheet = "palette";
  }
}

export const palette = new Palette();

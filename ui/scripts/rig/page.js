// The page that shows one state of a room at a time, as the script outside says.

import "/src/styles/tokens.css";
import "/src/styles/base.css";
import { cleanup } from "@testing-library/svelte";
import { session } from "/src/state/session.svelte.ts";
import { openApp } from "/src/test/open.ts";
import { drawn } from "/src/test/drawn.ts";
import { cutTexts } from "./cut.js";

Object.defineProperty(navigator, "languages", { value: ["en-GB"], configurable: true });

/** What the script calls. */
window.rig = {
  names: drawn.map(([name]) => name),
  async show(index, settings) {
    cleanup();
    document.body.replaceChildren();
    const [, query, open] = drawn[index];
    const app = await openApp(query);
    await app.host.updateSettings({ ...app.host.settings, ...settings });
    await session.refresh();
    await open(app);
    await this.still();
  },
  /** All is drawn, and what fades in is there. */
  async still() {
    await document.fonts.ready;
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    for (const animation of document.getAnimations()) if (animation.effect?.getTiming().iterations !== Infinity) animation.finish();
    await new Promise((done) => requestAnimationFrame(done));
  },
  cut: () => cutTexts(),
};

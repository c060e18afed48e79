// What every test starts from: an empty document and a clean window.

import { cleanup } from "@testing-library/svelte";
import { afterEach } from "vitest";

// Dates are written the British way in the tests, whatever machine they run on.
Object.defineProperty(navigator, "languages", { value: ["en-GB"], configurable: true });

afterEach(() => {
  cleanup();
  document.body.replaceChildren();
});

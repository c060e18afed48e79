// Every room in the states that have most to say, as axe hears it; colours are looked at in tokens.test.ts.

import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { openApp } from "./open";
import { states } from "./states";

async function sound(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    rules: { "color-contrast": { enabled: false }, "target-size": { enabled: false }, "label-content-name-mismatch": { enabled: true } },
  });
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`)).toEqual([]);
}

describe("to whoever hears the window", () => {
  it.each(states)("there is nothing wrong with %s", async (_, query, open) => {
    const app = await openApp(query);
    await open(app);
    await sound();
  });
});

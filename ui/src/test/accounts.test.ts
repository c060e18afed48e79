// The cards of the accounts: who the user is in the services, what they allowed, and their own room.

import { describe, expect, it } from "vitest";
import { router } from "../state/router.svelte";
import { openApp, until } from "./open";

describe("Zoom's card", () => {
  it("tells ids, telephone, add-ons and the own room, and its passcode is copied and never shown", async () => {
    const app = await openApp("scenario=real");
    router.openSettings("accounts");
    const card = await app.find("zoom-user");
    for (const told of ["KDcuGIm1QgePTO8WbOqwIQ", "z8yCxjAPQ0KBOt7dWkUnTA", "417", "+31 20 555 0117", "up to 500 people", "Not in your plan", "924 470 1882"])
      expect(card.textContent, told).toContain(told);
    const buttons = [...(await app.find("zoom-room")).querySelectorAll<HTMLElement>("button")];
    expect(buttons).toHaveLength(3);
    const copy = buttons.at(-1);
    if (!copy) throw new Error("no button");
    await app.user.click(copy);
    await until(() => expect(app.host.journal).toContain("copied room passcode"));
  });

  it("gives the sentence for the administrator where a scope is missing, and hides nothing else", async () => {
    const app = await openApp("scenario=real&zoom=scopes");
    router.openSettings("accounts");
    const card = await app.find("zoom-user");
    expect(card.querySelector('[data-testid="zoom-settings-access"]')?.textContent).toContain("user:read:settings");
    expect(card.querySelector('[data-testid="zoom-phone-access"]')?.textContent).toContain("phone:read:user");
    expect(card.textContent).toContain("924 470 1882");
    expect((await app.find("zoom-room")).querySelectorAll("button"), "there is no passcode to copy").toHaveLength(2);
  });

  it("says in words what was allowed, for both services and in the demo too", async () => {
    const app = await openApp();
    router.openSettings("accounts");
    expect((await app.find("granted-zoom")).textContent).toContain("your meetings and your webinars");
    const salesforce = await app.find("granted-salesforce");
    expect(salesforce.textContent).toContain("northwind.my.salesforce.com");
    expect(salesforce.textContent).toContain("stay signed in");
  });
});

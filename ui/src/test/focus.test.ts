// What comes late takes the focus from nobody who has gone on.

import { describe, expect, it } from "vitest";
import { offerFocus } from "../components/offerFocus";
import { router } from "../state/router.svelte";
import { today } from "../state/today.svelte";
import { hold } from "./held";
import { key, openApp, planDemo, type, until } from "./open";

describe("a meeting that was just made", () => {
  it("takes the focus on its day", async () => {
    const app = await openApp();
    await app.find("day-list");
    await planDemo(app);
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    await until(() => expect(document.activeElement?.closest("[data-testid=meeting-row]")?.getAttribute("data-id")).toBe("made-1"));
  });

  it("leaves who is planning the next one at what is being written", async () => {
    const app = await openApp();
    await app.find("day-list");
    const days = hold(app.host, "getDay");
    await planDemo(app);
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    key("c");
    const people = await type(app, "schedule-people", "anna");
    people.focus();
    await app.find("person-option");
    for (let asked = 0; asked < days.asked.length; asked += 1) await days.answer(asked);
    await until(() => expect(app.all("meeting-row").some((row) => row.dataset["id"] === "made-1")).toBe(true));
    expect(document.activeElement).toBe(people);
    expect(app.at("person-option")).not.toBeNull();
  });

  it("is no news to whoever comes back to the room", async () => {
    const app = await openApp();
    await app.find("day-list");
    router.go("outbox");
    await today.reveal("m-1");
    expect(today.fresh).toBeNull();
  });
});

describe("what offers itself the focus", () => {
  function page(markup: string): (id: string) => HTMLElement {
    document.body.innerHTML = markup;
    return (id) => document.getElementById(id) as HTMLElement;
  }

  it("gets it from a button, and from a field of its own form", () => {
    const at = page(`<button id="other"></button><form><input id="name"><input id="mail"></form>`);
    at("other").focus();
    offerFocus(at("name"));
    expect(document.activeElement).toBe(at("name"));
    at("mail").focus();
    offerFocus(at("name"));
    expect(document.activeElement).toBe(at("name"));
  });

  it("leaves another field, a sheet and a menu alone, and has it inside them", () => {
    const at = page(`<input id="filter"><button id="row"></button><div data-sheet><button id="inside"></button></div>`);
    at("filter").focus();
    offerFocus(at("inside"));
    expect(document.activeElement).toBe(at("filter"));
    at("filter").blur();
    offerFocus(at("row"));
    expect(document.activeElement).toBe(document.body);
    offerFocus(at("inside"));
    expect(document.activeElement).toBe(at("inside"));
  });
});

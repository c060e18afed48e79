// A room that is added to the list is in the sidebar, the palette, the keys, the shortcut sheet and the settings.

import type { Component } from "svelte";
import { describe, expect, it, vi } from "vitest";
import { isLetter } from "../commands/keys";
import { commands, fixedKeys, roomKeys } from "../commands/registry";
import { rooms } from "../features/rooms";
import { router } from "../state/router.svelte";
import { key, openApp, type, until } from "./open";

const ran = vi.hoisted(() => ({ times: 0 }));

vi.mock("../features/rooms", async (original) => {
  const { rooms: real } = await original<typeof import("../features/rooms")>();
  const { default: page } = await vi.importActual<{ default: Component }>("./ImaginaryPage.svelte");
  const { default: Inbox } = await import("@lucide/svelte/icons/inbox");
  const imaginary = {
    id: "imaginary",
    // A title that no other room has.
    title: "demo",
    icon: Inbox,
    page,
    badge: () => ({ count: 7, urgent: true, words: "badge-needs-you" }),
    commands: [{ id: "imagine", title: "show", keys: ["Y"], when: () => router.room === ("imaginary" as string), run: () => (ran.times += 1) }],
    settings: page,
  };
  return { rooms: [real[0], imaginary, ...real.slice(1)] };
});

describe("a new room", () => {
  it("is in the sidebar, with its number and its place", async () => {
    const app = await openApp();
    const entries = [...document.querySelectorAll<HTMLElement>("nav li [data-testid^=nav-]")];
    expect(entries.map((entry) => entry.dataset["testid"])).toEqual(["nav-today", "nav-imaginary", "nav-calls", "nav-webinars", "nav-people", "nav-outbox"]);
    expect(app.at("nav-imaginary")?.textContent).toContain("7 need you");
    expect(entries.map((entry) => entry.getAttribute("aria-keyshortcuts"))).toEqual(["Control+1", "Control+2", "Control+3", "Control+4", "Control+5", "Control+6"]);
    await app.user.click(await app.find("nav-imaginary"));
    await app.find("imaginary-page");
    expect(app.at("inspector")).toBeNull();
  });

  it("is entered with the key of its place, and has keys of its own", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("y");
    expect(ran.times).toBe(0);
    key("2", { ctrlKey: true });
    await app.find("imaginary-page");
    key("y");
    expect(ran.times).toBe(1);
    key("6", { ctrlKey: true });
    expect(router.room).toBe("outbox");
  });

  it("is in the palette", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("k", { ctrlKey: true });
    await type(app, "palette-query", "go to demo");
    await until(() => expect(app.all("palette-option")[0]?.textContent).toContain("Go to Demo"));
    key("Enter");
    await app.find("imaginary-page");
  });

  it("is in the shortcut sheet, at its place", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("?");
    expect((await app.find("shortcuts-imaginary")).textContent).toContain("Y");
    expect((await app.find("shortcuts-anywhere")).textContent).toContain("Go to Demo");
    const order = [...document.querySelectorAll<HTMLElement>("[data-testid^=shortcuts-]")].map((part) => part.dataset["testid"]);
    expect(order.indexOf("shortcuts-imaginary")).toBe(order.indexOf("shortcuts-today") + 1);
  });

  it("has its part of the settings", async () => {
    const app = await openApp();
    router.openSettings();
    await app.user.click(await app.find("settings-imaginary"));
    await app.find("imaginary-page");
  });

  it("is found again at the next start, and one that is no more is not missed", async () => {
    const app = await openApp();
    key("2", { ctrlKey: true });
    await app.find("imaginary-page");
    const ids = rooms.map(({ id }) => id);
    router.room = "today";
    await router.restore(ids);
    expect(router.room).toBe("imaginary");
    router.room = "today";
    await router.restore(ids.filter((id) => id !== ("imaginary" as string)));
    expect(router.room).toBe("today");
  });

  it("has no letter that a list moves by", async () => {
    await openApp();
    const moves = fixedKeys().find(({ title }) => title === "key-move")?.keys.filter(isLetter) ?? [];
    expect(moves).toEqual(["K", "J"]);
    expect(commands().filter(({ keys }) => keys?.some((one) => moves.includes(one))).map(({ id }) => id)).toEqual([]);
  });

  it("has a key as long as there is a figure for it", () => {
    expect([0, 8, 9].map(roomKeys)).toEqual([["Mod+1"], ["Mod+9"], []]);
  });
});

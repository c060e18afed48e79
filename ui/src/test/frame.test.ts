// What the frame of the window says and asks: the banner, the pill, the size of the text, quitting, disconnecting.

import { describe, expect, it } from "vitest";
import { router } from "../state/router.svelte";
import { session } from "../state/session.svelte";
import { openApp, until } from "./open";

function key(name: string, more: KeyboardEventInit = {}): void {
  const target = document.activeElement ?? document.body;
  target.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ctrlKey: true, ...more }));
}

describe("a lost sign-in", () => {
  it("is signed in from its banner, without a way through the settings", async () => {
    const app = await openApp("scenario=signin");
    await app.user.click(await app.find("banner-sign-in"));
    await app.user.click(await app.find("banner-open-again"));
    expect(router.sheet).toBeNull();
    expect(app.host.journal).toContain("reopen zoom");
    await app.user.click(await app.find("banner-cancel"));
    await app.find("banner-sign-in");
  });

  it("leads to the client ID where that is missing", async () => {
    const app = await openApp("scenario=signin");
    app.host.failNext({ kind: "signInFailed", provider: "zoom", reason: "clientIdMissing", code: null });
    await app.user.click(await app.find("banner-sign-in"));
    await app.find("settings-sheet");
    expect(router.settingsPart).toBe("accounts");
  });
});

describe("the pill", () => {
  const pill = (app: Awaited<ReturnType<typeof openApp>>) => app.at("status-pill")?.textContent ?? "";

  it("says that sending is paused, with and without something that waits", async () => {
    const app = await openApp("scenario=empty");
    await app.host.pauseOutbox(true);
    await until(() => expect(pill(app)).toContain("Sending paused"));
    expect(pill(app)).not.toContain("Up to date");
  });

  it("tells not connected from up to date", async () => {
    const app = await openApp("scenario=real");
    for (const provider of ["zoom", "salesforce"] as const) await app.host.disconnectAccount(provider, false);
    await until(() => expect(pill(app)).toContain("Not connected"));
  });
});

describe("a disconnected account", () => {
  it("says that a copy is kept, and erases it", async () => {
    const app = await openApp("scenario=real");
    router.openSettings("accounts");
    await app.user.click(await app.find("disconnect-zoom"));
    const asked = (): string => document.querySelector("[role=alertdialog]")?.textContent ?? "";
    await app.find("disconnect-keep");
    expect(asked()).toContain("what was fetched from Zoom. The other service’s copy stays");
    await app.user.click(await app.find("disconnect-keep"));
    const kept = await app.find("copy-kept-zoom");
    await until(() => expect(document.activeElement?.contains(kept)).toBe(true));
    expect(document.activeElement?.getAttribute("aria-labelledby")).toBe("connect-zoom-title");
    await app.user.click(await app.find("copy-erase-zoom"));
    await app.find("copy-erase-confirm");
    expect(asked()).toContain("Nothing changes in Zoom.");
    await app.user.click(await app.find("copy-erase-confirm"));
    await app.gone("copy-kept-zoom");
    expect(app.host.journal).toEqual(expect.arrayContaining(["disconnect zoom", "disconnect zoom and erase"]));
  });

  it("offers to connect again above what it left", async () => {
    const app = await openApp("scenario=real");
    await app.host.disconnectAccount("zoom", false);
    const banner = await app.find("banner-sign-in");
    expect(banner.textContent).toContain("Connect Zoom");
    expect(document.querySelector("main")?.textContent).toContain("Zoom is not connected.");
  });
});

describe("text size", () => {
  it("is changed by keys, also on top of a sheet, and set back", async () => {
    const app = await openApp();
    await app.find("day-list");
    const size = () => session.app?.settings.textPercent;
    key("=");
    await until(() => expect(size()).toBe(110));
    key("+", { shiftKey: true });
    await until(() => expect(size()).toBe(125));
    router.openSettings();
    await app.find("text-125");
    key("-");
    await until(() => expect(size()).toBe(110));
    key("0");
    await until(() => expect(size()).toBe(100));
    expect(app.host.journal.filter((entry) => entry.startsWith("zoom "))).toEqual(
      expect.arrayContaining(["zoom 110", "zoom 125", "zoom 100"]),
    );
  });

  it("counts every press, however quick, and loses no other setting", async () => {
    const app = await openApp();
    await app.find("day-list");
    for (let press = 0; press < 5; press += 1) key("=");
    void session.change({ letterShortcuts: false });
    await until(() => expect(app.host.settings).toMatchObject({ textPercent: 200, letterShortcuts: false }));
    expect(session.app?.settings.textPercent).toBe(200);
  });

  it("is chosen in the settings", async () => {
    const app = await openApp();
    router.openSettings();
    await app.user.click(await app.find("text-200"));
    await until(() => expect(app.host.journal).toContain("zoom 200"));
    expect(app.host.settings.textPercent).toBe(200);
  });
});

describe("quitting", () => {
  it("asks while something is not sent yet, and both answers hold", async () => {
    const app = await openApp("scenario=real");
    await app.find("day-list");
    app.host.closeWindow();
    const leave = await app.find("quit-anyway");
    expect(document.querySelector("[role=alertdialog]")?.textContent).toMatch(/\d+ changes? (is|are) not sent yet/u);
    await until(() => expect(document.activeElement?.textContent).toContain("Stay"));
    (document.activeElement as HTMLElement).click();
    await app.gone("quit-anyway");
    expect(app.host.journal).toContain("stay");
    expect(app.host.journal).not.toContain("quit");
    expect(leave.isConnected).toBe(false);
    key("q");
    await app.user.click(await app.find("quit-anyway"));
    await until(() => expect(app.host.journal).toContain("quit"));
  });

  it("does not ask while sending is paused by the user", async () => {
    const app = await openApp("scenario=real");
    await app.host.pauseOutbox(true);
    key("q");
    await until(() => expect(app.host.journal).toContain("quit"));
    expect(app.at("quit-anyway")).toBeNull();
  });
});

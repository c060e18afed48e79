// Several profiles: opened after it was said what rests, named, made, and removed after a question.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { anew, profiles } from "../state/profiles.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { untold } from "../state/untold.svelte";
import { openApp, type, until, type Opened } from "./open";

const begun = vi.fn();
const begin = anew.begin;
beforeEach(() => {
  begun.mockClear();
  anew.begin = begun;
  profiles.asking = null;
  untold.shown = null;
});
afterEach(() => {
  anew.begin = begin;
  profiles.clear();
});

const rowOf = (app: Opened, id: string) =>
  until(() => {
    const found = app.all("profile-row").find((row) => row.dataset["id"] === id);
    if (!found) throw new Error(`no profile ${id}`);
    return found;
  });
const button = (row: HTMLElement, testid: string) => {
  const found = row.querySelector<HTMLElement>(`[data-testid=${testid}]`);
  if (!found) throw new Error(`no ${testid}`);
  return found;
};

describe("profiles", () => {
  it("are no matter while there is one", async () => {
    const app = await openApp("scenario=real");
    await app.find("nav-settings");
    expect(app.at("profile-menu")).toBeNull();
  });

  it("are opened from the menu after it was said what rests, and the window begins anew", async () => {
    const app = await openApp("scenario=real&profiles=several");
    await app.user.click(await app.find("profile-menu"));
    await app.user.click(await app.find("menu-profile-real-1"));
    const question = await until(() => {
      const found = document.querySelector("[role=alertdialog]");
      if (!found) throw new Error("no question");
      return found;
    });
    expect(question.textContent).toContain("Northwind, the sandbox");
    expect(question.textContent).toContain("reminders");
    expect(app.host.journal.join()).not.toContain("switched");
    await app.user.click(await app.find("profile-switch-confirm"));
    await until(() => expect(app.host.journal).toContain("switched to real-1"));
    await until(() => expect(begun).toHaveBeenCalledOnce());
  });

  it("stay where they were when the other one can't be opened", async () => {
    const app = await openApp("scenario=real&profiles=several");
    router.openSettings("accounts");
    await app.user.click(button(await rowOf(app, "real-2"), "profile-switch"));
    app.host.failNext({ kind: "locked", reason: "keychainLocked" });
    await app.user.click(await app.find("profile-switch-confirm"));
    await until(() => expect(profiles.busy).toBe(false));
    await until(() => expect(document.body.textContent).toContain("keychain"));
    expect(begun).not.toHaveBeenCalled();
  });

  it("are made with a name, and one without is refused at its field", async () => {
    const app = await openApp("scenario=real");
    router.openSettings("accounts");
    await app.user.click(await app.find("profile-new"));
    await until(() => expect(document.activeElement).toBe(app.at("profile-name")));
    await app.user.click(await app.find("profile-keep"));
    await until(() => expect(app.at("profile-name")?.getAttribute("aria-invalid")).toBe("true"));
    expect(begun).not.toHaveBeenCalled();
    await type(app, "profile-name", "Acme");
    await app.user.click(await app.find("profile-keep"));
    await until(() => expect(begun).toHaveBeenCalledOnce());
    expect((await app.host.listProfiles()).map(({ name }) => name)).toEqual([null, "Acme"]);
  });

  it("are removed after a question, and the focus stays in the list", async () => {
    const app = await openApp("scenario=real&profiles=several");
    router.openSettings("accounts");
    await app.user.click(button(await rowOf(app, "real-2"), "profile-remove"));
    expect(app.host.journal.join()).not.toContain("removed");
    await app.user.click(await app.find("profile-remove-confirm"));
    await until(() => expect(app.host.journal).toContain("removed real-2"));
    await until(() => expect(app.all("profile-row")).toHaveLength(2));
    await until(() => expect(document.activeElement).toBe(app.at("profile-new")));
    expect(begun, "the open one stays").not.toHaveBeenCalled();
  });

  it("say which sign-in still stands before the window begins anew", async () => {
    const app = await openApp("scenario=real&profiles=several&untold");
    router.openSettings("accounts");
    await app.user.click(button(await rowOf(app, "real"), "profile-remove"));
    await app.user.click(await app.find("profile-remove-confirm"));
    await until(() => expect(document.querySelector("[role=alertdialog]")?.textContent).toContain("Added Apps"));
    expect(begun).not.toHaveBeenCalled();
    await until(() => expect(document.activeElement?.hasAttribute("data-safe")).toBe(true));
    await app.user.keyboard("{Enter}");
    await until(() => expect(begun).toHaveBeenCalledOnce());
    expect(document.querySelector("[role=alertdialog]")).toBeNull();
  });

  it("say so too when the only one is removed, and the page under it is another", async () => {
    const app = await openApp("scenario=real&untold");
    router.openSettings("accounts");
    await until(() => expect(app.all("profile-row")).toHaveLength(1));
    await app.user.click(await app.find("profile-remove"));
    await app.user.click(await app.find("profile-remove-confirm"));
    await app.find("welcome-demo");
    expect(document.querySelector("[role=alertdialog]")?.textContent).toContain("Added Apps");
    expect(begun).not.toHaveBeenCalled();
    await app.user.keyboard("{Enter}");
    await until(() => expect(begun).toHaveBeenCalledOnce());
  });

  it("say so after everything is erased, and after one account is disconnected", async () => {
    const app = await openApp("scenario=real&untold");
    router.openSettings("accounts");
    await app.user.click(await app.find("disconnect-zoom"));
    await app.user.click(await app.find("disconnect-keep"));
    const told = (): string => document.querySelector("[role=alertdialog]")?.textContent ?? "";
    await until(() => expect(told()).toContain("Added Apps"));
    expect(told()).not.toContain("OAuth Connected Apps");
    await app.user.keyboard("{Enter}");
    await until(() => expect(told()).toBe(""));
    router.openSettings("privacy");
    await app.user.click(await app.find("erase-everything"));
    await app.user.click(await app.find("erase-confirm"));
    await app.find("welcome-demo");
    await until(() => expect(told()).toContain("OAuth Connected Apps"));
    expect(begun).not.toHaveBeenCalled();
  });

  it("say so too when not all of one could be removed, and why", async () => {
    const app = await openApp("scenario=real&profiles=several&untold&resists");
    router.openSettings("accounts");
    await app.user.click(button(await rowOf(app, "real-2"), "profile-remove"));
    await app.user.click(await app.find("profile-remove-confirm"));
    const told = (): string => document.querySelector("[role=alertdialog]")?.textContent ?? "";
    await until(() => expect(told()).toContain("Added Apps"));
    expect(told()).toContain("Signed out on this computer");
    expect(told()).not.toContain("Removed");
    await until(() => expect(toasts.shown.map(({ tone }) => tone)).toContain("bad"));
    await until(() => expect(document.activeElement?.hasAttribute("data-safe")).toBe(true));
    await app.user.keyboard("{Enter}");
    await until(() => expect(told()).toBe(""));
    expect(begun, "the open one stays").not.toHaveBeenCalled();
  });

  it("say so too when not everything could be erased", async () => {
    const app = await openApp("scenario=real&untold&resists");
    router.openSettings("privacy");
    await app.user.click(await app.find("erase-everything"));
    await app.user.click(await app.find("erase-confirm"));
    const told = (): string => document.querySelector("[role=alertdialog]")?.textContent ?? "";
    await until(() => expect(told()).toContain("OAuth Connected Apps"));
    expect(told()).toContain("Signed out on this computer");
    await until(() => expect(toasts.shown.map(({ tone }) => tone)).toContain("bad"));
  });

  it("are renamed in place", async () => {
    const app = await openApp("scenario=real&profiles=several");
    router.openSettings("accounts");
    await app.user.click(button(await rowOf(app, "real"), "profile-rename"));
    await type(app, "profile-name", "Main office");
    await app.user.click(await app.find("profile-keep"));
    await until(async () => expect((await rowOf(app, "real")).textContent).toContain("Main office"));
    await until(() => expect(app.at("profile-menu")?.textContent).toContain("Main office"));
  });
});

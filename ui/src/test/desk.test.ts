// First steps, the demo's troubles, the text for administrators, keys of the system, and files for another computer.

import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { hotkeyOf, ownerOf, shownHotkey, typesCharacter, writtenHotkey } from "../commands/hotkeys";
import { commandById } from "../commands/registry";
import { t } from "../i18n/messages.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { toasts } from "../state/toasts.svelte";
import { key, openApp, row, type, until, type Opened } from "./open";

async function sound(element: HTMLElement): Promise<void> {
  const found = await axe.run(element, { rules: { "color-contrast": { enabled: false } } });
  expect(found.violations).toEqual([]);
}

describe("the first steps", () => {
  it("tick themselves by what happened, and say so to those who don't see it", async () => {
    const app = await openApp();
    const steps = await app.find("first-steps");
    await sound(steps);
    expect(steps.textContent).toContain("0 of 5");
    await app.host.copyMeeting((await row(app, app.all("meeting-row")[0]?.dataset["id"] ?? "")).dataset["id"] ?? "", "joinLink");
    await until(() => expect(steps.textContent).toContain("1 of 5"));
    expect(app.at("step-meeting")?.textContent).toContain("done");
    expect(toasts.polite).toContain("1 of 5");
    key("k", { ctrlKey: true });
    await until(() => expect(steps.textContent).toContain("2 of 5"));
  });

  it("lead to where they are done, are put away, and come back", async () => {
    const app = await openApp();
    await app.user.click(await app.find("step-schedule"));
    await app.find("schedule-sheet");
    schedule.close();
    await app.gone("schedule-sheet");
    await app.user.click(await app.find("step-hotkey"));
    await until(() => expect([router.sheet, router.settingsPart]).toEqual(["settings", "shortcuts"]));
    router.sheet = null;
    await app.gone("settings-sheet");
    await app.user.click(await app.find("first-steps-away"));
    await app.gone("first-steps");
    expect(document.activeElement).toBe(app.at("nav-today"));
    await until(() => expect(commandById("first-steps").when?.()).toBe(true));
    commandById("first-steps").run();
    await app.find("first-steps");
  });

  it("say that all is done", async () => {
    const app = await openApp("steps=meeting,call,palette,schedule,hotkey");
    await until(() => expect(app.at("first-steps")?.textContent).toContain(t("first-steps-all")));
    expect(app.at("step-call")).toBeNull();
  });
});

describe("the demo's troubles", () => {
  it("are chosen in the banner, which says what is simulated and leads back to normal", async () => {
    const app = await openApp();
    await app.user.click(await app.find("demo-simulate"));
    const menu = await app.find("menu-trouble-none");
    expect([menu.getAttribute("role"), menu.getAttribute("aria-checked")]).toEqual(["menuitemradio", "true"]);
    await sound(await app.find("demo-ribbon"));
    await app.user.click(await app.find("menu-trouble-offline"));
    await until(() => expect(app.at("demo-says")?.textContent).toBe(t("trouble-offline-shown")));
    await app.user.click(await app.find("demo-normal"));
    await until(() => expect(app.at("demo-says")?.textContent).toBe(t("demo-ribbon")));
    expect(app.at("demo-normal")).toBeNull();
    await app.user.click(await app.find("demo-simulate"));
    await app.user.click(await app.find("menu-trouble-signInLost"));
    await app.find("banner-sign-in");
  });

  it("are nowhere with real accounts", async () => {
    const app = await openApp("scenario=real");
    await app.find("day-list");
    expect(app.at("demo-simulate")).toBeNull();
    await expect(app.host.simulate("offline")).rejects.toThrow();
  });
});

describe("the text for administrators", () => {
  it("is there in both languages, and is copied as it stands", async () => {
    const app = await openApp("scenario=welcome");
    await app.user.click(await app.find("welcome-connect"));
    const text = await app.find("admin-zoom-text");
    await until(() => expect(text.textContent).toContain("http://127.0.0.1/callback"));
    expect(text.textContent).toContain("user:read:user");
    (await app.find("admin-zoom")).setAttribute("open", "");
    await sound(await app.find("admin-zoom"));
    await app.user.click(await app.find("admin-zoom-nl"));
    await until(() => expect(text.textContent).toContain("Alvast bedankt"));
    expect(text.lang).toBe("nl");
    await app.user.click(await app.find("admin-zoom-copy"));
    await until(() => expect(app.host.journal.some((line) => line.startsWith("copy text") && line.includes(text.textContent ?? "?"))).toBe(true));
  });
});

describe("keys of the system", () => {
  const press = (more: Partial<KeyboardEvent>) => ({ key: "j", code: "KeyJ", ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more });

  it("are told by the place of the key, and shown as they are on this computer", () => {
    expect(hotkeyOf(press({ ctrlKey: true, altKey: true }))).toBe("Ctrl+Alt+KeyJ");
    expect(hotkeyOf(press({ key: "Control", code: "ControlLeft", ctrlKey: true }))).toBeNull();
    expect([shownHotkey("Ctrl+Alt+Digit1", false), shownHotkey("Super+Alt+Space", true)]).toEqual(["Mod+Alt+1", "Mod+Alt+Space"]);
    expect(writtenHotkey("Ctrl+Alt+KeyJ", false)).toBe("Ctrl+Alt+J");
    expect(typesCharacter(press({ key: "€", code: "KeyE", ctrlKey: true, altKey: true }))).toBe("€");
    expect(typesCharacter(press({ ctrlKey: true, altKey: true }))).toBeNull();
    expect(ownerOf("Ctrl+Shift+KeyC", false)).toBe(t("command-copy-link"));
    expect(ownerOf("Ctrl+Alt+KeyJ", false)).toBeNull();
  });

  async function part(query = ""): Promise<Opened> {
    const app = await openApp(query);
    router.openSettings("shortcuts");
    await app.find("settings-sheet");
    return app;
  }

  it("are off until asked, recorded by pressing them, and say what stands in the way", async () => {
    const app = await part();
    await app.find("hotkey-join-on");
    expect(app.at("hotkey-join-keys")).toBeNull();
    await sound(await app.find("settings-sheet"));
    await app.user.click(await app.find("hotkey-join-on"));
    await until(() => expect(app.at("hotkey-join-keys")?.textContent).toContain("Ctrl+Alt+J"));

    const record = async (name: string, more: KeyboardEventInit) => {
      await app.user.click(await app.find("hotkey-open-record"));
      await until(() => expect(document.activeElement).toBe(app.at("hotkey-open-recorder")));
      key(name, more);
    };
    await record("j", { code: "KeyJ", ctrlKey: true, altKey: true });
    await until(() => expect(app.at("hotkey-open-says")?.textContent).toBe(t("hotkey-other", { keys: "Ctrl+Alt+J" })));
    app.host.desk.refuses = "taken";
    await record("b", { code: "KeyB", ctrlKey: true, altKey: true });
    await until(() => expect(app.at("hotkey-open-says")?.textContent).toContain(t("hotkey-taken", { keys: "Ctrl+Alt+B" })));
    await record("€", { code: "KeyE", ctrlKey: true, altKey: true });
    await until(() => expect(app.at("hotkey-open-says")?.textContent).toContain("€"));
    expect(app.at("hotkey-open-keys")?.textContent).toContain("Ctrl+Alt+E");
    await app.user.click(await app.find("hotkey-open-off"));
    await app.gone("hotkey-open-keys");
    await record("Escape", { code: "Escape" });
    await app.gone("hotkey-open-recorder");
    expect(router.sheet).toBe("settings");
  });

  it("are a command to bind where the system gives none", async () => {
    const app = await part("hotkeys=none");
    expect((await app.find("hotkey-command")).textContent).toBe("liaison --join");
    await app.user.click(await app.find("hotkey-command-copy"));
    await until(() => expect(app.host.journal).toContain("copy text liaison --join"));
    expect(app.at("hotkey-join-on")).toBeNull();
  });
});

describe("a file for another computer", () => {
  async function part(query = "scenario=real"): Promise<Opened> {
    const app = await openApp(query);
    router.openSettings("privacy");
    await app.find("transfer-out");
    return app;
  }

  it("is written with a passphrase that was typed twice", async () => {
    const app = await part();
    await app.user.click(await app.find("transfer-out"));
    await type(app, "transfer-passphrase", "short");
    await type(app, "transfer-again", "shirt");
    await until(() => expect(app.at("transfer-out-form")?.textContent).toContain(t("transfer-mistyped")));
    await app.user.click(await app.find("transfer-write"));
    expect(app.host.journal.some((line) => line.startsWith("export"))).toBe(false);
    await type(app, "transfer-again", "short");
    await app.user.click(await app.find("transfer-write"));
    await until(() => expect(app.at("transfer-out-form")?.textContent).toContain(t("problem-too-short", { min: 10 })));
    await sound(await app.find("transfer-out-form"));
    await type(app, "transfer-passphrase", "correct horse");
    await type(app, "transfer-again", "correct horse");
    await app.user.click(await app.find("transfer-write"));
    await app.gone("transfer-out-form");
    expect(app.host.journal.some((line) => line.startsWith("export Liaison 2026-11-23"))).toBe(true);
  });

  it("shows what is in it before anything changes, and says what is wrong in plain words", async () => {
    const app = await part();
    await app.user.click(await app.find("transfer-in"));
    const input = (await app.find("transfer-file")) as HTMLInputElement;
    await app.user.upload(input, new File(["age-encryption.org/v1"], "Liaison.liaison"));
    await type(app, "transfer-passphrase", "wrong");
    await app.user.click(await app.find("transfer-look"));
    await until(() => expect(app.at("transfer-in-form")?.textContent).toContain(t("transfer-wrong")));
    for (const problem of ["later", "damaged", "otherAccount"] as const) {
      app.host.desk.fileIs = problem;
      await app.user.click(await app.find("transfer-look"));
      const words = { later: "transfer-later", damaged: "transfer-damaged", otherAccount: "transfer-other" } as const;
      await until(() => expect(app.at("transfer-in-form")?.textContent).toContain(t(words[problem])));
    }
    app.host.desk.fileIs = null;
    await type(app, "transfer-passphrase", "correct horse");
    await app.user.click(await app.find("transfer-look"));
    const preview = await app.find("transfer-preview");
    expect(preview.textContent).toContain("12 new");
    expect(app.host.journal).not.toContain("import");
    await sound(await app.find("transfer-in-form"));
    await app.user.click(await app.find("transfer-take"));
    await app.find("transfer-done");
    expect(app.host.journal).toContain("import");
  });

  it("is not taken in by the demo, which forgets it", async () => {
    const app = await part("");
    await app.user.click(await app.find("transfer-in"));
    expect(app.at("transfer-in-form")).toBeNull();
  });
});

describe("the look", () => {
  it("has a hue and a density, at once and without another start", async () => {
    const app = await openApp();
    router.openSettings("appearance");
    await app.user.click(await app.find("accent-teal"));
    await until(() => expect(document.documentElement.dataset["accent"]).toBe("teal"));
    await app.user.click(await app.find("density-compact"));
    await until(() => expect(document.documentElement.dataset["density"]).toBe("compact"));
  });

  it("takes the desktop's hue, and blue where it tells none", async () => {
    const app = await openApp("desktop-accent=ff7800");
    router.openSettings("appearance");
    const { style } = document.documentElement;
    await app.user.click(await app.find("accent-system"));
    await until(() => expect(style.getPropertyValue("--accent")).toMatch(/^oklch\(0\.52 /u));
    await app.user.click(await app.find("theme-contrast"));
    await until(() => expect(style.getPropertyValue("--accent")).toBe(""));
    await app.user.click(await app.find("theme-dark"));
    await until(() => expect(style.getPropertyValue("--accent")).toMatch(/^oklch\(0\.55 /u));
    await app.user.click(await app.find("accent-blue"));
    await until(() => expect(style.getPropertyValue("--accent")).toBe(""));
  });

  it("says that the desktop tells no hue", async () => {
    const app = await openApp();
    router.openSettings("appearance");
    await app.user.click(await app.find("accent-system"));
    await until(() => expect(document.body.textContent).toContain("tells no accent colour"));
    expect(document.documentElement.style.getPropertyValue("--accent")).toBe("");
  });

  it("hides titles by a key", async () => {
    const app = await openApp();
    await app.find("day-list");
    await until(() => expect(commandById("hide-titles").when?.()).toBe(true));
    key("h", { ctrlKey: true, shiftKey: true });
    await until(async () => expect((await app.host.getReminders()).settings.hideTitles).toBe(true));
  });
});

describe("a setting that is chosen in the palette", () => {
  it("has the focus, also where its part asks the engine first", async () => {
    const app = await openApp("scenario=real");
    await app.find("day-list");
    key("k", { ctrlKey: true });
    await type(app, "palette-query", t("privacy-erase"));
    await until(() => expect(app.all("palette-option")[0]?.textContent).toContain(t("privacy-erase")));
    key("Enter");
    await until(() => expect(document.activeElement?.closest("[data-setting]")?.getAttribute("data-setting")).toBe(t("privacy-erase")));
  });
});

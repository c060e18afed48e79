// Settings are found by a word, and none is missing from the index.

import { describe, expect, it } from "vitest";
import { foundSettings, settings } from "../features/settings";
import { t } from "../i18n/messages.svelte";
import { router, type SettingsPart } from "../state/router.svelte";
import { openApp, type, until } from "./open";

describe("finding a setting", () => {
  it("takes a word of either language, with or without accents, and titles come first", () => {
    expect(foundSettings("theme")[0]?.title).toBe("theme");
    expect(foundSettings("donker")[0]?.title).toBe("theme");
    expect(foundSettings("herinner")[0]?.title).toBe("reminders-on");
    expect(foundSettings("TITELS verberg").map(({ title }) => title)).toContain("reminders-hide");
    expect(foundSettings("sms").map(({ part }) => part)).toEqual(["calls"]);
    expect(foundSettings("erase").map(({ title }) => title)).toContain("privacy-erase");
    expect(foundSettings("  ")).toEqual([]);
    expect(foundSettings("xyzzy")).toEqual([]);
  });

  it("goes to its part with the focus on its choice, by keyboard alone", async () => {
    const app = await openApp();
    router.openSettings();
    await type(app, "settings-search", "snooze");
    const hit = await app.find("found-reminders-snooze");
    hit.focus();
    await app.user.keyboard("{Enter}");
    await until(() => expect(router.settingsPart).toBe("reminders"));
    await until(() => expect(document.activeElement?.closest("[data-setting]")?.getAttribute("data-setting")).toBe(t("reminders-snooze")));
  });

  it("says when nothing is found", async () => {
    const app = await openApp();
    router.openSettings();
    await type(app, "settings-search", "xyzzy");
    await until(() => expect(document.body.textContent).toContain("No setting found"));
  });

  it("knows every setting on every part", async () => {
    const app = await openApp("scenario=real");
    router.openSettings();
    await app.find("settings-appearance");
    const parts = app.all("settings-sheet")[0]?.querySelectorAll<HTMLElement>("nav button") ?? [];
    const ids = [...parts].map((button) => button.dataset["testid"]?.replace("settings-", "") as SettingsPart);
    for (const id of ids) {
      router.settingsPart = id;
      await until(() => expect(document.querySelector(`[data-testid=settings-${id}]`)?.getAttribute("aria-current")).toBe("page"));
      await new Promise((resolve) => setTimeout(resolve, 0));
      const known = settings.filter(({ part }) => part === id).map(({ title }) => t(title));
      expect(known.length, id).toBeGreaterThan(0);
      if (id === "reminders" || id === "privacy" || id === "background") await until(() => expect(document.querySelector("[data-setting]")).not.toBeNull());
      for (const row of document.querySelectorAll<HTMLElement>("[data-setting]")) expect(known, id).toContain(row.dataset["setting"]);
    }
  });
});

describe("meetings", () => {
  it("open in the browser until the Zoom app is chosen", async () => {
    const app = await openApp("scenario=real");
    expect(app.host.settings.openIn).toBe("browser");
    router.openSettings("meetings");
    await app.user.click(await app.find("open-in-zoomApp"));
    await until(() => expect(app.host.settings.openIn).toBe("zoomApp"));
  });

  it("are logged by themselves only once that is chosen", async () => {
    const app = await openApp("scenario=real");
    expect(app.host.settings.autoLogMeetings).toBe(false);
    router.openSettings("meetings");
    await app.user.click(await app.find("auto-log-meetings"));
    await until(() => expect(app.host.settings.autoLogMeetings).toBe(true));
  });
});

describe("privacy", () => {
  it("tells each kind of data, keeps for as long as is chosen, and erases after a question", async () => {
    const app = await openApp("scenario=real");
    router.openSettings("privacy");
    const table = await app.find("privacy-table");
    expect(table.querySelectorAll("tbody tr")).toHaveLength(23);
    expect(table.textContent).toContain("Until you erase it");
    await app.user.click(await app.find("keep-90"));
    await until(() => expect(table.textContent).toContain("90 days after it is over"));
    await app.user.click(await app.find("erase-everything"));
    expect(app.host.journal).not.toContain("erased");
    await app.user.click(await app.find("erase-confirm"));
    await until(() => expect(app.host.journal).toContain("erased"));
  });
});

// Reminders in the window: the settings, the notices that stand in for the system's own, and where a click leads.

import { cleanup } from "@testing-library/svelte";
import { describe, expect, it } from "vitest";
import { calls } from "../state/calls.svelte";
import { reminders } from "../state/reminders.svelte";
import { router } from "../state/router.svelte";
import { today } from "../state/today.svelte";
import { openApp, until, type Opened } from "./open";

async function meeting(app: Opened, place = 0): Promise<string> {
  const rows = await until(() => {
    const found = app.all("meeting-row");
    expect(found.length).toBeGreaterThan(place);
    return found;
  });
  return rows[place]?.dataset["id"] ?? "";
}

const words = () => document.querySelector(".toasts")?.textContent ?? document.body.textContent;

describe("a reminder that the system did not show", () => {
  it("is said by the window, joins and snoozes from there", async () => {
    const app = await openApp();
    const id = await meeting(app);
    app.host.reminders.due([id], "blocked");
    const topic = (await app.host.getMeeting(id)).row.topic;
    await until(() => expect(words()).toContain("In 1 min again"));
    expect(words()).toContain(topic);
    const snooze = [...document.querySelectorAll("button")].find((button) => button.textContent?.includes("In 1 min again"));
    snooze?.click();
    await until(() => expect(app.host.journal).toContain(`snooze 1 ${id}`));
    await until(() => expect(words()).not.toContain("In 1 min again"));

    app.host.reminders.due([id], "blocked");
    await until(() => expect(words()).toContain("In 1 min again"));
    const notice = [...document.querySelectorAll("button")].filter((button) => /^(Join|Start)$/u.test(button.textContent?.trim() ?? ""));
    notice.at(-1)?.click();
    await until(() => expect(app.host.journal).toContain(`join reminder ${id}`));
  });

  it("is left to the system where that showed it, and what was missed is told", async () => {
    const app = await openApp();
    const id = await meeting(app);
    app.host.reminders.due([id], "shown");
    app.host.reminders.due([id], "shown", true);
    await until(() => expect(words()).toContain("You missed a meeting"));
    expect(words()).not.toContain("In 1 min again");
  });

  it("tells no title where titles are hidden", async () => {
    const app = await openApp();
    const id = await meeting(app);
    await until(() => expect(reminders.data).not.toBeNull());
    await reminders.change({ hideTitles: true });
    app.host.reminders.due([id], "blocked");
    await until(() => expect(words()).toContain("In 1 min again"));
    const toast = [...document.querySelectorAll<HTMLElement>("[data-testid=toast]")].at(-1)?.textContent ?? "Meeting";
    expect(toast).toContain("Meeting");
  });
});

describe("the settings of reminders", () => {
  it("hold at once, and the test says what became of it", async () => {
    const app = await openApp();
    router.openSettings("reminders");
    await app.user.click(await app.find("reminders-before-10"));
    await until(() => expect(reminders.data?.settings.before).toEqual([1, 10]));
    await app.user.click(await app.find("reminders-test"));
    await until(() => expect(app.at("reminders-fate")?.textContent).toContain("Your system took it"));
    app.host.reminders.system = "blocked";
    await app.user.click(await app.find("reminders-test"));
    await until(() => expect(app.at("reminders-fate")?.textContent).toContain("shows no notifications"));
  });

  it("say that they are paused, and resume", async () => {
    const app = await openApp();
    await app.host.pauseReminders("hour");
    router.openSettings("reminders");
    await app.user.click(await app.find("reminders-resume"));
    await until(() => expect(reminders.data?.pausedUntil).toBeNull());
  });
});

describe("where the window is led to", () => {
  it("shows the meeting, the room or the part of the settings, and asks once", async () => {
    const app = await openApp();
    const id = await meeting(app, 1);
    router.go("calls");
    app.host.leadTo({ kind: "meeting", id });
    await until(() => expect(router.room).toBe("today"));
    await until(() => expect(today.selected).toBe(id));
    app.host.leadTo({ kind: "outbox" });
    await until(() => expect(router.room).toBe("outbox"));
    app.host.leadTo({ kind: "reminderSettings" });
    await app.find("reminders-test");
    app.host.leadTo({ kind: "schedule" });
    await app.find("schedule-sheet");
    expect(await app.host.takePlace()).toBeNull();
  });

  it("says when it stands for something that is not there", async () => {
    const app = await openApp();
    await meeting(app);
    app.host.leadTo({ kind: "call", id: "nobody" });
    await until(() => expect(document.body.textContent).toMatch(/E-|no longer|gone|not there/iu));
    expect(router.room).toBe("today");
  });
});

describe("closing the window for the first time", () => {
  it("is explained, and each answer holds", async () => {
    const app = await openApp();
    app.host.askToClose();
    await app.user.click(await app.find("close-keep"));
    await until(() => expect(app.host.journal).toContain("closed"));
    app.host.askToClose();
    await app.user.click(await app.find("close-quit"));
    await until(() => expect(app.host.journal).toContain("quit"));
    expect(app.host.reminders.background.keepRunning).toBe(false);
  });

  it("can be thought better of", async () => {
    const app = await openApp();
    app.host.askToClose();
    await app.find("close-keep");
    (document.activeElement as HTMLElement).click();
    await app.gone("close-keep");
    expect(app.host.journal).not.toContain("closed");
  });
});

describe("a window that is opened again", () => {
  it("is as it was left", async () => {
    const app = await openApp();
    const id = await meeting(app, 2);
    today.select(id);
    calls.narrow({ view: "all", query: "anna" });
    router.go("calls");
    const stored = await until(async () => {
      const left = await app.host.getUiState("left");
      expect(left).toContain("anna");
      expect(left).toContain(id);
      return left ?? "";
    });
    cleanup();
    const again = await openApp("", { frame: (await app.host.getUiState("frame")) ?? "", left: stored });
    expect(router.room).toBe("calls");
    expect(calls).toMatchObject({ view: "all", query: "anna" });
    expect(today.selected).toBe(id);
    expect(again.host.journal).not.toContain("quit");
    // What was chosen is known there too.
    router.go("today");
    await again.find("meeting-passcode");
  });

  it("opens as new after damage, or of another version", async () => {
    for (const left of ["{", "[]", '{"version":99}', '{"version":1}']) {
      cleanup();
      const app = await openApp("", { left });
      await meeting(app);
      expect(router.room).toBe("today");
    }
  });
});

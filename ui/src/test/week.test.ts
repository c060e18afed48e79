// The week: its days, what the keys reach, and what a press means; and what else stands in the calendar.

import axe from "axe-core";
import { describe, expect, it } from "vitest";
import { speak } from "../i18n/messages.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { today } from "../state/today.svelte";
import { openApp, until, type Opened } from "./open";

const press = (name: string, more: KeyboardEventInit = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }),
  );

async function openWeek(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.find("day-list");
  press("w");
  await app.find("week");
  return app;
}

const focused = () => (document.activeElement as HTMLElement).dataset;
const meeting = (app: Opened, id: string) => app.all("week-meeting").find((one) => one.dataset["id"] === id);

describe("the week", () => {
  it("opens by W with the days of the shown one, and D leads back", async () => {
    const app = await openWeek();
    expect(document.querySelector("h1")?.textContent).toMatch(/23\s*–\s*27 November/u);
    expect(document.querySelector("main header")?.textContent).toContain("Week 48");
    expect(document.querySelectorAll("[data-day]")).toHaveLength(5);
    expect(meeting(app, "m8")?.textContent).toContain("Pricing for Hooli");
    expect(meeting(app, "m7")?.textContent).toContain("Cancelled");
    press("d");
    await app.find("day-list");
    expect(today.offset).toBe(0);
  });

  it("goes from week to week with the arrows and by Page Up and Page Down, and back to this one with T", async () => {
    const app = await openWeek();
    press("ArrowRight");
    await until(() => expect(document.querySelector("h1")?.textContent).toContain("30 November"));
    expect(app.all("week-meeting")).toHaveLength(0);
    press("PageUp");
    await until(() => expect(meeting(app, "m2")).toBeDefined());
    press("ArrowLeft");
    await until(() => expect(document.querySelector("h1")?.textContent).toContain("16"));
    press("t");
    await until(() => expect(today.weekOffset).toBe(0));
    await until(() => expect(meeting(app, "m2")).toBeDefined());
  });

  it("is walked with the arrows within a day and to what is nearest in time on the next one", async () => {
    const app = await openWeek();
    meeting(app, "m1")?.focus();
    press("ArrowDown");
    expect(focused()["testid"]).toBe("week-gap");
    press("ArrowDown");
    await until(() => expect(focused()["id"]).toBe("m2"));
    expect(today.selected).toBe("m2");
    meeting(app, "m5")?.focus();
    press("ArrowRight");
    await until(() => expect(focused()["id"]).toBe("m10"));
    press("ArrowLeft");
    await until(() => expect(focused()["id"]).toBe("m5"));
    press("Home");
    await until(() => expect(focused()["id"]).toBe("m1"));
    expect(document.querySelectorAll('[data-testid="week"] [data-roving][tabindex="0"]')).toHaveLength(1);
  });

  it("starts by Enter, shows the details by Space and by a click", async () => {
    const app = await openWeek();
    meeting(app, "m2")?.focus();
    press("Enter");
    await until(() => expect(app.host.journal).toContain("start m2"));
    router.inspect(false);
    press(" ");
    await until(() => expect(router.inspecting).toBe(true));
    const other = meeting(app, "m8");
    if (!other) throw new Error("no meeting tomorrow");
    await app.user.click(other);
    await until(() => expect(app.at("inspector")?.textContent).toContain("Pricing for Hooli"));
  });

  it("plans in what is free: by the keys at its beginning", async () => {
    const app = await openWeek();
    const gap = app.all("week-gap")[0];
    if (!gap) throw new Error("nothing is free");
    expect(gap.getAttribute("aria-label")).toMatch(/free from .*, schedule/u);
    gap.focus();
    await app.user.keyboard("{Enter}");
    await until(() => expect(schedule.draft).not.toBeNull());
    expect(schedule.draft?.time).toBe("09:00");
  });

  it("says in both languages what it is to axe", async () => {
    const app = await openWeek();
    for (const language of ["en", "nl"] as const) {
      speak(language);
      await until(() => expect(document.querySelector("main")?.textContent).toContain(language === "en" ? "This week" : "Deze week"));
      const { violations } = await axe.run(await app.find("week"), { rules: { "color-contrast": { enabled: false } } });
      expect(violations.map((one) => `${one.id}: ${one.nodes[0]?.html ?? ""}`)).toEqual([]);
    }
    speak("en");
  });
});

describe("what else stands in the calendar", () => {
  it("is in the day and the week, with what collides, and can't be pressed", async () => {
    const app = await openApp();
    await app.find("day-list");
    await today.go(1);
    const rows = await until(() => {
      const found = app.all("busy-row");
      if (found.length !== 2) throw new Error("not here yet");
      return found;
    });
    expect(rows[0]?.textContent).toContain("Dentist");
    expect(rows[0]?.querySelector("button")).toBeNull();
    expect(rows[1]?.textContent).toContain("Out of office");
    await today.go(2);
    await until(() => expect(app.all("busy-row")[0]?.textContent).toContain("All day"));
    press("w");
    await app.find("week");
    expect(app.all("week-busy")).toHaveLength(2);
    expect((await app.find("week-whole")).textContent).toContain("Trade fair Utrecht");
  });

  it("is told while a meeting is planned at its time", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await until(() => expect(schedule.draft).not.toBeNull());
    schedule.change({ date: "2026-11-24", time: "12:15", minutes: 30, topic: "Demo" });
    const told = (await app.find("schedule-busy")).textContent ?? "";
    expect(told.replace(/[\u2066-\u2069]/gu, "")).toContain("In your calendar at that time: Dentist (12:00–13:00)");
  });
});

// The strip of two clocks in the Schedule sheet, on the simulation.

import { expect, it } from "vitest";
import { schedule } from "../state/schedule.svelte";
import { openApp, until, type Opened } from "./open";

async function opened(): Promise<Opened> {
  const app = await openApp();
  await app.user.click(await app.find("schedule-open"));
  await app.find("schedule-topic");
  schedule.change({ topic: "Demo", date: "2026-11-24", time: "15:00", minutes: 45 });
  return app;
}

it("is there only where the clocks differ, and says both times and whether they are good", async () => {
  const app = await opened();
  await until(() => expect(schedule.check?.start).not.toBeNull());
  expect(app.at("two-clocks")).toBeNull();
  schedule.change({ zone: "Europe/Berlin" });
  schedule.change({ zone: "America/New_York" });
  const slider = await app.find("two-clocks-slider");
  await until(() => expect(slider.getAttribute("aria-valuetext")).toContain("21:00 in Amsterdam"));
  expect(slider.getAttribute("aria-valuetext")).toContain("15:00 in New York");
  expect(slider.getAttribute("aria-valuetext")).toContain("outside working hours");
});

it("chooses another start by keys, on the clock of the meeting", async () => {
  const app = await opened();
  schedule.change({ zone: "America/New_York" });
  const slider = await app.find("two-clocks-slider");
  await until(() => expect(slider.getAttribute("aria-valuetext")).toContain("21:00 in Amsterdam"));
  slider.focus();
  await app.user.keyboard("{ArrowLeft}");
  await until(() => expect(schedule.draft?.time).toBe("14:45"));
  await until(() => expect(slider.getAttribute("aria-valuetext")).toContain("20:45"));
  await app.user.keyboard("{PageDown}");
  await until(() => expect(schedule.draft?.time).toBe("13:45"));
  // Of the first day of the strip nothing is over: its first start is at six by the user's clock, midnight there.
  await until(() => expect(slider.getAttribute("aria-valuetext")).toContain("19:45"));
  await app.user.keyboard("{Home}");
  await until(() => expect([schedule.draft?.date, schedule.draft?.time]).toEqual(["2026-11-24", "00:00"]));
});

// A meeting that repeats, in the Schedule sheet, on the simulation.

import { describe, expect, it, vi } from "vitest";
import { choose, following, weekOf } from "../features/schedule/repeats";
import { schedule } from "../state/schedule.svelte";
import { openApp, until, type Opened } from "./open";

async function opened(): Promise<Opened> {
  const app = await openApp();
  await app.user.click(await app.find("schedule-open"));
  await app.find("schedule-topic");
  return app;
}

describe("a meeting that repeats", () => {
  it("names its dates before it is made, and is made with its rule", async () => {
    const app = await opened();
    schedule.change({ topic: "Stand-up", date: "2026-12-01", time: "10:00" });
    await app.user.selectOptions(await app.find("schedule-repeats"), "weekly");
    expect(schedule.draft?.repeats).toEqual({ rhythm: { kind: "weekly", days: [2] }, every: 1, end: { kind: "times", times: 10 } });
    expect((await app.find("schedule-dates")).textContent).toContain("10 dates");
    const made = vi.spyOn(app.host, "scheduleMeeting");
    await schedule.create();
    expect(made.mock.calls[0]?.[0].repeats).toEqual({ rhythm: { kind: "weekly", days: [2] }, every: 1, end: { kind: "times", times: 10 } });
    await until(() => expect(document.body.textContent).toContain("10 meetings created"));
  });

  it("says up to when Zoom plans a series without an end", async () => {
    const app = await opened();
    schedule.change({ date: "2026-12-01", time: "10:00" });
    await app.user.selectOptions(await app.find("schedule-repeats"), "daily");
    await app.user.selectOptions(await app.find("schedule-repeats-end"), "never");
    await until(() => expect(app.at("schedule-dates")?.textContent).toContain("no further than 50 dates"));
  });

  it("follows the date that is chosen, unless its days were", () => {
    const weekly = choose("weekly", "2026-12-01", null);
    expect(weekly && following(weekly, "2026-12-01", "2026-12-03").rhythm).toEqual({ kind: "weekly", days: [4] });
    const workdays = choose("workdays", "2026-12-01", null);
    expect(workdays && following(workdays, "2026-12-01", "2026-12-03")).toEqual(workdays);
    expect([weekOf("2026-12-08"), weekOf("2026-12-28"), weekOf("2026-12-24")]).toEqual([2, -1, 4]);
  });
});

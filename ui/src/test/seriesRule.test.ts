// The sheet for how a series repeats, and in which zone, on the simulation.

import { expect, it, vi } from "vitest";
import { schedule } from "../state/schedule.svelte";
import { seriesRule } from "../state/seriesRule.svelte";
import { openApp, until, type Opened } from "./open";

/** A series of four Tuesdays, opened to be changed as a whole; its second date was moved by itself. */
async function opened(): Promise<Opened> {
  const app = await openApp();
  await app.user.click(await app.find("schedule-open"));
  await app.find("schedule-topic");
  schedule.change({ topic: "Stand-up", date: "2026-12-01", time: "10:00", logEvent: true });
  schedule.change({ repeats: { rhythm: { kind: "weekly", days: [2] }, every: 1, end: { kind: "times", times: 4 } } });
  await schedule.create();
  const { settings } = await app.host.getAppState();
  await app.host.updateSettings({ ...settings, holdSeconds: 0 });
  const moved = await app.host.editMeeting("made-1:2");
  await app.host.changeMeeting("made-1:2", { ...moved, date: "2026-12-10", time: "11:00" }, "one");
  await until(async () => expect((await app.host.getMeeting("made-1:2")).row.start).toBe(Date.parse("2026-12-10T10:00:00Z")));
  await app.host.updateSettings(settings);
  await schedule.edit("made-1");
  await app.user.click(await app.find("change-scope-all"));
  await app.user.click(await app.find("series-rule-open"));
  await app.find("series-rule-repeats");
  return app;
}

it("shows how the series repeats, and says before anything is sent what becomes of its dates", async () => {
  const app = await opened();
  expect((await app.find("series-rule-repeats")) as HTMLSelectElement).toHaveProperty("value", "weekly");
  // The date that was moved follows the rule again, even by the same rule.
  await until(() => expect(app.at("series-rule-outlook")?.textContent).toContain("moved to"));
  expect(app.at("series-rule-outlook")?.textContent).toContain("8 Dec");
  await app.user.selectOptions(await app.find("series-rule-repeats"), "daily");
  await app.user.selectOptions(await app.find("series-rule-repeats-end"), "never");
  await until(() => expect(app.at("series-rule-dates")?.textContent).toContain("no further than 50 dates"));
  expect(app.at("series-rule-outlook")?.textContent).toContain("46 are new");
  expect(app.at("series-rule-outlook")?.textContent).toContain("events in Salesforce follow their dates");
});

it("is saved by keys, held, and can be undone", async () => {
  const app = await opened();
  const saved = vi.spyOn(app.host, "changeSeriesRule");
  const repeats = await app.find("series-rule-repeats");
  expect(document.activeElement).toBe(repeats);
  await app.user.selectOptions(repeats, "workdays");
  await app.user.keyboard("{Control>}{Enter}{/Control}");
  await until(() => expect(saved.mock.calls[0]?.[1].repeats.rhythm).toEqual({ kind: "weekly", days: [1, 2, 3, 4, 5] }));
  await until(() => expect(app.at("series-rule-sheet")).toBeNull());
  expect(document.body.textContent).toContain("Change kept: Stand-up");
  expect(document.body.textContent).toContain("Zoom makes the dates anew");
});

it("stays open with the words beside the field that is wrong", async () => {
  const app = await opened();
  const saved = vi.spyOn(app.host, "changeSeriesRule");
  seriesRule.change({ zone: "Mars/Base" });
  await seriesRule.save();
  expect(saved).not.toHaveBeenCalled();
  await until(() => expect(app.at("series-rule-sheet")?.textContent).toContain("Choose a city"));
});

it("is asked about before it closes over another rule, and not where nothing is changed", async () => {
  const app = await opened();
  await app.user.keyboard("{Escape}");
  await app.gone("series-rule-sheet");
  await seriesRule.open("made-1");
  await app.user.selectOptions(await app.find("series-rule-repeats"), "workdays");
  await app.user.keyboard("{Escape}");
  await app.find("leave-sure");
  expect(app.at("series-rule-sheet")).not.toBeNull();
  await app.user.click(await app.find("leave-sure"));
  await app.gone("series-rule-sheet");
});

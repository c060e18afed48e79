// States that are looked at as pictures: those of every room, and sheets and jobs as they go.

import { expect } from "vitest";
import { jobs } from "../state/jobs.svelte";
import { registerSheet } from "../state/registering.svelte";
import { schedule } from "../state/schedule.svelte";
import { type, until, type Opened } from "./open";
import { states, type State } from "./states";

/** Twelve people are registered for a webinar: held, for so long as it says. */
async function registering(app: Opened): Promise<void> {
  await app.user.click(await app.find("nav-webinars"));
  await until(() => expect(app.all("webinar-row").length).toBeGreaterThan(0));
  registerSheet.open({ id: "w-start", topic: "Getting started" });
  await app.user.click(await app.find("pick-pasted"));
  await type(app, "pick-text", [...Array.from({ length: 11 }, (_, index) => `Person${index} Of Some Length <p${index}@many.example>`), "Luca Ferrand <luca.ferrand@harbour.example>"].join("\n"));
  await app.user.click(await app.find("register-to-check"));
  await until(() => expect(registerSheet.check?.ready).toBe(12));
}

async function paused(app: Opened): Promise<void> {
  await registering(app);
  await registerSheet.go();
  await app.find("job-panel");
  await until(() => expect(jobs.all.length).toBe(1));
  const [job] = jobs.all;
  if (job) await jobs.pause(job, true);
  await app.find("job-resume");
}

async function results(app: Opened): Promise<void> {
  (await app.find("job-show")).click();
  await app.find("job-results");
  await until(() => expect(app.all("result-row").length).toBeGreaterThan(0));
}

async function rule(app: Opened): Promise<void> {
  await app.user.click(await app.find("schedule-open"));
  await app.find("schedule-topic");
  schedule.change({ topic: "Stand-up", date: "2026-12-01", time: "10:00" });
  schedule.change({ repeats: { rhythm: { kind: "weekly", days: [2] }, every: 1, end: { kind: "times", times: 4 } } });
  await schedule.create();
  await schedule.edit("made-1");
  await app.user.click(await app.find("change-scope-all"));
  await app.user.click(await app.find("series-rule-open"));
  await app.find("series-rule-repeats");
  await app.find("series-rule-outlook");
}

export const drawn: readonly State[] = [
  ...states,
  ["the rule of a series", "", rule],
  ["twelve who are checked", "", registering],
  ["a job that is paused", "", paused],
  ["a job that is paused, with its results", "", async (app) => (await paused(app), results(app))],
  [
    "a job that ended with a failure",
    "",
    async (app) => {
      await app.host.updateSettings({ ...app.host.settings, holdSeconds: 0 });
      await registering(app);
      await registerSheet.go();
      await until(() => expect(app.at("job-retry")).not.toBeNull());
      await results(app);
    },
  ],
];

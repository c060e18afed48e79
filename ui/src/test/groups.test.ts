// Groups of the outbox and its pages, on the simulation.

import { describe, expect, it } from "vitest";
import { outbox } from "../state/outbox.svelte";
import { meetingChanges } from "../state/meetingChanges.svelte";
import { router } from "../state/router.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, until, type Opened } from "./open";

const group = async (app: Opened) => (await app.host.listOutbox(null)).groups.find((other) => other.what === "logMeetings");

/** All meetings of the day are logged, and the outbox is open. */
async function logged(): Promise<Opened> {
  const app = await openApp();
  await until(() => expect(meetingChanges.loggable.length).toBeGreaterThan(0));
  await meetingChanges.logAll();
  router.go("outbox");
  await app.find("outbox-group");
  return app;
}

describe("a group of the outbox", () => {
  it("is one line, and its rows are a list of their own", async () => {
    const app = await logged();
    const count = (await group(app))?.total ?? 0;
    expect(app.at("outbox-group")?.textContent).toContain(`Log ${count} meeting`);
    expect(app.all("outbox-item").some((line) => line.dataset["id"]?.startsWith("log-"))).toBe(false);
    app.at("outbox-group-show")?.click();
    await until(() => expect(app.all("outbox-item")).toHaveLength(count));
    expect(app.all("outbox-item").every((line) => line.dataset["id"]?.startsWith("log-"))).toBe(true);
    app.at("outbox-group-show")?.click();
    await until(() => expect(outbox.group).toBeNull());
  });

  it("is paused, goes on, and is undone after a question", async () => {
    const app = await logged();
    app.at("outbox-group-pause")?.click();
    await app.find("outbox-group-resume");
    expect(app.at("outbox-group")?.textContent).toContain("Paused");
    app.at("outbox-group-resume")?.click();
    await until(async () => expect((await group(app))?.left).toBe(0));
    (await app.find("outbox-group-undo")).click();
    (await app.find("outbox-group-undo-sure")).click();
    await until(() => expect(app.all("outbox-group")).toHaveLength(2));
    expect(app.all("outbox-group")[0]?.dataset["what"]).toBe("undo");
  });

  it("that has not left is taken back with Mod+Z", async () => {
    const app = await openApp();
    await until(() => expect(meetingChanges.loggable.length).toBeGreaterThan(0));
    await meetingChanges.logAll();
    key("z", { ctrlKey: true });
    await until(async () => expect((await group(app))?.discarded).toBe((await group(app))?.total));
    await until(() => expect(today.rows.every((row) => row.event.kind !== "held")).toBe(true));
  });
});

describe("a long outbox", () => {
  it("comes in pages, and counts all of it", async () => {
    const app = await openApp("scenario=many");
    router.go("outbox");
    await until(() => expect(outbox.rows.total).toBe(450));
    expect(app.at("outbox-list")?.textContent).toContain("450");
    const drawn = app.all("outbox-item");
    expect(drawn.length).toBeGreaterThan(0);
    expect(drawn.length).toBeLessThan(100);
    expect(outbox.rows.at(400)).toBeUndefined();
    outbox.rows.want(390, 410);
    await until(() => expect(outbox.rows.at(400)?.title).toBe("Follow-up 401"));
  });
});

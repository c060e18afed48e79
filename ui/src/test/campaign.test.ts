// A webinar's people on their way to a Campaign, on the simulation: what the plan shows is what is written.

import { describe, expect, it, vi } from "vitest";
import { webinarMenu } from "../features/webinars/menu";
import { campaign } from "../state/campaign.svelte";
import { until, type Opened } from "./open";
import { noHold, page, plain } from "./webinarRoom";

async function open(app: Opened, id: string): Promise<void> {
  void campaign.open(id);
  await app.find("campaign-plan");
  await until(() => expect(campaign.planning).toBe(false));
}

async function anew(app: Opened, name: string): Promise<void> {
  campaign.change({ campaign: null });
  campaign.change({ name });
  await until(() => expect(campaign.plan?.digest).toContain(name));
  await app.find("campaign-plan");
}

describe("a webinar's people in a campaign", () => {
  it("go into the one that the webinar has, which the plan of a second new one says", async () => {
    const app = await page("w-open");
    await noHold(app);
    await open(app, "w-open");
    await anew(app, "First");
    expect(app.at("campaign-instead")).toBeNull();
    await campaign.run();
    await until(async () => expect((await app.host.startCampaign("w-open")).choice.name).toBe("First"));
    await open(app, "w-open");
    await anew(app, "Second");
    expect(plain(await app.find("campaign-instead"))).toContain("This webinar has a campaign already: “First”");
    expect(app.at("campaign-name")).toBeNull();
  });

  it("would go into one of the same name, which is said while its name is typed, and another name makes a new one", async () => {
    const app = await page("w-q1");
    await open(app, "w-q1");
    await anew(app, "Refit 2027");
    const field = (await app.find("campaign-name")) as HTMLInputElement;
    expect(plain(await app.find("campaign-instead"))).toContain("A campaign with this name and day is there: “Refit 2027” People would be added to it.");
    expect(plain(app.at("campaign-instead"))).not.toContain("This webinar has");
    await anew(app, "Refit 2027 for customers");
    await app.gone("campaign-instead");
    expect(app.at("campaign-name")).toBe(field);
    await anew(app, "Refit 2027");
    await app.find("campaign-instead");
    campaign.change({ name: " " });
    expect(campaign.blocked).toBe(true);
  });

  it("are not written where something else would be done by now: the new plan is shown, and written at the next press", async () => {
    const app = await page("w-q1");
    await open(app, "w-q1");
    await anew(app, "Launch");
    const before = campaign.plan;
    if (!before) throw new Error("no plan");
    const other = { ...before, digest: "other", create: before.create + 7 };
    const runs = vi.spyOn(app.host, "runCampaign").mockResolvedValueOnce({ group: null, people: 0, campaign: false, changed: other });
    await campaign.run();
    expect(plain(await app.find("campaign-changed"))).toContain("Nothing was written.");
    expect(campaign.plan?.create).toBe(before.create + 7);
    expect(campaign.webinar).toBe("w-q1");
    runs.mockResolvedValueOnce({ group: null, people: 1, campaign: true, changed: null });
    await campaign.run();
    expect(runs.mock.calls.map(([, , digest]) => digest)).toEqual([before.digest, "other"]);
    await app.gone("campaign-sheet");
  });

  it("may have come to a webinar for which nobody registers", async () => {
    const app = await page("w-open");
    const detail = await app.host.getWebinar("w-open");
    expect(detail.row.approval).toBe("none");
    expect(webinarMenu(detail).map(({ id }) => id)).toContain("webinar-campaign");
  });

  it("are all counted, also those that are not listed", async () => {
    const app = await page("w-q1");
    await open(app, "w-q1");
    const plan = campaign.plan;
    if (!plan) throw new Error("no plan");
    const all = plan.create + plan.change + plan.leave + plan.unknown;
    expect(all).toBeGreaterThan(plan.rows.length);
    expect(plain(await app.find("plan-rest")).replace(/,/gu, "")).toContain(`And ${all - plan.rows.length} more: `);
  });
});

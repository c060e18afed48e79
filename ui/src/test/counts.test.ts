// The number on a chip is the number of rows under it: with the search and the range that are on, too.

import { describe, expect, it } from "vitest";
import { attendance } from "../state/attendance.svelte";
import { calls } from "../state/calls.svelte";
import { registrants } from "../state/registrants.svelte";
import { webinars } from "../state/webinars.svelte";
import { openApp, type, until, type Opened } from "./open";

interface Room {
  rows: { loaded: boolean; total: number };
}

/** The numbers that stand on the chips of a bar, by their view. */
function numbers(app: Opened, name: string): [string, number][] {
  const chips = [...document.querySelectorAll<HTMLElement>(`[data-testid^="${name}-view-"]`)];
  return chips.flatMap((chip) => {
    const words = (chip.closest("label") ?? chip).textContent ?? "";
    const found = /(\d[\d.,]*)\s*$/u.exec(words.replace(/[\u2066-\u2069]/gu, "").trim());
    return found?.[1] === undefined ? [] : [[chip.dataset["testid"] ?? "", Number(found[1].replace(/\D/gu, ""))] as [string, number]];
  });
}

/** Goes through the chips that have a number; without a search, then with one. */
async function agree(app: Opened, name: string, room: Room, word: string): Promise<void> {
  const before = numbers(app, name);
  expect(before.length).toBeGreaterThan(0);
  for (const [chip, number] of before) {
    await app.user.click(await app.find(chip));
    await until(() => expect([chip, room.rows.loaded, room.rows.total]).toEqual([chip, true, number]));
  }
  await type(app, `${name}-search`, word);
  await until(() => expect(room.rows.loaded).toBe(true));
  for (const [chip] of before) {
    if (!app.at(chip)) continue;
    await app.user.click(await app.find(chip));
    await until(() => expect([room.rows.loaded, numbers(app, name)]).toEqual([true, [[chip, room.rows.total]]]));
  }
}

async function webinar(app: Opened, id: string, tab: string): Promise<void> {
  await app.user.click(await app.find("nav-webinars"));
  await until(() => expect(webinars.rows.loaded).toBe(true));
  webinars.show({ id, progress: "upcoming", approval: "automatic" }, tab === "attendance" ? "attendance" : "registrants");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  await app.find(`${tab}-search`);
}

describe("the number on a chip", () => {
  it("is that of the calls under it", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-calls"));
    await until(() => expect(calls.toLink).toBeGreaterThan(0));
    await agree(app, "calls", calls, "in");
  });

  it("is that of the webinars under it", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-webinars"));
    await until(() => expect(webinars.rows.loaded).toBe(true));
    await agree(app, "webinars", webinars, "start");
  });

  it("is that of the registrants under it", async () => {
    const app = await openApp();
    await webinar(app, "w-q1", "registrants");
    await until(() => expect(registrants.rows.loaded).toBe(true));
    await agree(app, "registrants", registrants, "lindqvist");
  });

  it("is that of who came under it", async () => {
    const app = await openApp();
    await webinar(app, "w-q4", "attendance");
    await until(() => expect(attendance.rows.loaded).toBe(true));
    await agree(app, "attendance", attendance, "an");
  });

  it("is that of the groups of the outbox, which are all that is listed", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-outbox"));
    await app.find("outbox-list");
    const { counts, total, items } = await app.host.listOutbox(null);
    expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(total);
    expect(items.length).toBe(total);
  });
});

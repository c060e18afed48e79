// Each sheet of calls, webinars and people by keyboard alone: it takes the focus, Tab goes through it as it is read and
// stays in it, Escape closes it, and the focus is back where it was.

import { describe, expect, it } from "vitest";
import { calls } from "../state/calls.svelte";
import { people } from "../state/people.svelte";
import { registrants } from "../state/registrants.svelte";
import { webinars } from "../state/webinars.svelte";
import { openLeadSheet } from "./leadSheet";
import { key, openApp, until, type Opened } from "./open";

/** What has the focus when the sheet is asked for, once it has. */
type Begin = (app: Opened) => Promise<HTMLElement>;

async function rowOf(app: Opened, room: "calls" | "webinars" | "people", testid: string, id?: string): Promise<HTMLElement> {
  await app.user.click(await app.find(`nav-${room}`));
  return chosen(app, testid, id);
}

async function chosen(app: Opened, testid: string, id?: string): Promise<HTMLElement> {
  const row = await until(() => {
    const found = app.all(testid).find((one) => id === undefined || one.dataset["id"] === id);
    if (!found) throw new Error(`no ${testid} ${id ?? ""}`);
    return found;
  });
  row.focus();
  return row;
}

async function call(app: Opened, id: string, view?: string): Promise<HTMLElement> {
  await app.user.click(await app.find("nav-calls"));
  if (view) await app.user.click(await app.find(`calls-view-${view}`));
  const row = await chosen(app, "call-row", id);
  await until(() => expect(calls.detail.data?.row.id).toBe(id));
  return row;
}

async function webinar(app: Opened, id: string): Promise<void> {
  const row = await rowOf(app, "webinars", "webinar-row", id);
  await app.user.keyboard("{Enter}");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  expect(row).toBeDefined();
}

const pressed = async (app: Opened, testid: string): Promise<HTMLElement> => {
  const button = await app.find(testid);
  button.focus();
  await app.user.keyboard("{Enter}");
  return button;
};
const letter = (element: HTMLElement, name: string): HTMLElement => {
  key(name);
  return element;
};

const sheets: readonly [name: string, sheet: string, begin: Begin][] = [
  ["what is due", "due-sheet", async (app) => (await app.user.click(await app.find("nav-calls")), pressed(app, "calls-due"))],
  ["a next step", "next-sheet", async (app) => letter(await call(app, "call-0", "all"), "r")],
  ["whose call it was", "calls-find", async (app) => letter(await call(app, "call-2"), "f")],
  [
    "a new lead",
    "lead-sheet",
    async (app) => {
      await app.user.click(await app.find("nav-calls"));
      await openLeadSheet(app);
      return document.body;
    },
  ],
  ["a new webinar", "webinar-sheet", async (app) => letter(await rowOf(app, "webinars", "webinar-row"), "n")],
  ["registering many", "register-sheet", async (app) => (await webinar(app, "w-q1"), pressed(app, "webinar-add-people"))],
  [
    "a decision about a registrant",
    "decide-sure",
    async (app) => {
      await webinar(app, "w-q1");
      await app.user.click(await app.find("registrants-view-pending"));
      const row = await chosen(app, "registrant-row");
      await until(() => expect(registrants.selectedRow?.id).toBe(row.dataset["id"]));
      return letter(row, "v");
    },
  ],
  [
    "registering a person where no webinar is pinned",
    "register-which",
    async (app) => {
      await app.host.pinWebinar(null);
      const row = await rowOf(app, "people", "person-row");
      await until(() => expect(people.detail.data?.row.id).toBe(row.dataset["id"]));
      return letter(row, "r");
    },
  ],
  ["a meeting with a person", "schedule-sheet", async (app) => letter(await rowOf(app, "people", "person-row"), "c")],
];

const tabbable = (element: HTMLElement) => element.tabIndex >= 0 && !element.hasAttribute("disabled") && !element.closest("[hidden], [inert]");

describe.each(sheets)("the keys in %s", (_, testid, begin) => {
  it("go through it in order, stay in it, and come back", async () => {
    const app = await openApp();
    await app.find("day-list");
    const opener = await begin(app);
    const inside = await app.find(testid);
    const sheet = inside.closest<HTMLElement>("[role=dialog], [role=alertdialog]");
    if (!sheet) throw new Error("it is no dialog");
    await until(() => expect(sheet.contains(document.activeElement)).toBe(true));
    // Nothing goes out of line.
    expect([...sheet.querySelectorAll<HTMLElement>("[tabindex]")].filter((element) => element.tabIndex > 0)).toEqual([]);
    const stops = [...sheet.querySelectorAll<HTMLElement>("*")].filter(tabbable);
    // Once around: until the focus is where it has been.
    const seen: Element[] = [];
    for (;;) {
      await app.user.tab();
      const { activeElement: here } = document;
      expect(sheet.contains(here)).toBe(true);
      if (!here || seen.includes(here)) break;
      seen.push(here);
    }
    expect(seen.length).toBeGreaterThan(1);
    // In the order of the page, beginning anew at its end.
    const places = seen.map((element) => stops.indexOf(element as HTMLElement)).filter((place) => place >= 0);
    const turns = places.filter((place, at) => at > 0 && place < (places[at - 1] ?? 0)).map((place) => stops[place]?.outerHTML.slice(0, 120));
    expect(turns.length, turns.join("\n")).toBeLessThanOrEqual(1);
    for (let left = 3; left > 0 && sheet.isConnected; left -= 1) {
      await app.user.keyboard("{Escape}");
      await new Promise((done) => setTimeout(done, 30));
    }
    await until(() => expect(sheet.isConnected).toBe(false));
    await until(() => expect(document.activeElement).not.toBe(document.body));
    if (opener !== document.body) expect(document.activeElement).toBe(opener.isConnected ? opener : document.activeElement);
  });
});

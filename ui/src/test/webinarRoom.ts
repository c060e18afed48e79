// The ways by keys to a webinar of the simulation and to what is on its page.

import { expect } from "vitest";
import { registrants } from "../state/registrants.svelte";
import { webinars } from "../state/webinars.svelte";
import { key, openApp, until, type Opened } from "./open";

export const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();
export const main = () => document.querySelector("main");

export async function room(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("nav-webinars"));
  await until(() => expect(webinars.rows.loaded).toBe(true));
  return app;
}

export const line = (app: Opened, testid: string, id: string) => app.all(testid).find((row) => row.dataset["id"] === id);

/** Opens the page of a webinar with the keys alone. */
export async function page(id = "w-q1", query = ""): Promise<Opened> {
  const app = await room(query);
  await until(() => expect(line(app, "webinar-row", id)).toBeDefined());
  line(app, "webinar-row", id)?.focus();
  key("Enter");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  return app;
}

export async function past(id: string): Promise<Opened> {
  const app = await room();
  await app.user.click(await app.find("webinars-view-past"));
  await until(() => expect(line(app, "webinar-row", id)).toBeDefined());
  line(app, "webinar-row", id)?.focus();
  key("Enter");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  return app;
}

/** The registrant on show. */
export async function registrant(app: Opened, standing: string): Promise<string> {
  await app.user.click(await app.find(`registrants-view-${standing}`));
  await until(() => expect(app.all("registrant-row")[0]?.dataset["standing"]).toBe(standing));
  const row = app.all("registrant-row")[0];
  row?.focus();
  const id = row?.dataset["id"] ?? "";
  await until(() => expect(registrants.selectedRow?.id).toBe(id));
  await app.find("registrant");
  return id;
}

export const standing = async (app: Opened, webinar: string, id: string) => {
  const { rows } = await app.host.listRegistrants(webinar, { standing: null, query: "", sort: "newest" }, 0, 200);
  return rows.find((row) => row.id === id)?.standing;
};

export async function noHold(app: Opened): Promise<void> {
  await app.host.updateSettings({ ...app.host.settings, holdSeconds: 0 });
}

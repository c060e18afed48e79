// The ways by keys to a call of the simulation.

import { expect } from "vitest";
import { calls } from "../state/calls.svelte";
import { openApp, until, type Opened } from "./open";

export const FIGURE = (figure: number) => ({ code: `Digit${figure}` });
export const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();

export async function room(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("nav-calls"));
  await until(() => expect(calls.rows.loaded).toBe(true));
  return app;
}

export const line = (app: Opened, id: string) => app.all("call-row").find((row) => row.dataset["id"] === id);

export async function chosen(app: Opened, id: string): Promise<void> {
  await until(() => expect(line(app, id)).toBeDefined());
  line(app, id)?.focus();
  await until(() => expect(calls.detail.data?.row.id).toBe(id));
}

export async function all(app: Opened): Promise<void> {
  await app.user.click(await app.find("calls-view-all"));
  await until(() => expect(app.all("call-row").length).toBeGreaterThan(7));
}

export const standing = async (app: Opened, id: string) => (await app.host.getCall(id)).row.standing;

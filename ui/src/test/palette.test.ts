// The palette by keyboard alone: groups, the second action, what is remembered, and answers that come too late.

import axe from "axe-core";
import { describe, expect, it } from "vitest";
import type { PaletteAnswer, PaletteAsk } from "../host";
import { router } from "../state/router.svelte";
import { people } from "../state/people.svelte";
import { schedule } from "../state/schedule.svelte";
import { toasts } from "../state/toasts.svelte";
import { key, openApp, type, until, type Opened } from "./open";

async function opened(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.find("day-list");
  key("k", { ctrlKey: true });
  await until(() => expect(app.all("palette-option").length).toBeGreaterThan(0));
  return app;
}

const titles = (app: Opened) => app.all("palette-option").map((one) => one.textContent);
const headings = () => [...document.querySelectorAll("[data-testid=palette] [role=group]")].map((one) => one.getAttribute("aria-label"));

describe("the palette", () => {
  it("loses no letter that is typed before it is there", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("k", { ctrlKey: true });
    for (const letter of "ann") key(letter);
    const field = await app.find("palette-query");
    await until(() => expect((field as HTMLInputElement).value).toBe("ann"));
    await until(() => expect(headings()).toContain("People"));
    expect(document.activeElement).toBe(field);
    expect(router.room).toBe("today");
  });

  it("puts what it finds under headings, and says so to those who hear it", async () => {
    const app = await opened();
    await type(app, "palette-query", "anna");
    await until(() => expect(headings()).toEqual(expect.arrayContaining(["Meetings", "People"])));
    const found = await axe.run(await app.find("palette"), { rules: { "color-contrast": { enabled: false } } });
    expect(found.violations).toEqual([]);
  });

  it("opens the person on Enter and plans with them on the second key, which it shows", async () => {
    const app = await opened();
    await type(app, "palette-query", "@anna");
    await until(() => expect(headings()).toEqual(["People"]));
    expect((await app.find("palette-second")).textContent).toContain("Schedule with Anna");
    key("Enter", { ctrlKey: true });
    await app.find("schedule-sheet");
    expect(schedule.line.text).toContain("Anna");
    schedule.close();
    await app.gone("schedule-sheet");

    key("k", { ctrlKey: true });
    await type(app, "palette-query", "@anna");
    await until(() => expect(headings()).toEqual(["People"]));
    key("Enter");
    await until(() => expect(router.room).toBe("people"));
    await until(() => expect(people.current).toBe(app.host.palettes.chosen.find(({ kind }) => kind === "person")?.id));
  });

  it("leads to settings, and offers first what was chosen before", async () => {
    const app = await opened();
    await type(app, "palette-query", "text size");
    await until(() => expect(headings()).toContain("Settings"));
    const option = app.all("palette-option").find((one) => one.dataset["id"] === "setting-text-size");
    option?.click();
    await app.find("settings-sheet");
    expect(router.settingsPart).toBe("appearance");
    router.sheet = null;
    await app.host.notePaletteChoice({ kind: "command", id: "sync" });
    key("k", { ctrlKey: true });
    await until(() => expect(headings()[0]).toBe("Used most"));
    expect(titles(app).filter((title) => title.includes("Sync now"))).toHaveLength(1);
    await type(app, "palette-query", "> e");
    await until(() => expect(headings()).toEqual(["Commands", "Settings"]));
  });

  it("lets no older answer, and no older failure, take the place of a newer one", async () => {
    const app = await opened();
    const held: { query: string; answer: (answer: PaletteAnswer) => void; fail: (thrown: unknown) => void }[] = [];
    app.host.palette = ({ query }: PaletteAsk) => new Promise((answer, fail) => held.push({ query, answer, fail }));
    for (const query of ["o", "ou", "out"]) await type(app, "palette-query", query);
    await until(() => expect(held.map(({ query }) => query)).toEqual(["o", "ou", "out"]));
    const only = (id: string): PaletteAnswer => ({ groups: [{ kind: "commands", entries: [{ kind: "command", id }] }] });
    held[2]?.answer(only("go-outbox"));
    await until(() => expect(titles(app)).toHaveLength(1));
    held[0]?.answer(only("sync"));
    held[1]?.fail(new Error("late"));
    await new Promise((done) => setTimeout(done, 0));
    expect(titles(app)[0]).toContain("Go to Outbox");
    expect(toasts.assertive).toBe("");
  });
});

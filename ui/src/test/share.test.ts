// Passing a meeting on, meeting somebody now, and the meeting after a meeting, on the simulation.

import { describe, expect, it } from "vitest";
import { commandById } from "../commands/registry";
import { HostError } from "../host";
import { t } from "../i18n/messages.svelte";
import { people } from "../state/people.svelte";
import { schedule } from "../state/schedule.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, row, until, type Opened } from "./open";

async function chosen(app: Opened, id: string): Promise<void> {
  const line = await row(app, id);
  line.querySelector<HTMLElement>("[data-roving]")?.focus();
  await until(() => expect(today.selected).toBe(id));
}

const said = () => toasts.shown.at(-1);

describe("an invitation", () => {
  it("goes into a mail of the user's own program, and it is said to how many", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    const copy = (await row(app, "m4")).querySelector<HTMLElement>("[data-testid=meeting-copy]");
    if (copy) await app.user.click(copy);
    await app.user.click(await app.find("menu-mail-invitation"));
    await until(() => expect(app.host.journal).toContain("mail m4"));
    await until(() => expect(said()?.text).toMatch(/^Your mail program has a draft for \d+ guests?\.$/));
  });

  it("says where addresses are that a mail has no room for", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    app.host.mailInvitation = () => Promise.resolve({ addressed: 40, copied: 12 });
    commandById("mail-invitation").run();
    await until(() => expect(said()?.detail).toBe(t("invitation-mail-copied", { count: 12 })));
    app.host.mailInvitation = () => Promise.resolve({ addressed: 0, copied: 0 });
    commandById("mail-invitation").run();
    await until(() => expect(said()?.text).toBe(t("invitation-mail-nobody")));
  });

  it("is a file for calendars, and nothing is said when the dialog was closed", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    commandById("save-invitation").run();
    await until(() => expect(said()?.text).toBe(t("invitation-saved")));
    expect(app.host.journal).toContain("save m4 Intro, Globex");
    const count = toasts.shown.length;
    let closed = false;
    app.host.saveInvitation = () => {
      closed = true;
      return Promise.resolve(false);
    };
    commandById("save-invitation").run();
    await until(() => expect(closed).toBe(true));
    expect(toasts.shown.length).toBe(count);
  });
});

describe("a meeting for now", () => {
  it("is made with the chosen person by one key, and offers its invitation", async () => {
    const app = await openApp();
    key("4", { ctrlKey: true });
    await until(() => expect(people.currentRow).not.toBeNull());
    const name = people.currentRow?.name ?? "";
    key("M", { ctrlKey: true, shiftKey: true });
    await until(() => expect(app.host.journal.some((line) => line.startsWith("start made-"))).toBe(true));
    await until(() => expect(said()?.text).toContain(name));
    said()?.action?.run();
    await until(() => expect(app.host.journal.some((line) => line.startsWith("copy invitation made-"))).toBe(true));
  });

  it("says that it is there when Zoom could not be opened, and why it is not when it was not made", async () => {
    const app = await openApp();
    key("4", { ctrlKey: true });
    await until(() => expect(people.currentRow).not.toBeNull());
    const meet = app.host.meetNow.bind(app.host);
    app.host.meetNow = async (person) => ({ ...(await meet(person)), started: false });
    commandById("meet-now").run();
    await until(() => expect(said()?.detail).toBe(t("meet-now-not-opened")));
    app.host.meetNow = () => Promise.reject(new HostError({ kind: "offline" }));
    commandById("meet-now").run();
    await until(() => expect(said()?.text).toBe(t("error-offline")));
  });

  it("is offered where somebody is chosen, and nowhere else", async () => {
    await openApp();
    expect(commandById("meet-now").when?.()).toBe(false);
  });
});

describe("a meeting with several", () => {
  it("is planned from those who are selected", async () => {
    const app = await openApp();
    key("4", { ctrlKey: true });
    await until(() => expect(people.currentRow).not.toBeNull());
    const [first, second] = [people.rows.at(0), people.rows.at(1)];
    people.selection.toggle(first?.id ?? "");
    people.selection.toggle(second?.id ?? "");
    key("c");
    await app.find("schedule-people");
    await until(() => expect(schedule.draft?.people).toEqual([first?.id, second?.id]));
  });
});

describe("the meeting after a meeting", () => {
  it("has its people and its topic, and is a new one", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("f");
    const topic = (await app.find("schedule-topic")) as HTMLInputElement;
    expect(topic.value).toBe("Intro, Globex");
    expect(schedule.changing).toBeNull();
    expect(schedule.draft?.people.length).toBeGreaterThan(0);
  });
});

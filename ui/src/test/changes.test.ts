// Meetings that are there, and rows that ask for the user, on the simulation.

import { afterEach, describe, expect, it, vi } from "vitest";
import { meetingChanges } from "../state/meetingChanges.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, row, type, until, type Opened } from "./open";

async function chosen(app: Opened, id: string): Promise<void> {
  const line = await row(app, id);
  line.querySelector<HTMLElement>("[data-roving]")?.focus();
  await until(() => expect(today.selected).toBe(id));
}

async function item(app: Opened, what: string) {
  return (await app.host.listOutbox(null)).items.find((other) => other.what === what);
}

describe("a meeting that is there", () => {
  it("says whether it has a passcode and a waiting room, or that nobody knows; of somebody else's only what Zoom tells", async () => {
    const app = await openApp();
    const shown = async (id: string, days = 0) => {
      await today.show(id, days);
      await until(() => expect(today.detail.data?.row.id).toBe(id));
      await app.find("meeting-passcode");
      return ["meeting-passcode", "meeting-waiting-room"].map((part) => app.at(part)?.textContent);
    };
    expect(await shown("m4")).toEqual(["Set, copied with the ID", "On"]);
    expect(await shown("m11", 4)).toEqual(["Not known", "Not known"]);
    expect(await shown("m1")).toEqual(["Set, copied with the ID", undefined]);
    const detail = await app.host.getMeeting("m4");
    vi.spyOn(app.host, "getMeeting").mockResolvedValue({ ...detail, hasPasscode: false });
    expect(await shown("m4")).toEqual(["None", "On"]);
  });

  it("is moved in the sheet, held, and taken back with Mod+Z", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("e");
    const topic = (await app.find("schedule-topic")) as HTMLInputElement;
    expect(topic.value).toBe("Intro, Globex");
    expect(document.querySelector("[data-testid=schedule-sheet]")?.textContent).toContain("Change meeting");
    expect(app.at("schedule-log")).toBeNull();
    await until(() => expect(schedule.check).not.toBeNull());
    expect(schedule.check?.conflicts).toEqual([]);
    await type(app, "schedule-time", "15:30");
    await until(() => expect(schedule.draft?.time).toBe("15:30"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect((await item(app, "updateMeeting"))?.state.kind).toBe("held");
    expect((await item(app, "updateEvent"))?.state).toEqual({ kind: "behind", parent: { title: "Intro, Globex", needsYou: false } });
    key("z", { ctrlKey: true });
    await until(async () => expect((await item(app, "updateMeeting"))?.state.kind).toBe("discarded"));
  });

  it("is asked about before the sheet closes over changes of it, and not where nothing is changed", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("e");
    await app.find("schedule-topic");
    key("Escape");
    await app.gone("schedule-sheet");
    key("e");
    await type(app, "schedule-topic", "Other words");
    await until(() => expect(schedule.draft?.topic).toBe("Other words"));
    key("Escape");
    await app.find("leave-sure");
    key("Escape");
    await app.gone("leave-sure");
    expect(schedule.draft?.topic).toBe("Other words");
    key("Escape");
    await app.user.click(await app.find("leave-sure"));
    await app.gone("schedule-sheet");
    expect(await item(app, "updateMeeting")).toBeUndefined();
  });

  it("says in its row and its details what it will be, until that is taken back", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("e");
    await type(app, "schedule-time", "15:30");
    await until(() => expect(schedule.draft?.time).toBe("15:30"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    await until(async () => expect((await row(app, "m4")).textContent).toContain("Moves to 15:30"));
    await until(() => expect(app.at("inspector")?.textContent).toContain("Moves to 15:30"));
    await app.user.click(await app.find("meeting-inspector-undo"));
    await until(async () => expect((await row(app, "m4")).textContent).not.toContain("Moves to"));
    expect((await item(app, "updateMeeting"))?.state.kind).toBe("discarded");
    expect(app.at("meeting-inspector-undo")).toBeNull();
  });

  it("is marked as cancelled to be, and then offers no other change", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("Delete");
    await app.user.click(await app.find("cancel-sure"));
    await until(async () => expect((await row(app, "m4")).textContent).toContain("Will be cancelled"));
    await app.gone("meeting-edit");
    await app.user.click(await app.find("meeting-undo"));
    await app.find("meeting-edit");
    expect((await item(app, "deleteMeeting"))?.state.kind).toBe("discarded");
  });

  it("shows its people in the sheet, and changes them", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("e");
    await until(() => expect(document.querySelector(".chosen")).not.toBeNull());
    const before = document.querySelectorAll(".chosen").length;
    const people = await type(app, "schedule-people", "guest@example.org");
    people.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => expect(document.querySelectorAll(".chosen")).toHaveLength(before + 1));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect(before).toBeGreaterThan(0);
    expect((await item(app, "updateMeeting"))?.state.kind).toBe("held");
    expect((await row(app, "m4")).textContent).toContain("Changes when sent");
  });

  it("says so when nothing was changed, and keeps no draft of it", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    await app.user.click(await app.find("meeting-edit"));
    await app.find("schedule-topic");
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect((await app.find("toast")).textContent).toContain("Nothing was changed");
    await app.user.click(await app.find("meeting-edit"));
    await type(app, "schedule-topic", "Only begun");
    schedule.close();
    await schedule.open();
    expect(schedule.restored).toBe(false);
    expect(schedule.unfinished).toEqual([]);
  });

  it("is cancelled after a question that says what happens, and comes back while it is held", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("Delete");
    const sure = await app.find("cancel-sure");
    const dialog = sure.closest("[data-overlay]");
    for (const words of ["Zoom deletes the meeting", "event in Salesforce", "none of the people", "8 seconds"]) expect(dialog?.textContent).toContain(words);
    await app.user.click(sure);
    await until(async () => expect((await item(app, "deleteMeeting"))?.state.kind).toBe("held"));
    await app.user.click(await app.find("toast-action"));
    await until(async () => expect((await item(app, "deleteMeeting"))?.state.kind).toBe("discarded"));
    expect((await row(app, "m4")).textContent).not.toContain("Cancelled");
  });

  it("is one date of a series: its link is said to go on, unless all of it goes", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    const one = today.selectedRow;
    if (!one) throw new Error("m4 is there");
    vi.spyOn(app.host, "getMeetingSeries").mockResolvedValue({ following: 3, all: 4, last: one.start });
    meetingChanges.ask({ ...one, recurring: true });
    const words = async () => (await app.find("cancel-sure")).closest("[data-overlay]")?.textContent;
    expect(await words()).toContain("the link keeps working for them");
    await app.user.click(await app.find("cancel-scope-following"));
    expect(await words()).toContain("the link of the series keeps working");
    await app.user.click(await app.find("cancel-scope-all"));
    expect(await words()).toContain("its link stops working");
  });

  it.each([
    { following: 4, all: 4, words: "deletes all 4 dates" },
    { following: 1, all: 1, words: "deletes the only date" },
  ])("is a date of a series of which none stays that is still to come: $words", async ({ following, all, words }) => {
    const app = await openApp();
    await chosen(app, "m4");
    const one = today.selectedRow;
    if (!one) throw new Error("m4 is there");
    vi.spyOn(app.host, "getMeetingSeries").mockResolvedValue({ following, all, last: one.start });
    meetingChanges.ask({ ...one, recurring: true });
    const sure = await app.find("cancel-sure");
    await app.find("cancel-scope-all");
    if (following > 1) await app.user.click(await app.find("cancel-scope-following"));
    const said = (sure.closest("[data-overlay]")?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "");
    expect(said).toContain(words);
    expect(said).not.toContain("stay");
  });

  it("offers to take a cancelling back from when its hold begins, not from when everything is read anew", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    vi.spyOn(today, "refresh").mockReturnValue(new Promise(() => undefined));
    key("Delete");
    await app.user.click(await app.find("cancel-sure"));
    await app.find("toast-action");
  });

  it("is not said to be unsent where what is taken back was sent meanwhile", async () => {
    const app = await openApp();
    await chosen(app, "m4");
    key("Delete");
    await app.user.click(await app.find("cancel-sure"));
    vi.spyOn(app.host, "undoOutboxItem").mockResolvedValue("undoing");
    await app.user.click(await app.find("toast-action"));
    await until(() => expect(document.body.textContent).toContain("Being undone"));
    expect(document.body.textContent).not.toContain("It was not sent");
  });

  it("is somebody else's or one of a series: then neither is offered", async () => {
    const app = await openApp();
    for (const id of ["m6", "m3"]) {
      await chosen(app, id);
      await app.find("inspector");
      expect(app.at("meeting-edit")).toBeNull();
      key("e");
      key("Delete");
      expect(router.sheet).toBeNull();
      expect(app.at("cancel-sure")).toBeNull();
    }
  });

  it("gets its Event logged with one key, once", async () => {
    const app = await openApp();
    await chosen(app, "m5");
    await app.find("meeting-log");
    key("l");
    await until(() => expect(app.at("meeting-log")).toBeNull());
    const made = (await app.host.listOutbox(null)).items.filter((other) => other.title === "Security questions with Initech" && other.state.kind === "held");
    expect(made).toHaveLength(1);
    await app.user.click(await app.find("toast-action"));
    await app.find("meeting-log");
  });

  it("offers no logging where Salesforce never was", async () => {
    const app = await openApp("noSalesforce");
    await chosen(app, "m5");
    await app.find("inspector");
    expect(app.at("meeting-log")).toBeNull();
  });
});

describe("rows of the outbox", () => {
  const height = window.innerHeight;
  afterEach(() => {
    window.innerHeight = height;
  });

  /** In a window that is high enough to show every row. */
  async function rows(): Promise<Opened> {
    window.innerHeight = 2_000;
    const app = await openApp("scenario=rows");
    await app.user.click(await app.find("nav-outbox"));
    await app.find("outbox-item");
    return app;
  }
  it("that went without somebody say so, and why", async () => {
    const app = await rows();
    const workshop = app.all("outbox-item").find((element) => element.textContent?.includes("Workshop with everybody"));
    expect(workshop?.textContent).toContain("without 2 people");
    workshop?.focus();
    await until(() => expect(app.at("inspector")?.textContent).toContain("You are not allowed to relate her."));
    expect(app.at("inspector")?.textContent).toContain("Bo Lindqvist: an event is about one lead or about contacts");
  });

  const line = (app: Opened, id: string) => app.all("outbox-item").find((element) => element.dataset["id"] === id);
  const choose = (app: Opened, id: string) => line(app, id)?.focus();

  it("say what they wait for, whose they are, and what may have arrived", async () => {
    const app = await rows();
    const said = (id: string) => line(app, id)?.textContent.replace(/[\u2066-\u2069]/gu, "");
    expect(said("row-8")).toContain("Waits for Pricing for Hooli, which needs you first.");
    expect(said("row-9")).toContain("Waits for Budget call.");
    expect(said("row-10")).toContain("Waits for what is before it.");
    expect(said("row-12")).toContain("for anna.smit@acme.example");
    expect(said("row-12")).toContain("Waits until anna.smit@acme.example is signed in again.");
    expect(app.all("outbox-may-have-arrived")).toHaveLength(2);
  });

  it("show both sides of a conflict, and one key decides", async () => {
    const app = await rows();
    choose(app, "row-0");
    const table = await app.find("outbox-conflict");
    expect(table.textContent).toContain("Renewal demo, with legal");
    key("m");
    await until(() => expect(line(app, "row-0")?.dataset["state"]).toBe("sending"));
  });

  it("take other texts and go back in line", async () => {
    const app = await rows();
    choose(app, "row-1");
    const location = (await app.find("outbox-text-Location")) as HTMLInputElement;
    await app.user.clear(location);
    await app.user.type(location, "Office{Enter}");
    await until(() => expect(line(app, "row-1")?.dataset["state"]).toBe("sending"));
    const changed = (await app.host.listOutbox(null)).items.find((other) => other.id === "row-1");
    expect(changed?.fields).toContainEqual({ name: "Location", value: { kind: "text", text: "Office" } });
  });

  it("open their sheet again", async () => {
    const app = await rows();
    choose(app, "row-2");
    key("e");
    expect(((await app.find("schedule-topic")) as HTMLInputElement).value).toBe("Pricing for Hooli");
  });

  it("ask before what was sent is undone", async () => {
    const app = await rows();
    choose(app, "row-13");
    key("u");
    await app.user.click(await app.find("outbox-undo-sure"));
    await until(() => expect(line(app, "row-13-undone")).toBeDefined());
  });
});

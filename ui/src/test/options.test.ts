// Options, templates and topics of a meeting in its sheet, on the simulation.

import { describe, expect, it, vi } from "vitest";
import { schedule } from "../state/schedule.svelte";
import { key, openApp, type, until, type Opened } from "./open";

async function opened(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.find("day-list");
  key("c");
  await app.find("schedule-topic");
  return app;
}

/** Presses what has the focus, by keyboard alone. */
async function press(app: Opened, id: string): Promise<void> {
  const element = await app.find(id);
  element.focus();
  await app.user.keyboard("{Enter}");
}

function said(field: HTMLElement | null): string {
  const ids = field?.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

async function fill(app: Opened): Promise<void> {
  await type(app, "schedule-topic", "Demo for Acme");
  await type(app, "schedule-date", "23-11-2026");
  await type(app, "schedule-time", "12");
}

describe("options of a meeting", () => {
  it("are those of the settings in Zoom until they are chosen, and only what was chosen is said", async () => {
    const app = await opened();
    await fill(app);
    const made = vi.spyOn(app.host, "scheduleMeeting");
    expect(app.at("schedule-more-options")).toBeNull();
    await press(app, "schedule-more");
    await until(() => expect(app.at("option-host-video")?.getAttribute("aria-pressed")).toBe("true"));
    expect((await app.find("schedule-more")).getAttribute("aria-expanded")).toBe("true");
    await press(app, "option-mute");
    await app.user.click(await app.find("option-recording-cloud"));
    const hosts = await type(app, "option-alternative-hosts", "mila");
    await until(() => expect(said(hosts)).toContain("mila is not an e-mail address"));
    await type(app, "option-alternative-hosts", "mila@northwind.example");
    await until(() => expect(said(hosts)).not.toContain("not an e-mail"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect(made.mock.calls[0]?.[0].options).toEqual({
      joinBeforeHost: null,
      hostVideo: null,
      participantVideo: null,
      muteOnEntry: true,
      recording: "cloud",
      alternativeHosts: "mila@northwind.example",
      registration: null,
    });
  });

  it("say why they can't be chosen", async () => {
    const app = await opened("options=locked");
    const passcode = await app.find("schedule-passcode");
    await until(() => expect(passcode.getAttribute("aria-disabled")).toBe("true"));
    expect(said(passcode)).toContain("ask for a passcode");
    await press(app, "schedule-more");
    const early = await app.find("option-early");
    expect(early).toHaveProperty("disabled", true);
    expect(said(early)).toContain("nobody comes in before the host");
    await app.user.click(await app.find("schedule-waiting-room"));
    expect(early).toHaveProperty("disabled", false);
    expect(app.at("option-recording-cloud")).toBeNull();
    const hosts = await app.find("option-alternative-hosts");
    expect(hosts).toHaveProperty("readOnly", true);
    expect(said(hosts)).toContain("paid licence");
    expect(app.at("option-registration-locked")).not.toBeNull();
  });

  it("of a meeting that is there are shown as they are, and changed", async () => {
    const app = await openApp();
    await app.find("day-list");
    await schedule.edit("m4");
    const changed = vi.spyOn(app.host, "changeMeeting");
    await press(app, "schedule-more");
    await until(() => expect(app.at("option-host-video")?.getAttribute("aria-pressed")).toBe("true"));
    await press(app, "option-guest-video");
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect(changed.mock.calls[0]?.[1].options).toMatchObject({ hostVideo: true, participantVideo: true });
    expect((await app.host.listOutbox(null)).items.map(({ what }) => what)).toContain("updateMeeting");
  });

  it("of a meeting that only a list told are not known: the waiting room is sent if it is chosen, and only then", async () => {
    const app = await openApp();
    await app.find("day-list");
    const changed = vi.spyOn(app.host, "changeMeeting");
    await schedule.edit("m11");
    const room = await app.find("schedule-waiting-room");
    expect(room.getAttribute("aria-pressed")).toBe("mixed");
    expect(said(room)).toContain("not known yet");
    await press(app, "schedule-more");
    expect((await app.find("schedule-more-options")).textContent).toContain("has not been read yet");
    await type(app, "schedule-topic", "Plan with Stark");
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect(changed.mock.calls[0]?.[1].waitingRoom).toBeNull();
    await schedule.edit("m11");
    await press(app, "schedule-waiting-room");
    const chosen = await app.find("schedule-waiting-room");
    expect(chosen.getAttribute("aria-pressed")).toBe("true");
    expect(said(chosen)).toBe("");
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    expect(changed.mock.calls[1]?.[1].waitingRoom).toBe(true);
  });

  it("open by themselves where Zoom does not take one of them", async () => {
    const app = await opened();
    await fill(app);
    const { HostError } = await import("../host");
    vi.spyOn(app.host, "scheduleMeeting").mockRejectedValueOnce(
      new HostError({ kind: "invalid", issues: [{ field: "alternativeHosts", problem: { kind: "refused", message: 'Unable to assign "a@b.example".' } }] }),
    );
    key("Enter", { ctrlKey: true });
    const hosts = await app.find("option-alternative-hosts");
    await until(() => expect(said(hosts)).toContain('Unable to assign "a@b.example"'));
    expect(said(hosts)).toContain("colleague in the same Zoom account");
  });
});

describe("templates of meetings", () => {
  it("are kept under a name, fill the next sheet, are renamed and forgotten, by keyboard alone", async () => {
    const app = await opened();
    await fill(app);
    schedule.change({ minutes: 45 });
    schedule.options.set({ muteOnEntry: true });
    await press(app, "template-keep");
    const name = await app.find("template-name");
    expect(document.activeElement).toBe(name);
    await app.user.clear(name);
    await app.user.type(name, "First call{Enter}");
    await until(() => expect(document.body.textContent).toContain("Template First call kept"));
    expect(app.at("schedule-sheet"), "Enter keeps the template and makes no meeting").not.toBeNull();
    await app.user.click(document.body.querySelector<HTMLElement>("[data-testid=schedule-create]") ?? document.body);
    await app.gone("schedule-sheet");
    key("c");
    const choice = await app.find("schedule-template");
    await app.user.selectOptions(choice, (await app.host.listMeetingTemplates()).own.map(({ id }) => `own:${id}`));
    await until(() => expect(schedule.draft?.topic).toBe("Demo for Acme"));
    expect([schedule.draft?.minutes, schedule.draft?.options.muteOnEntry]).toEqual([45, true]);
    await press(app, "template-rename");
    const again = await app.find("template-name");
    await app.user.clear(again);
    await app.user.type(again, "Intake{Enter}");
    await until(async () => expect((await app.host.listMeetingTemplates()).own.map((one) => one.name)).toEqual(["Intake"]));
    await press(app, "template-forget");
    await until(async () => expect((await app.host.listMeetingTemplates()).own).toEqual([]));
  });

  it("of Zoom stand for the options", async () => {
    const app = await opened();
    await app.user.selectOptions(await app.find("schedule-template"), "zoom:zoom-quarterly");
    await until(() => expect(schedule.draft?.template?.name).toBe("Quarterly review"));
    expect(app.at("schedule-more")).toBeNull();
    expect((await app.find("schedule-of-template")).textContent).toContain("The template sets");
    expect(app.at("template-keep")).toBeNull();
  });
});

describe("what a meeting is about", () => {
  it("is proposed for a contact, chosen by keyboard, and goes into the event", async () => {
    const app = await opened();
    await fill(app);
    expect(app.at("schedule-abouts")).toBeNull();
    const contact = (await app.host.searchPeople("anna", 5)).find(({ id }) => id.startsWith("Contact:"));
    if (contact) schedule.choose(contact);
    await press(app, "schedule-about-ask");
    await until(() => expect(app.all("schedule-about").length).toBe(3));
    expect(document.activeElement?.textContent).toContain("Account");
    await app.user.keyboard("{Tab}{Enter}");
    await until(() => expect(app.at("schedule-about-chosen")?.textContent).toContain("Acme, 40 seats"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    const event = (await app.host.listOutbox(null)).items.find(({ id }) => id === "event-made-1");
    expect(event?.fields).toContainEqual({ name: "WhatId", value: { kind: "text", text: "Acme, 40 seats" } });
  });

  it("is shown with the meeting and changed there; its event follows", async () => {
    const app = await openApp();
    await app.find("day-list");
    const found = (await app.host.getDay(0)).items.flatMap((item) => (item.kind === "meeting" ? [item.row] : []));
    const row = found.find(({ people }) => people[0]?.person?.startsWith("Contact:"));
    expect(row).toBeDefined();
    const { today } = await import("../state/today.svelte");
    await today.reveal(row?.id ?? "");
    await press(app, "meeting-about-ask");
    const first = await app.find("meeting-about");
    await until(() => expect(document.activeElement).toBe(first));
    await app.user.keyboard("{Enter}");
    await until(() => expect(app.at("meeting-about-chosen")?.textContent).toContain("Account"));
    await press(app, "meeting-about-clear");
    await until(() => expect(app.at("meeting-about-chosen")).toBeNull());
  });
});

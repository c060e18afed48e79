// Buttons that wait for a check, and answers that come too late: what counts is the answer to what stands there now.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HostError, useHost } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { speak } from "../i18n/messages.svelte";
import { calls } from "../state/calls.svelte";
import { forgetNotes, noteOf } from "../state/callNote.svelte";
import { campaign } from "../state/campaign.svelte";
import { followUps } from "../state/followUps.svelte";
import { questionsForm } from "../state/formQuestions.svelte";
import { PeopleSearch } from "../state/peopleSearch.svelte";
import { registerSheet } from "../state/registering.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { seriesRule } from "../state/seriesRule.svelte";
import { session } from "../state/session.svelte";
import { today } from "../state/today.svelte";
import { transfer } from "../state/transfer.svelte";
import { webinarSheet } from "../state/webinarDraft.svelte";
import { webinars } from "../state/webinars.svelte";
import { hold, settled } from "./held";
import { until } from "./until";

let host: FakeHost;

beforeEach(async () => {
  host = fakeHost("?language=en&theme=light&now=2026-11-23T08:18:00Z");
  useHost(host);
  speak("en");
  await session.open();
});

afterEach(() => {
  schedule.close();
  seriesRule.close();
  for (const sheet of [webinarSheet, registerSheet, campaign, followUps, transfer]) sheet.close();
  questionsForm.discard();
  calls.forgetAll();
  webinars.forgetAll();
  today.nextUp.close();
  today.nextUp.clear();
  session.close();
  session.clear();
  router.sheet = null;
  vi.restoreAllMocks();
});

describe("the sheet for a meeting", () => {
  async function opened(): Promise<void> {
    await schedule.open();
    await until(() => expect(schedule.check?.issues.map(({ field }) => field)).toContain("topic"));
  }

  it("creates what was mended, though a pull ends while Create waits", async () => {
    await opened();
    const checks = hold(host, "checkSchedule");
    const makes = vi.spyOn(host, "scheduleMeeting");
    schedule.change({ topic: "Demo" });
    const creating = schedule.create();
    await until(() => expect(checks.asked).toHaveLength(1));
    schedule.recheck();
    await checks.answer(0);
    expect(makes).not.toHaveBeenCalled();
    await checks.answer(1);
    await creating;
    expect(makes).toHaveBeenCalledOnce();
    expect(schedule.draft).toBeNull();
  });

  it("checks what is changed while Create waits before it is made", async () => {
    await opened();
    schedule.change({ topic: "Demo" });
    const checks = hold(host, "checkSchedule");
    const makes = vi.spyOn(host, "scheduleMeeting");
    const creating = schedule.create();
    await until(() => expect(checks.asked).toHaveLength(1));
    schedule.change({ topic: "" });
    await checks.answer(0);
    await until(() => expect(checks.asked).toHaveLength(2));
    await checks.answer(1);
    await creating;
    expect(makes).not.toHaveBeenCalled();
    expect(schedule.issue("topic")).toBeDefined();
  });

  it("reads what is typed while Create waits", async () => {
    await opened();
    schedule.change({ topic: "Demo", date: "2026-11-24" });
    const checks = hold(host, "checkSchedule");
    const makes = vi.spyOn(host, "scheduleMeeting");
    const creating = schedule.create();
    await until(() => expect(checks.asked).toHaveLength(1));
    schedule.when.type("time", "16:40");
    await checks.answer(0);
    await until(() => expect(checks.asked).toHaveLength(2));
    await checks.answer(1);
    await creating;
    expect(makes.mock.calls[0]?.[0].time).toBe("16:40");
  });

  it("makes nothing of it once it was closed, nor of the next one", async () => {
    await opened();
    schedule.change({ topic: "Never mind" });
    const checks = hold(host, "checkSchedule");
    const makes = vi.spyOn(host, "scheduleMeeting");
    const creating = schedule.create();
    await until(() => expect(checks.asked).toHaveLength(1));
    schedule.close();
    await schedule.open(undefined, Date.parse("2026-11-24T09:00:00Z"));
    await until(() => expect(checks.asked).toHaveLength(2));
    await checks.answer(0);
    await checks.answer(1);
    await creating;
    expect(makes).not.toHaveBeenCalled();
    expect(schedule.draft).not.toBeNull();
  });

  it("does not create what could not be checked", async () => {
    await opened();
    schedule.change({ topic: "Demo" });
    const checks = hold(host, "checkSchedule");
    const makes = vi.spyOn(host, "scheduleMeeting");
    const creating = schedule.create();
    await until(() => expect(checks.asked).toHaveLength(1));
    await checks.fail(0, new HostError({ kind: "storage", code: "IOERR" }));
    await creating;
    expect(makes).not.toHaveBeenCalled();
    expect(schedule.failure).toEqual({ kind: "storage", code: "IOERR" });
  });

  it("stays open when an older one fails to open", async () => {
    const drafts = hold(host, "newDraft");
    const first = schedule.open();
    schedule.close();
    const second = schedule.open();
    await drafts.fail(0, new HostError({ kind: "storage", code: "IOERR" }));
    await first;
    expect(router.sheet).toBe("schedule");
    await drafts.answer(1);
    await second;
    expect(schedule.draft).not.toBeNull();
  });

  it("is filled by the template that was chosen last, and keeps what was typed meanwhile", async () => {
    await opened();
    schedule.change({ topic: "One" });
    await host.keepMeetingTemplate("First", { ...schedule.draft!, topic: "First topic", minutes: 25 });
    await host.keepMeetingTemplate("Second", { ...schedule.draft!, topic: "Second topic", minutes: 50 });
    const { own } = await host.listMeetingTemplates();
    const id = (name: string) => own.find((one) => one.name === name)?.id ?? "";
    const fills = hold(host, "fillMeeting");
    const first = schedule.options.begin({ own: id("First") });
    const second = schedule.options.begin({ own: id("Second") });
    schedule.change({ topic: "Typed since" });
    await fills.answer(1);
    await fills.answer(0);
    await Promise.all([first, second]);
    expect(schedule.draft).toMatchObject({ topic: "Typed since", minutes: 50 });
    expect(schedule.options.own).toBe(id("Second"));
  });
});

it("a text for the time that was overtaken fails without a word", async () => {
  await schedule.open();
  const reads = hold(host, "readWhen");
  schedule.when.type("time", "1");
  schedule.when.type("time", "15");
  await reads.fail(0, new HostError({ kind: "storage", code: "IOERR" }));
  expect(schedule.failure).toBeNull();
  await reads.answer(1);
  await until(() => expect(schedule.draft?.time).toBe("15:00"));
});

it("the rule of a series is saved as it stands, whatever was asked meanwhile", async () => {
  const draft = await host.newDraft(null, null);
  const made = await host.scheduleMeeting({ ...draft, topic: "Stand-up", repeats: { rhythm: { kind: "daily" }, every: 1, end: { kind: "times", times: 4 } } });
  await seriesRule.open(made.meeting);
  await until(() => expect(seriesRule.check).not.toBeNull());
  const checks = hold(host, "checkSeriesRule");
  const saves = vi.spyOn(host, "changeSeriesRule");
  seriesRule.change({ zone: "Mars/Base" });
  const first = seriesRule.save();
  await until(() => expect(checks.asked).toHaveLength(1));
  seriesRule.change({ zone: "Europe/London" });
  await checks.answer(0);
  await until(() => expect(checks.asked).toHaveLength(2));
  expect(saves).not.toHaveBeenCalled();
  await checks.answer(1);
  await first;
  expect([seriesRule.issues, seriesRule.failure]).toEqual([[], null]);
  expect(saves.mock.calls[0]?.[1].zone).toBe("Europe/London");
});

describe("the sheet for a webinar", () => {
  it("makes what was mended while the button waits", async () => {
    await webinarSheet.open();
    const checks = hold(host, "checkWebinar");
    const makes = vi.spyOn(host, "createWebinar");
    const saving = webinarSheet.save();
    await until(() => expect(checks.asked).toHaveLength(1));
    webinarSheet.change({ topic: "Getting on" });
    await checks.answer(0);
    await until(() => expect(checks.asked).toHaveLength(2));
    await checks.answer(1);
    await saving;
    expect(makes.mock.calls.map(([draft]) => draft.topic)).toEqual(["Getting on"]);
    expect(webinarSheet.shown).toBe(false);
  });

  it("is filled by the template that was chosen last", async () => {
    await webinarSheet.open();
    await host.keepWebinarTemplate("First", { ...webinarSheet.draft!, topic: "First topic", minutes: 25 });
    await host.keepWebinarTemplate("Second", { ...webinarSheet.draft!, topic: "Second topic", minutes: 50 });
    const { own } = await host.listWebinarTemplates();
    const id = (name: string) => own.find((one) => one.name === name)?.id ?? "";
    const fills = hold(host, "fillWebinar");
    const first = webinarSheet.begin({ own: id("First") });
    const second = webinarSheet.begin({ own: id("Second") });
    webinarSheet.change({ agenda: "Typed since" });
    await fills.answer(1);
    await fills.answer(0);
    await Promise.all([first, second]);
    expect(webinarSheet.draft).toMatchObject({ minutes: 50, agenda: "Typed since" });
  });
});

describe("registering many", () => {
  const file = () => new File(["Mail;First;Second\nanna@acme.example;Anna;Vos\n"], "people.csv");

  it("checks people by the columns as they were last mapped", async () => {
    registerSheet.open({ id: "w-q1", topic: "Q1" });
    registerSheet.pick = "file";
    await registerSheet.readFile(file());
    const first = registerSheet.file?.columns.findIndex(({ meaning }) => meaning.kind === "email") ?? -1;
    expect(first).toBeGreaterThanOrEqual(0);
    const reads = hold(host, "readPeopleFile");
    const checks = vi.spyOn(host, "checkRegistration");
    const meaning = registerSheet.mean(2, { kind: "lastName" });
    const checking = registerSheet.toCheck();
    await settled();
    expect(checks).not.toHaveBeenCalled();
    await reads.answer(0);
    await Promise.all([meaning, checking]);
    expect(registerSheet.file?.columns[2]?.meaning).toEqual({ kind: "lastName" });
    expect(checks).toHaveBeenCalled();
  });

  it("takes the file that was chosen last, however long an older one takes to read", async () => {
    registerSheet.open({ id: "w-q1", topic: "Q1" });
    registerSheet.pick = "file";
    const slow = file();
    let read = (): void => undefined;
    const bytes = await slow.arrayBuffer();
    vi.spyOn(slow, "arrayBuffer").mockReturnValue(new Promise((done) => (read = () => done(bytes))));
    const first = registerSheet.readFile(slow);
    const second = registerSheet.readFile(new File(["Mail\nlast@acme.example\n"], "last.csv"));
    await until(() => expect(registerSheet.fileName).toBe("last.csv"));
    read();
    await Promise.all([first, second]);
    expect(registerSheet.fileName).toBe("last.csv");
  });

  it("registers as many as the button said, or asks once more", async () => {
    const known = (await host.searchPeople("freja", 1))[0]!;
    registerSheet.open({ id: "w-start", topic: "Getting started" }, [known]);
    await until(() => expect(registerSheet.check?.ready).toBe(1));
    const puts = vi.spyOn(host, "registerPeople");
    const checks = hold(host, "checkRegistration");
    registerSheet.decide({ key: registerSheet.check?.people[0]?.key ?? "", leaveOut: true });
    const going = registerSheet.go();
    await until(() => expect(checks.asked.length).toBeGreaterThan(1));
    for (let index = 0; index < checks.asked.length; index += 1) await checks.answer(index);
    await going;
    expect(registerSheet.check?.ready).toBe(0);
    expect(puts).not.toHaveBeenCalled();
  });
});

describe("a list", () => {
  it("does not take what it says of all calls from an answer that was overtaken", async () => {
    const lists = hold(host, "listCalls");
    calls.narrow({ view: "all", days: null });
    const opening = calls.open();
    await until(() => expect(lists.asked).toHaveLength(1));
    calls.narrow({ query: "nobody has this name" });
    await until(() => expect(lists.asked).toHaveLength(2));
    await lists.answer(1);
    expect(calls.around?.total).toBe(0);
    await lists.answer(0);
    await opening;
    expect(calls.around?.total).toBe(0);
    expect(calls.selected).toBeNull();
  });
});

describe("a search for people", () => {
  it("forgets who was found for an older text when it fails", async () => {
    const found = new PeopleSearch(5);
    await found.search("anna");
    expect(found.hits).not.toEqual([]);
    vi.spyOn(host, "searchPeople").mockRejectedValueOnce(new HostError({ kind: "storage", code: "IOERR" }));
    await found.search("annabel");
    expect(found.hits).toEqual([]);
  });

  it("is over when the last question is answered", async () => {
    const found = new PeopleSearch(5);
    const searches = hold(host, "searchPeople");
    let over = false;
    const first = found.search("an").then(() => (over = true));
    const second = found.search("anna");
    await searches.answer(0);
    expect(over).toBe(false);
    await searches.answer(1);
    await Promise.all([first, second]);
    expect(found.searched).toBe("anna");
  });
});

it("joining asks which meeting is next, also where a pull ends meanwhile", async () => {
  await today.nextUp.open();
  const next = today.nextUp.data!;
  const asks = hold(host, "getNextUp");
  const joined = vi.spyOn(today, "enter").mockResolvedValue();
  today.forget();
  const joining = today.join();
  const pulled = today.nextUp.refresh();
  await asks.answer(0);
  expect(joined).not.toHaveBeenCalled();
  expect(today.early).toBeNull();
  await asks.answer(1);
  await Promise.all([joining, pulled]);
  expect(joined.mock.calls.length + (today.early ? 1 : 0) + (today.choosing ? 1 : 0)).toBe(next.join.kind === "nothing" ? 0 : 1);
  today.early = null;
  today.choosing = false;
});

describe("a note of a call", () => {
  it("is not taken back to what was read while it was being kept", async () => {
    forgetNotes();
    const keeps = hold(host, "keepCallNote");
    const note = noteOf("c-1", { note: "", disposition: null });
    note.note = "Calls back on Friday";
    const kept = note.typed();
    expect(noteOf("c-1", { note: "", disposition: null }).note).toBe("Calls back on Friday");
    await keeps.fail(0, new HostError({ kind: "storage", code: "IOERR" }));
    await kept;
    // It is not kept: whoever comes back finds it.
    expect(noteOf("c-1", { note: "", disposition: null })).toMatchObject({ note: "Calls back on Friday", saved: false });
  });
});

it("a file for another computer is shown by its own contents, not by those of the one before", async () => {
  transfer.ask("in");
  const reads = hold(host, "readTransfer");
  await transfer.choose(new File(["one"], "one.liaison"));
  transfer.passphrase = "correct horse";
  const looking = transfer.look();
  await until(() => expect(reads.asked).toHaveLength(1));
  await transfer.choose(new File(["two"], "two.liaison"));
  await reads.answer(0);
  await looking;
  expect([transfer.file, transfer.preview]).toEqual(["two.liaison", null]);
});

it("questions that are changed while others are saved stay", async () => {
  const { rows } = await host.listWebinars({ when: "upcoming", query: "" }, 0, 50);
  webinars.shown = rows.find(({ approval }) => approval !== "none")?.id ?? "";
  await webinars.detail.open();
  const saves = hold(host, "setRegistrationQuestions");
  questionsForm.ask("city", questionsForm.known("city") === "off" ? "optional" : "off");
  const saving = questionsForm.save();
  questionsForm.ask("zip", "required");
  await saves.answer(0);
  await saving;
  expect(questionsForm.known("zip")).toBe("required");
  expect(questionsForm.edited).not.toBeNull();
});

it("settings that are changed at once are both kept", async () => {
  const stored = [session.change({ theme: "dark" }), session.store({ zoomClientId: "another-id" })];
  await Promise.all(stored);
  expect(host.settings).toMatchObject({ theme: "dark", zoomClientId: "another-id" });
});

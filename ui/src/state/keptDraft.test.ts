import { beforeEach, describe, expect, it } from "vitest";
import { useHost, type ScheduleDraft } from "../host";
import { fakeHost, type FakeHost } from "../host/fake";
import { KeptDrafts } from "./keptDraft";
import { UNCHOSEN } from "./scheduleOptions.svelte";

function draft(id: string, topic = id): ScheduleDraft {
  return {
    id,
    topic,
    date: "2026-11-27",
    time: "10:00",
    zone: "Europe/Amsterdam",
    minutes: 30,
    fold: null,
    people: ["Lead:00Q5500001QdQWfEAN"],
    emails: [],
    agenda: "",
    passcode: true,
    waitingRoom: true,
    personalMeetingId: false,
    logEvent: true,
    copyInvitation: false,
    repeats: null,
    options: { joinBeforeHost: "fiveMinutes", hostVideo: null, participantVideo: null, muteOnEntry: true, recording: "cloud", alternativeHosts: null, registration: null },
    template: { id: "t", name: "Quarterly" },
    about: { kind: "opportunity", id: "006000000000001AAA", name: "Line 4 refit", state: null },
  };
}

/** As earlier versions knew it. */
function earlier(id: string): ScheduleDraft {
  return { ...draft(id), options: UNCHOSEN, template: null, about: null };
}

/** As the first version and this one wrote them; every later one must read them. */
const FIRST = `{"version":1,"draft":${JSON.stringify({ ...draft("d1"), repeats: undefined, options: undefined, template: undefined, about: undefined })}}`;
const ORDER = `{"version":2,"ids":["d2","d1"]}`;
const SECOND = (id: string) => `{"version":2,"draft":${JSON.stringify({ ...draft(id), options: undefined, template: undefined, about: undefined })}}`;
const THIRD = (id: string) => `{"version":3,"draft":${JSON.stringify(draft(id))}}`;

describe("kept drafts", () => {
  let host: FakeHost;
  let kept: KeptDrafts;
  const ids = async () => (await kept.list()).map(({ id }) => id);

  beforeEach(() => {
    host = fakeHost("?language=en");
    useHost(host);
    kept = new KeptDrafts();
  });

  it("reads what earlier versions wrote, and keeps it beside new ones", async () => {
    await host.setUiState("draft", FIRST);
    expect(await kept.list()).toEqual([earlier("d1")]);
    await kept.keep(draft("d2"));
    expect(await ids()).toEqual(["d2", "d1"]);
    expect(await host.getUiState("drafts")).toBe(ORDER);
    expect(await host.getUiState("draft.d2")).toBe(THIRD("d2"));
    await host.setUiState("draft.d2", SECOND("d2"));
    expect(await kept.list()).toEqual([earlier("d2"), earlier("d1")]);
  });

  it("leaves out what it can't read, and loses none of the others", async () => {
    await host.setUiState("drafts", `{"version":2,"ids":["d2","torn","newer",7,"d1"]}`);
    for (const id of ["d1", "d2"]) await host.setUiState(`draft.${id}`, SECOND(id));
    await host.setUiState("draft.torn", `{"version":2,"dra`);
    await host.setUiState("draft.newer", `{"version":9,"draft":{}}`);
    expect(await ids()).toEqual(["d2", "d1"]);
  });

  it("drops none that it can't read for a moment", async () => {
    await kept.keep(draft("a"));
    const read = host.getUiState.bind(host);
    host.getUiState = () => Promise.reject({ kind: "internal", code: "E-STORE" });
    expect(await kept.keep(draft("b"))).toBe("failed");
    await expect(kept.list()).rejects.toBeDefined();
    host.getUiState = read;
    await kept.keep(draft("c"));
    expect(await ids()).toEqual(["c", "a"]);
  });

  it("keeps the twenty newest, each once", async () => {
    for (let number = 1; number <= 22; number += 1) await kept.keep(draft(`d${number}`));
    await kept.keep(draft("d5", "changed"));
    const all = await kept.list();
    expect(all).toHaveLength(20);
    expect(all[0]?.topic).toBe("changed");
    expect(all.at(-1)?.id).toBe("d3");
    expect(await host.getUiState("draft.d1")).toBeFalsy();
  });

  it("loses none of two that are kept at the same moment", async () => {
    await Promise.all([kept.keep(draft("a")), kept.keep(draft("b")), kept.forget("c")]);
    expect(await ids()).toEqual(["b", "a"]);
    await Promise.all([kept.forget("a"), kept.keep(draft("c"))]);
    expect(await ids()).toEqual(["c", "b"]);
  });
});

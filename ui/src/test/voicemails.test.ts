// Messages: marked in the list until they are heard, told of where no call has them, and explained where they can't be
// read; and Zoom's own words for why a call ended.

import { describe, expect, it, vi } from "vitest";
import { all, chosen, plain, room } from "./callRoom";
import { until } from "./open";

const ALONE = { id: "vm-9", at: Date.UTC(2026, 10, 20, 9), seconds: 12, unread: true, name: "Ines Duarte", number: "+351 21 555 0190", transcript: "Call me back." };

describe("messages", () => {
  it("mark their call until somebody has heard them", async () => {
    const app = await room();
    await all(app);
    const marked = [...document.querySelectorAll("[data-testid=call-row]")].filter((row) => row.querySelector("[data-testid=call-unheard]"));
    expect(marked).toHaveLength(1);
    expect(plain(marked[0])).toContain("Not heard");
  });

  it("that belong to no call are told of above the list, and listed", async () => {
    const app = await room();
    vi.spyOn(app.host, "listVoicemails").mockResolvedValue([ALONE]);
    expect(app.at("voicemails-alone")).toBeNull();
    await app.user.click(await app.find("calls-view-voicemail"));
    expect(plain(await app.find("voicemails-alone"))).toContain("1 message belongs to no call here.");
    await app.user.click(await app.find("voicemails-alone-show"));
    const message = plain(await app.find("voicemail-alone"));
    for (const words of ["Ines Duarte", "Not heard", "Call me back."]) expect(message).toContain(words);
    await app.user.click(await app.find("voicemail-dial"));
    await until(() => expect(app.host.journal).toContain("dial +351215550190 zoom"));
  });

  it("that can't be read are explained, with the sentence for the administrator", async () => {
    const app = await room();
    const list = app.host.listCalls.bind(app.host);
    const scope = "phone:read:list_voicemails";
    vi.spyOn(app.host, "listCalls").mockImplementation(async (...asked) => ({ ...(await list(...asked)), voicemailAccess: { kind: "missingScope", scope } }));
    await app.user.click(await app.find("calls-view-voicemail"));
    const words = plain(await app.find("voicemails-access"));
    expect(words).toContain("may not read all of your voicemails");
    expect(words).toContain(scope);
    await app.user.click(await app.find("calls-view-all"));
    await app.gone("voicemails-access");
  });
});

describe("how a call ended", () => {
  it("is told with Zoom's reason, of the call and of each step", async () => {
    const app = await room();
    const read = app.host.getCall.bind(app.host);
    vi.spyOn(app.host, "getCall").mockImplementation(async (id) => {
      const detail = await read(id);
      const party = { name: "Robin Jansen", number: null, extension: null, line: false };
      const step = { event: "ring_to_member", from: party, to: party, operator: null, start: null, answer: null, end: null, result: "no_answer", reason: "answered_by_other", mine: true };
      return { ...detail, result: "no_answer", resultReason: "answered_by_other", path: [step] };
    });
    await all(app);
    await chosen(app, "call-3");
    await until(() => expect(plain(document.body).split("no answer (answered by other)")).toHaveLength(3));
  });
});

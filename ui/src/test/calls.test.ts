// The room of the calls on the simulation: ten thousand of them, seven of which wait for somebody to say whose they were.

import { describe, expect, it, vi } from "vitest";
import { calls } from "../state/calls.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, type, until } from "./open";
import { FIGURE, plain, room, line, chosen, all, standing } from "./callRoom";

describe("the list", () => {
  it("begins with what waits, and the badge counts it whatever the room shows", async () => {
    const app = await openApp();
    await until(() => expect(app.at("nav-calls")?.textContent).toContain("7 to link"));
    await app.user.click(await app.find("nav-calls"));
    await until(() => expect(app.all("call-row")).toHaveLength(7));
    expect(plain(app.at("calls-view-toLink"))).toBe("To link 7");
    await app.user.click(await app.find("calls-view-missed"));
    await until(() => expect(app.all("call-row").length).toBeGreaterThan(7));
    expect(app.at("nav-calls")?.textContent).toContain("7 to link");
  });

  it("says what became of each call in words, not by colour alone", async () => {
    const app = await room();
    await all(app);
    expect(plain(line(app, "call-1"))).toContain("1:02");
    expect(plain(line(app, "call-1"))).toContain("2 matches");
    expect(plain(line(app, "call-3"))).toContain("Missed");
    expect(plain(line(app, "call-3"))).toContain("Switchboard");
    expect(plain(line(app, "call-7"))).toContain("Internal");
    expect(plain(line(app, "call-12"))).toContain("Colleague");
    expect(plain(line(app, "call-12"))).not.toContain("Missed");
  });

  it("draws some rows of ten thousand, and goes anywhere in them", async () => {
    const app = await room();
    await all(app);
    await app.user.click(await app.find("calls-range"));
    await app.user.click(await app.find("menu-range-all"));
    await until(() => expect(calls.rows.total).toBe(10_000));
    expect(app.all("call-row").length).toBeLessThan(80);
    await app.gone("menu-range-all");
    await until(() => {
      line(app, "call-0")?.focus();
      expect((document.activeElement as HTMLElement).dataset["id"]).toBe("call-0");
    });
    key("End");
    await until(() => expect((document.activeElement as HTMLElement).dataset["index"]).toBe("9999"));
    await until(() => expect((document.activeElement as HTMLElement).dataset["id"]).toBe("call-9999"));
  });

  it("finds by name, company, any part of a number and note, and gives the way back", async () => {
    const app = await room();
    await all(app);
    for (const [typed, found] of [["okafor", "call-0"], ["globex", "call-0"], ["7946 0018", "call-2"], ["renewal quote", "call-1"]] as const) {
      await type(app, "calls-search", typed);
      await until(() => expect(app.all("call-row")[0]?.dataset["id"]).toBe(found));
    }
    await type(app, "calls-search", "nobody at all");
    await until(() => expect(document.querySelector("main")?.textContent).toContain("No call matches"));
    await app.user.click(await app.find("calls-clear"));
    await until(() => expect(app.all("call-row").length).toBeGreaterThan(7));
  });

  it("widens the range when there is nothing in it", async () => {
    const app = await room("scenario=empty");
    await app.user.click(await app.find("calls-view-all"));
    await app.user.click(await app.find("calls-widen"));
    expect(calls.days).toBeNull();
    await app.gone("calls-widen");
  });

  it("begins a range at a midnight of the user's clocks, also across the change of the clocks", async () => {
    await room("");
    // 23 November in Amsterdam; winter time began on 25 October.
    calls.view = "all";
    calls.days = 90;
    expect(new Date(calls.filter.from ?? 0).toISOString()).toBe("2026-08-25T22:00:00.000Z");
    calls.days = 7;
    expect(new Date(calls.filter.from ?? 0).toISOString()).toBe("2026-11-16T23:00:00.000Z");
  });
});

describe("one call", () => {
  it("says whose it is and why, what will be written, and what came before", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-0");
    await until(() => expect(plain(app.at("call-why"))).toBe("Same line as Phone: +44 20 7946 0142."));
    const written = plain(app.at("call-written"));
    for (const words of ["Call with Maya Okafor", "251 s", "Outgoing", "Not logged yet"]) expect(written).toContain(words);
    expect(plain(app.at("call-earlier"))).toContain("Earlier with Maya Okafor");
    key("o");
    await until(() => expect(app.host.journal).toContain("open Lead:00QC"));
  });

  it("shows the next and the last meetings with its person, and a press leads to one", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-2");
    expect(app.at("call-meetings"), "nobody is linked").toBeNull();
    await chosen(app, "call-4");
    await until(() => expect(app.all("call-meeting").map(plain)).toEqual(["Pricing for Hooli", "Pilot of line four"]));
    expect(plain(app.at("call-meetings")).match(/next/gu)).toHaveLength(1);
    await app.user.click(app.all("call-meeting")[1] as HTMLElement);
    expect(router.room).toBe("today");
    await until(() => expect(today.selected).toBe("m12"));
  });

  it("says of a linked person, too, that they are not to be called", async () => {
    const app = await room();
    await app.host.linkCall("call-3", "Contact:003E", "thisCall");
    await all(app);
    await chosen(app, "call-3");
    await until(() => expect(app.at("call-whose")?.querySelector("[data-testid=do-not-call]")).not.toBeNull());
    await chosen(app, "call-0");
    await until(() => expect(plain(app.at("call-whose"))).toContain("Maya Okafor"));
    expect(app.at("call-whose")?.querySelector("[data-testid=do-not-call]")).toBeNull();
  });

  it("is linked by the figure of a candidate, and U takes it back", async () => {
    const app = await room();
    await chosen(app, "call-1");
    key("&", FIGURE(2));
    await until(async () => expect(await standing(app, "call-1")).toBe("linked"));
    expect((await app.host.getCall("call-1")).row.person?.name).toBe("Jan Bos");
    await until(() => expect(app.at("toast")?.textContent).toContain("Linked to Jan Bos"));
    await until(() => expect(app.all("call-row")).toHaveLength(6));
    key("u");
    await until(async () => expect(await standing(app, "call-1")).toBe("ask"));
    await until(() => expect(app.all("call-row")).toHaveLength(7));
  });

  it("says of which candidates the user has an open opportunity", async () => {
    const app = await room();
    await chosen(app, "call-1");
    await until(() => expect(app.all("candidate")).toHaveLength(2));
    const words = app.all("candidate").map(plain);
    expect(words[0]).toContain("Open opportunity of yours · ");
    expect(words[1]).not.toContain("Open opportunity");
  });

  it("takes all of its number along when asked, and remembers the number for ever when asked", async () => {
    const app = await room();
    await chosen(app, "call-1");
    key("a");
    expect(calls.scope).toBe("thisNumber");
    key("1", FIGURE(1));
    await until(() => expect(app.at("toast")?.textContent).toContain("2 calls linked to Anna de Vries"));
    expect(await standing(app, "call-10")).toBe("linked");
    expect(calls.scope).toBe("thisCall");
    expect(await app.host.listRememberedNumbers()).toEqual([]);
    await chosen(app, "call-9");
    key("a");
    key("a");
    key("1", FIGURE(1));
    await until(async () => expect((await app.host.listRememberedNumbers()).map(({ person }) => person?.name)).toEqual(["Änne Müller"]));
  });

  it("may be somebody else's: found, chosen, and the sheet has the keys to itself", async () => {
    const app = await room();
    await chosen(app, "call-2");
    key("f");
    await app.find("calls-find");
    await type(app, "calls-find-query", "okafor");
    await app.find("calls-find-option");
    key("g");
    expect(await standing(app, "call-2")).toBe("nobody");
    key("Enter");
    await app.gone("calls-find");
    await until(async () => expect((await app.host.getCall("call-2")).row.person?.name).toBe("Maya Okafor"));
  });

  it("is ignored with its number, which the settings list and forget", async () => {
    const app = await room();
    await chosen(app, "call-2");
    key("g");
    await until(async () => expect(await standing(app, "call-2")).toBe("ignored"));
    router.openSettings("calls");
    expect(plain(await app.find("remembered"))).toContain("+44 20 7946 0018");
    expect(plain(app.at("no-sms"))).toContain("SMS");
    await app.user.click(await app.find("forget-number"));
    await app.gone("remembered");
  });

  it("loses its link, and Mod+Z gives it back", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-4");
    await app.user.click(await app.find("call-unlink"));
    await until(async () => expect(await standing(app, "call-4")).toBe("ask"));
    document.querySelector<HTMLElement>("[data-testid=calls-list] [tabindex='0']")?.focus();
    key("z", { ctrlKey: true });
    await until(async () => expect(await standing(app, "call-4")).toBe("linked"));
    await until(() => expect(toasts.polite).toContain("Taken back"));
  });

  it("without a number says so, and offers nothing that needs one", async () => {
    const app = await room();
    await all(app);
    await chosen(app, "call-11");
    await until(() => expect(plain(app.at("call-standing"))).toContain("withheld the number"));
    expect(app.at("call-dial")).toBeNull();
    expect(app.at("call-ignore")).toBeNull();
  });

  it("has its voicemail in writing", async () => {
    const app = await room();
    await chosen(app, "call-6");
    const message = plain(await app.find("call-voicemail"));
    expect(message).toContain("0:38");
    expect(message).toContain("Not heard");
    expect(message).toContain("this is Tunde");
    expect(plain(document.querySelector("[data-testid=candidate]"))).toContain("Only one side has an extension.");
  });
});

describe("a note", () => {
  it("is kept as it is typed, the newest last, and letters in it are no keys", async () => {
    const app = await room();
    await chosen(app, "call-1");
    const field = (await app.find("call-note")) as HTMLTextAreaElement;
    await app.user.clear(field);
    await app.user.type(field, "Go 1 2");
    await until(async () => expect((await app.host.getCall("call-1")).note).toEqual({ note: "Go 1 2", disposition: null }));
    await app.user.type(await app.find("call-disposition"), "Connected");
    await until(async () => expect((await app.host.getCall("call-1")).note).toEqual({ note: "Go 1 2", disposition: "Connected" }));
    expect(await standing(app, "call-1")).toBe("ask");
    expect(field.value).toBe("Go 1 2");
  });

  it("that is too long says so, and stays in the field", async () => {
    const app = await room();
    await chosen(app, "call-1");
    const long = "x".repeat(32_001);
    const field = await type(app, "call-note", long);
    await until(() => expect(field.getAttribute("aria-invalid")).toBe("true"));
    expect(field.value).toBe(long);
    expect((await app.host.getCall("call-1")).note.note).toBe("Asked for the renewal quote before Friday");
  });

  it("belongs to its call: another one shows its own", async () => {
    const app = await room();
    await chosen(app, "call-1");
    await until(() => expect((app.at("call-note") as HTMLTextAreaElement).value).toContain("renewal quote"));
    await chosen(app, "call-2");
    await until(() => expect((app.at("call-note") as HTMLTextAreaElement).value).toBe(""));
  });
});

describe("several calls", () => {
  it("are linked to one person together, and taken back together", async () => {
    const app = await room();
    for (const id of ["call-2", "call-5"]) await app.user.click(line(app, id)?.querySelector("input") as HTMLElement);
    await app.user.click(await app.find("calls-link-chosen"));
    await type(app, "calls-find-query", "okafor");
    await app.user.click(await app.find("calls-find-option"));
    await until(() => expect(app.at("toast")?.textContent).toContain("2 calls linked to Maya Okafor"));
    await until(() => expect(app.all("call-row")).toHaveLength(5));
    expect(calls.selection.count(5)).toBe(0);
    await app.user.click(await app.find("toast-action"));
    await until(() => expect(app.all("call-row")).toHaveLength(7));
  });

  it("are ignored together, all that match, one by one and not their numbers", async () => {
    const app = await room();
    line(app, "call-1")?.focus();
    key("a", { ctrlKey: true });
    await app.user.click(await app.find("calls-ignore-chosen"));
    await until(() => expect(document.querySelector("main")?.textContent).toContain("All calls linked"));
    expect(await app.host.listRememberedNumbers()).toEqual([]);
  });

  it("are not decided by the thousand", async () => {
    const app = await room();
    await all(app);
    line(app, "call-0")?.focus();
    key("a", { ctrlKey: true });
    const button = await app.find("calls-link-chosen");
    expect(button.getAttribute("aria-disabled")).toBe("true");
    expect(button.title).toBe("At most 200 at once.");
    const logged = vi.spyOn(app.host, "logCalls");
    key("e");
    await until(() => expect(plain(app.at("toast"))).toContain("At most 200 at once."));
    expect(logged).not.toHaveBeenCalled();
  });

  it("are no longer all chosen where another room shows others", async () => {
    const app = await room();
    line(app, "call-1")?.focus();
    key("a", { ctrlKey: true });
    await app.find("selection-bar");
    await app.user.click(await app.find("nav-today"));
    calls.narrow({ view: "all", days: null, query: "" });
    expect(calls.selection.value).toEqual({ kind: "some", ids: [] });
  });
});

describe("what can't come", () => {
  it.each([
    ["noLicence", "assign a Zoom Phone licence"],
    ["forbidden", "allow my role in Zoom"],
  ])("explains itself: %s", async (kind, sentence) => {
    const app = await room(`calls=${kind}`);
    const page = await app.find("calls-access");
    expect(page.textContent).toContain(sentence);
    expect(app.at("calls-search")).toBeNull();
    expect(app.at("nav-calls")?.textContent).not.toContain("to link");
  });

  it("names the missing scope beside the calls that are here already", async () => {
    const app = await room("calls=missingScope");
    expect((await app.find("calls-access")).textContent).toContain("phone:read:list_call_logs");
    await until(() => expect(app.all("call-row")).toHaveLength(7));
  });

  it("is said to be on its way before the first answer of Zoom", async () => {
    await room("calls=unknown");
    await until(() => expect(document.querySelector("main")?.textContent).toContain("being fetched from Zoom"));
  });

  it("says how far back the calls are here while more come", async () => {
    const app = await room("calls=filling");
    expect(plain(await app.find("calls-filling"))).toContain("Filled back to");
    expect(app.all("call-row").length).toBe(7);
  });

  it("keeps the list and its age without a network", async () => {
    const app = await room("scenario=offline");
    await until(() => expect(app.all("call-row")).toHaveLength(7));
    expect(document.querySelector("main header")?.textContent).toContain("as of");
    await chosen(app, "call-1");
    key("1", FIGURE(1));
    await until(async () => expect(await standing(app, "call-1")).toBe("linked"));
  });

  it("says what failed, and asks again when told to", async () => {
    const app = await room("scenario=error");
    await app.user.click(await app.find("loaded-retry"));
    expect(document.querySelector("main")?.textContent).toContain("could not be read or written");
    expect(document.querySelector("main")?.textContent).not.toContain("All calls linked");
  });
});

// Triage and the ledger by keyboard alone, on the simulation.

import { describe, expect, it, vi } from "vitest";
import { calls } from "../state/calls.svelte";
import { triage } from "../state/triage.svelte";
import { key, openApp, until, type, type Opened } from "./open";

const FIGURE = (figure: number) => ({ code: `Digit${figure}` });

async function open(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await until(() => expect(calls.toLink).toBeGreaterThan(0));
  key("2", { ctrlKey: true });
  await app.find("calls-triage");
  key("t");
  await on(app, "call-1");
  return app;
}

async function on(app: Opened, id: string): Promise<void> {
  await until(() => {
    expect(app.at("triage-call")?.dataset["id"]).toBe(id);
    expect(triage.row?.id).toBe(id);
  });
}

const place = () => document.querySelector("main header .summary")?.textContent;

describe("triage", () => {
  it("goes through all of them by keys alone, and ends with «All calls linked»", async () => {
    const app = await open();
    expect(place()).toBe("1 of 7");
    key("1", FIGURE(1));
    await on(app, "call-2");
    expect(place()).toBe("2 of 7");
    key("g");
    await on(app, "call-3");
    key("é", FIGURE(2));
    await on(app, "call-5");
    key("f");
    await type(app, "calls-find-query", "okafor");
    await app.find("calls-find-option");
    key("Enter");
    await on(app, "call-6");
    key("1", FIGURE(1));
    await on(app, "call-9");
    key("3", FIGURE(3));
    await on(app, "call-10");
    key("2", FIGURE(2));
    expect((await app.find("triage-over")).textContent).toContain("All calls linked");
    expect(app.at("triage-over")?.textContent).toContain("7 calls decided");
    const names = await Promise.all(["call-1", "call-3", "call-5", "call-6", "call-10"].map(async (id) => (await app.host.getCall(id)).row.person?.name));
    expect(names).toEqual(["Anna de Vries", "Laila Haddad", "Maya Okafor", "Tunde Adeyemi", "Jan Bos"]);
    expect((await app.host.getCall("call-2")).row.standing).toBe("ignored");
    await until(() => expect(app.at("nav-calls")?.textContent).not.toContain("to link"));
    key("Escape");
    await app.gone("triage-over");
    await app.find("calls-show-all");
  });

  it("takes the same number along, and says how many that were", async () => {
    const app = await open();
    key("a");
    key("1", FIGURE(1));
    await on(app, "call-2");
    expect(place()).toBe("3 of 7");
    expect(app.at("toast")?.textContent).toContain("2 calls linked to Anna de Vries");
  });

  it("skips, and goes back to what was skipped or decided", async () => {
    const app = await open();
    key("s");
    await on(app, "call-2");
    expect(place()).toBe("2 of 7");
    key("g");
    await on(app, "call-3");
    expect(place()).toBe("3 of 7");
    key("u");
    await on(app, "call-2");
    expect((await app.host.getCall("call-2")).row.standing).toBe("nobody");
    key("u");
    await on(app, "call-1");
    expect(place()).toBe("1 of 7");
  });

  it("offers what was skipped again at the end", async () => {
    const app = await open();
    for (const next of ["call-2", "call-3", "call-5", "call-6", "call-9", "call-10"]) {
      key("s");
      await on(app, next);
    }
    key("s");
    expect((await app.find("triage-over")).textContent).toContain("7 calls skipped");
    await app.user.click(await app.find("triage-again"));
    await on(app, "call-1");
  });

  it("takes back by Mod+Z and by the notice, too, and comes back to the call", async () => {
    const app = await open();
    key("1", FIGURE(1));
    await on(app, "call-2");
    key("z", { ctrlKey: true });
    await on(app, "call-1");
    expect(place()).toBe("1 of 7");
    key("1", FIGURE(1));
    await on(app, "call-2");
    key("g");
    await on(app, "call-3");
    expect(app.all("toast")).toHaveLength(1);
    await app.user.click(await app.find("toast-action"));
    await on(app, "call-2");
  });

  it("stays with the call that is looked at when another one is decided elsewhere", async () => {
    const app = await open();
    key("s");
    key("s");
    await until(() => expect(triage.skipped).toBeGreaterThan(0));
    const looked = triage.current;
    await app.host.ignoreCall("call-9", "thisCall");
    await until(() => expect(triage.left).toBe(6));
    expect(triage.current).toBe(looked);
  });

  it("takes no key for a call that is not on show yet", async () => {
    const app = await open();
    key("1", FIGURE(1));
    key("1", FIGURE(1));
    key("1", FIGURE(1));
    await on(app, "call-2");
    expect((await app.host.listCalls({ chip: "toLink", from: null, to: null, query: "" }, 0, 1)).total).toBe(6);
  });

  it("leaves the letters of a note alone", async () => {
    const app = await open();
    await app.user.type(await app.find("call-note"), "sgu1");
    expect(triage.current).toBe("call-1");
    expect((await app.host.getCall("call-1")).row.standing).toBe("ask");
  });

  it("says that nothing of a refused decision was done", async () => {
    const app = await open();
    app.host.failNext({ kind: "storage", code: "FULL" });
    key("1", FIGURE(1));
    await until(() => expect(app.at("toast")?.textContent).toContain("could not be read or written"));
    await on(app, "call-1");
    expect(place()).toBe("1 of 7");
  });

  it("is left with Esc, and its keys with it", async () => {
    const app = await open();
    key("Escape");
    await app.gone("triage-call");
    key("s");
    expect(triage.skipped).toBe(0);
    await app.find("calls-list");
  });
});

describe("the ledger", () => {
  async function ledger(query = ""): Promise<Opened> {
    const app = await openApp(query);
    await app.user.click(await app.find("nav-calls"));
    await app.user.click(await app.find("calls-view-ledger"));
    await app.find("ledger");
    return app;
  }
  const cells = (row: Element | null | undefined) => [...(row?.querySelectorAll("th, td") ?? [])].map((cell) => cell.textContent.trim());

  it("adds up every day, and over all days", async () => {
    const app = await ledger();
    const rows = [...(app.at("ledger")?.querySelectorAll("tbody tr, tfoot tr") ?? [])];
    expect(rows).toHaveLength(15);
    for (const row of rows) {
      const [all, linked, , waiting, aside] = cells(row).slice(1, 6).map((text) => (text === "–" ? 0 : Number(text.replace(/\D/gu, ""))));
      expect(all, cells(row)[0]).toBe((linked ?? 0) + (waiting ?? 0) + (aside ?? 0));
    }
    expect(cells(rows[0])).toEqual(["Today", "3", "1", "–", "2", "–", "2 to link", "0"]);
    expect(app.at("ledger-proof")?.textContent).toContain("Nothing is missing.");
  });

  it("names a gap", async () => {
    const app = await ledger("calls=filling");
    expect(app.at("ledger-proof")?.textContent).toContain("2 entries of Zoom are not here.");
    expect(app.at("ledger-proof")?.textContent).toContain("next sync");
  });

  it("does not promise what can't be read, and says what is spam and what was not compared", async () => {
    const app = await openApp("");
    const days = await app.host.getCallLedger(14);
    const told = days.map((day, index) => (index === 0 ? { ...day, calls: day.calls + 1, spam: 1, missing: 1, unreadable: 1 } : day));
    vi.spyOn(app.host, "getCallLedger").mockResolvedValue(told);
    await app.user.click(await app.find("nav-calls"));
    await app.user.click(await app.find("calls-view-ledger"));
    await app.find("ledger");
    const proof = app.at("ledger-proof");
    expect(proof?.textContent).toContain("can’t be read here");
    expect(proof?.textContent).not.toContain("next sync");
    expect(proof?.querySelector("button")).toBeNull();
    const rows = [...(app.at("ledger")?.querySelectorAll("tbody tr") ?? [])];
    expect(cells(rows[0])).toEqual(["Today", "4", "1", "–", "2", "1", expect.stringContaining("1 spam, says Zoom"), "1"]);
    expect(cells(rows[9]).at(-1)).toContain("Not compared with Zoom yet");
  });

  it("covers the range that is chosen", async () => {
    const app = await ledger();
    await app.user.click(await app.find("calls-range"));
    await app.user.click(await app.find("menu-range-30"));
    await until(() => expect(app.at("ledger")?.querySelectorAll("tbody tr")).toHaveLength(30));
  });

  it("exports its days", async () => {
    const app = await ledger();
    await app.user.click(await app.find("calls-export"));
    await until(() => expect(app.host.journal.some((line) => line.startsWith("export ledger 14 "))).toBe(true));
    expect((await app.find("toast")).textContent).toContain("14 days exported");
  });

  it("has twins of its charts as tables, for everybody who asks and for those who can't see them", async () => {
    const app = await ledger();
    const days = await app.find("chart-days");
    const { days: told, hours } = await app.host.getCallCharts();
    const table = [...days.querySelectorAll("tbody tr")].map((row) => cells(row).slice(1).map(Number));
    expect(table).toEqual(told.map((day) => [day.answeredOut, day.answeredIn, day.missed]));
    expect(days.querySelector(".twin")?.classList).toContain("visually-hidden");
    await app.user.click(await app.find("chart-days-table"));
    expect(days.querySelector(".twin")?.classList).not.toContain("visually-hidden");
    expect(days.querySelector(".bars")).toBeNull();
    await app.user.click(await app.find("chart-hours-table"));
    const first = hours[0];
    expect(app.at("chart-hours")?.textContent).toContain(`${Math.round(((first?.answered ?? 0) / (first?.calls ?? 1)) * 100)} % of ${first?.calls ?? 0}`);
  });
});

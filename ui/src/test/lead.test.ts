// A new Lead for a call, and what becomes of the Task of one that is unlinked, on the simulation and by keyboard alone.

import { describe, expect, it } from "vitest";
import { calls } from "../state/calls.svelte";
import { newLeadSheet } from "../state/newLead.svelte";
import { triage } from "../state/triage.svelte";
import { openLeadSheet } from "./leadSheet";
import { key, openApp, type, until, type Opened } from "./open";

const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();
const leads = async (app: Opened) => (await app.host.listOutbox(null)).items.filter(({ what }) => what === "createLead");

async function open(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await until(() => expect(calls.toLink).toBeGreaterThan(0));
  key("2", { ctrlKey: true });
  await openLeadSheet(app);
  return app;
}

async function fill(app: Opened, name: string): Promise<void> {
  await app.find("lead-LastName");
  await type(app, "lead-LastName", name);
  await type(app, "lead-Company", "Windmill");
}

describe("a new lead", () => {
  it("is made with the number, and triage goes on; U takes it back", async () => {
    const app = await open();
    await fill(app, "Molenaar");
    expect((app.at("lead-Phone") as HTMLInputElement).value).toBe("+44 20 7946 0018");
    await app.user.click(await app.find("lead-make"));
    await app.gone("lead-sheet");
    await until(() => expect(triage.row?.id).toBe("call-3"));
    const { row } = await app.host.getCall("call-2");
    expect([row.standing, row.who]).toEqual(["linked", "Molenaar"]);
    expect(plain(app.all("toast").at(-1))).toContain("Molenaar is a lead in Salesforce now.");
    key("u");
    await until(() => expect(triage.row?.id).toBe("call-2"));
    expect((await app.host.getCall("call-2")).row.toLink).toBe(true);
  });

  it("names the fields that are missing, and sends nothing", async () => {
    const app = await open();
    await app.find("lead-LastName");
    await app.user.clear(await app.find("lead-LastName"));
    await app.user.click(await app.find("lead-make"));
    await until(() => expect(newLeadSheet.issues.map(({ name }) => name)).toEqual(["LastName", "Company"]));
    expect(app.at("lead-LastName")?.getAttribute("aria-invalid")).toBe("true");
    expect(await leads(app)).toEqual([]);
  });

  it("shows whom it would double, and one of them takes its place", async () => {
    const app = await open();
    await fill(app, "Maya Okafor");
    await app.user.click(await app.find("lead-make"));
    await app.find("doubles");
    expect(plain(app.at("lead-sheet"))).toContain("Maya Okafor may be there already");
    await app.user.click(await app.find("double-use"));
    await app.gone("lead-sheet");
    await until(async () => expect((await app.host.getCall("call-2")).row.person?.name).toBe("Maya Okafor"));
    expect((await leads(app))[0]?.state.kind).toBe("discarded");
  });

  it("is made beside a double only where the rule lets the user, and only when asked", async () => {
    const app = await open("leads=barred");
    await fill(app, "Maya Okafor");
    await app.user.click(await app.find("lead-make"));
    await app.find("doubles");
    expect(app.at("double-beside")).toBeNull();
    expect(plain(app.at("doubles"))).toContain("does not allow a second one");
    await app.user.click(await app.find("lead-cancel"));
    await app.gone("lead-sheet");
    await until(async () => expect((await leads(app))[0]?.state.kind).toBe("discarded"));
    expect((await app.host.getCall("call-2")).row.toLink).toBe(true);
  });

  it("says that the user may not make any, with the sentence for the administrator", async () => {
    const app = await open("leads=noRight");
    await until(() => expect(plain(app.at("lead-sheet"))).toContain("the right “Create” on Leads"));
    expect(app.at("lead-make")).toBeNull();
  });

  it("leads to Salesforce's own form where a field can't be filled in here", async () => {
    const app = await open("leads=beyond");
    await app.user.click(await app.find("lead-form"));
    await until(() => expect(app.host.journal).toContain("new lead +44 20 7946 0018"));
  });
});

describe("the Task of a call that is unlinked", () => {
  async function logged(): Promise<Opened> {
    const app = await openApp();
    app.host.settings.holdSeconds = 0;
    await app.user.click(await app.find("nav-calls"));
    await app.user.click(await app.find("calls-view-all"));
    await until(() => expect(app.all("call-row").some((row) => row.dataset["id"] === "call-0")).toBe(true));
    app.all("call-row").find((row) => row.dataset["id"] === "call-0")?.focus();
    await until(() => expect(calls.detail.data?.row.id).toBe("call-0"));
    key("e");
    await until(async () => expect((await app.host.getCall("call-0")).writing.state.kind).toBe("logged"));
    await until(() => expect(calls.detail.data?.writing.state.kind).toBe("logged"));
    await app.user.click(await app.find("call-unlink"));
    return app;
  }

  it("stays when it is kept", async () => {
    const app = await logged();
    await app.user.click(await app.find("unlink-keep"));
    await until(async () => expect((await app.host.getCall("call-0")).row.standing).not.toBe("linked"));
    expect((await app.host.getCall("call-0")).row.logged).toBe(true);
  });

  it("goes when it is deleted", async () => {
    const app = await logged();
    await app.user.click(await app.find("unlink-delete"));
    await until(async () => expect((await app.host.getCall("call-0")).row.standing).not.toBe("linked"));
    expect((await app.host.getCall("call-0")).row.logged).toBe(false);
  });

  it("follows to somebody else", async () => {
    const app = await logged();
    await app.user.click(await app.find("unlink-change"));
    await app.find("calls-find-query");
    expect((await app.host.getCall("call-0")).row.standing).toBe("linked");
  });
});

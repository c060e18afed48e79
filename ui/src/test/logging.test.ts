// Calls on their way to Salesforce, on the simulation: logged, taken back, by a rule, with a next step.

import { describe, expect, it } from "vitest";
import { calls } from "../state/calls.svelte";
import { router } from "../state/router.svelte";
import { key, openApp, type, until, type Opened } from "./open";

const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();

/** The call to Maya Okafor that is linked and stands nowhere in Salesforce yet. */
async function linked(hold = 0): Promise<Opened> {
  const app = await openApp();
  app.host.settings.holdSeconds = hold;
  await app.user.click(await app.find("nav-calls"));
  await app.user.click(await app.find("calls-view-all"));
  const line = () => app.all("call-row").find((row) => row.dataset["id"] === "call-0");
  await until(() => expect(line()).toBeDefined());
  line()?.focus();
  await until(() => expect(calls.detail.data?.row.id).toBe("call-0"));
  return app;
}

const state = async (app: Opened) => (await app.host.getCall("call-0")).writing.state.kind;

describe("a call", () => {
  it("is logged with E, once, and says so in the list", async () => {
    const app = await linked();
    key("e");
    await until(async () => expect(await state(app)).toBe("logged"));
    await until(() => expect(plain(app.at("call-logged-by"))).toContain("Logged from here"));
    expect(app.at("call-log")).toBeNull();
    key("e");
    await app.user.click(await app.find("calls-view-logged"));
    await until(() => expect(app.all("call-row")).toHaveLength(1));
    expect((await app.host.listOutbox(null)).items.filter(({ what }) => what === "createTask")).toHaveLength(1);
  });

  it("is taken back while it is held", async () => {
    const app = await linked(60);
    await app.user.click(await app.find("call-log"));
    await until(() => expect(plain(app.at("call-on-its-way"))).toContain("Sends in"));
    await app.user.click(await app.find("call-unlog"));
    await until(async () => expect(await state(app)).toBe("ready"));
    expect(plain(app.all("toast").at(-1))).toContain("It was not sent");
  });

  it("is written again when its note has changed since", async () => {
    const app = await linked();
    key("e");
    await until(async () => expect(await state(app)).toBe("logged"));
    await type(app, "call-note", "Send the offer");
    await until(() => expect(plain(app.at("call-log"))).toContain("Write the change"));
  });

  it("takes what is written while it is on its way along, and makes no second task", async () => {
    const app = await linked(60);
    key("e");
    await until(async () => expect(await state(app)).toBe("onItsWay"));
    expect(app.at("call-log")).toBeNull();
    await type(app, "call-note", "Send the offer");
    await until(() => expect(app.at("call-lacks")).not.toBeNull());
    await until(() => expect(plain(app.at("call-log"))).toContain("Write the change"));
    await app.user.click(await app.find("call-log"));
    await until(() => expect(app.at("call-lacks")).toBeNull());
    const made = (await app.host.listOutbox(null)).items.filter(({ what }) => what === "createTask");
    expect(made).toHaveLength(1);
    expect(JSON.stringify(made[0]?.fields)).toContain("Send the offer");
  });

  it("keeps its task when it loses its link, with whom that stands and the way to it", async () => {
    const app = await linked();
    key("e");
    await until(async () => expect(await state(app)).toBe("logged"));
    await app.user.click(await app.find("call-unlink"));
    await app.user.click(await app.find("unlink-keep"));
    await until(() => expect(calls.detail.data?.row.person).toBeNull());
    expect(plain(app.at("call-written"))).toContain("Maya Okafor");
    expect(plain(app.at("call-task-stays"))).toContain("stays in Salesforce");
    expect(app.at("call-log")).toBeNull();
    await app.user.click(await app.find("call-open-task"));
    await until(() => expect(app.host.journal).toContain("open task of call-0"));
  });

  it("says why it can't be logged", async () => {
    const app = await linked();
    const answer = await app.host.logCalls(["call-1"]);
    expect(answer.leftOut).toEqual([{ call: "call-1", why: "notLinked" }]);
    await calls.log(["call-1"]);
    await until(() => expect(plain(app.all("toast").at(-1))).toContain("It is linked with nobody yet."));
  });

  it("inside the company is logged when somebody was found for it, and not before", async () => {
    const app = await linked();
    const { rows } = await app.host.listCalls({ chip: "all", from: null, to: null, query: "" }, 0, 50);
    const id = rows.find(({ internal }) => internal)?.id ?? "";
    app.all("call-row").find((row) => row.dataset["id"] === id)?.focus();
    await until(() => expect(calls.detail.data?.row.id).toBe(id));
    await until(() => expect(plain(app.at("call-find"))).toContain("Find someone"));
    expect(app.at("call-log")).toBeNull();
    await app.host.linkCall(id, "Contact:003A", "thisCall");
    await app.user.click(await app.find("call-log"));
    await until(async () => expect((await app.host.getCall(id)).writing.state.kind).toBe("logged"));
    expect((await app.host.getCall(id)).row.internal).toBe(true);
  });

  it("that others have logged is theirs", async () => {
    const app = await openApp("calls=logged");
    const { rows } = await app.host.listCalls({ chip: "logged", from: null, to: null, query: "" }, 0, 200);
    const details = await Promise.all(rows.slice(0, 6).map(({ id }) => app.host.getCall(id)));
    const theirs = details.find(({ writing }) => writing.state.kind === "logged" && writing.state.maker === "zoom");
    expect(theirs).toBeDefined();
    await app.user.click(await app.find("nav-calls"));
    calls.narrow({ view: "logged", days: null });
    await until(() => expect(app.all("call-row").length).toBeGreaterThan(3));
    app.all("call-row").find((row) => row.dataset["id"] === theirs?.row.id)?.focus();
    await until(() => expect(plain(app.at("call-logged-by"))).toContain("Logged by Zoom for Salesforce"));
    expect(app.at("call-unlog")).toBeNull();
  });
});

describe("what it is about", () => {
  it("is asked of Salesforce, chosen, and never assumed", async () => {
    const app = await linked();
    // A lead has none.
    expect(app.at("call-topics")).toBeNull();
    await app.host.linkCall("call-0", "Contact:003A", "thisCall");
    await app.user.click(await app.find("call-topic-ask"));
    await until(() => expect(app.all("call-topic")).toHaveLength(2));
    expect((await app.host.getCall("call-0")).topic).toBeNull();
    await app.user.click(app.all("call-topic")[0] as HTMLElement);
    await until(async () => expect((await app.host.getCall("call-0")).topic?.name).toBe("Acme, 40 seats"));
    await until(() => expect(plain(app.at("call-written"))).toContain("Acme, 40 seats"));
  });
});

describe("a next step", () => {
  it("is planned by keys alone", async () => {
    const app = await linked();
    key("r");
    await app.find("next-sheet");
    await until(() => expect(document.activeElement?.getAttribute("data-testid")).toBe("next-subject"));
    // The simulated page does not send a form by Enter in a field; browsers do.
    (await app.find("next-plan")).focus();
    await app.user.keyboard("{Enter}");
    await app.gone("next-sheet");
    const { items } = await app.host.listOutbox(null);
    expect(items.map(({ title }) => title)).toContain("Call back Maya Okafor");
  });

  it("keeps what was typed when a field is wrong", async () => {
    const app = await linked();
    key("r");
    const subject = await app.find("next-subject");
    await app.user.clear(subject);
    await app.user.click(await app.find("next-plan"));
    await until(() => expect(app.at("next-sheet")?.querySelector("[aria-invalid]")).not.toBeNull());
  });

  it("shows what is due", async () => {
    const app = await linked();
    await app.user.click(await app.find("calls-due"));
    await until(() => expect(app.all("due-task")).toHaveLength(2));
    expect(plain(app.all("due-task")[0])).toContain("Overdue");
  });
});

describe("the rule", () => {
  it("is off, shows what it would have logged, and is switched on", async () => {
    const app = await openApp();
    router.settingsPart = "calls";
    router.sheet = "settings";
    const preview = await app.find("auto-log-preview");
    expect(plain(preview)).toMatch(/it would have logged \d+ of \d+ calls/u);
    expect(app.host.settings.autoLogCalls).toBe(false);
    await app.user.click(await app.find("auto-log-which"));
    await app.user.click(await app.find("auto-log"));
    await until(() => expect(app.host.settings.autoLogCalls).toBe(true));
  });
});

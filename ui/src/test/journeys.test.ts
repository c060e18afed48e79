// The window as a whole, on the simulation.

import { describe, expect, it } from "vitest";
import { t } from "../i18n/messages.svelte";
import { session } from "../state/session.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, row, type, until } from "./open";

describe("the first screen", () => {
  it("offers the demo, and one press leads to the day", async () => {
    const app = await openApp("scenario=welcome");
    expect(app.at("welcome-connect")).not.toBeNull();
    await app.user.click(await app.find("welcome-demo"));
    await app.find("day-list");
    expect(app.at("demo-ribbon")).not.toBeNull();
    expect(app.all("meeting-row").length).toBeGreaterThan(3);
  });

  it("speaks the other language at once", async () => {
    const app = await openApp("scenario=welcome");
    await app.user.click(await app.find("language-nl"));
    await until(() => expect(document.querySelector("h1")?.textContent).toBe("Welkom bij Liaison"));
    expect(document.documentElement.lang).toBe("nl");
  });

  it("asks for the client ID, waits for the browser, and can be cancelled", async () => {
    const app = await openApp("scenario=welcome");
    await app.user.click(await app.find("welcome-connect"));
    await app.user.click(await app.find("connect-zoom"));
    const field = await app.find("client-id-zoom");
    expect(field.getAttribute("aria-invalid")).toBe("true");
    expect(app.at("sign-in-cancel")).toBeNull();
    await app.user.type(field, "abc123{Enter}");
    await app.user.click(await app.find("sign-in-again"));
    await app.user.click(await app.find("sign-in-copy"));
    await app.user.click(await app.find("sign-in-cancel"));
    await app.find("connect-zoom");
    expect(app.host.settings.zoomClientId).toBe("abc123");
    expect(app.host.journal).toEqual(expect.arrayContaining(["reopen zoom", "copy sign-in zoom"]));
    expect(document.querySelectorAll("[role=alert] .title")).toHaveLength(0);
  });

  it("says what is wrong with a login host", async () => {
    const app = await openApp("scenario=welcome");
    await app.user.click(await app.find("welcome-connect"));
    await app.user.click(await app.find("login-own"));
    const login = await app.find("login-host");
    await app.user.clear(login);
    await app.user.type(login, "evil.example");
    await app.user.type(await app.find("client-id-salesforce"), "abc");
    await app.user.click(await app.find("connect-salesforce"));
    await until(() => expect(login.getAttribute("aria-invalid")).toBe("true"));
    expect(document.getElementById(login.getAttribute("aria-describedby")?.split(" ")[0] ?? "")?.textContent).toContain("Salesforce");
    expect(app.at("sign-in-cancel")).toBeNull();
  });
});

describe("locked data", () => {
  it.each(["keychainLocked", "keyDiffers", "newerVersion"])("explains %s and opens when it can", async (reason) => {
    const app = await openApp(`scenario=locked&reason=${reason}`);
    expect(document.body.textContent).toContain("Nothing was changed and nothing is sent.");
    expect(app.at("day-list")).toBeNull();
    await app.user.click(await app.find("locked-retry"));
    await app.find("day-list");
  });
});

describe("today", () => {
  it("shows the window once, when there is something to see", async () => {
    const app = await openApp();
    await app.find("day-list");
    expect(app.host.journal.filter((entry) => entry === "shown")).toHaveLength(1);
  });

  it("starts what one hosts and joins the rest, and never twice by a double press", async () => {
    const app = await openApp();
    const mine = await row(app, "m2");
    const start = mine.querySelector<HTMLElement>("[data-testid=meeting-start]");
    start?.click();
    start?.click();
    await until(() => expect(app.host.journal).toContain("start m2"));
    (await row(app, "m3")).querySelector<HTMLElement>("[data-testid=meeting-join]")?.click();
    await until(() => expect(app.host.journal).toContain("join m3"));
    expect(app.host.journal.filter((entry) => entry === "start m2")).toHaveLength(1);
    expect((await row(app, "m1")).querySelector("[data-testid=meeting-join]")).toBeNull();
    expect((await row(app, "m7")).querySelector("[data-testid=meeting-start]")).toBeNull();
  });

  it("is walked with the keys: one row in the tab order, Enter starts, Space shows the details", async () => {
    const app = await openApp();
    await row(app, "m2");
    const tabbable = () => [...document.querySelectorAll<HTMLElement>("[data-testid=meeting-row] [data-roving][tabindex='0']")];
    await until(() => expect(tabbable()).toHaveLength(1));
    tabbable()[0]?.focus();
    expect(today.selected).toBe("m2");
    key("End");
    await until(() => expect(today.selected).toBe("m7"));
    key("Home");
    await until(() => expect(today.selected).toBe("m1"));
    key("j");
    key("j");
    await until(() => expect(tabbable()).toHaveLength(1));
    while (today.selected !== "m4") key("ArrowDown");
    key("Enter");
    await until(() => expect(app.host.journal).toContain("start m4"));
    expect(router.inspecting).toBe(true);
    key(" ");
    await app.gone("inspector");
    key("i");
    await app.find("inspector");
  });

  it("tells how old it is when the network is away, and keeps the list", async () => {
    const app = await openApp("scenario=offline");
    await app.find("day-list");
    expect(document.querySelector("main")?.textContent).toContain("as of 08:55");
    expect(app.at("status-pill")?.textContent).toContain("Offline");
  });

  it("says what failed when nothing is known", async () => {
    const app = await openApp("scenario=error");
    await until(() => expect(document.querySelector("main [role=alert]")?.textContent).toContain("D-IOERR"));
    expect(app.at("day-list")).toBeNull();
  });

  it("shows foreign text as text", async () => {
    await openApp("scenario=hostile").then((app) => row(app, "m2"));
    await until(() => expect(document.querySelector("[data-testid=inspector] h2")?.textContent).toContain("<img src=x"));
    expect(document.querySelector("img, main script, main b")).toBeNull();
    for (const topic of document.querySelectorAll(".topic")) expect(topic.querySelector("bdi")).not.toBeNull();
  });

  it("goes to other days and back", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("ArrowRight");
    await until(() => expect(document.querySelector("h1")?.textContent).toContain("Tuesday"));
    key("t");
    await until(() => expect(document.querySelector("h1")?.textContent).toContain("Monday"));
  });

  it("copies what the menu says", async () => {
    const app = await openApp();
    const copy = (await row(app, "m2")).querySelector<HTMLElement>("[data-testid=meeting-copy]");
    await app.user.click(copy as HTMLElement);
    await app.user.click(await app.find("menu-copy-id"));
    await until(() => expect(app.host.journal).toContain("copy idAndPasscode m2"));
    expect(app.at("live-polite")?.textContent).toContain("copied");
  });
});

describe("the outbox", () => {
  it("shows what asks for the user first, with the reason and what would be written", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-outbox"));
    await app.find("outbox-item");
    const states = app.all("outbox-item").map((item) => item.dataset["state"]);
    expect(states.slice(0, 2)).toEqual(["needsYou", "needsYou"]);
    await until(() => expect(app.at("inspector")?.textContent).toContain("Assigned To is inactive."));
    expect(app.at("inspector")?.textContent).toContain("Will be written");
    expect(app.at("inspector")?.textContent).toContain("Not shown");
  });

  it("tries again, opens the record, and discards with a way back", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-outbox"));
    const item = (id: string) => app.all("outbox-item").find((element) => element.dataset["id"] === id);
    await until(() => expect(item("o3")).toBeDefined());
    item("o1")?.querySelector<HTMLElement>("[data-testid=outbox-open]")?.click();
    await until(() => expect(app.host.journal).toContain("open o1"));
    item("o5")?.focus();
    key("Delete");
    await until(() => expect(item("o5")?.dataset["state"]).toBe("discarded"));
    key("z", { ctrlKey: true });
    await until(() => expect(item("o5")?.dataset["state"]).toBe("held"));
    item("o3")?.querySelector<HTMLElement>("[data-testid=outbox-retry]")?.click();
    await until(() => expect(item("o3")?.dataset["state"]).toBe("sending"));
    await until(() => expect(item("o3")?.dataset["state"]).toBe("sent"));
  });

  it("says so when nothing is there", async () => {
    const app = await openApp("scenario=empty");
    await app.user.click(await app.find("nav-outbox"));
    await until(() => expect(document.querySelector("main")?.textContent).toContain(t("outbox-empty")));
  });
});

describe("times", () => {
  it("are mine first and theirs second, in the row and in the details", async () => {
    const app = await openApp();
    const line = await row(app, "m4");
    expect(line.textContent).toContain("13:00");
    expect(line.textContent).toContain("07:00 in New York");
    await app.user.click(line.querySelector("[data-roving]") as HTMLElement);
    const details = await app.find("inspector");
    await until(() => expect(details.querySelector(".when")?.textContent.replace(/\s+/gu, " ").trim()).toMatch(/^Monday,? 23 November, 13:00–13:30 · Amsterdam 07:00–07:30 in New York, outside working hours$/u));
  });

  it("name the zone rules in Settings", async () => {
    const app = await openApp();
    await app.find("day-list");
    router.settingsPart = "about";
    router.sheet = "settings";
    expect((await app.find("zone-rules")).textContent).toContain("2026f");
    router.settingsPart = "appearance";
  });
});

describe("the keyboard", () => {
  it("leaves letters to the fields, and can do without them", async () => {
    const app = await openApp();
    await app.find("day-list");
    await session.change({ letterShortcuts: false });
    key("c");
    expect(router.sheet).toBeNull();
    key("n", { ctrlKey: true });
    await app.find("schedule-topic");
    await session.change({ letterShortcuts: true });
    key("c");
    key("?");
    expect(router.sheet).toBe("schedule");
  });

  it("finds a command in the palette and runs it", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("k", { ctrlKey: true });
    await type(app, "palette-query", "outbox");
    await until(() => expect(app.all("palette-option")[0]?.textContent).toContain("Go to Outbox"));
    key("Enter");
    await until(() => expect(router.room).toBe("outbox"));
    expect(app.at("palette")).toBeNull();
    key("ArrowLeft", { altKey: true });
    expect(router.room).toBe("today");
  });

  it("walks through the regions with F6", async () => {
    const app = await openApp();
    await app.find("inspector");
    const regions: (string | undefined)[] = [];
    for (let step = 0; step < 4; step += 1) {
      key("F6");
      regions.push(document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset["region"]);
    }
    expect(regions).toEqual(["sidebar", "strip", "list", "inspector"]);
    key("F6", { shiftKey: true });
    expect(document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset["region"]).toBe("list");
  });
});

describe("notices", () => {
  it("show a failure with its code and speak it", async () => {
    const app = await openApp();
    await row(app, "m2");
    app.host.failNext({ kind: "networkSignIn", provider: "zoom" });
    toasts.clear();
    (await row(app, "m2")).querySelector<HTMLElement>("[data-testid=meeting-start]")?.click();
    expect((await app.find("toast")).textContent).toContain("N-PORTAL");
    expect(app.at("live-assertive")?.textContent).toContain("sign in first");
  });
});

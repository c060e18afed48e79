// The window as a whole, on the simulation.

import { describe, expect, it, vi } from "vitest";
import { t } from "../i18n/messages.svelte";
import { session } from "../state/session.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { openApp, until, type Opened } from "./open";

const key = (name: string, more: KeyboardEventInit = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }),
  );

async function row(app: Opened, id: string): Promise<HTMLElement> {
  return until(() => {
    const found = app.all("meeting-row").find((element) => element.dataset["id"] === id);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  });
}

async function type(app: Opened, testid: string, text: string): Promise<HTMLInputElement> {
  const field = (await app.find(testid)) as HTMLInputElement;
  field.focus();
  field.value = text;
  field.dispatchEvent(new Event("input", { bubbles: true }));
  return field;
}

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
    await app.user.type(field, "abc123");
    await app.user.click(await app.find("connect-zoom"));
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

describe("scheduling", () => {
  it("makes a meeting with a person, queues its event, and takes the event back with Mod+Z", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("c");
    await type(app, "schedule-topic", "Demo for Acme");
    await type(app, "schedule-date", "23-11-2026");
    await type(app, "schedule-time", "12");
    const people = await type(app, "schedule-people", "anna");
    await app.find("person-option");
    people.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => expect(document.body.textContent).toContain("Contact, Acme BV"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    const made = await row(app, "made-1");
    expect(made.textContent).toContain("Demo for Acme");
    expect((await app.find("toast")).textContent).toContain("held for 8 seconds");
    key("z", { ctrlKey: true });
    await until(async () => {
      const item = (await app.host.listOutbox()).items.find((other) => other.id === "event-made-1");
      expect(item?.state.kind).toBe("discarded");
    });
  });

  it("does not create without a topic; it says so and puts the focus there", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    const topic = await app.find("schedule-topic");
    expect(topic.getAttribute("aria-invalid")).toBeNull();
    await app.user.click(await app.find("schedule-create"));
    await until(() => expect(topic.getAttribute("aria-invalid")).toBe("true"));
    expect(document.activeElement).toBe(topic);
    expect(app.at("schedule-sheet")).not.toBeNull();
  });

  it("asks before it throws input away, and only then", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await app.find("schedule-topic");
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");

    await app.user.click(await app.find("schedule-open"));
    await app.user.type(await app.find("schedule-topic"), "x");
    await app.user.keyboard("{Escape}");
    await app.find("schedule-discard");
    expect(app.at("schedule-sheet")).not.toBeNull();
    await app.user.click(await app.find("schedule-discard"));
    await app.gone("schedule-sheet");
  });

  it("offers the choices when the clocks change", async () => {
    const app = await openApp();
    key("c");
    await type(app, "schedule-date", "2027-03-28");
    await type(app, "schedule-time", "02:30");
    const later = await until(() => {
      const button = [...document.querySelectorAll<HTMLElement>(".choices button")].find((other) => other.textContent?.includes("03:00"));
      if (!button) throw new Error("no choice yet");
      return button;
    });
    await app.user.click(later);
    await until(() => expect(document.querySelector(".choices")).toBeNull());
    await type(app, "schedule-date", "2027-10-31");
    await type(app, "schedule-time", "02:30");
    const second = await until(() => {
      const button = [...document.querySelectorAll<HTMLElement>(".choices button")].find((other) => other.textContent?.includes("UTC+01:00"));
      if (!button) throw new Error("no choice yet");
      return button;
    });
    await app.user.click(second);
    await until(() => expect(document.querySelector(".choices")).toBeNull());
  });

  it("can't create without the network, and says why", async () => {
    const app = await openApp("scenario=offline");
    await app.user.click(await app.find("schedule-open"));
    const create = await app.find("schedule-create");
    await until(() => expect(create.getAttribute("aria-disabled")).toBe("true"));
    expect(create.title).toContain("network");
  });

  it("keeps the input when creating fails, and shows what the service said", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await type(app, "schedule-topic", "Kept");
    vi.spyOn(app.host, "scheduleMeeting").mockRejectedValueOnce(
      new (await import("../host")).HostError({ kind: "outcomeUnknown", provider: "zoom" }),
    );
    await app.user.click(await app.find("schedule-create"));
    await until(() => expect(document.querySelector("[data-testid=schedule-sheet] [role=alert]")?.textContent).toContain("Z-UNKNOWN"));
    expect(((await app.find("schedule-topic")) as HTMLInputElement).value).toBe("Kept");
  });

  it("takes an e-mail address that is in no record", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await app.user.type(await app.find("schedule-people"), "someone@else.example{Enter}");
    await until(() => expect(document.querySelector(".chosen")?.textContent).toContain("someone@else.example"));
    await app.user.type(await app.find("schedule-people"), "{Backspace}");
    await until(() => expect(document.querySelector(".chosen")).toBeNull());
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
    item("o5")?.querySelector<HTMLElement>("[data-roving]")?.focus();
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
    await until(() => expect(details.querySelector(".when")?.textContent.replace(/\s+/gu, " ").trim()).toMatch(/^Monday,? 23 November, 13:00–13:30 07:00–07:30 in New York, outside working hours$/u));
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

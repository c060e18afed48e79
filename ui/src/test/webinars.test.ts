// The room of the webinars on the simulation: nine of them, one with ten thousand registrants.

import { describe, expect, it } from "vitest";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { webinarSheet } from "../state/webinarDraft.svelte";
import { webinars } from "../state/webinars.svelte";
import { key, type, until } from "./open";
import { plain, main, room, line, page } from "./webinarRoom";

describe("the list", () => {
  it("says when, how full, how people register and how long to go, and what waits", async () => {
    const app = await room();
    await until(() => expect(app.all("webinar-row")).toHaveLength(6));
    expect(plain(app.at("webinars-view-upcoming"))).toBe("Upcoming 6");
    const q1 = plain(line(app, "webinar-row", "w-q1"));
    for (const words of ["Wed 2 Dec 16:00", "Q1 roadmap for customers", "283 of 500", "9 days", "10 waiting", "Pinned"]) expect(q1).toContain(words);
    expect(plain(line(app, "webinar-row", "w-open"))).toContain("No registration");
    router.inspect(false);
    await until(() => expect(plain(line(app, "webinar-row", "w-q1"))).toContain("By hand"));
  });

  it("shows what is over with who came, the latest first", async () => {
    const app = await room();
    await app.user.click(await app.find("webinars-view-past"));
    await until(() => expect(app.all("webinar-row").map((row) => row.dataset["id"])).toEqual(["w-first", "w-q4", "w-walk"]));
    expect(plain(line(app, "webinar-row", "w-q4"))).toMatch(/\d{3}$/u);
  });

  it("finds by topic, and gives the way back", async () => {
    const app = await room();
    await type(app, "webinars-search", "imports");
    await until(() => expect(app.all("webinar-row").map((row) => row.dataset["id"])).toEqual(["w-imports"]));
    await type(app, "webinars-search", "nothing like it");
    await until(() => expect(plain(main())).toContain("No webinar matches"));
    await app.user.click(await app.find("webinars-clear"));
    await until(() => expect(app.all("webinar-row")).toHaveLength(6));
  });

  it("has the chosen one's facts beside it: every setting, and links that are copied, not shown", async () => {
    const app = await room();
    line(app, "webinar-row", "w-q1")?.focus();
    await until(() => expect(webinars.meantDetail?.row.id).toBe("w-q1"));
    const facts = await app.find("webinar-facts");
    for (const words of ["Practice session", "Host video", "Panelists’ video", "Join on several devices", "Close registration after the date", "Webinar ID", "Newsletter"]) expect(plain(facts)).toContain(words);
    expect(plain(facts)).not.toContain("/j/");
    await app.user.click(facts.querySelector("[aria-label='Copy Join link']") as HTMLElement);
    await until(() => expect(app.host.journal).toContain("copy joinLink w-q1"));
    await app.user.click(facts.querySelector("[aria-label='Copy Registration link']") as HTMLElement);
    await until(() => expect(app.host.journal).toContain("copy registrationLink w-q1"));
    await app.user.click(facts.querySelector("[aria-label='Copy Passcode']") as HTMLElement);
    await until(() => expect(app.host.journal).toContain("copy passcode w-q1"));
  });

  it("pins the one that a press registers for, and lets go of it", async () => {
    const app = await room();
    line(app, "webinar-row", "w-start")?.focus();
    await until(() => expect(webinars.meantDetail?.row.id).toBe("w-start"));
    key("p");
    await until(async () => expect((await app.host.getPinnedWebinar())?.id).toBe("w-start"));
    await until(() => expect(webinars.meantDetail?.row.pinned).toBe(true));
    key("p");
    await until(async () => expect(await app.host.getPinnedWebinar()).toBeNull());
  });
});

describe("a webinar", () => {
  it("is opened and left with the keys, and read anew when it is opened", async () => {
    const app = await page();
    expect(app.host.journal).toContain("refresh w-q1");
    await until(() => expect(plain(document.querySelector("h1"))).toBe("Q1 roadmap for customers"));
    key("Escape");
    await app.find("webinars-list");
    expect(webinars.selected).toBe("w-q1");
  });

  it("says how it fills against the last one, with the same as a table", async () => {
    const app = await page();
    const curve = await app.find("webinar-curve");
    expect(plain(curve.querySelector("figcaption"))).toMatch(/283 of 500 registered\. \d+ (more|fewer) than on this day last time/u);
    const cells = [...curve.querySelectorAll("tbody tr")].map((row) => plain(row));
    expect(cells.some((text) => text.startsWith("9 days283"))).toBe(true);
    expect(cells.at(-1)).toMatch(/^Start\d+$/u);
    await app.user.click(await app.find("curve-table"));
    expect(curve.querySelector("svg")).toBeNull();
    expect(plain(await app.find("webinar-status"))).toContain("Waiting 10");
  });

  it("is started with a fresh link and joined", async () => {
    const app = await page();
    key("s");
    await until(() => expect(app.host.journal).toContain("start w-q1"));
    key("J", { ctrlKey: true, shiftKey: true });
    await until(() => expect(app.host.journal).toContain("join w-q1"));
  });

  it("is deleted after a question, held, and taken back", async () => {
    const app = await page();
    key("Delete");
    await until(() => expect(plain(document.querySelector("[role=alertdialog]"))).toContain("293 registered people lose their links"));
    await app.user.click(await app.find("webinar-delete-sure"));
    await until(() => expect(plain(app.at("toast"))).toContain("Deletion kept"));
    await app.user.click(await app.find("webinar-undo"));
    await until(() => expect(webinars.meantDetail?.row.pending).toBeNull());
    expect((await app.host.listWebinars({ when: "upcoming", query: "roadmap" }, 0, 10)).total).toBe(1);
  });

  it("that takes no registration says so instead of an empty list", async () => {
    const app = await page("w-partner");
    await app.find("webinar-facts");
    expect(app.at("webinar-tab-registrants")).toBeNull();
    expect(app.at("webinar-add-people")).toBeNull();
  });

  it("that is full says so on the button", async () => {
    const app = await page("w-full");
    expect((await app.find("webinar-add-people")).title).toBe("It is full.");
    key("a");
    expect(app.at("register-sheet")).toBeNull();
  });
});

describe("the sheet", () => {
  it("makes a webinar while one watches, by keyboard, and faults stand beside their field", async () => {
    const app = await room();
    key("n");
    const topic = (await app.find("webinar-topic")) as HTMLInputElement;
    await until(() => expect(document.activeElement).toBe(topic));
    key("Enter", { ctrlKey: true });
    await until(() => expect(topic.getAttribute("aria-invalid")).toBe("true"));
    await app.user.type(topic, "Spring news");
    await type(app, "webinar-date", "5 dec");
    (await app.find("webinar-date")).dispatchEvent(new FocusEvent("blur"));
    await until(() => expect(webinarSheet.draft?.date).toBe("2026-12-05"));
    await app.user.click(await app.find("webinar-approval-manual"));
    await app.user.click(await app.find("setting-onDemand"));
    key("Enter", { ctrlKey: true });
    await app.gone("webinar-sheet");
    await until(() => expect(app.all("webinar-row")).toHaveLength(7));
    const made = (await app.host.listWebinars({ when: "upcoming", query: "spring" }, 0, 1)).rows[0];
    expect(made?.approval).toBe("manual");
    expect((await app.host.getWebinar(made?.id ?? "")).settings.onDemand).toBe(true);
  });

  it("changes one, held", async () => {
    const app = await page();
    key("e");
    const topic = (await app.find("webinar-topic")) as HTMLInputElement;
    await until(() => expect(topic.value).toBe("Q1 roadmap for customers"));
    await app.user.type(topic, "!");
    await app.user.click(await app.find("webinar-save"));
    await app.gone("webinar-sheet");
    await until(() => expect(plain(app.at("toast"))).toContain("Change kept"));
    await until(() => expect(plain(main())).toContain("Being changed"));
  });

  it("asks before it closes over what was typed", async () => {
    const app = await room();
    key("n");
    await app.user.type(await app.find("webinar-topic"), "Half a thought");
    key("Escape");
    await app.find("leave-sure");
    expect(app.at("webinar-sheet")).not.toBeNull();
    await app.user.click(await app.find("leave-sure"));
    await app.gone("webinar-sheet");
    key("n");
    await app.find("webinar-topic");
    key("Escape");
    await app.gone("webinar-sheet");
  });

  it("says that making needs the network", async () => {
    const app = await room("scenario=offline");
    key("n");
    await until(() => expect((app.at("webinar-save") as HTMLElement | null)?.getAttribute("aria-disabled")).toBe("true"));
    expect(plain(app.at("webinar-sheet"))).toContain("this needs the network");
  });
});

describe("what can't come", () => {
  it.each([
    ["noLicence", "assign a Zoom Webinars licence"],
    ["forbidden", "allow my role in Zoom"],
  ])("explains itself: %s", async (kind, sentence) => {
    const app = await room(`webinars=${kind}`);
    expect((await app.find("webinars-access")).textContent).toContain(sentence);
    expect(app.at("webinars-search")).toBeNull();
    expect(app.at("webinar-new")).toBeNull();
  });

  it("names the missing scope beside the webinars that are here already", async () => {
    const app = await room("webinars=missingScope");
    expect((await app.find("webinars-access")).textContent).toContain("webinar:read:list_webinars");
    await until(() => expect(app.all("webinar-row")).toHaveLength(6));
  });

  it("is said to be on its way before the first answer of Zoom", async () => {
    await room("webinars=unknown");
    await until(() => expect(plain(main())).toContain("being fetched from Zoom"));
  });

  it("says that there is none, with the way to one", async () => {
    await room("scenario=empty");
    await until(() => expect(plain(main())).toContain("No upcoming webinars"));
  });

  it("keeps the list and its age without a network", async () => {
    const app = await room("scenario=offline");
    await until(() => expect(app.all("webinar-row")).toHaveLength(6));
    expect(plain(document.querySelector("main header"))).toContain("as of");
  });

  it("says what failed, and asks again when told to", async () => {
    const app = await room("scenario=error");
    await app.user.click(await app.find("loaded-retry"));
    expect(plain(main())).toContain("could not be read or written");
  });

  it("forgets the webinars of a profile that is left", async () => {
    const app = await page();
    await app.host.leaveDemo();
    await until(() => expect(webinars.shown).toBeNull());
    expect(toasts.shown.filter(({ tone }) => tone === "bad")).toEqual([]);
  });
});

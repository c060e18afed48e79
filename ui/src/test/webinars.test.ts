// The room of the webinars on the simulation: nine of them, one with ten thousand registrants.

import { describe, expect, it } from "vitest";
import { attendance } from "../state/attendance.svelte";
import { registrants } from "../state/registrants.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { webinarSheet } from "../state/webinarDraft.svelte";
import { webinars } from "../state/webinars.svelte";
import { key, openApp, type, until, type Opened } from "./open";

const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();
const main = () => document.querySelector("main");

async function room(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("nav-webinars"));
  await until(() => expect(webinars.rows.loaded).toBe(true));
  return app;
}

const line = (app: Opened, testid: string, id: string) => app.all(testid).find((row) => row.dataset["id"] === id);

/** Opens the page of a webinar with the keys alone. */
async function page(id = "w-q1", query = ""): Promise<Opened> {
  const app = await room(query);
  await until(() => expect(line(app, "webinar-row", id)).toBeDefined());
  line(app, "webinar-row", id)?.focus();
  key("Enter");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  return app;
}

async function past(id: string): Promise<Opened> {
  const app = await room();
  await app.user.click(await app.find("webinars-view-past"));
  await until(() => expect(line(app, "webinar-row", id)).toBeDefined());
  line(app, "webinar-row", id)?.focus();
  key("Enter");
  await until(() => expect(webinars.meantDetail?.row.id).toBe(id));
  return app;
}

/** The registrant on show. */
async function registrant(app: Opened, standing: string): Promise<string> {
  await app.user.click(await app.find(`registrants-view-${standing}`));
  await until(() => expect(app.all("registrant-row")[0]?.dataset["standing"]).toBe(standing));
  const row = app.all("registrant-row")[0];
  row?.focus();
  const id = row?.dataset["id"] ?? "";
  await until(() => expect(registrants.selectedRow?.id).toBe(id));
  await app.find("registrant");
  return id;
}

const standing = async (app: Opened, webinar: string, id: string) => {
  const { rows } = await app.host.listRegistrants(webinar, { standing: null, query: "", sort: "newest" }, 0, 200);
  return rows.find((row) => row.id === id)?.standing;
};

async function noHold(app: Opened): Promise<void> {
  await app.host.updateSettings({ ...app.host.settings, holdSeconds: 0 });
}

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

describe("registrants", () => {
  it("are ten thousand, of whom some are drawn", async () => {
    const app = await page("w-imports");
    await until(() => expect(registrants.rows.total).toBe(10_000));
    await until(() => expect(app.all("registrant-row").length).toBeGreaterThan(5));
    expect(app.all("registrant-row").length).toBeLessThan(80);
    app.all("registrant-row")[0]?.focus();
    key("End");
    await until(() => expect((document.activeElement as HTMLElement).dataset["index"]).toBe("9999"));
  });

  it("are found by any part of name and address, sorted, and narrowed by status", async () => {
    const app = await page();
    await type(app, "registrants-search", "okafor");
    await until(() => expect(app.all("registrant-row").length).toBe(1));
    expect(plain(app.all("registrant-row")[0])).toContain("maya.okafor@globex.example");
    await type(app, "registrants-search", "");
    await app.user.click(await app.find("registrants-view-pending"));
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    await app.user.click(await app.find("registrants-view-all"));
    const head = [...document.querySelectorAll<HTMLElement>("[role=columnheader] button")].find((button) => plain(button) === "Name");
    await app.user.click(head as HTMLElement);
    await until(() => expect(plain(app.all("registrant-row")[0])).toMatch(/^Aarav/u));
  });

  it("have answers, where they came from, and a record that opens", async () => {
    const app = await page();
    await registrant(app, "approved");
    expect(plain(await app.find("registrant-answers"))).toContain("Job title");
    await app.user.click(await app.find("registrants-view-all"));
    await type(app, "registrants-search", "okafor");
    await until(() => expect(plain(app.at("registrant"))).toContain("Maya Okafor"));
    app.all("registrant-row")[0]?.focus();
    key("o");
    await until(() => expect(app.host.journal).toContain("open Lead:00QC"));
  });

  it("get their own link one at a time; it never is in the window", async () => {
    const app = await page();
    const id = await registrant(app, "approved");
    key("l");
    await until(() => expect(app.host.journal).toContain(`copy link w-q1 ${id}`));
    expect(plain(app.at("toast"))).toContain("Personal link of");
    await app.user.click(await app.find("registrant-mail-link"));
    await until(() => expect(app.host.journal).toContain(`mail w-q1 ${id}`));
    expect(document.body.innerHTML).not.toMatch(/zoom\.us\/w\//u);
    await registrant(app, "pending");
    expect(app.at("registrant-copy-link")).toBeNull();
  });

  it("are approved after a question that says whom Zoom tells, and taken back while held", async () => {
    const app = await page();
    const id = await registrant(app, "pending");
    key("v");
    await until(() => expect(plain(document.querySelector("[role=alertdialog]"))).toMatch(/Approve .*\?.*Zoom will e-mail them/u));
    await until(() => expect(plain(document.activeElement)).toBe("Not now"));
    await app.user.click(await app.find("decide-sure"));
    await until(() => expect(plain(app.at("registrant"))).toContain("Being approved"));
    await app.user.click(await app.find("registrant-undo"));
    await until(() => expect(plain(app.at("registrant"))).toContain("Waiting"));
    expect(await standing(app, "w-q1", id)).toBe("pending");
  });

  it("are denied and cancelled, one by one", async () => {
    const app = await page();
    await noHold(app);
    const denied = await registrant(app, "pending");
    key("d");
    await app.user.click(await app.find("decide-sure"));
    await until(async () => expect(await standing(app, "w-q1", denied)).toBe("denied"));
    const cancelled = await registrant(app, "approved");
    await app.user.click(await app.find("registrant-cancel"));
    await app.user.click(await app.find("decide-sure"));
    await until(async () => expect(await standing(app, "w-q1", cancelled)).toBe("cancelled"));
  });

  it("are approved all together, whether they are on show or not", async () => {
    const app = await page();
    await noHold(app);
    await app.user.click(await app.find("registrants-view-pending"));
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    app.all("registrant-row")[0]?.focus();
    key("a", { ctrlKey: true });
    await app.user.click(await app.find("registrants-approve"));
    await until(() => expect(plain(document.querySelector("[role=alertdialog]"))).toContain("Approve 10 people?"));
    await app.user.click(await app.find("decide-sure"));
    await until(() => expect(webinars.meantDetail?.row.counts.pending).toBe(0));
    expect(registrants.selection.count(10)).toBe(0);
  });

  it("of a selection that stand so already are left out, and that is said", async () => {
    const app = await page();
    for (const wanted of ["approved", "pending"]) {
      await registrant(app, wanted);
      key("x");
    }
    await app.user.click(await app.find("registrants-approve"));
    await app.user.click(await app.find("decide-sure"));
    await until(() => expect(plain(app.at("toast"))).toContain("1 stands so already and is left out"));
  });

  it("are copied as a table", async () => {
    const app = await page();
    await app.user.click(await app.find("registrants-copy"));
    await until(() => expect(app.host.journal).toContain("copy registrants 303"));
    expect(plain(app.at("toast"))).toContain("303 rows copied");
  });
});

describe("the panel", () => {
  async function panel(): Promise<Opened> {
    const app = await page();
    await app.user.click(await app.find("webinar-tab-panelists"));
    await app.find("panelists");
    return app;
  }

  it("gives each their own link, one at a time", async () => {
    const app = await panel();
    expect(app.all("panelist")).toHaveLength(3);
    await app.user.click(app.all("panelist-copy")[1] as HTMLElement);
    await until(() => expect(app.host.journal).toContain("copy link w-q1 p-2"));
  });

  it("gets somebody new, and says what is wrong beside its field", async () => {
    const app = await panel();
    await app.user.type(await app.find("panelist-name"), "Freja Lindqvist");
    await app.user.type(await app.find("panelist-email"), "freja");
    await app.user.click(await app.find("panelist-add"));
    await until(() => expect(plain(app.at("panelists"))).toContain("freja is not an e-mail address"));
    expect((app.at("panelist-name") as HTMLInputElement).value).toBe("Freja Lindqvist");
    await app.user.type(await app.find("panelist-email"), "@hooli.example{Enter}");
    await until(() => expect(app.all("panelist")).toHaveLength(4));
    expect(plain(app.all("panelist")[3])).toContain("Being added");
    await app.user.click(await app.find("toast-action"));
    await until(() => expect(app.all("panelist")).toHaveLength(3));
  });

  it("loses somebody, held", async () => {
    const app = await panel();
    await app.user.click(app.all("panelist-remove")[2] as HTMLElement);
    await until(() => expect(plain(app.all("panelist")[2])).toContain("Being removed"));
  });
});

describe("the questions of the form", () => {
  async function questions(): Promise<Opened> {
    const app = await page();
    await app.user.click(await app.find("webinar-tab-questions"));
    await app.find("questions");
    return app;
  }

  it("are shown with what they ask", async () => {
    const app = await questions();
    expect((app.at("ask-job_title-required") as HTMLElement).querySelector("input")?.checked).toBe(true);
    expect(app.all("question").length).toBe(2);
    expect((app.all("question-title")[1] as HTMLInputElement).value).toBe("Are you a customer?");
  });

  it("are changed, refused where one has no words, and saved", async () => {
    const app = await questions();
    await noHold(app);
    await app.user.click(await app.find("ask-phone-required"));
    await app.user.click(await app.find("question-add"));
    await app.user.click(await app.find("questions-save"));
    await until(() => expect(plain(app.at("questions"))).toContain("Write the question"));
    await app.user.type(app.all("question-title")[2] as HTMLElement, "Which city?");
    await app.user.click(await app.find("questions-save"));
    await until(async () => {
      const fields = (await app.host.getWebinar("w-q1")).questions.map(({ field }) => field);
      expect(fields).toContain("phone");
      expect(fields).toContain("Which city?");
    });
  });

  it("come back as they were when the change is thrown away", async () => {
    const app = await questions();
    await app.user.click(app.all("question-remove")[0] as HTMLElement);
    expect(app.all("question")).toHaveLength(1);
    await app.user.click(await app.find("questions-discard"));
    expect(app.all("question")).toHaveLength(2);
  });
});

describe("who came", () => {
  it("is one row a person, with a funnel that adds up and how final it is", async () => {
    const app = await past("w-q4");
    await until(() => expect(app.all("attendance-row").length).toBeGreaterThan(5));
    expect(plain(app.at("attendance-state"))).toContain("Final");
    const funnel = plain(await app.find("webinar-funnel"));
    expect(funnel).toMatch(/\d+ % of the registered came/u);
    expect(funnel).toContain("3 people whom no registration is known of");
    await app.user.click(await app.find("attendance-view-absent"));
    await until(() => expect(app.all("attendance-row").every((row) => row.dataset["presence"] === "absent")).toBe(true));
    const doubtful = await app.host.listAttendance(webinars.meantDetail?.row.id ?? "", { presence: "absent", query: "" }, 0, 200);
    const id = doubtful.rows.find((row) => row.doubtful)?.id ?? "";
    line(app, "attendance-row", id)?.focus();
    key("Enter");
    expect(plain(await app.find("attendee-doubtful"))).toContain("not counted as a no-show");
  });

  it("says that Zoom may still change it", async () => {
    const app = await past("w-first");
    await until(() => expect(plain(app.at("attendance-state"))).toContain("Zoom may still change this list"));
  });

  it("keeps whom nobody knows, and takes nobody for a namesake unasked", async () => {
    const app = await past("w-q4");
    await app.user.click(await app.find("attendance-view-unknown"));
    await until(() => expect(app.all("attendance-row")).toHaveLength(3));
    app.all("attendance-row")[1]?.focus();
    await until(() => expect(plain(app.at("attendee-unknown"))).toContain("A registrant is called the same: Änne Müller"));
    await app.user.click(await app.find("attendee-find"));
    await type(app, "find-person", "müller");
    await app.user.click(await app.find("find-person-option"));
    await until(() => expect(app.all("attendance-row")).toHaveLength(2));
    expect(attendance.finding).toBeNull();
  });

  it("is followed up and copied", async () => {
    const app = await past("w-q4");
    await app.user.click(await app.find("attendance-follow-up"));
    await app.find("follow-up-sheet");
    await until(() => expect(app.all("follow-up-person").length).toBeGreaterThan(1));
    const chosen = () => app.all("follow-up-person").filter((box) => (box as HTMLInputElement).checked).length;
    const all = chosen();
    await app.user.click(app.all("follow-up-person").find((box) => (box as HTMLInputElement).checked) as HTMLElement);
    await until(() => expect(chosen()).toBe(all - 1));
    await until(() => expect(plain(app.at("follow-up-go"))).toBe(`Follow up ${all - 1} absent`));
    await type(app, "follow-up-date", "nonsense");
    await app.user.click(await app.find("follow-up-go"));
    await until(() => expect(app.at("follow-up-date")?.getAttribute("aria-invalid")).toBe("true"));
    expect(app.host.journal.some((entry) => entry.startsWith("follow up"))).toBe(false);
    await app.user.click(await app.find("follow-up-3"));
    await app.user.click(await app.find("follow-up-go"));
    await until(() => expect(app.host.journal.some((entry) => entry.startsWith(`follow up ${all - 1} on 2026-11-26: Missed the webinar`))).toBe(true));
    await app.gone("follow-up-sheet");
    expect(plain(app.at("toast"))).toContain("tasks for those who stayed away");
    await app.user.click(await app.find("attendance-copy"));
    await until(() => expect(app.host.journal.some((entry) => entry.startsWith("copy attendance"))).toBe(true));
  });

  it("shows actual times of all instances, and says what is derived", async () => {
    const app = await past("w-q4");
    await app.user.click(await app.find("webinar-tab-details"));
    const actual = plain(await app.find("webinar-actual"));
    expect(actual).toContain("2 times; it was restarted");
    expect(actual).toContain("Zoom doesn’t tell");
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

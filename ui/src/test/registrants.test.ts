// The people of a webinar on the simulation: who registered, who speaks, what the form asks, who came.

import { describe, expect, it, vi } from "vitest";
import { attendance } from "../state/attendance.svelte";
import { questionsForm } from "../state/formQuestions.svelte";
import { registrants } from "../state/registrants.svelte";
import { webinars } from "../state/webinars.svelte";
import { key, type, until, type Opened } from "./open";
import { plain, line, page, past, registrant, standing, noHold } from "./webinarRoom";

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

  it("are not decided with a key behind another tab", async () => {
    const app = await page();
    await registrant(app, "pending");
    key("x");
    await app.find("selection-bar");
    await app.user.click(await app.find("webinar-tab-panelists"));
    await app.find("panelists");
    key("v");
    key("d");
    expect(registrants.deciding).toBeNull();
    await app.user.click(await app.find("webinar-tab-registrants"));
    await app.find("selection-bar");
    key("d");
    await app.find("decide-sure");
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

  it("are no longer all selected where others are listed; in another order they are", async () => {
    const app = await page();
    await app.user.click(await app.find("registrants-view-pending"));
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    app.all("registrant-row")[0]?.focus();
    key("a", { ctrlKey: true });
    await app.find("selection-bar");
    registrants.narrow({ sort: "name" });
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    await app.find("selection-bar");
    await app.user.click(await app.find("registrants-view-approved"));
    await until(() => expect(app.all("registrant-row")[0]?.dataset["standing"]).toBe("approved"));
    expect(app.at("selection-bar")).toBeNull();
    expect(registrants.chosen).toBe(0);
  });

  it("are asked about once more where others match than the question said", async () => {
    const app = await page();
    await app.user.click(await app.find("registrants-view-pending"));
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    registrants.selection.selectAll(registrants.matching);
    registrants.ask("approve");
    registrants.deciding = registrants.deciding && { ...registrants.deciding, count: 9 };
    await app.user.click(await app.find("decide-sure"));
    await until(() => expect(plain(document.querySelector("[role=alertdialog]"))).toContain("Approve 10 people?"));
    expect(registrants.chosen).toBe(10);
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

  it("that are selected are written to: their addresses are copied, also where they are not on show", async () => {
    const app = await page();
    const copied = vi.spyOn(app.host, "copyRegistrantAddresses");
    await app.user.click(await app.find("registrants-view-pending"));
    await until(() => expect(app.all("registrant-row")).toHaveLength(10));
    app.all("registrant-row")[0]?.focus();
    key("a", { ctrlKey: true });
    await app.user.click(await app.find("registrants-copy-addresses"));
    await until(() => expect(plain(app.at("toast"))).toContain("10 addresses copied"));
    expect(copied.mock.lastCall?.[1]).toHaveLength(10);
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

  it("are not lost unasked when the page is left, and stay through another room", async () => {
    const app = await questions();
    await app.user.click(app.all("question-remove")[0] as HTMLElement);
    await app.user.click(await app.find("nav-today"));
    await app.gone("questions");
    await app.user.click(await app.find("nav-webinars"));
    await app.find("questions");
    expect(app.all("question")).toHaveLength(1);
    key("Escape");
    await app.find("leave-sure");
    await until(() => expect(plain(document.activeElement)).toBe("Go on"));
    await app.user.click(document.activeElement as HTMLElement);
    await app.gone("leave-sure");
    expect(app.all("question")).toHaveLength(1);
    await app.user.click(await app.find("webinar-back"));
    await app.user.click(await app.find("leave-sure"));
    await until(() => expect(webinars.shown).toBeNull());
    webinars.show({ id: "w-q1", progress: "upcoming", approval: "manual" }, "questions");
    await app.find("questions");
    await until(() => expect(app.all("question")).toHaveLength(2));
  });

  it("of one webinar are never saved to another that is shown in its place", async () => {
    const app = await questions();
    const saved = vi.spyOn(app.host, "setRegistrationQuestions");
    await app.user.click(app.all("question-remove")[0] as HTMLElement);
    // As the panel of a registration does.
    webinars.showHistory("w-imports");
    await app.find("leave-sure");
    expect(webinars.shown).toBe("w-q1");
    key("Escape");
    await app.gone("leave-sure");
    await app.user.click(await app.find("questions-save"));
    await until(() => expect(saved).toHaveBeenCalledTimes(1));
    expect(saved.mock.lastCall?.[0]).toBe("w-q1");
    await app.gone("questions-save");
    const before = (await app.host.getWebinar("w-imports")).questions;
    webinars.show({ id: "w-imports", progress: "upcoming", approval: "automatic" }, "questions");
    await until(() => expect(webinars.meantDetail?.row.id).toBe("w-imports"));
    expect(questionsForm.edited).toBeNull();
    expect(questionsForm.questions).toEqual(before);
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

  it("offers no new Lead for an address that several records have, and says so", async () => {
    const app = await past("w-q4");
    const list = app.host.listAttendance.bind(app.host);
    let several = false;
    vi.spyOn(app.host, "listAttendance").mockImplementation(async (...asked) => {
      const found = await list(...asked);
      return { ...found, rows: found.rows.map((row) => ({ ...row, person: null, several })) };
    });
    await app.user.click(await app.find("attendance-view-absent"));
    await until(() => expect(app.all("attendance-row").every((row) => row.dataset["presence"] === "absent")).toBe(true));
    app.all("attendance-row")[0]?.focus();
    expect(await app.find("guest-lead")).not.toBeNull();
    several = true;
    await app.user.click(await app.find("attendance-view-attended"));
    await until(() => expect(app.all("attendance-row")[0]?.dataset["presence"]).toBe("attended"));
    app.all("attendance-row")[0]?.focus();
    expect(plain(await app.find("attendee-several"))).toBe("Several Leads or Contacts have this address.");
    expect(app.at("guest-lead")).toBeNull();
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

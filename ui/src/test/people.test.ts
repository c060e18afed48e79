// The room of the people on the simulation: a hundred thousand of them, thirteen of whom the invented day is with.

import { describe, expect, it, vi } from "vitest";
import type { PersonWebinar } from "../host";
import { calls } from "../state/calls.svelte";
import { dialling } from "../state/dialling.svelte";
import { people } from "../state/people.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { toasts } from "../state/toasts.svelte";
import { key, openApp, type, until, type Opened } from "./open";

const plain = (element: Element | null | undefined) => (element?.textContent ?? "").replace(/[\u2066-\u2069]/gu, "").replace(/\s+/gu, " ").trim();

async function room(query = "people=few"): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("nav-people"));
  await until(() => expect(people.rows.loaded).toBe(true));
  return app;
}

const line = (app: Opened, id: string) => app.all("person-row").find((row) => row.dataset["id"] === id);
const ids = (app: Opened) => app.all("person-row").map((row) => row.dataset["id"]);

/** As Mod+A on a row does it. */
async function allChosen(app: Opened): Promise<void> {
  await until(() => {
    app.all("person-row")[0]?.focus();
    expect((document.activeElement as HTMLElement).dataset["index"]).toBe("0");
  });
  key("a", { ctrlKey: true });
}

async function chosen(app: Opened, id: string): Promise<void> {
  await until(() => expect(line(app, id)).toBeDefined());
  line(app, id)?.focus();
  await until(() => {
    expect(people.detail.data?.row.id).toBe(id);
    expect(people.timeline.data).not.toBeNull();
  });
}

async function menu(app: Opened, trigger: string, entry: string): Promise<void> {
  await app.user.click(await app.find(trigger));
  await app.user.click(await app.find(`menu-${entry}`));
  await app.gone(`menu-${entry}`);
  await until(() => expect(people.rows.loaded).toBe(true));
}

describe("the list", () => {
  it("draws some rows of a hundred thousand, and goes to the last of them", async () => {
    const app = await room("");
    await until(() => expect(people.rows.total).toBeGreaterThan(98_000));
    expect(app.all("person-row").length).toBeLessThan(80);
    await until(() => {
      app.all("person-row")[0]?.focus();
      expect((document.activeElement as HTMLElement).dataset["index"]).toBe("0");
    });
    key("End");
    await until(() => expect((document.activeElement as HTMLElement).dataset["index"]).toBe(String(people.rows.total - 1)));
  });

  it("finds by any part of name, company, address and number, without accents", async () => {
    const app = await room();
    for (const [typed, found] of [
      ["novak", "Contact:003D"],
      ["vandelay", undefined],
      ["globex", "Lead:00QC"],
      ["mueller-berlin", "Contact:003M2"],
      ["06 1234", "Contact:003A"],
      ["5550100", "Contact:003A"],
    ] as const) {
      await type(app, "people-search", typed);
      await until(() => {
        expect(people.rows.loaded).toBe(true);
        expect(ids(app)[0], typed).toBe(found);
      });
    }
  });

  it("narrows by each filter, says how many match, and takes them back at once", async () => {
    const app = await room("");
    const totals: number[] = [];
    const narrowed = async (work: () => Promise<void>) => {
      await work();
      await until(() => expect(people.rows.loaded).toBe(true));
      totals.push(people.rows.total);
    };
    await narrowed(() => menu(app, "people-whose", "mine"));
    await narrowed(() => menu(app, "people-kind", "kind-leads"));
    await narrowed(async () => app.user.click(await app.find("people-has-email")));
    await narrowed(() => menu(app, "people-touch", "touch-notWithin90"));
    expect(totals.toSorted((a, b) => b - a)).toEqual(totals);
    expect(new Set(totals).size).toBe(4);
    expect(app.at("people-has-email")?.getAttribute("aria-pressed")).toBe("true");
    const shown = new Intl.NumberFormat("en").format(totals[3] ?? 0);
    expect(plain(document.querySelector("main header"))).toContain(`${shown} match`);
    await app.user.click(await app.find("people-clear"));
    await until(() => expect(people.rows.total).toBeGreaterThan(98_000));
  });

  it("shows converted leads only where they are asked for, and says who they became", async () => {
    const app = await room();
    expect(ids(app)).not.toContain("Lead:00QG");
    await menu(app, "people-kind", "kind-converted");
    await chosen(app, "Lead:00QG");
    expect(plain(line(app, "Lead:00QG"))).toContain("Converted");
    expect(plain(app.at("person-became"))).toContain("became the contact Sora Ito");
    expect(app.at("person-schedule")).toBeNull();
    await app.user.click(await app.find("person-show-contact"));
    await until(() => expect(people.detail.data?.row.name).toBe("Sora Ito"));
    // The list stays where it was, and another row takes the page back.
    expect(people.selected).toBe("Lead:00QG");
    await app.find("person-schedule");
    await app.user.click(await app.find("people-clear"));
    await chosen(app, "Contact:003A");
  });

  it("puts them in another order at a press on a title, and back", async () => {
    const app = await room("");
    const title = (name: string) => [...document.querySelectorAll<HTMLButtonElement>("[role=columnheader] button")].find((button) => plain(button) === name);
    const first = ids(app)[0];
    await app.user.click(title("Name") as HTMLElement);
    await until(() => expect(ids(app)[0]).not.toBe(first));
    expect(title("Name")?.closest("[role=columnheader]")?.getAttribute("aria-sort")).toBe("descending");
    await app.user.click(title("Last touch") as HTMLElement);
    await until(() => expect(people.rows.at(0)?.lastTouch).toBe("2026-11-23"));
    await app.user.click(title("Last touch") as HTMLElement);
    await until(() => expect(people.rows.at(0)?.lastTouch).toBeNull());
    await app.user.click(title("Next meeting") as HTMLElement);
    await until(() => expect(people.rows.at(0)?.nextMeeting).not.toBeNull());
  });

  it("says what has to be known of somebody in words", async () => {
    const app = await room();
    expect(plain(line(app, "Contact:003E"))).toContain("Do not call");
    expect(plain(line(app, "Contact:003E"))).toContain("Opted out");
    expect(plain(line(app, "Lead:00QB"))).toContain("Lead");
  });
});

describe("who is selected", () => {
  it("is everybody who matches without a list of ids, and their addresses are copied without those who want no mail", async () => {
    const app = await room("");
    const copied = vi.spyOn(app.host, "copyPeopleAddresses");
    await menu(app, "people-whose", "mine");
    await allChosen(app);
    await until(() => expect(people.selection.count(people.rows.total)).toBe(people.rows.total));
    key("x");
    await until(() => expect(people.selection.count(people.rows.total)).toBe(people.rows.total - 1));
    await app.user.click(await app.find("people-copy"));
    await until(() => expect(toasts.shown.at(-1)?.text).toMatch(/addresses copied\..*have none\..*left out\./u));
    const [selection] = copied.mock.lastCall ?? [];
    expect(selection).toMatchObject({ kind: "all", filter: { mine: true } });
    expect(selection?.kind === "all" && selection.except).toHaveLength(1);
    // What was pressed goes with the bar.
    key("Escape");
    await app.gone("selection-bar");
    expect((document.activeElement as HTMLElement).dataset["testid"]).toBe("person-row");
  });

  it("is forgotten with the filter that «all» was about", async () => {
    const app = await room();
    await allChosen(app);
    await app.find("selection-bar");
    await type(app, "people-search", "acme");
    expect(people.selection.value).toEqual({ kind: "some", ids: [] });
    await until(() => expect(app.all("person-row").length).toBeGreaterThan(0));
    expect(app.at("selection-bar")).toBeNull();
  });

  it("stays everybody in another order", async () => {
    const app = await room();
    await allChosen(app);
    await app.find("selection-bar");
    people.sort("nameBack");
    await until(() => expect(people.rows.loaded).toBe(true));
    await app.find("selection-bar");
    expect(people.selection.count(people.rows.total)).toBe(people.rows.total);
  });
});

describe("the page of a person", () => {
  it("has numbers, addresses, owner, colleagues, and everything of ours with them", async () => {
    const app = await room();
    await chosen(app, "Contact:003A");
    const page = plain(app.at("inspector"));
    for (const words of ["Contact · Head of procurement", "Acme BV", "06 1234 5678", "anna.de.vries@acmebv.example", "You"]) expect(page).toContain(words);
    const timeline = plain(await app.find("person-timeline"));
    expect(timeline).toContain("Everything with Anna de Vries");
    expect(timeline).toContain("Renewal demo");
    await app.user.click(await app.find("person-colleagues"));
    await until(() => expect(people.rows.total).toBe(2));
    await app.user.click(await app.find("people-company-off"));
    await until(() => expect(people.narrowing.company).toBeNull());
  });

  it("has what is open with a contact, and plans a meeting about it with them", async () => {
    const app = await room();
    await chosen(app, "Contact:003A");
    await app.user.click(await app.find("person-topic-ask"));
    const opportunity = await until(() => {
      const found = app.all("person-topic").find((button) => plain(button).startsWith("Opportunity"));
      expect(found).toBeDefined();
      return found as HTMLElement;
    });
    await app.user.click(opportunity);
    await app.find("schedule-topic");
    await until(() => expect(schedule.draft?.about?.kind).toBe("opportunity"));
    expect(schedule.draft?.people).toEqual(["Contact:003A"]);
    expect(plain(await app.find("schedule-about-chosen"))).toBe(plain(opportunity));
  });

  it("offers none of it for a lead, which nothing may stand beside", async () => {
    const app = await room();
    await chosen(app, "Lead:00QI");
    await app.find("person-timeline");
    expect(app.at("person-topics")).toBeNull();
  });

  it("puts what is to come above now and what is over below it", async () => {
    const app = await room();
    await chosen(app, "Lead:00QI");
    const words = plain(await app.find("person-timeline"));
    expect(words.indexOf("Pricing for Hooli")).toBeGreaterThan(-1);
    expect(words.indexOf("Pricing for Hooli")).toBeLessThan(words.indexOf("Now"));
  });

  it("shows older things when asked, and goes to the call that is pressed", async () => {
    const app = await room();
    await chosen(app, "Lead:00QC");
    const before = people.timeline.data?.entries.length ?? 0;
    await app.user.click(await app.find("timeline-older"));
    await until(() => expect(people.timeline.data?.entries.length).toBeGreaterThan(before));
    const call = [...document.querySelectorAll<HTMLElement>("[data-testid=person-timeline] button")].find((button) => plain(button).startsWith("Call, "));
    await app.user.click(call as HTMLElement);
    await until(() => expect(router.room).toBe("calls"));
    expect(calls.selectedRow?.person?.id ?? calls.detail.data?.row.person?.id).toBe("Lead:00QC");
  });

  it("has the link of their own of a webinar they are registered for, which goes to the clipboard alone", async () => {
    const app = await room();
    await chosen(app, "Contact:003A");
    const entry = people.timeline.data?.entries.find((one) => one.kind === "webinar" && one.row.registrant !== null);
    expect(entry).toBeDefined();
    await app.user.click(await app.find("timeline-copy-link"));
    const { id, registrant } = entry?.row as PersonWebinar;
    await until(() => expect(app.host.journal).toContain(`copy link ${id} ${registrant}`));
    expect(plain(app.at("toast"))).toContain("Personal link of Anna de Vries copied");
    expect(document.body.innerHTML).not.toMatch(/zoom\.us\/w\//u);
  });

  it("plans with C, opens with O and calls with D", async () => {
    const app = await room();
    await chosen(app, "Contact:003A");
    key("o");
    await until(() => expect(app.host.journal).toContain("open Contact:003A"));
    key("d");
    await until(() => expect(app.host.journal.some((line) => line.startsWith("dial"))).toBe(true));
    key("c");
    await until(() => expect(schedule.draft?.people).toEqual(["Contact:003A"]));
    expect(schedule.chosen.map(({ name }) => name)).toEqual(["Anna de Vries"]);
  });

  it("asks before somebody is called who is not to be", async () => {
    const app = await room();
    vi.spyOn(app.host, "dialChoices").mockResolvedValue([{ number: "+31205550100", shown: "020 555 0100", extension: null, doNotCall: true, notToCall: [] }]);
    await chosen(app, "Contact:003A");
    await app.user.click((await app.find("person-dial")) as HTMLElement);
    await until(() => expect(dialling.asking).not.toBeNull());
    expect(app.host.journal.some((line) => line.startsWith("dial"))).toBe(false);
  });

  it("says that there is nothing yet, and what failed without taking the list away", async () => {
    const app = await room();
    await chosen(app, "Contact:003M3");
    expect(plain(await app.find("person-timeline"))).toContain("Nothing yet");
    app.host.failNext({ kind: "gone" });
    await people.inspect("Contact:003E");
    await until(() => expect(app.all("person-row").length).toBeGreaterThan(5));
  });
});

describe("Salesforce", () => {
  it("is asked for whom nobody here matches, and brings them", async () => {
    const app = await room();
    await type(app, "people-search", "zuzana");
    await until(() => expect(document.querySelector("main")?.textContent).toContain("Nobody matches"));
    await app.user.click(await app.find("people-find"));
    await until(() => expect(ids(app)).toEqual(["Contact:003Z"]));
    expect(toasts.shown.at(-1)?.text).toBe("1 more person found in Salesforce.");
  });

  it("says when it knows nobody either", async () => {
    const app = await room();
    await type(app, "people-search", "xyzzy");
    await app.user.click(await app.find("people-find"));
    await until(() => expect(document.querySelector("main")?.textContent).toContain("Salesforce knows nobody else"));
  });

  it("is asked by itself where it holds more than are here, and the head says so", async () => {
    const app = await room("people=more");
    await until(() => expect(plain(document.querySelector("main header"))).toContain("of 248,210 are here"));
    const asked = vi.spyOn(app.host, "findPeople");
    await type(app, "people-search", "zuzana");
    await until(() => expect(asked).toHaveBeenCalledWith("zuzana"));
    await until(() => expect(ids(app)).toEqual(["Contact:003Z"]));
  });

  it("has lists to narrow to, and says how many of one are not here", async () => {
    const app = await room("");
    await app.user.click(await app.find("people-list-choose"));
    await type(app, "people-lists-query", "refit");
    await until(() => expect(app.all("people-lists-option")).toHaveLength(1));
    await app.user.click(app.all("people-lists-option")[0] as HTMLElement);
    await until(() => expect(people.narrowing.list?.name).toBe("Refit 2027"));
    await until(() => expect(plain(app.at("people-list-missing"))).toContain("not on this computer"));
    await app.user.click(await app.find("people-list-off"));
    await until(() => expect(people.narrowed).toBe(false));
  });

  it("has reports and list views among them; what can't be used says why", async () => {
    const app = await room("");
    await app.user.click(await app.find("people-list-choose"));
    await type(app, "people-lists-query", "queues");
    await until(() => expect(plain(app.all("people-lists-option")[0])).toContain("Salesforce doesn’t tell who is in this list view"));
    await app.user.click(app.all("people-lists-option")[0] as HTMLElement);
    await until(() => expect(toasts.shown.at(-1)?.text).toContain("Leads in my queues"));
    expect(people.narrowing.list).toBeNull();
  });

  it("can't be asked without a network, which is said and loses nothing", async () => {
    const app = await room();
    app.host.setOnline(false);
    await type(app, "people-search", "zuzana");
    await app.user.click(await app.find("people-find"));
    await until(() => expect(toasts.shown.at(-1)?.tone).toBe("bad"));
    expect(people.query).toBe("zuzana");
  });

  it("is to be connected where it never was", async () => {
    const app = await room("noSalesforce&people=none");
    await app.user.click(await app.find("people-connect"));
    await until(() => expect(router.sheet).toBe("settings"));
    expect(app.at("people-search")).toBeNull();
  });

  it("is read anew when another number of people is to be kept here", async () => {
    const app = await room();
    router.openSettings("people");
    const synced = vi.spyOn(app.host, "syncNow");
    expect((await app.find("people-limit-100000")).querySelector("input")?.checked).toBe(true);
    await app.user.click(await app.find("people-limit-10000"));
    await until(() => expect(people.limit.data).toBe(10_000));
    await until(() => expect(synced).toHaveBeenCalled());
  });
});

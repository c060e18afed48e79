// What the day says about itself: what Join means, what is counted, and what nobody knows yet.

import { describe, expect, it } from "vitest";
import { commandById } from "../commands/registry";
import { outbox } from "../state/outbox.svelte";
import { router } from "../state/router.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { openApp, until, type Opened } from "./open";

const key = (name: string, more: KeyboardEventInit = {}) =>
  (document.activeElement ?? document.body).dispatchEvent(
    new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true, ...more }),
  );

function row(app: Opened, id: string): Promise<HTMLElement> {
  return until(() => {
    const found = app.all("meeting-row").find((element) => element.dataset["id"] === id);
    if (!found) throw new Error(`no row ${id}`);
    return found;
  });
}

const inspector = (app: Opened) => app.at("inspector")?.textContent ?? "";

/** Without the marks that keep directions apart. */
const plain = (text: string | null | undefined) => (text ?? "").replace(/[\u2066-\u2069]/gu, "");

describe("Join", () => {
  it("enters what is shown, by key, and a second press at once does nothing", async () => {
    const app = await openApp();
    await app.find("next-up-primary");
    key("j", { ctrlKey: true });
    key("j", { ctrlKey: true });
    await until(() => expect(app.host.journal).toContain("start m2"));
    key("j", { ctrlKey: true });
    await until(() => expect(today.opening).toBeNull());
    expect(app.host.journal.filter((entry) => /^(start|join)/u.test(entry))).toEqual(["start m2"]);
  });

  it("asks the engine what is meant at the press, not when the strip was drawn", async () => {
    const app = await openApp();
    await app.find("next-up-primary");
    const changed = await app.host.getNextUp();
    if (!changed) throw new Error("nothing is next");
    const other = (await app.host.getMeeting("m3")).row;
    app.host.getNextUp = () => Promise.resolve({ ...changed, row: other });
    key("j", { ctrlKey: true });
    await until(() => expect(app.host.journal).toContain("join m3"));
    expect(app.host.journal).not.toContain("start m2");
  });

  it("offers a choice in the engine's order where several run, counts what it offers, and starts nothing by itself", async () => {
    const app = await openApp("scenario=busy");
    const button = await app.find("next-up-primary");
    expect(button.textContent).toContain("Choose from 4");
    key("j", { ctrlKey: true });
    await until(() => expect(document.querySelectorAll("[data-testid^=menu-]")).toHaveLength(4));
    const offered = [...document.querySelectorAll<HTMLElement>("[data-testid^=menu-]")].map((entry) => entry.dataset["testid"]);
    expect(offered).toEqual(["menu-b3", "menu-b2", "menu-b1", "menu-m2"]);
    expect(app.host.journal.filter((entry) => /^(start|join)/u.test(entry))).toEqual([]);
    await app.user.click(await app.find("menu-b2"));
    await until(() => expect(app.host.journal).toContain("start b2"));
  });

  it("asks before it enters one that is far away", async () => {
    const app = await openApp();
    await app.find("next-up-primary");
    const next = await app.host.getNextUp();
    if (!next) throw new Error("nothing is next");
    app.host.getNextUp = () => Promise.resolve({ ...next, due: false, choices: [], join: { kind: "early", row: next.row } });
    commandById("enter-next").run();
    await app.find("join-early");
    expect(document.querySelector("[role=alertdialog]")?.textContent).toContain("Renewal demo");
    expect(app.host.journal).not.toContain("start m2");
    await app.user.click(await app.find("join-early"));
    await until(() => expect(app.host.journal).toContain("start m2"));
  });

  it("says so when nothing is left", async () => {
    const app = await openApp("scenario=empty");
    key("j", { ctrlKey: true });
    expect((await app.find("toast")).textContent).toContain("no meeting left");
  });
});

describe("what is counted", () => {
  it("is what is seen: the details name all, so there are no more", async () => {
    const app = await openApp();
    const real = app.host.getMeeting.bind(app.host);
    // The engine names two in the row and all in the details.
    app.host.getMeeting = async (id) => {
      const detail = await real(id);
      const chip = (name: string) => ({ person: null, name, company: null, record: null, email: `${name}@x.example` });
      const people = ["one", "two", "three", "four"].map(chip);
      return { ...detail, people, row: { ...detail.row, people: people.slice(0, 2), others: 2 } };
    };
    app.host.getDay = async (offset) => {
      const day = await Object.getPrototypeOf(app.host).getDay.call(app.host, offset);
      return { ...day, items: [{ kind: "meeting", row: (await app.host.getMeeting("m2")).row }] };
    };
    await today.day.refresh();
    today.select(null);
    today.select("m2");
    await until(() => expect(inspector(app)).toContain("four"));
    expect(inspector(app)).not.toContain("more");
    expect((await row(app, "m2")).textContent).toContain("2 more");
  });

  it("says in the outbox how many are not sent, whatever they wait for", async () => {
    const app = await openApp();
    await app.user.click(await app.find("nav-outbox"));
    await app.find("outbox-item");
    expect(document.querySelector("main header")?.textContent).toContain("1 not sent yet");
  });
});

describe("before anything was read", () => {
  it("says that the day is being fetched, then shows it, and knows people when they come", async () => {
    const app = await openApp("scenario=fetching");
    await until(() => expect(document.querySelector("main")?.textContent).toContain("Fetching your day…"));
    expect(document.querySelector("main")?.textContent).not.toContain("No meetings");
    app.host.finishFirstPull(false);
    expect((await row(app, "m5")).textContent).not.toContain("Not linked");
    today.select("m5");
    await until(() => expect(inspector(app)).toContain("still being fetched"));
    // Only the people changed: every view of meetings has to follow.
    app.host.finishFirstPull(true);
    await until(() => expect(app.all("meeting-row").find((one) => one.dataset["id"] === "m5")?.textContent).toContain("Not linked"));
    await until(() => expect(inspector(app)).toContain("audit@initech.example"));
    expect(today.nextUp.tags).toContain("people");
  });

  it("says what failed instead of calling the day free", async () => {
    await openApp("scenario=never");
    await until(() => expect(document.querySelector("main")?.textContent).toContain("N-PORTAL"));
    expect(document.querySelector("main")?.textContent).not.toContain("No meetings");
  });
});

describe("a row", () => {
  it("keeps the badge of its Event beside others", async () => {
    const app = await openApp("scenario=busy");
    const text = (await row(app, "m4")).textContent ?? "";
    for (const badge of ["Overlaps", "Outside working hours", "Event sent"]) expect(text).toContain(badge);
  });

  it("names the days of a meeting that goes over midnight or takes a whole day, in the list and the details", async () => {
    const app = await openApp("scenario=busy");
    expect((await row(app, "b4")).textContent).toContain("Mon 23 Nov 22:30 – Tue 24 Nov 01:00");
    expect((await row(app, "b3")).textContent).toContain("Mon 23 Nov 08:00 – Tue 24 Nov 08:00");
    today.select("b3");
    await until(() => expect(inspector(app)).toContain("Mon 23 Nov 08:00 – Tue 24 Nov 08:00"));
  });

  it("says what to do when somebody is not in Salesforce, and why nobody is named", async () => {
    const app = await openApp();
    await row(app, "m5");
    today.select("m5");
    await until(() => expect(inspector(app)).toContain("Not among your Leads and Contacts: audit@initech.example."));
    expect(inspector(app)).toContain("Add them in Salesforce");
    today.select("m3");
    await until(() => expect(inspector(app)).toContain("4 people"));
  });
});

describe("a topic and a name from right to left", () => {
  it("turn nothing beside them", async () => {
    const app = await openApp("scenario=arabic");
    const second = (await row(app, "m2")).querySelector(".second");
    // Each part is on its own, and the line as a whole keeps its direction.
    expect(second?.querySelector("bdi")).toBeNull();
    expect(second?.textContent).toMatch(/^\u2068[^\u2068]*\u2068ليلى حداد\u2069, \u2068شركة النور\u2069\u2069 · /u);
    await app.user.click(await app.find("schedule-open"));
    const set = async (id: string, text: string) => {
      const field = (await app.find(id)) as HTMLInputElement;
      field.value = text;
      field.dispatchEvent(new Event("input", { bubbles: true }));
    };
    await set("schedule-date", "23-11-2026");
    await set("schedule-time", "09:30");
    const conflict = await until(() => {
      const found = document.querySelector(".conflict")?.textContent;
      if (!found) throw new Error("no conflict yet");
      return found;
    });
    expect(conflict).toContain("\u2068عرض التجديد مع فريق المشتريات\u2069 (09:30–10:00)");
    expect(plain(conflict)).toContain("At the same time:");
  });
});

describe("the palette", () => {
  it("finds meetings by who takes part, on any day, and shows the one that is chosen", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("k", { ctrlKey: true });
    await app.user.type(await app.find("palette-query"), "stark");
    const option = await until(() => {
      const found = app.all("palette-option").find((one) => one.dataset["id"] === "m11");
      if (!found) throw new Error("not found yet");
      return found;
    });
    expect(option.textContent).toContain("Fri 27 Nov 11:00");
    expect(option.textContent).toContain("Tunde Adeyemi");
    await app.user.click(option);
    await until(() => expect(today.selected).toBe("m11"));
    expect(today.offset).toBe(4);
    expect(router.room).toBe("today");
    await row(app, "m11");
  });
});

describe("discarding", () => {
  const item = (app: Opened, id: string) => app.all("outbox-item").find((element) => element.dataset["id"] === id);

  async function choose(app: Opened, id: string): Promise<void> {
    await app.user.click(await app.find("nav-outbox"));
    await until(() => expect(item(app, id)).toBeDefined());
    item(app, id)?.focus();
  }

  it("is asked about when it may have arrived, and the safe answer has the focus", async () => {
    const app = await openApp();
    await choose(app, "o4");
    key("Delete");
    await app.find("outbox-discard");
    await until(() => expect(document.activeElement?.textContent).toContain("Keep it"));
    await app.user.keyboard("{Escape}");
    await app.gone("outbox-discard");
    expect(item(app, "o4")?.dataset["state"]).toBe("needsYou");
    item(app, "o4")?.focus();
    key("Delete");
    await app.user.click(await app.find("outbox-discard"));
    await until(() => expect(item(app, "o4")?.dataset["state"]).toBe("discarded"));
    expect(outbox.asking).toBeNull();
  });

  it("can be taken back later, and says what would have been written", async () => {
    const app = await openApp();
    await choose(app, "o6");
    await until(() => expect(inspector(app)).toContain("Would have been written"));
    expect(inspector(app)).not.toContain("Will be written");
    key("p");
    await until(() => expect(item(app, "o6")?.dataset["state"]).toBe("held"));
    expect(toasts.polite).toContain("Back in line");
  });

  it("shows a reason whole, and sends nobody to Salesforce for a record that is not there", async () => {
    const app = await openApp();
    await choose(app, "o3");
    const reason = item(app, "o3")?.querySelector(".reason");
    expect(reason?.textContent).toContain("Assigned To is inactive. Choose another owner.");
    expect(reason?.classList.contains("clip")).toBe(false);
    await until(() => expect(inspector(app)).toContain("Nothing was made in Salesforce yet"));
    expect(inspector(app)).toContain("Assigned To is inactive. Choose another owner.");
    expect(inspector(app)).not.toContain("Correct");
  });
});

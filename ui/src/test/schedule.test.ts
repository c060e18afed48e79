// The Schedule sheet, on the simulation.

import { describe, expect, it, vi } from "vitest";
import { HostError } from "../host";
import { writtenDate } from "../i18n/format";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, planDemo, row, type, until, type Opened } from "./open";

async function opened(query = ""): Promise<Opened> {
  const app = await openApp(query);
  await app.user.click(await app.find("schedule-open"));
  await app.find("schedule-topic");
  return app;
}

/** What the words about a field say, as a screen reader finds them. */
function said(field: HTMLElement | null): string {
  const ids = field?.getAttribute("aria-describedby")?.split(" ") ?? [];
  return ids.map((id) => document.getElementById(id)?.textContent ?? "").join(" ");
}

/** Types into a field for the time and leaves it. */
async function enter(app: Opened, field: "date" | "time" | "minutes", text: string): Promise<HTMLInputElement> {
  const input = await type(app, `schedule-${field}`, text);
  await until(() => expect(schedule.when.text(field)).toBe(text));
  input.dispatchEvent(new FocusEvent("blur"));
  return input;
}

describe("scheduling", () => {
  it("makes a meeting with a person, queues its event, and takes both back with Mod+Z", async () => {
    const app = await openApp();
    await app.find("day-list");
    await planDemo(app);
    const people = await type(app, "schedule-people", "anna");
    await app.find("person-option");
    people.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
    await until(() => expect(document.body.textContent).toContain("Contact, Acme BV"));
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    const made = await row(app, "made-1");
    expect(made.textContent).toContain("Demo for Acme");
    expect((await app.find("toast")).textContent).toContain("held for 8 seconds");
    expect(app.at("toast-action")?.textContent).toContain("Undo meeting and event");
    key("z", { ctrlKey: true });
    await until(async () => {
      const item = (await app.host.listOutbox(null)).items.find((other) => other.id === "event-made-1");
      expect(item?.state.kind).toBe("discarded");
    });
    await until(() => expect(app.all("meeting-row").some((element) => element.dataset["id"] === "made-1")).toBe(false));
  });

  it("says what the clock of somebody elsewhere shows, and plans on it at the same moment", async () => {
    const app = await opened();
    await type(app, "schedule-date", "24-11-2026");
    await enter(app, "time", "10");
    await until(() => expect(schedule.check?.there).toMatchObject({ startDate: "2026-11-24", startTime: "10:00" }));
    const start = schedule.check?.start;
    expect(app.at("schedule-their-clock")).toBeNull();
    schedule.change({ people: ["Contact:003F"] });
    expect((await app.find("schedule-their-clock")).textContent).toContain("it is 18:00");
    await enter(app, "time", "17");
    await until(() => expect(app.at("schedule-their-clock")?.textContent).toContain("25 Nov 2026 01:00"));
    await enter(app, "time", "10");
    await until(() => expect(app.at("schedule-their-clock")?.textContent).toContain("it is 18:00"));
    await app.user.click(await app.find("schedule-take-clock"));
    expect(schedule.draft).toMatchObject({ zone: "Asia/Tokyo", date: "2026-11-24", time: "18:00" });
    await app.gone("schedule-their-clock");
    await until(() => expect(document.activeElement).toBe(app.at("schedule-zone")));
    await until(() => expect(schedule.check?.there?.startTime).toBe("18:00"));
    expect(schedule.check?.start).toBe(start);
  });

  it("takes with Enter what is typed, not what was offered for the text before", async () => {
    const app = await opened();
    const zones = app.host.listZones.bind(app.host);
    let arrive = (): void => undefined;
    vi.spyOn(app.host, "listZones").mockImplementation(async (query) => {
      if (query === "tok") await new Promise<void>((resolve) => (arrive = resolve));
      return zones(query);
    });
    const input = await type(app, "schedule-zone", "t");
    await app.find("zone-option");
    await type(app, "schedule-zone", "tok");
    input.focus();
    key("Enter");
    expect(schedule.draft?.zone).not.toContain("Tok");
    arrive();
    await until(() => expect(schedule.draft?.zone).toBe("Asia/Tokyo"));
  });

  it("finds the zone that is chosen when its name is typed", async () => {
    const app = await opened();
    await type(app, "schedule-zone", "Amsterdam");
    await until(() => expect(app.all("zone-option").map((option) => option.textContent)).toEqual([expect.stringContaining("Europe/Amsterdam")]));
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

  it("keeps the input when creating fails, and shows what the service said", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await type(app, "schedule-topic", "Kept");
    vi.spyOn(app.host, "scheduleMeeting").mockRejectedValueOnce(
      new HostError({ kind: "outcomeUnknown", provider: "zoom", until: null }),
    );
    await app.user.click(await app.find("schedule-create"));
    await until(() => expect(document.querySelector("[data-testid=schedule-sheet] [role=alert]")?.textContent).toContain("Z-UNKNOWN"));
    expect(((await app.find("schedule-topic")) as HTMLInputElement).value).toBe("Kept");
  });

  it("says that a meeting had been made before, and what becomes of what was typed since", async () => {
    const app = await openApp();
    const start = Date.parse("2026-12-02T13:00:00Z");
    const made = { meeting: "m4", start, outboxItem: null, invitationCopied: false, dates: 1 };
    const answers = [
      { since: { outboxItem: "change-1", group: null, notAll: false }, words: "sent to Zoom as a change", undo: true },
      { since: { outboxItem: null, group: null, notAll: true }, words: "could not be changed", undo: false },
      { since: { outboxItem: null, group: null, notAll: true }, invitationCopied: true, words: "Invitation copied", undo: false },
    ];
    for (const { words, undo, ...answered } of answers) {
      await app.user.click(await app.find("schedule-open"));
      await type(app, "schedule-topic", "Typed since");
      vi.spyOn(app.host, "scheduleMeeting").mockResolvedValueOnce({ ...made, ...answered });
      await app.user.click(await app.find("schedule-create"));
      await app.gone("schedule-sheet");
      const [notice] = toasts.shown.slice(-1);
      expect(notice?.text).toContain("had been made already");
      expect(notice?.detail).toContain(words);
      expect(notice?.action !== undefined).toBe(undo);
    }
  });

  it("takes an e-mail address that is in no record", async () => {
    const app = await openApp();
    await app.user.click(await app.find("schedule-open"));
    await app.user.type(await app.find("schedule-people"), "someone@else.example{Enter}");
    await until(() => expect(document.querySelector(".chosen")?.textContent).toContain("someone@else.example"));
    await app.user.type(await app.find("schedule-people"), "{Backspace}");
    await until(() => expect(document.querySelector(".chosen")).toBeNull());
  });

  it("shows what was understood when a field is left", async () => {
    const app = await opened();
    const date = await enter(app, "date", "5 dec");
    await until(() => expect(schedule.draft?.date).toBe("2026-12-05"));
    await until(() => expect(date.value).toBe(writtenDate("2026-12-05")));
    const time = await enter(app, "time", "half drie");
    await until(() => expect(schedule.draft?.time).toBe("14:30"));
    await until(() => expect(time.value).toBe("14:30"));
    const length = await enter(app, "minutes", "1,5 u");
    await until(() => expect(schedule.draft?.minutes).toBe(90));
    await until(() => expect(length.value).toBe("1 h 30"));
    expect(document.querySelectorAll("[aria-invalid]")).toHaveLength(0);
  });

  it("says while one types how the date is understood", async () => {
    const app = await opened();
    await type(app, "schedule-date", "tomorrow");
    await until(() => expect(app.at("schedule-understood")?.textContent).toContain(`${writtenDate("2026-11-24")} 15:00–15:30`));
  });

  it.each([
    ["date", "31 feb", "only 28 days in February 2027"],
    ["date", "soon", "not a date"],
    ["date", "2020-01-02", "This day has passed"],
    ["time", "25:00", "No clock shows this"],
    ["minutes", "1.5", "Whole minutes only"],
    ["minutes", "0", "from 1 min to 24 h"],
  ] as const)("says at its own field what is wrong with the %s %s, and no more when it is mended", async (field, text, words) => {
    const app = await opened();
    const input = await enter(app, field, text);
    await until(() => expect(said(input)).toContain(words));
    expect(input.value === text || field === "date").toBe(true);
    expect([...document.querySelectorAll("[aria-invalid]")]).toEqual([input]);
    const good = { date: "5 dec", time: "9", minutes: "45" }[field];
    await enter(app, field, good);
    await until(() => expect(document.querySelector("[aria-invalid]")).toBeNull());
    expect(said(input)).toBe("");
  });

  it("does not complain while one still types", async () => {
    const app = await opened();
    const date = await type(app, "schedule-date", "3");
    await until(() => expect(schedule.draft?.date).toBe("3"));
    expect(date.getAttribute("aria-invalid")).toBeNull();
    expect(date.value).toBe("3");
  });

  it("is never dead: Create is pressed, goes to the first problem and says it", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Stuck");
    const time = await enter(app, "time", "25:00");
    const create = await app.find("schedule-create");
    expect(create.getAttribute("aria-disabled")).toBeNull();
    await app.user.click(create);
    await until(() => expect(document.activeElement).toBe(time));
    expect(app.at("live-assertive")?.textContent).toContain("No clock shows this");
    expect(app.at("schedule-sheet")).not.toBeNull();
  });

  it("waits for what was typed last before it creates", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Quick fingers");
    const read = app.host.readWhen.bind(app.host);
    vi.spyOn(app.host, "readWhen").mockImplementation(async (asked) => {
      await new Promise((resolve) => setTimeout(resolve, 50));
      return read(asked);
    });
    await type(app, "schedule-time", "16:45");
    key("Enter", { ctrlKey: true });
    await app.gone("schedule-sheet");
    await today.go(1);
    const made = await row(app, "made-1");
    expect(made.textContent).toContain("16:45");
  });

  it("opens the calendar at the day that was typed", async () => {
    const app = await opened();
    await enter(app, "date", "5 dec");
    await until(() => expect(schedule.draft?.date).toBe("2026-12-05"));
    await app.user.click(await app.find("schedule-calendar"));
    const chosen = await until(() => {
      const day = document.querySelector<HTMLElement>("[data-overlay] [data-selected]");
      if (!day) throw new Error("no calendar");
      return day;
    });
    expect(chosen.textContent?.trim()).toBe("5");
    await app.user.click([...document.querySelectorAll<HTMLElement>("[data-overlay] .calendar-day")].find((day) => day.textContent?.trim() === "11") as HTMLElement);
    await until(() => expect(schedule.draft?.date).toBe("2026-12-11"));
  });

  it("takes the time of a gap from the engine", async () => {
    const app = await openApp();
    await app.find("day-list");
    await schedule.open(undefined, Date.parse("2026-11-23T09:00:00Z"));
    await until(() => expect((app.at("schedule-date") as HTMLInputElement | null)?.value).toBe(writtenDate("2026-11-23")));
    expect((app.at("schedule-time") as HTMLInputElement).value).toBe("10:00");
    expect(document.querySelector("[aria-invalid]")).toBeNull();
  });

  it("has the people within three tabs of the topic", async () => {
    const app = await opened();
    const topic = await app.find("schedule-topic");
    topic.focus();
    for (let step = 0; step < 3 && document.activeElement !== app.at("schedule-people"); step += 1) await app.user.tab();
    expect(document.activeElement).toBe(app.at("schedule-people"));
  });

  it("closes at the first Escape, keeps what was begun, and brings it back", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Not done yet");
    await type(app, "schedule-people", "anna");
    await app.user.click(await app.find("person-option"));
    await until(() => expect(document.querySelector(".chosen")?.textContent).toContain("Anna de Vries"));
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
    expect((await app.find("toast")).textContent).toContain("Draft kept");

    await app.user.click(await app.find("schedule-open"));
    await until(() => expect((app.at("schedule-topic") as HTMLInputElement | null)?.value).toBe("Not done yet"));
    await until(() => expect(document.querySelector(".chosen")?.textContent).toContain("Anna de Vries"));
    await app.user.click(await app.find("schedule-anew"));
    await until(() => expect((app.at("schedule-topic") as HTMLInputElement | null)?.value).toBe(""));
    // Whoever types on types into the new one: the button that was pressed is gone.
    await until(() => expect(document.activeElement).toBe(app.at("schedule-topic")));
    // The one that was left is still there, until it is thrown away.
    expect(app.at("schedule-unfinished")?.textContent).toContain("Unfinished: Not done yet");
    await app.user.click(await app.find("schedule-drop-draft"));
    await app.gone("schedule-unfinished");
    await until(() => expect(document.activeElement).toBe(app.at("schedule-topic")));
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
    await app.user.click(await app.find("schedule-open"));
    await app.find("schedule-topic");
    expect(app.at("schedule-anew")).toBeNull();
  });

  it("keeps a second unfinished draft beside the first, and offers both by keyboard", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "First");
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
    await schedule.open(undefined, Date.parse("2026-11-23T09:00:00Z"));
    await type(app, "schedule-topic", "Second");
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
    await schedule.open(undefined, Date.parse("2026-11-23T10:00:00Z"));
    await until(() => expect(app.all("schedule-resume")).toHaveLength(2));
    const topics = [...document.querySelectorAll("[data-testid=schedule-unfinished] bdi")].map((element) => element.textContent);
    expect(topics).toEqual(["Unfinished: Second", "Unfinished: First"]);
    app.all("schedule-resume")[1]?.focus();
    await app.user.keyboard("{Enter}");
    await until(() => expect((app.at("schedule-topic") as HTMLInputElement | null)?.value).toBe("First"));
    expect(app.all("schedule-resume")).toHaveLength(1);
  });

  it("shows the rest of many drafts, and goes on by keyboard at the first of them", async () => {
    const app = await opened();
    for (const topic of ["One", "Two", "Three", "Four"]) {
      await type(app, "schedule-topic", topic);
      await app.user.keyboard("{Escape}");
      await app.gone("schedule-sheet");
      await schedule.open(undefined, Date.parse("2026-11-23T09:00:00Z"));
      await app.find("schedule-topic");
    }
    await until(() => expect(app.all("schedule-resume")).toHaveLength(2));
    (await app.find("schedule-all-drafts")).focus();
    await app.user.keyboard("{Enter}");
    await until(() => expect(app.all("schedule-resume")).toHaveLength(4));
    await until(() => expect(document.activeElement).toBe(app.all("schedule-resume")[2]));
  });

  it("says at once that a draft is too large to be kept", async () => {
    const app = await opened();
    vi.spyOn(app.host, "setUiState").mockRejectedValue(new HostError({ kind: "internal", code: "E-UI-STATE" }));
    await type(app, "schedule-topic", "Far too long");
    expect((await app.find("toast")).textContent).toContain("too large to be kept");
  });

  it("says before Create who can't be in the event", async () => {
    const app = await opened();
    expect(app.at("schedule-left-out")).toBeNull();
    const people = (await app.host.searchPeople("", 50)).concat(await app.host.searchPeople("e", 50));
    const contact = people.find(({ record }) => record === "contact");
    const lead = people.find(({ record }) => record === "lead");
    if (!contact || !lead) throw new Error("the simulation has both");
    schedule.choose(contact);
    schedule.choose(lead);
    const hint = await app.find("schedule-left-out");
    expect(hint.textContent).toContain(lead.name);
    expect(hint.textContent).toContain("one lead or about contacts");
    await app.user.click(await app.find("schedule-log"));
    await app.gone("schedule-left-out");
  });

  it("closes a list with the first Escape only while it is open", async () => {
    const app = await opened();
    await type(app, "schedule-people", "anna");
    await app.find("person-option");
    await app.user.keyboard("{Escape}");
    await app.gone("person-option");
    expect(app.at("schedule-sheet")).not.toBeNull();
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
  });

  it("throws a kept draft away on request", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Never mind");
    await app.user.keyboard("{Escape}");
    await app.user.click(await app.find("toast-action"));
    await app.user.click(await app.find("schedule-open"));
    expect(((await app.find("schedule-topic")) as HTMLInputElement).value).toBe("");
  });

  it("offers the kept draft beside one for another time", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "First");
    await app.user.keyboard("{Escape}");
    await app.gone("schedule-sheet");
    await schedule.open(undefined, Date.parse("2026-11-23T09:00:00Z"));
    await app.user.click(await app.find("schedule-resume"));
    await until(() => expect((app.at("schedule-topic") as HTMLInputElement | null)?.value).toBe("First"));
  });

  it("leaves for the sign-in and comes back with the draft", async () => {
    const app = await opened("scenario=signin");
    await type(app, "schedule-topic", "After the sign-in");
    await app.user.click(await app.find("schedule-create"));
    vi.spyOn(app.host, "connectAccount").mockResolvedValueOnce();
    await app.user.click(await app.find("schedule-sign-in"));
    await until(() => expect(router.sheet).toBe("schedule"));
    await until(() => expect((app.at("schedule-topic") as HTMLInputElement | null)?.value).toBe("After the sign-in"));
  });

  it("says why nothing can be created without the network, at once and when asked", async () => {
    const app = await opened("scenario=offline");
    await until(() => expect(app.at("schedule-sheet")?.textContent).toContain("network"));
    await type(app, "schedule-topic", "Later");
    const create = await app.find("schedule-create");
    expect(create.getAttribute("aria-disabled")).toBeNull();
    await app.user.click(create);
    await until(() => expect(document.querySelector("[data-testid=schedule-sheet] [role=alert]")?.textContent).toContain("N-OFFLINE"));
  });

  it("tells namesakes apart by address or number", async () => {
    const app = await opened();
    await type(app, "schedule-people", "müller");
    await until(() => expect(app.all("person-option")).toHaveLength(4));
    const texts = app.all("person-option").map((option) => option.textContent);
    expect(new Set(texts).size).toBe(4);
    expect(texts.join()).toContain("mueller-berlin@ziggurat.example");
    expect(texts.join()).toContain("+49 30 901820");
  });

  it("shows the day on which a long meeting ends", async () => {
    const app = await opened();
    await enter(app, "minutes", "24h");
    await until(() => expect(app.at("schedule-understood")?.textContent).toContain(`until ${writtenDate("2026-11-25")} 15:00`));
  });

  it("leads to a meeting on another day and selects it", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Next week");
    await enter(app, "date", "5 dec");
    await until(() => expect(schedule.draft?.date).toBe("2026-12-05"));
    await app.user.click(await app.find("schedule-create"));
    await app.gone("schedule-sheet");
    await app.user.click(await app.find("toast-show"));
    await row(app, "made-1");
    await until(() => expect(today.selected).toBe("made-1"));
    expect(today.offset).toBe(12);
  });

  it("says before Create what becomes of the event without Salesforce", async () => {
    const kept = await opened();
    await kept.host.disconnectAccount("salesforce", false);
    await until(() => expect(said(kept.at("schedule-log"))).toContain("once robin.jansen@northwind.example is connected again"));
    expect(kept.at("schedule-log")?.getAttribute("aria-pressed")).toBe("true");

    const never = await opened("noSalesforce=1");
    const toggle = await never.find("schedule-log");
    await until(() => expect(toggle.getAttribute("aria-disabled")).toBe("true"));
    expect(toggle.getAttribute("aria-pressed")).toBe("false");
    expect(said(toggle)).toContain("Connect Salesforce");
    await never.user.click(toggle);
    expect(schedule.draft?.logEvent).toBe(false);
  });
});

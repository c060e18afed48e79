// The one line of the Schedule sheet, on the simulation: a Monday, 23 November 2026.

import { describe, expect, it, vi } from "vitest";
import { speak } from "../i18n/messages.svelte";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { key, openApp, type, until, type Opened } from "./open";

async function opened(): Promise<Opened> {
  const app = await openApp();
  await app.find("day-list");
  key("c");
  await app.find("schedule-line");
  await app.find("schedule-topic");
  return app;
}

async function line(app: Opened, text: string): Promise<void> {
  await type(app, "schedule-line", text);
  await until(() => {
    expect(schedule.line.text).toBe(text);
    expect(schedule.line.answer).not.toBeNull();
  });
  await schedule.line.read();
}

const value = (app: Opened, field: string) => (app.at(`schedule-${field}`) as HTMLInputElement | null)?.value;

describe("the one line", () => {
  it("fills the fields below it, and one that it says nothing of more is as it was", async () => {
    const app = await opened();
    const before = { ...schedule.draft };
    await line(app, "Demo with Anna de Vries tomorrow 15:30 45m");
    await until(() => expect(schedule.draft).toMatchObject({ topic: "Demo", date: "2026-11-24", time: "15:30", minutes: 45 }));
    expect(schedule.chosen.map(({ name }) => name)).toEqual(["Anna de Vries"]);
    expect(value(app, "topic")).toBe("Demo");
    await line(app, "Demo");
    await until(() => expect(schedule.draft).toMatchObject({ topic: "Demo", date: before.date, time: before.time, minutes: before.minutes, people: [] }));
  });

  it("underlines what it recognised and tells a screen reader", async () => {
    const app = await opened();
    await line(app, "Demo tomorrow 45m");
    const marked = [...document.querySelectorAll(".mirror .span")].map((span) => span.firstChild?.textContent);
    expect(marked).toEqual(["Demo", "tomorrow", "45m"]);
    const described = app.at("schedule-line")?.getAttribute("aria-describedby") ?? "";
    expect(document.getElementById(described)?.textContent).toBe("Topic: Demo. Day: tomorrow. Length: 45m");
  });

  it("leaves a field alone that was changed by hand", async () => {
    const app = await opened();
    await line(app, "Demo tomorrow 15:30");
    await until(() => expect(schedule.draft?.time).toBe("15:30"));
    schedule.change({ time: "16:00" });
    await type(app, "schedule-topic", "My own");
    await line(app, "Demo tomorrow 17:00 30 min");
    await until(() => expect(schedule.draft).toMatchObject({ topic: "My own", time: "16:00", minutes: 30 }));
  });

  it("never brings back somebody who was taken out", async () => {
    const app = await opened();
    await line(app, "Demo with Anna de Vries");
    await until(() => expect(schedule.draft?.people).toHaveLength(1));
    schedule.drop(schedule.draft?.people[0] ?? "");
    await line(app, "Demo with Anna de Vries 30 min");
    await until(() => expect(schedule.draft?.minutes).toBe(30));
    expect(schedule.draft?.people).toEqual([]);
  });

  it("asks with two buttons what can be read both ways", async () => {
    const app = await opened();
    await line(app, "Demo tomorrow at 3");
    const readings = await until(() => {
      const found = app.all("line-reading");
      expect(found).toHaveLength(2);
      return found;
    });
    expect(readings.map((button) => button.getAttribute("aria-pressed"))).toEqual(["true", "false"]);
    expect(schedule.draft?.time).toBe("15:00");
    readings[1]?.click();
    await until(() => expect(schedule.draft?.time).toBe("03:00"));
    expect(app.all("line-reading").map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true"]);
    app.all("line-reading")[0]?.click();
    await until(() => expect(schedule.draft?.time).toBe("15:00"));
  });

  it("makes up no time: it offers three free ones, and the one that is taken stays marked", async () => {
    const app = await opened();
    await line(app, "Demo tomorrow");
    const slots = await until(() => {
      const found = app.all("line-slot");
      expect(found).toHaveLength(3);
      return found;
    });
    expect(schedule.draft?.time).toBe("");
    slots[1]?.click();
    await until(() => expect(schedule.draft?.time).toBe("16:00"));
    expect(app.all("line-slot").map((button) => button.getAttribute("aria-pressed"))).toEqual(["false", "true", "false"]);
  });

  it("says that a time is missing when Create is pressed without one", async () => {
    const app = await opened();
    await line(app, "Demo tomorrow");
    await until(() => expect(schedule.draft?.time).toBe(""));
    expect(app.at("schedule-time")?.getAttribute("aria-invalid")).toBeNull();
    key("Enter", { ctrlKey: true });
    await until(() => expect(app.at("schedule-time")?.getAttribute("aria-invalid")).toBe("true"));
    expect(app.at("schedule-sheet")).not.toBeNull();
  });

  it("asks who is meant, and keeps the words of somebody unknown in the topic", async () => {
    const app = await opened();
    await line(app, "Demo with zzz");
    await app.find("line-nobody");
    expect(schedule.draft).toMatchObject({ topic: "Demo with zzz", people: [] });
    await line(app, "Demo with an");
    const asked = await until(() => {
      const found = app.all("line-person");
      expect(found.length).toBeGreaterThan(1);
      return found;
    });
    asked[0]?.click();
    await until(() => expect(schedule.draft?.people).toHaveLength(1));
    await until(() => expect(schedule.draft?.topic).toBe("Demo"));
  });

  it("begins with the person it is opened from", async () => {
    const app = await openApp();
    await app.find("day-list");
    const [anna] = await app.host.searchPeople("Anna de Vries", 1);
    if (!anna) throw new Error("Anna is missing");
    await schedule.open(anna);
    await until(() => expect(schedule.line.text).toBe("with Anna de Vries "));
    await schedule.line.read();
    expect(schedule.draft?.people).toEqual([anna.id]);
    await until(() => expect(schedule.line.unclear).toEqual([]));
  });

  it("is opened from the palette with what stands behind the word", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("k", { ctrlKey: true });
    await type(app, "palette-query", "schedule demo tomorrow 15:30");
    const [first] = await until(() => {
      const found = app.all("palette-option");
      expect(found[0]?.textContent).toContain("demo tomorrow 15:30");
      return found;
    });
    first?.dispatchEvent(new PointerEvent("pointerdown", { bubbles: true }));
    first?.click();
    await app.find("schedule-line");
    await until(() => expect(schedule.draft).toMatchObject({ topic: "demo", date: "2026-11-24", time: "15:30" }));
  });

  it("starts a new plan when somebody types beside an unfinished one", async () => {
    const app = await opened();
    await type(app, "schedule-topic", "Not done yet");
    await until(() => expect(schedule.dirty).toBe(true));
    schedule.close();
    await app.gone("schedule-sheet");
    key("c");
    await app.find("schedule-anew");
    await line(app, "Other tomorrow 15:30");
    await until(() => expect(schedule.draft?.topic).toBe("Other"));
    expect(schedule.unfinished.map(({ topic }) => topic)).toEqual(["Not done yet"]);
  });

  it("speaks Dutch", async () => {
    const app = await opened();
    speak("nl");
    await line(app, "Demo met Anna de Vries morgen 15:30 45 min");
    await until(() => expect(schedule.draft).toMatchObject({ topic: "Demo", date: "2026-11-24", time: "15:30", minutes: 45 }));
    expect(app.at("schedule-line")?.getAttribute("placeholder")).toContain("morgen");
  });
});

describe("letters typed before the sheet is there", () => {
  it("are all in the line, however long the draft takes", async () => {
    const app = await openApp();
    await app.find("day-list");
    let arrive = (): void => undefined;
    const fresh = app.host.newDraft.bind(app.host);
    vi.spyOn(app.host, "newDraft").mockImplementation(async (...asked) => {
      await new Promise<void>((resolve) => (arrive = resolve));
      return fresh(...asked);
    });
    key("c");
    // Before the window has drawn anything.
    for (const letter of "demo xx") key(letter);
    key("Backspace");
    key("Backspace");
    for (const letter of "tomorrow") key(letter);
    expect(router.sheet).toBe("schedule");
    const input = (await app.find("schedule-line")) as HTMLInputElement;
    await until(() => expect(input.value).toBe("demo tomorrow"));
    expect(document.activeElement).toBe(input);
    expect(schedule.draft).toBeNull();
    arrive();
    await until(() => expect(schedule.draft).toMatchObject({ topic: "demo", date: "2026-11-24" }));
  });

  it("stay in the field that somebody went to, should the line never get the focus", async () => {
    const app = await openApp();
    await app.find("day-list");
    const focus = HTMLElement.prototype.focus;
    const kept = vi.spyOn(HTMLElement.prototype, "focus").mockImplementation(function (this: HTMLElement, ...given) {
      if (this.dataset["testid"] !== "schedule-line") focus.apply(this, given);
    });
    key("c");
    const topic = (await app.find("schedule-topic")) as HTMLInputElement;
    topic.focus();
    const reached: string[] = [];
    topic.addEventListener("keydown", (event) => reached.push(event.key));
    for (const letter of "demo") key(letter);
    kept.mockRestore();
    expect(reached.join("")).toBe("demo");
    expect(schedule.line.text).toBe("");
  });

  it("are no shortcuts, and those with Control go where they belong", async () => {
    const app = await openApp();
    await app.find("day-list");
    key("n", { ctrlKey: true });
    key("t");
    key("?");
    await app.find("schedule-line");
    await until(() => expect(schedule.line.text).toBe("t?"));
    expect(router.sheet).toBe("schedule");
    schedule.close();
    await app.gone("schedule-sheet");
    // Nothing is held any more.
    key("?");
    await until(() => expect(router.sheet).toBe("shortcuts"));
  });
});

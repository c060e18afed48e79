// Titles are hidden while a screen is shared: in every room, what is of other people stands where it is hidden.

import { afterEach, describe, expect, it } from "vitest";
import { t, veil, whole } from "../i18n/messages.svelte";
import { reminders } from "../state/reminders.svelte";
import { router } from "../state/router.svelte";
import { today } from "../state/today.svelte";
import { key, openApp, row, type, until, type Opened } from "./open";
import { sources } from "./sources";
import { states, type State } from "./states";

/** Topics, people and companies of the simulation. */
async function secretsOf({ host }: Opened): Promise<string[]> {
  const found = new Set<string | null | undefined>();
  for (const offset of [-1, 0, 1]) {
    for (const item of (await host.getDay(offset)).items) if (item.kind === "meeting") found.add(item.row.topic);
  }
  const people = await host.listPeople({ query: "" } as never, "name" as never, 0, 200).catch(() => ({ rows: [] }));
  for (const { name, company } of people.rows as { name: string; company: string | null }[]) found.add(name).add(company);
  const calls = await host.listCalls({ chip: "all", from: null, to: null, query: "" } as never, 0, 200);
  for (const { person, company } of calls.rows as unknown as { person: { name: string } | null; company: string | null }[]) found.add(person?.name).add(company);
  for (const past of [false, true]) {
    const listed = await host.listWebinars({ when: past ? "past" : "upcoming", query: "" } as never, 0, 50);
    for (const { topic } of listed.rows) found.add(topic);
  }
  for (const { title } of (await host.listOutbox(null)).items) found.add(title);
  return [...found].filter((text): text is string => typeof text === "string" && text.length > 3);
}

const HIDES = "bdi:not([data-ours]), [data-theirs]";

/** Where one of them can be read. */
function readable(secrets: readonly string[]): string[] {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const seen = new Set<string>();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.textContent ?? "";
    const around = node.parentElement;
    if (!around || around.closest(HIDES) || around.closest("script, style, textarea")) continue;
    if (secrets.some((secret) => text.includes(secret)))
      seen.add(`${around.closest("[data-testid]")?.getAttribute("data-testid") ?? "?"} <${around.localName} class="${around.className}">: ${text.trim().slice(0, 80)}`);
  }
  return [...seen];
}

/** Further places where names are. */
const more: readonly State[] = [
  ["the week", "", async (app) => (await app.find("day-list"), today.look("week"), app.find("week"))],
  ["what a meeting is", "", async (app) => ((await row(app, "m1")).click(), router.inspect(true), app.find("inspector"))],
  ["the outbox", "scenario=rows", async (app) => (await app.user.click(await app.find("nav-outbox")), app.find("outbox-item"))],
  ["the palette", "", async (app) => (key("k", { ctrlKey: true }), await type(app, "palette-query", "an"), await until(() => expect(app.all("palette-option").length).toBeGreaterThan(1)))],
  ["people for a meeting", "", async (app) => (await app.user.click(await app.find("schedule-open")), await type(app, "schedule-people", "an"), await until(() => expect(app.all("person-option").length).toBeGreaterThan(0)))],
];

afterEach(() => veil(false));

describe("hidden titles", () => {
  it.each([...states, ...more])("leave nothing to read in %s", async (_, query, open) => {
    const app = await openApp(query);
    await until(() => expect(reminders.data).not.toBeNull());
    const secrets = await secretsOf(app);
    expect(secrets.length).toBeGreaterThan(5);
    await reminders.change({ hideTitles: true });
    await open(app);
    expect(document.documentElement.dataset["titles"]).toBe("hidden");
    expect(readable(secrets)).toEqual([]);
  });
});

describe("what leaves the window", () => {
  it("has every name in it also while titles are hidden", () => {
    const asked = sources("src", ".ts", ".svelte").filter(({ path }) => !path.endsWith(".test.ts"));
    const masked = asked.flatMap(({ path, text }) => [...text.matchAll(/\bt\("([a-z-]+-(?:subject|file))", \{[^}]*\b(?:name|topic)\b/gu)].map((hit) => `${path}: ${hit[1] ?? ""}`));
    expect(masked).toEqual([]);
    veil(true);
    expect(t("next-subject", { name: "Anna" })).not.toContain("Anna");
    expect(whole("next-subject", { name: "Anna" })).toContain("Anna");
    expect(t("copy-named", { name: "Zoom ID" }), "a label of our own").toContain("Zoom ID");
  });
});

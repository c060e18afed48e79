// What the palette's answer is to the user: words, a sign, and what choosing does.

import { commands, titleOf } from "../../commands/registry";
import type { CallRow, MeetingHit, PaletteAnswer, PaletteChoice, PaletteCommand, PaletteEntry, PaletteKind, PersonHit, WebinarRow } from "../../host";
import { clockTime, shortDay } from "../../i18n/format";
import { joined } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";
import { clock } from "../../state/clock.svelte";
import { dialling } from "../../state/dialling.svelte";
import { goTo } from "../../state/places";
import { router } from "../../state/router.svelte";
import { schedule } from "../../state/schedule.svelte";
import { session } from "../../state/session.svelte";
import { today } from "../../state/today.svelte";
import { webinars } from "../../state/webinars.svelte";
import { momentOf, whoOf } from "../calls/words";
import { settings } from "../settings/index";

export interface Entry {
  id: string;
  group: string;
  kind: PaletteEntry["kind"];
  title: string;
  detail?: string | undefined;
  keys?: string | undefined;
  run: () => void;
  /** What else can be done with it. */
  second?: { title: string; run: () => void } | undefined;
  /** What is remembered as chosen; a plan is no thing to come back to. */
  choice?: PaletteChoice;
}

const groups: Record<PaletteKind, MessageKey> = {
  plan: "command-schedule",
  used: "palette-used",
  commands: "palette-commands",
  meetings: "settings-meetings",
  people: "room-people",
  calls: "room-calls",
  webinars: "room-webinars",
  settings: "settings",
};

/** What the window can do now, and its settings, in its own words. */
export function offered(): PaletteCommand[] {
  return [
    ...commands()
      .filter((command) => !command.keyOnly && (command.when?.() ?? true) && command.reason?.() === undefined)
      .map((command) => ({ id: command.id, title: titleOf(command), setting: false })),
    ...settings.map(({ title }) => ({ id: title, title: t(title), setting: true })),
  ];
}

/** The answer as a list; what is under «used» is not there a second time. */
export function entriesOf({ groups: answered }: PaletteAnswer): Entry[] {
  const all = answered.flatMap(({ kind, entries }) => entries.flatMap((entry) => shown(entry, t(groups[kind])) ?? []));
  return all.filter((entry, index) => all.findIndex(({ id }) => id === entry.id) === index);
}

function shown(entry: PaletteEntry, group: string): Entry | null {
  switch (entry.kind) {
    case "plan":
      return { id: "line", group, kind: "plan", title: t("line-plan", { line: entry.line }), run: () => void schedule.open(undefined, undefined, entry.line) };
    case "command":
      return command(entry.id, group);
    case "setting":
      return setting(entry.id, group);
    case "meeting":
      return meeting(entry.hit, group);
    case "person":
      return person(entry.hit, group);
    case "call":
      return call(entry.row, group);
    case "webinar":
      return webinar(entry.row, group);
  }
}

function command(id: string, group: string): Entry | null {
  const found = commands().find((one) => one.id === id);
  if (!found) return null;
  const keys = found.keys?.find((key) => session.letters || key.includes("+"));
  return { id, group, kind: "command", title: titleOf(found), keys, run: () => found.run(), choice: { kind: "command", id } };
}

function setting(id: string, group: string): Entry | null {
  const found = settings.find(({ title }) => title === id);
  if (!found) return null;
  return { id: `setting-${id}`, group, kind: "setting", title: t(found.title), run: () => router.openSettings(found.part, found.title), choice: { kind: "setting", id } };
}

function meeting({ row, offset }: MeetingHit, group: string): Entry {
  const enter = { title: t(row.host ? "start-meeting" : "join-meeting"), run: () => void today.enter(row) };
  return {
    id: row.id,
    group,
    kind: "meeting",
    title: row.topic || t("no-topic"),
    detail: joined([`${offset === 0 ? t("room-today") : shortDay(row.start)} ${clockTime(row.start)}`, row.people[0]?.name]),
    run: () => {
      router.go("today");
      void today.show(row.id, offset);
      router.inspect(true);
    },
    second: row.joinable && row.end > clock.read() ? enter : undefined,
    choice: { kind: "meeting", id: row.id },
  };
}

function person(hit: PersonHit, group: string): Entry {
  const { id, name, company, record } = hit;
  return {
    id,
    group,
    kind: "person",
    title: name,
    detail: joined([company, hit.email ?? hit.phone]) || undefined,
    run: () => void goTo({ kind: "person", id }),
    second: { title: t("schedule-with", { name }), run: () => void schedule.open({ id, name, company, record }) },
    choice: { kind: "person", id },
  };
}

function call(row: CallRow, group: string): Entry {
  const { number } = row;
  return {
    id: `call-${row.id}`,
    group,
    kind: "call",
    title: whoOf(row),
    detail: joined([momentOf(row.start, clock.read()), row.company ?? number]),
    run: () => void goTo({ kind: "call", id: row.id }),
    second: number === null ? undefined : { title: t("palette-call", { number }), run: () => void dialling.begin(number, row.person) },
    choice: { kind: "call", id: row.id },
  };
}

function webinar(row: WebinarRow, group: string): Entry {
  const open = row.approval !== "none" && (row.progress === "upcoming" || row.progress === "running");
  return {
    id: `webinar-${row.id}`,
    group,
    kind: "webinar",
    title: row.topic || t("no-topic"),
    detail: row.start === null ? undefined : `${shortDay(row.start)} ${clockTime(row.start)}`,
    run: () => void goTo({ kind: "webinar", id: row.id }),
    second: open ? { title: t("webinar-copy-registration"), run: () => void webinars.copy(row.id, "registrationLink") } : undefined,
    choice: { kind: "webinar", id: row.id },
  };
}

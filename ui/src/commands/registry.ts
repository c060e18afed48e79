// Every command of the window, once: menus, tooltips, the palette, the shortcut sheet and the keyboard read this table.

import type { Room } from "../features/room";
import { rooms } from "../features/rooms";
import { host } from "../host";
import { t } from "../i18n/messages.svelte";
import { attempt } from "../state/attempt";
import { clock } from "../state/clock.svelte";
import { firstSteps } from "../state/firstSteps.svelte";
import { meetNow } from "../state/meetNow.svelte";
import { reminders } from "../state/reminders.svelte";
import { refreshAll } from "../state/resource.svelte";
import { palette } from "../state/palette";
import { router } from "../state/router.svelte";
import { schedule } from "../state/schedule.svelte";
import { session } from "../state/session.svelte";
import { larger, smaller } from "../state/textSize";
import { toasts } from "../state/toasts.svelte";
import { today } from "../state/today.svelte";
import { ready, type Command } from "./command";

export { titleOf, type Command, type CommandGroup } from "./command";

const nextRow = () => today.nextUp.data?.row ?? null;

/** The meeting that a shortcut means: the selected one in Today, the next one elsewhere. */
function meant() {
  return (router.room === "today" ? today.selectedRow : null) ?? nextRow();
}

/** Whoever is chosen in the room where the user is. */
function personHere() {
  return (rooms as readonly Room[]).find(({ id }) => id === router.room)?.person?.() ?? undefined;
}

/** A meeting with everybody who is selected, else with the chosen one. */
function planHere(): void {
  const selected = (rooms as readonly Room[]).find(({ id }) => id === router.room)?.selected?.() ?? [];
  void (selected.length > 0 ? schedule.openFor(selected) : schedule.open(personHere()));
}

async function syncNow(): Promise<void> {
  await attempt(() => host().syncNow());
  refreshAll();
}

async function hideTitles(): Promise<void> {
  const hideTitles = !(reminders.data?.settings.hideTitles ?? false);
  if (await reminders.change({ hideTitles })) toasts.say({ text: t(hideTitles ? "titles-hidden" : "titles-shown") });
}

async function resize(step: (percent: number) => number): Promise<void> {
  let [before, after] = [0, 0];
  const stored = await session.change((now) => {
    [before, after] = [now.textPercent, step(now.textPercent)];
    return { textPercent: after };
  });
  if (stored && after !== before) toasts.announce(t("percent", { percent: after }));
}

const anywhere: Command[] = [
  {
    id: "palette",
    title: "command-palette",
    group: "anywhere",
    keys: ["Mod+K"],
    when: ready,
    run: () => palette.open(),
    keyOnly: true,
  },
  {
    id: "schedule",
    title: "command-schedule",
    group: "anywhere",
    keys: ["C", "Mod+N"],
    when: ready,
    run: planHere,
  },
  {
    id: "meet-now",
    title: "command-meet-now",
    group: "anywhere",
    keys: ["Mod+Shift+M"],
    when: () => ready() && personHere() !== undefined,
    run: () => {
      const person = personHere();
      if (person) void meetNow.with(person);
    },
  },
  {
    id: "enter-next",
    title: "command-enter-next",
    group: "anywhere",
    keys: ["Mod+J"],
    when: ready,
    run: () => void today.join(),
  },
  {
    id: "copy-link",
    title: "command-copy-link",
    group: "anywhere",
    keys: ["Mod+Shift+C"],
    when: () => ready() && meant()?.joinable === true,
    run: () => {
      const row = meant();
      if (row) void today.copy(row.id, "joinLink");
    },
  },
  {
    id: "undo",
    title: "command-undo",
    group: "anywhere",
    keys: ["Mod+Z"],
    when: ready,
    run: () => void toasts.undoLast(clock.read()),
  },
  {
    id: "sync",
    title: "command-sync",
    group: "anywhere",
    keys: ["Mod+R"],
    when: ready,
    run: () => void syncNow(),
  },
  {
    id: "settings",
    title: "command-settings",
    group: "anywhere",
    keys: ["Mod+,"],
    when: ready,
    run: () => router.openSettings(),
  },
  {
    id: "shortcuts",
    title: "command-shortcuts",
    group: "anywhere",
    keys: ["?", "Mod+/"],
    when: ready,
    run: () => (router.sheet = "shortcuts"),
  },
  { id: "sidebar", title: "command-sidebar", group: "anywhere", keys: ["Mod+\\"], when: ready, run: () => router.toggleSidebar() },
  { id: "back", title: "command-back", group: "anywhere", keys: ["Alt+ArrowLeft", "Mod+["], when: ready, run: () => router.back(), keyOnly: true },
  {
    id: "forward",
    title: "command-forward",
    group: "anywhere",
    keys: ["Alt+ArrowRight", "Mod+]"],
    when: ready,
    run: () => router.forward(),
    keyOnly: true,
  },
  {
    id: "text-larger",
    title: "command-text-larger",
    group: "anywhere",
    keys: ["Mod++", "Mod+="],
    when: () => session.app !== null,
    run: () => void resize(larger),
    overSheets: true,
  },
  {
    id: "text-smaller",
    title: "command-text-smaller",
    group: "anywhere",
    keys: ["Mod+-"],
    when: () => session.app !== null,
    run: () => void resize(smaller),
    overSheets: true,
  },
  {
    id: "text-normal",
    title: "command-text-normal",
    group: "anywhere",
    keys: ["Mod+0"],
    when: () => session.app !== null,
    run: () => void resize(() => 100),
    overSheets: true,
  },
  {
    id: "hide-titles",
    title: () => t(reminders.data?.settings.hideTitles ? "command-titles-show" : "command-titles-hide"),
    group: "anywhere",
    keys: ["Mod+Shift+H"],
    when: () => ready() && reminders.data !== null,
    run: () => void hideTitles(),
    overSheets: true,
  },
  {
    id: "first-steps",
    title: "command-first-steps",
    group: "anywhere",
    when: () => ready() && !router.slim && firstSteps.data?.shown === false,
    run: () => void firstSteps.show(true),
  },
  { id: "quit", title: "command-quit", group: "anywhere", keys: ["Mod+Q"], run: () => void attempt(() => host().quitApp()), overSheets: true },
];

/** A room's key is its place in the sidebar. */
export const roomKeys = (place: number): string[] => (place < 9 ? [`Mod+${place + 1}`] : []);

const goTo = (): Command[] =>
  rooms.map((room, place) => ({
    id: `go-${room.id}`,
    title: () => t("command-go", { room: t(room.title) }),
    group: "anywhere",
    keys: roomKeys(place),
    when: ready,
    run: () => router.go(room.id),
  }));

/** Some room's list can do this. */
const someList = (able: "selects" | "filters") => (rooms as readonly Room[]).some(({ list }) => list?.[able] === true);

const filterField = () => document.querySelector<HTMLElement>("main [data-filter]");

const filter: Command = {
  id: "filter",
  title: "command-filter",
  group: "lists",
  keys: ["/", "Mod+F"],
  when: () => ready() && filterField() !== null,
  run: () => filterField()?.focus(),
};

const lists: Command[] = [
  {
    id: "inspector",
    title: "command-inspector",
    group: "lists",
    keys: ["I"],
    when: ready,
    run: () => router.inspect(!router.inspecting),
  },
];

let all: readonly Command[] | undefined;

/** Made when first asked for: the rooms' own pages read this table too. */
export function commands(): readonly Command[] {
  all ??= [
    ...goTo(),
    ...anywhere,
    ...lists,
    ...(someList("filters") ? [filter] : []),
    ...(rooms as readonly Room[]).flatMap((room) => (room.commands ?? []).map((command) => ({ ...command, group: room.id }))),
  ];
  return all;
}

export function commandById(id: string): Command {
  const found = commands().find((command) => command.id === id);
  if (!found) throw new Error(`no command ${id}`);
  return found;
}

type FixedKeys = Pick<Command, "title" | "group"> & { keys: readonly string[] };

const selecting: readonly FixedKeys[] = [
  { title: "key-select", group: "lists", keys: ["X", "Mod+Space"] },
  { title: "key-select-range", group: "lists", keys: ["Shift+ArrowUp", "Shift+ArrowDown"] },
  { title: "key-select-all", group: "lists", keys: ["Mod+A"] },
  { title: "key-select-none", group: "lists", keys: ["Escape"] },
];

const fromFilter: FixedKeys = { title: "key-from-filter", group: "lists", keys: ["ArrowDown", "Enter", "Escape"] };

/** Keys that lists and sheets handle themselves, for the shortcut sheet. */
export const fixedKeys = (): readonly FixedKeys[] => [
  { title: "key-regions", group: "anywhere", keys: ["F6", "Shift+F6"] },
  { title: "key-move", group: "lists", keys: ["ArrowUp", "ArrowDown", "K", "J"] },
  { title: "key-ends", group: "lists", keys: ["Home", "End"] },
  { title: "key-primary", group: "lists", keys: ["Enter"] },
  { title: "key-details", group: "lists", keys: ["Space"] },
  ...(someList("filters") ? [fromFilter] : []),
  ...(someList("selects") ? selecting : []),
  { title: "key-commit", group: "sheets", keys: ["Mod+Enter"] },
  { title: "key-close", group: "sheets", keys: ["Escape"] },
];

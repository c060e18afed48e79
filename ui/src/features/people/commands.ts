// What can be done with the chosen person, with those who are selected, and with the list.

import { ready } from "../../commands/command";
import { host, type PersonRow } from "../../host";
import { attempt } from "../../state/attempt";
import { dialling } from "../../state/dialling.svelte";
import { people } from "../../state/people.svelte";
import { registerPerson, registerSheet } from "../../state/registering.svelte";
import { router } from "../../state/router.svelte";
import { webinars } from "../../state/webinars.svelte";
import type { Room } from "../room";

/** More than anybody invites one by one. */
const MOST = 50;

const inPeople = () => ready() && router.room === "people";

/** The person that a key means: the one whose page is on show, else the row. */
export function meantPerson(): PersonRow | null {
  if (!inPeople() || people.current === null) return null;
  const detail = people.detail.data;
  return detail?.row.id === people.current ? detail.row : people.currentRow;
}

/** Nothing new is begun with a Lead that became a Contact. */
export const canSchedule = (row: PersonRow | null): row is PersonRow => row !== null && !row.converted;

/** Those who are selected and listed, as far as a meeting takes people; «all» is a list and no meeting. */
export function selectedPeople(): PersonRow[] {
  const chosen = people.selection.value;
  const ids = inPeople() && chosen.kind === "some" ? [...chosen.ids].slice(0, MOST) : [];
  return ids.flatMap((id) => rowOf(id) ?? []).filter(canSchedule);
}

export async function openInSalesforce(id: string): Promise<void> {
  await attempt(() => host().openPerson(id));
}

/** Whoever is selected, else the chosen one: one press where it is one person, the sheet where they are more. */
export async function registerSelected(): Promise<void> {
  const { selection, rows } = people;
  const count = selection.count(rows.total);
  const chosen = selection.value;
  const [only] = chosen.kind === "some" ? chosen.ids : [];
  const person = count === 0 ? meantPerson() : count === 1 && only !== undefined ? rowOf(only) : null;
  if (person) return registerPerson(person);
  if (count === 0) return;
  if (webinars.pin.data === null) await webinars.pin.refresh();
  const pinned = webinars.pin.data;
  registerSheet.openWith(pinned?.closed === false ? pinned : null, [], { selection: chosen, count });
}

function rowOf(id: string): PersonRow | null {
  const index = people.rows.indexOf(id);
  return (index === undefined ? undefined : people.rows.at(index)) ?? null;
}

export const peopleCommands: NonNullable<Room["commands"]> = [
  {
    id: "people-open",
    title: "command-people-open",
    keys: ["O"],
    when: () => meantPerson() !== null,
    run: () => {
      const person = meantPerson();
      if (person) void openInSalesforce(person.id);
    },
  },
  {
    id: "people-dial",
    title: "command-people-dial",
    keys: ["D"],
    when: () => meantPerson()?.phone != null,
    run: () => {
      const person = meantPerson();
      if (person?.phone) void dialling.begin(person.phone, person);
    },
  },
  {
    id: "people-register",
    title: "command-people-register",
    keys: ["R"],
    when: () => inPeople() && (people.selection.count(people.rows.total) > 0 || meantPerson() !== null),
    run: () => void registerSelected(),
  },
  { id: "people-find", title: "command-people-find", keys: ["F"], when: () => inPeople() && people.canFind, run: () => void people.find(true) },
  { id: "people-list", title: "command-people-list", when: () => inPeople() && people.around?.connected === true, run: () => void people.chooseList() },
  {
    id: "people-copy",
    title: "command-people-copy",
    when: () => inPeople() && people.selection.count(people.rows.total) > 0,
    run: () => void people.copyAddresses(),
  },
];

// The room People.

import Users from "@lucide/svelte/icons/users";
import { people } from "../../state/people.svelte";
import type { Room } from "../room";
import { meantPerson, peopleCommands, selectedPeople } from "./commands";
import PeoplePage from "./PeoplePage.svelte";
import PeopleSettings from "./PeopleSettings.svelte";
import PersonInspector from "./PersonInspector.svelte";

export const peopleRoom: Room<"people"> = {
  id: "people",
  title: "room-people",
  icon: Users,
  page: PeoplePage,
  inspector: { view: PersonInspector, chosen: () => people.selected !== null },
  person: meantPerson,
  selected: selectedPeople,
  commands: peopleCommands,
  list: { selects: true, filters: true },
  settings: PeopleSettings,
};

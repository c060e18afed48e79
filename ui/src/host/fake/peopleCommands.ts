// The commands of the room People on the simulation.

import { HostError, type Commands, type PeopleFilter, type PeopleOrder, type PeopleSelection, type Tag } from "../types";
import type { FakePeople } from "./people";

/** The commands of the room People. */
export type PeopleCommands = Pick<
  Commands,
  | "listPeople"
  | "getPerson"
  | "listPersonTimeline"
  | "listPersonMeetings"
  | "copyPeopleAddresses"
  | "findPeople"
  | "getPeopleLimit"
  | "setPeopleLimit"
  | "listPeopleLists"
  | "fetchPeopleList"
>;

/** What of the simulation they need. */
interface Around {
  answer: (ms?: number) => Promise<void>;
  changed: (...tags: Tag[]) => void;
  online: () => boolean;
  /** Whatever is read fails. */
  broken: boolean;
}

export function peopleCommands(people: FakePeople, around: Around): PeopleCommands {
  return {
    async listPeople(filter: PeopleFilter, order: PeopleOrder, offset: number, limit: number) {
      await around.answer();
      if (around.broken) throw new HostError({ kind: "storage", code: "IOERR" });
      return people.list(filter, order, offset, limit);
    },

    async getPerson(id: string) {
      await around.answer();
      return people.detail(id);
    },

    async listPersonTimeline(id: string, offset: number, limit: number) {
      await around.answer();
      return people.timeline(id, offset, limit);
    },

    async listPersonMeetings(id: string) {
      await around.answer();
      return people.meetingsAround(id);
    },

    async copyPeopleAddresses(selection: PeopleSelection) {
      await around.answer();
      return people.copy(selection);
    },

    async findPeople(query: string) {
      await around.answer(200);
      if (!around.online()) throw new HostError({ kind: "offline" });
      const found = people.find(query);
      if (found.added > 0) around.changed("people");
      return found;
    },

    async getPeopleLimit() {
      await around.answer();
      return people.limit;
    },

    async setPeopleLimit(limit: number): Promise<void> {
      await around.answer();
      people.limit = limit;
      around.changed("settings");
    },

    async listPeopleLists() {
      await around.answer();
      if (!around.online()) throw new HostError({ kind: "offline" });
      return people.choices();
    },

    async fetchPeopleList(id: string) {
      await around.answer();
      if (!around.online()) throw new HostError({ kind: "offline" });
      return people.fetch(id);
    },
  };
}

// The palette of the simulation: every word has to be in what is seen, and what was chosen comes first.

import type { CallList, MeetingHit, PaletteAnswer, PaletteAsk, PaletteChoice, PaletteEntry, PaletteGroup, PaletteKind, PersonHit, WebinarList } from "../types";

export interface PaletteAround {
  meetings: (query: string, limit: number) => MeetingHit[];
  people: (query: string) => PersonHit[];
  calls: () => CallList;
  webinars: (query: string) => WebinarList[];
}

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export class FakePalette {
  readonly chosen: PaletteChoice[] = [];

  constructor(private readonly around: PaletteAround) {}

  choose(choice: PaletteChoice): void {
    this.chosen.unshift(choice);
  }

  answer({ query, planWord, commands }: PaletteAsk): PaletteAnswer {
    const scope = query.startsWith(">") ? "commands" : query.startsWith("@") ? "people" : "all";
    const text = query.replace(/^[>@]+/u, "").trim();
    const words = plain(text).split(/\s+/u).filter(Boolean);
    const fits = (title: string) => words.every((word) => plain(title).includes(word));
    const groups: PaletteGroup[] = [];
    const add = (kind: PaletteKind, entries: PaletteEntry[]) => {
      const worth = (entry: PaletteEntry) => this.chosen.filter((one) => one.kind === entry.kind && one.id === idOf(entry)).length;
      if (entries.length > 0) groups.push({ kind, entries: [...entries].sort((a, b) => worth(b) - worth(a)) });
    };
    const begun = new RegExp(`^(?:schedule|plan|${planWord})\\s+(\\S.*)$`, "isu").exec(text)?.[1];
    if (scope === "all" && begun !== undefined) add("plan", [{ kind: "plan", line: begun }]);
    if (scope === "all" && words.length === 0) {
      const used = [...new Set(this.chosen.filter(({ kind }) => kind === "command").map(({ id }) => id))];
      add("used", used.filter((id) => commands.some((one) => one.id === id)).map((id): PaletteEntry => ({ kind: "command", id })));
    }
    if (scope !== "people") {
      const offered = commands.filter(({ title }) => fits(title));
      add("commands", offered.filter(({ setting }) => !setting).map(({ id }): PaletteEntry => ({ kind: "command", id })));
      if (words.length > 0) add("settings", offered.filter(({ setting }) => setting).map(({ id }): PaletteEntry => ({ kind: "setting", id })));
    }
    if (text.length >= 2) {
      if (scope === "all") {
        add("meetings", this.around.meetings(text, 8).map((hit): PaletteEntry => ({ kind: "meeting", hit })));
        add("calls", this.around.calls().rows.filter(({ who, company, number }) => fits([who, company, number].join(" "))).slice(0, 5).map((row): PaletteEntry => ({ kind: "call", row })));
        add("webinars", this.around.webinars(text).flatMap(({ rows }) => rows).slice(0, 5).map((row): PaletteEntry => ({ kind: "webinar", row })));
      }
      if (scope !== "commands") add("people", this.around.people(text).slice(0, 6).map((hit): PaletteEntry => ({ kind: "person", hit })));
    }
    return { groups };
  }
}

function idOf(entry: PaletteEntry): string | null {
  switch (entry.kind) {
    case "plan":
      return null;
    case "command":
    case "setting":
      return entry.id;
    case "meeting":
      return entry.hit.row.id;
    case "person":
      return entry.hit.id;
    case "call":
    case "webinar":
      return entry.row.id;
  }
}

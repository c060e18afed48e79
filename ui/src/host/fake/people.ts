// The people of the simulation: those of the invented world, and as many more as make a hundred thousand.
// `?people=` is one of: few (only those of the world), more (Salesforce holds more than are here), none.

import {
  HostError,
  type CallList,
  type CopiedAddresses,
  type FoundPeople,
  type MeetingRow,
  type FetchedPeopleList,
  type PeopleFilter,
  type PeopleList,
  type PeopleListChoice,
  type PeopleListInfo,
  type PeopleOrder,
  type PeopleSelection,
  type PersonDetail,
  type PersonHit,
  type PersonRow,
  type PersonWebinar,
  type PersonTimeline,
  type TimelineEntry,
  type TimelineWaiting,
} from "../types";
import { addDays, dateIn } from "./time";
import { ZONE } from "./world";

export const PEOPLE = 100_000;
const DAY = 86_400_000;
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const digits = (text: string) => text.replace(/\D/gu, "");

const FIRST = ["Aarav", "Adaeze", "Björn", "Célia", "Dario", "Ewan", "Freya", "Götz", "Hana", "Idris", "Jorun", "José", "Maeve", "Nia", "Ødger", "Łukasz"];
const LAST = ["Singh", "Nwosu", "Lindahl", "Fontaine", "Bellucci", "Cartwright", "Holm", "Zimmermann", "Kobayashi", "Bellamy", "Eide", "Young", "Ó Briain", "Marchetti"];
const COMPANIES = ["Keystone Tools LLC", "Ångström Textiles & Sons", "Harbour Consulting AG", "Café Print LLP", "Quarry Health Technologies", "Élan Instruments Inc."];
const TITLES = ["Operations lead", "Buyer", "CIO", "Head of sales", "Plant manager", "Legal counsel"];
const OWNERS = ["Robin Jansen", "Sam de Wit", "Priya Raman"];
const CAMPAIGN = "Campaign:701A";

/** A person as the simulation keeps them, with what a search and an order look at. */
interface Kept {
  row: PersonRow;
  emails: string[];
  numbers: { field: string; number: string }[];
  name: string;
  company: string;
  text: string;
  digits: string;
}

export interface PeopleAround {
  people: () => readonly PersonHit[];
  now: () => number;
  base: () => number;
  connected: () => boolean;
  fetching: () => boolean;
  meetings: (person: string) => MeetingRow[];
  calls: () => CallList;
  webinars: (emails: readonly string[]) => PersonWebinar[];
  note: (call: string) => string | null;
  waiting: (name: string) => TimelineWaiting[];
  copied: (what: string) => void;
}

function keep(row: PersonRow, numbers: Kept["numbers"], emails: string[]): Kept {
  return {
    row,
    numbers,
    emails,
    name: plain(row.name),
    company: row.company ? plain(row.company) : "\u{10FFFF}",
    text: plain([row.name, row.company ?? "", ...emails].join(" ")),
    digits: numbers.map(({ number }) => digits(number)).join(" "),
  };
}

export class FakePeople {
  limit = 100_000;
  #made: Kept[] | null = null;
  #orders = new Map<PeopleOrder, Kept[]>();
  #lists = new Map<string, PeopleListInfo>();

  constructor(
    private readonly kind: string,
    private readonly around: PeopleAround,
  ) {}

  list(filter: PeopleFilter, order: PeopleOrder, offset: number, limit: number): PeopleList {
    const found = this.#found(filter, order);
    const here = this.#here.filter(({ row }) => !row.converted).length;
    return {
      rows: found.slice(offset, offset + Math.min(limit, 200)).map(({ row }) => row),
      total: found.length,
      here,
      there: this.kind === "more" ? 248_210 : null,
      connected: this.around.connected(),
      fetching: this.around.fetching(),
      asOf: this.around.base() - 23 * 60_000,
      list: filter.list === null ? null : (this.#lists.get(filter.list) ?? null),
    };
  }

  detail(id: string): PersonDetail {
    const one = this.#one(id);
    const { row } = one;
    return {
      row,
      status: row.record === "lead" ? (row.converted ? "Closed - Converted" : "Working - Contacted") : null,
      numbers: one.numbers,
      emails: one.emails,
      became: row.converted ? { id: "Contact:003F", name: "Sora Ito" } : null,
      colleagues: row.company === null ? 0 : this.#here.filter(({ company }) => company === one.company).length - 1,
    };
  }

  timeline(id: string, offset: number, limit: number): PersonTimeline {
    const now = this.around.now();
    const { row, emails } = this.#one(id);
    const entries: TimelineEntry[] = [
      ...this.around.meetings(id).map((meeting): TimelineEntry => ({ kind: "meeting", row: meeting })),
      ...this.around
        .calls()
        .rows.filter(({ person }) => person?.id === id)
        .map((call): TimelineEntry => ({ kind: "call", row: call, note: this.around.note(call.id) })),
      ...this.around.webinars(emails).map((webinar): TimelineEntry => ({ kind: "webinar", row: webinar })),
    ];
    entries.sort((a, b) => b.row.start - a.row.start);
    return {
      entries: entries.slice(offset, offset + Math.min(limit, 100)),
      total: entries.length,
      coming: entries.filter((entry) => entry.row.start > now).length,
      waiting: this.around.waiting(row.name),
    };
  }

  /** The next one and the last three. */
  meetingsAround(id: string): MeetingRow[] {
    const now = this.around.now();
    const all = this.around.meetings(id).toSorted((a, b) => b.start - a.start);
    return [...all.filter(({ start }) => start > now).slice(-1), ...all.filter(({ start }) => start <= now).slice(0, 3)];
  }

  #chosen(selection: PeopleSelection): Kept[] {
    const except = new Set(selection.kind === "all" ? selection.except : []);
    return selection.kind === "all"
      ? this.#found(selection.filter, "name").filter(({ row }) => !except.has(row.id))
      : this.#here.filter(({ row }) => selection.ids.includes(row.id));
  }

  selected(selection: PeopleSelection): PersonHit[] {
    return this.#chosen(selection).map(({ row: { id, record, name, company, title, email, phone, emailOptOut, converted } }) => ({ id, record, name, company, title, email, phone, emailOptOut, converted }));
  }

  copy(selection: PeopleSelection): CopiedAddresses {
    const chosen = this.#chosen(selection);
    const told: CopiedAddresses = { copied: 0, without: 0, optedOut: 0 };
    for (const { row } of chosen) {
      if (row.emailOptOut) told.optedOut += 1;
      else if (row.email === null) told.without += 1;
      else told.copied += 1;
    }
    this.around.copied(`${told.copied} addresses`);
    return told;
  }

  /** Salesforce knows one more, who is called so. */
  find(query: string): FoundPeople {
    if (!plain("Zuzana Okonjo-Verbeek").split(/[ -]/u).includes(plain(query))) return { found: 0, added: 0 };
    if (this.#here.some(({ row }) => row.id === "Contact:003Z")) return { found: 1, added: 0 };
    const row = this.#row({ id: "Contact:003Z", record: "contact", name: "Zuzana Okonjo-Verbeek", company: "Umbrella", title: "Founder", email: "zuzana@umbrella.example", phone: null, emailOptOut: false, converted: false });
    this.#here.push(keep(row, [], ["zuzana@umbrella.example"]));
    this.#orders.clear();
    return { found: 1, added: 1 };
  }

  choices(): PeopleListChoice[] {
    return [
      { id: CAMPAIGN, name: "Refit 2027", kind: "campaign", problem: null },
      { id: "Campaign:701B", name: "Trade fair, Utrecht", kind: "campaign", problem: null },
      { id: "Campaign:701C", name: "Newsletter, spring", kind: "campaign", problem: null },
      { id: "LeadView:00BA", name: "All Open Leads", kind: "leads", problem: null },
      { id: "LeadView:00BB", name: "Leads in my queues", kind: "leads", problem: "noQuery" },
      { id: "ContactView:00BC", name: "My Contacts", kind: "contacts", problem: null },
      { id: "Report:00OA", name: "Visitors of the fair", kind: "report", problem: null },
      { id: "Report:00OB", name: "Contacts by month", kind: "report", problem: null },
    ];
  }

  fetch(id: string): FetchedPeopleList {
    const choice = this.choices().find((one) => one.id === id);
    if (!choice) throw new HostError({ kind: "gone" });
    if (choice.problem) return { kind: "unusable", problem: choice.problem };
    if (id === "Report:00OB") return { kind: "unusable", problem: "notTabular" };
    const info: PeopleListInfo = { id, name: choice.name, at: this.around.now(), members: this.#here.filter((_, index) => index % 97 === 0).length + 3, cut: false };
    this.#lists.set(id, info);
    return { kind: "fetched", list: info, strangers: choice.kind === "report" ? ["visitor@fair.example"] : [] };
  }

  /** Made when first asked for: most tests never look. */
  get #here(): Kept[] {
    if (this.#made) return this.#made;
    if (this.kind === "none" || this.around.fetching()) return [];
    const known = this.around.people().map((hit) => {
      const numbers = hit.phone ? [{ field: "Phone", number: hit.phone }] : hit.id === "Contact:003A" ? [{ field: "MobilePhone", number: "06 1234 5678" }, { field: "Phone", number: "020 555 0100" }] : [];
      return keep(this.#row({ ...hit, phone: numbers[0]?.number ?? null }), numbers, hit.email ? [hit.email] : []);
    });
    const wanted = this.kind === "few" ? 0 : PEOPLE - known.length;
    this.#made = [...known, ...Array.from({ length: wanted }, (_, index) => this.#invented(index))];
    return this.#made;
  }

  #row(hit: PersonHit): PersonRow {
    const now = this.around.now();
    const times = this.around.meetings(hit.id).map(({ start }) => start);
    const called = this.around.calls().rows.find(({ person }) => person?.id === hit.id)?.start;
    const past = [...times, ...(called === undefined ? [] : [called])].filter((at) => at <= now);
    const next = times.filter((at) => at > now);
    const { emailOptOut, converted, ...rest } = hit;
    return {
      ...rest,
      personAccount: false,
      owner: "Robin Jansen",
      mine: true,
      lastTouch: past.length > 0 ? dateIn(Math.max(...past), ZONE) : null,
      nextMeeting: next.length > 0 ? Math.min(...next) : null,
      emailOptOut,
      doNotCall: hit.id === "Contact:003E",
      converted,
    };
  }

  #invented(index: number): Kept {
    const pick = <T>(from: readonly T[], by: number): T | undefined => from[Math.floor(index / by) % from.length];
    const first = pick(FIRST, 1) ?? "";
    const last = pick(LAST, FIRST.length) ?? "";
    const owner = pick(OWNERS, 3) ?? "";
    const lead = index % 3 === 0;
    const personAccount = !lead && index % 50 === 1;
    const email = index % 7 === 3 ? null : `${plain(first)}.${plain(last).replace(/[^a-z]/gu, "")}${index}@people.example`;
    const number = index % 4 === 3 ? null : `+44 20 7946 ${String(index % 10_000).padStart(4, "0")}`;
    const row: PersonRow = {
      id: `${lead ? "Lead:00Q" : "Contact:003"}X${index}`,
      record: lead ? "lead" : "contact",
      personAccount,
      name: `${first} ${last}`,
      company: personAccount ? null : (pick(COMPANIES, 5) ?? null),
      title: pick(TITLES, 7) ?? null,
      phone: number,
      email,
      owner,
      mine: owner === "Robin Jansen",
      lastTouch: index % 5 === 4 ? null : addDays(dateIn(this.around.base(), ZONE), -(index % 400)),
      nextMeeting: index % 5000 === 12 ? this.around.base() + (1 + (index % 9)) * DAY : null,
      emailOptOut: index % 61 === 8,
      doNotCall: index % 73 === 4,
      converted: lead && index % 90 === 0,
    };
    return keep(row, number ? [{ field: "Phone", number }] : [], email ? [email] : []);
  }

  #one(id: string): Kept {
    const one = this.#here.find(({ row }) => row.id === id);
    if (!one) throw new HostError({ kind: "gone" });
    return one;
  }

  #found(filter: PeopleFilter, order: PeopleOrder): Kept[] {
    const words = plain(filter.query).split(/\s+/u).filter(Boolean);
    const today = dateIn(this.around.now(), ZONE);
    const touch = filter.touch;
    const since = touch.kind === "any" ? "" : addDays(today, -(touch.days - 1));
    const company = filter.company === null ? null : plain(filter.company);
    const members = filter.list === null ? null : new Set(this.#here.filter((_, index) => index % 97 === 0).map(({ row }) => row.id));
    const kinds = {
      all: ({ row }: Kept) => !row.converted,
      leads: ({ row }: Kept) => !row.converted && row.record === "lead",
      contacts: ({ row }: Kept) => row.record === "contact" && !row.personAccount,
      personAccounts: ({ row }: Kept) => row.personAccount,
      converted: ({ row }: Kept) => row.converted,
    };
    return this.#ordered(order).filter(
      (one) =>
        kinds[filter.kind](one) &&
        (!filter.mine || one.row.mine) &&
        (!filter.hasEmail || one.row.email !== null) &&
        (touch.kind === "any" || (touch.kind === "within") === (one.row.lastTouch !== null && one.row.lastTouch >= since)) &&
        (company === null || one.company === company) &&
        (members === null || members.has(one.row.id)) &&
        words.every((word) => one.text.includes(word) || (!/\p{L}/u.test(word) && digits(word) !== "" && one.digits.includes(digits(word)))),
    );
  }

  #ordered(order: PeopleOrder): Kept[] {
    const known = this.#orders.get(order);
    if (known?.length === this.#here.length) return known;
    const by = <T extends string | number>(key: (one: Kept) => T) => (a: Kept, b: Kept) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0);
    const name = by((one) => one.name);
    const company = by((one) => `${one.company} ${one.name}`);
    const touched = by((one) => one.row.lastTouch ?? "");
    const compare: Record<PeopleOrder, (a: Kept, b: Kept) => number> = {
      name,
      nameBack: (a, b) => name(b, a),
      company,
      companyBack: (a, b) => company(b, a),
      touched: (a, b) => touched(b, a),
      untouched: touched,
      next: by((one) => one.row.nextMeeting ?? Number.MAX_SAFE_INTEGER),
    };
    const sorted = this.#here.toSorted(compare[order]);
    this.#orders.set(order, sorted);
    return sorted;
  }
}

// The invented people, meetings and outbox of the simulation.

import type { LinkState, MeetingOptions, MeetingRow, OutboxItem, PendingKind, PersonHit, Topic } from "../types";
import { addDays, dateIn, instants } from "./time";

export const ZONE = "Europe/Amsterdam";
const MINUTE = 60_000;

/** A meeting as the simulation keeps it; the rest of its row is worked out at every question. */
export interface Meeting {
  id: string;
  topic: string;
  start: number;
  minutes: number;
  host: boolean;
  recurring: boolean;
  waitingRoom: boolean | null;
  cancelled: boolean;
  people: string[];
  emails: string[];
  others: number;
  link: LinkState;
  agenda: string;
  zoneOfPerson: string | null;
  item: string | null;
  /** What it is set to; nothing while it is as the settings in Zoom say. */
  options?: MeetingOptions;
  /** Only a list told it: what it is set to is not known. */
  unread?: boolean;
  /** What it is about in Salesforce. */
  about?: Topic | null;
  /** What is on its way to Zoom. */
  change?: { item: string; kind: PendingKind };
}

/** What else stands in the calendar. */
export interface Entry {
  id: string;
  subject: string;
  start: number;
  minutes: number;
  allDay: boolean;
  away: boolean;
}

export interface World {
  entries: Entry[];
  people: PersonHit[];
  meetings: Meeting[];
  items: OutboxItem[];
  /** The Leads and Contacts were read. */
  peopleKnown: boolean;
}

export type Flavour = "plain" | "long" | "hostile" | "empty" | "arabic" | "busy";

function person(id: string, record: PersonHit["record"], name: string, company: string, title: string, rest: Partial<PersonHit> = {}): PersonHit {
  const mail = `${name.toLowerCase().normalize("NFD").replace(/[^a-z]+/gu, ".")}@${company.toLowerCase().replace(/[^a-z]+/gu, "")}.example`;
  return { id, record, name, company, title, email: mail, phone: null, emailOptOut: false, converted: false, ...rest };
}

function people(flavour: Flavour): PersonHit[] {
  const known = [
    person("Contact:003A", "contact", "Anna de Vries", "Acme BV", "Head of procurement"),
    person("Lead:00QB", "lead", "Jan Bos", "Acme BV", "Buyer"),
    person("Lead:00QC", "lead", "Maya Okafor", "Globex", "Operations director"),
    person("Contact:003D", "contact", "Peter Novák", "Initech", "Security officer"),
    person("Contact:003E", "contact", "Laila Haddad", "Initech", "CIO", { emailOptOut: true }),
    person("Contact:003F", "contact", "Sora Ito", "Hooli", "VP sales"),
    person("Lead:00QG", "lead", "Rosa Costa", "Vandelay", "Importer", { converted: true }),
    person("Contact:003H", "contact", "Tunde Adeyemi", "Stark", "Engineer"),
    person("Lead:00QI", "lead", "Freja Lindqvist", "Hooli", "Marketing"),
    ...["anne.m@ziggurat.example", "a.mueller@ziggurat.example", "mueller-berlin@ziggurat.example"].map((email, index) =>
      person(`Contact:003M${index}`, "contact", "Änne Müller", "Ziggurat", "Consultant", { email }),
    ),
    person("Contact:003M3", "contact", "Änne Müller", "Ziggurat", "Consultant", { email: null, phone: "+49 30 901820" }),
  ];
  if (flavour === "long")
    known[0] = person(
      "Contact:003A",
      "contact",
      "Wolfeschlegelsteinhausenbergerdorff-van der Hoeven tot Nieuwenhuizen, Maximiliaan Alexander",
      "Vereniging tot Behoud van Buitengewoon Lange Bedrijfsnamen in de Lage Landen",
      "Plaatsvervangend hoofd",
    );
  if (flavour === "hostile")
    known[0] = person("Contact:003A", "contact", "<b>Anna</b> \u202Egro.live//:sptth", "{{7*7}} ${company} & <script>", "'; DROP TABLE leads;--");
  if (flavour === "arabic") known[0] = person("Contact:003A", "contact", "ليلى حداد", "شركة النور", "المديرة");
  return known;
}

const topics: Record<Flavour, string> = {
  plain: "Renewal demo",
  arabic: "عرض التجديد مع فريق المشتريات",
  busy: "Renewal demo",
  empty: "Renewal demo",
  long: "Quarterly business review and renewal negotiation with the extended procurement team, including security, legal, finance and the works council of every subsidiary in the Benelux",
  hostile: '<img src=x onerror="alert(1)"> \u202Eeb ton dluohs siht {$name} <script>alert(2)</script>',
};

export function makeWorld(now: number, flavour: Flavour): World {
  if (flavour === "empty") return { people: people(flavour), meetings: [], entries: [], items: [], peopleKnown: true };
  const today = dateIn(now, ZONE);
  const at = (day: number, time: string) => instants(addDays(today, day), time, ZONE)[0] ?? now;
  const meeting = (id: string, topic: string, start: number, minutes: number, rest: Partial<Meeting> = {}): Meeting => ({
    id,
    topic,
    start,
    minutes,
    host: true,
    recurring: false,
    waitingRoom: rest.host === false || rest.unread ? null : true,
    cancelled: false,
    people: [],
    emails: [],
    others: 0,
    link: "linked",
    agenda: "",
    zoneOfPerson: null,
    item: null,
    ...rest,
  });
  const meetings = [
    meeting("m1", "Stand-up, inside sales", at(0, "08:30"), 30, { host: false, recurring: true, others: 6, link: "internal" }),
    meeting("m2", topics[flavour], at(0, "09:30"), 30, {
      people: ["Contact:003A", "Lead:00QB"],
      item: "o1",
      agenda: "Open points from the pilot\nPrices for 2027\nNext steps and who does what",
    }),
    meeting("m3", "Pipeline review", at(0, "11:00"), 45, { host: false, recurring: true, others: 4, link: "internal" }),
    meeting("m4", "Intro, Globex", at(0, "13:00"), 30, { people: ["Lead:00QC"], zoneOfPerson: "America/New_York", item: "o2" }),
    meeting("m5", "Security questions with Initech", at(0, "14:00"), 60, {
      people: ["Contact:003D"],
      emails: ["audit@initech.example"],
      link: "notLinked",
      item: flavour === "busy" ? "o5" : null,
    }),
    meeting("m6", "Hand-over to support", at(0, "14:30"), 30, { host: false, people: ["Contact:003H"], link: "linked" }),
    meeting("m7", "Budget call", at(0, "16:00"), 30, { cancelled: true, people: ["Contact:003F"] }),
    meeting("m8", "Pricing for Hooli", at(1, "10:00"), 45, { people: ["Contact:003F", "Lead:00QI"] }),
    meeting("m9", "Stand-up, inside sales", at(1, "08:30"), 30, { host: false, recurring: true, others: 6, link: "internal" }),
    meeting("m10", "Roadmap with Vandelay", at(1, "14:00"), 60, { people: ["Lead:00QG"] }),
    meeting("m11", "Yearly plan with Stark", at(4, "11:00"), 60, { people: ["Contact:003H"], unread: true }),
    meeting("m12", "Pilot of line four", at(-4, "14:00"), 45, { people: ["Contact:003H", "Contact:003F"] }),
  ];
  if (flavour === "busy")
    meetings.push(
      meeting("b1", "Forecast check", now - 20 * MINUTE, 30, { link: "internal" }),
      meeting("b2", "Deal desk", now - 40 * MINUTE, 60, { link: "internal" }),
      meeting("b3", "On call, a day and a night", at(0, "08:00"), 1440, { link: "internal" }),
      meeting("b4", "Release night", at(0, "22:30"), 150, { link: "notLinked", emails: ["ops@else.example"] }),
    );
  const entry = (id: string, subject: string, start: number, minutes: number, rest: Partial<Entry> = {}): Entry => ({
    id,
    subject,
    start,
    minutes,
    allDay: false,
    away: false,
    ...rest,
  });
  const entries = [
    entry("e1", "Dentist", at(1, "12:00"), 60),
    entry("e2", "Lunch with Finance", at(1, "12:30"), 60, { away: true }),
    entry("e3", "Trade fair Utrecht", at(2, "00:00"), 1440, { allDay: true, away: true }),
  ];
  return { people: people(flavour), meetings, entries, items: items(now, meetings), peopleKnown: true };
}

function items(now: number, meetings: Meeting[]): OutboxItem[] {
  const item = (id: string, meeting: string | undefined, title: string, state: OutboxItem["state"], age: number, rest: Partial<OutboxItem> = {}): OutboxItem => {
    const about = meetings.find((other) => other.id === meeting);
    return newItem({
      id,
      title,
      person: "Anna de Vries, Acme BV",
      state,
      created: now - age * MINUTE,
      attempts: state.kind === "needsYou" ? 1 : 0,
      fields: eventFields(title, about?.start ?? now, about?.minutes ?? 30),
      ...rest,
    });
  };
  const renewal = meetings[1]?.topic ?? "Renewal demo";
  return [
    item("o3", undefined, "Quarterly review, Umbrella", {
      kind: "needsYou",
      cause: { kind: "refused", message: "Assigned To is inactive. Choose another owner.", fields: ["OwnerId"], code: "FIELD_CUSTOM_VALIDATION" },
    }, 160, { person: "Rosa Costa, Vandelay" }),
    item("o4", undefined, "Follow-up with Stark", { kind: "needsYou", cause: { kind: "unsure" } }, 90, { person: "Tunde Adeyemi, Stark" }),
    item("o5", "m5", "Security questions with Initech", { kind: "waiting", reason: "rateLimit", until: now + 4 * MINUTE }, 12, {
      person: "Peter Novák, Initech",
      attempts: 2,
    }),
    item("o2", "m4", "Intro, Globex", { kind: "sent", at: now - 40 * MINUTE }, 41, { person: "Maya Okafor, Globex", attempts: 1 }),
    item("o1", "m2", renewal, { kind: "sent", at: now - 16 * MINUTE }, 17, { attempts: 1 }),
    item("o6", undefined, "Old idea", { kind: "discarded", at: now - 1500 * MINUTE }, 1600, { person: null }),
  ];
}

export function eventFields(title: string, start: number, minutes: number): OutboxItem["fields"] {
  return [
    { name: "Subject", value: { kind: "text", text: title } },
    { name: "StartDateTime", value: { kind: "time", at: start } },
    { name: "DurationInMinutes", value: { kind: "text", text: String(minutes) } },
    { name: "WhoId", value: { kind: "text", text: "Anna de Vries" } },
    { name: "Location", value: { kind: "text", text: "zoom.us/j/92447018826" } },
    { name: "Liaison_Key__c", value: { kind: "masked" } },
  ];
}

/** An Event in line, unless something else is said. */
export function newItem(rest: Partial<OutboxItem>): OutboxItem {
  return allowed({
    id: "",
    what: "createEvent",
    title: "",
    person: null,
    provider: "salesforce",
    account: null,
    state: { kind: "waiting", reason: "turn", until: null },
    created: 0,
    attempts: 0,
    fields: eventFields(rest.title ?? "", rest.created ?? 0, 30),
    leftOut: [],
    mayHaveArrived: rest.state?.kind === "needsYou" && rest.state.cause.kind === "unsure",
    canUndo: false,
    canRetry: false,
    canDiscard: false,
    canRestore: false,
    canEdit: false,
    canReopen: false,
    canDecide: false,
    canOpen: false,
    ...rest,
  });
}

/** What may be done with an item follows from its state. */
export function allowed(item: OutboxItem): OutboxItem {
  const kind = item.state.kind;
  const needsYou = kind === "needsYou";
  return {
    ...item,
    canUndo: kind === "held" || (kind === "behind" && !item.mayHaveArrived) || (kind === "sent" && item.what !== "deleteMeeting"),
    canRetry: (needsYou && !item.canDecide) || kind === "waiting",
    canDiscard: needsYou || kind === "waiting" || kind === "behind",
    canRestore: kind === "discarded",
    canEdit: needsYou && item.canEdit,
    canReopen: needsYou && item.canReopen,
    canDecide: needsYou && item.canDecide,
    canOpen: kind === "sent" && item.provider === "salesforce" && item.what !== "deleteEvent" && item.what !== "deleteTask",
    mayHaveArrived: item.mayHaveArrived && kind !== "sent",
  };
}

export function endOf(meeting: Pick<Meeting, "start" | "minutes">): number {
  return meeting.start + meeting.minutes * MINUTE;
}

export function progressOf(meeting: Meeting, now: number): MeetingRow["progress"] {
  if (meeting.cancelled) return "cancelled";
  if (now >= endOf(meeting)) return "past";
  return now >= meeting.start ? "running" : "upcoming";
}

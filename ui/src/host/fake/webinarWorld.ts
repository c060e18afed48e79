// The invented webinars of the simulation, with their registrants, panelists and who came.

import type { AttendanceRow, PersonHit, RegistrantAnswer, RegistrantStanding, RegistrationQuestion, RegisteredThrough, TrackingSourceRow, WebinarApproval, WebinarKind, WebinarSettingsView } from "../types";
import { figures } from "./figures";
import { addDays, dateIn, instants } from "./time";
import { ZONE, type Flavour } from "./world";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** A registrant as the simulation keeps them. */
export interface FakeRegistrant {
  id: string;
  firstName: string;
  lastName: string;
  email: string;
  standing: RegistrantStanding;
  at: number;
  through: RegisteredThrough;
  source: string | null;
  person: string | null;
  answers: RegistrantAnswer[];
  /** Outbox row. */
  pending: { item: string; to: "approve" | "deny" | "cancel" } | null;
}

export interface FakePanelist {
  id: string;
  name: string;
  email: string;
  there: boolean;
  /** Outbox row that adds or removes them. */
  item: string | null;
}

export interface FakeWebinar {
  id: string;
  number: string;
  topic: string;
  agenda: string;
  start: number | null;
  minutes: number;
  kind: WebinarKind;
  approval: WebinarApproval;
  capacity: number | null;
  settings: Required<WebinarSettingsView>;
  registrants: FakeRegistrant[];
  panelists: FakePanelist[];
  questions: RegistrationQuestion[];
  sources: TrackingSourceRow[];
  attendance: AttendanceRow[];
  instances: number;
  settled: boolean;
  campaign: { id: string; name: string; members: number; asOf: number } | null;
  /** The form on its way to Zoom. */
  form: { item: string; questions: RegistrationQuestion[] } | null;
  /** What is on its way to Zoom. */
  change: { item: string; deletes: boolean } | null;
  deleted: boolean;
}

export const firstSettings: Required<WebinarSettingsView> = {
  multipleDevices: false,
  closeRegistration: true,
  hostVideo: true,
  panelistsVideo: true,
  practiceSession: true,
  onDemand: false,
  notifyRegistrants: true,
  confirmationMail: true,
  invitePanelists: true,
  questionAndAnswer: true,
  shareButtons: false,
  survey: false,
  signInRequired: false,
  recording: "cloud",
  audio: "both",
  alternativeHosts: "",
  contactName: "Robin Jansen",
  contactEmail: "robin.jansen@northwind.example",
  mailLanguage: "",
  reminder: 0,
  thanks: 0,
  missed: 0,
  surveyUrl: "",
  registrantsLimit: 0,
};

const FIRST = ["Aarav", "Adaeze", "Célia", "Ewan", "Freya", "Mirela", "Luca", "Sanne", "Jorun", "Tamsin", "Priya", "José", "Zofia", "Nour", "Ibrahim", "Linnea", "Keiko", "Mateo", "Anouk", "Owen"];
const LAST = ["Singh", "Nwosu", "Fontaine", "Cartwright", "Holm", "Stanciu", "Ferrand", "Vlietstra", "Eide", "Okoro", "Raman", "Young", "Kowalska", "Haddad", "Diallo", "Berg", "Tanaka", "García", "de Wit", "Pryce"];
const COMPANIES = ["Quarry Health", "Keystone", "Élan", "Ångström", "Café Print", "Harbour", "Umbrella", "Vandelay", "Stark", "Hooli"];
export const TITLES = ["Head of supply", "Plant manager", "Buyer", "Head of purchasing", "Consultant", "Operations director"];

const bare = (text: string) => text.normalize("NFD").replace(/[^a-z]+/giu, "").toLowerCase();

/** Somebody invented; the same number is always the same person. */
export function somebody(index: number): { firstName: string; lastName: string; email: string; company: string; title: string } {
  const firstName = FIRST[index % FIRST.length] ?? "";
  const lastName = LAST[Math.floor(index / FIRST.length) % LAST.length] ?? "";
  const round = Math.floor(index / (FIRST.length * LAST.length));
  const company = COMPANIES[(index * 7) % COMPANIES.length] ?? "";
  const email = `${bare(firstName)}.${bare(lastName)}${round > 0 ? String(round + 1) : ""}@${bare(company)}.example`;
  return { firstName, lastName, email, company, title: TITLES[index % TITLES.length] ?? "" };
}

interface Registering {
  count: number;
  pending?: number;
  denied?: number;
  cancelled?: number;
  from: number;
  to: number;
  people?: readonly PersonHit[];
}

/** Most come soon after the invitation and shortly before the day. */
function registrants(webinar: string, { count, pending = 0, denied = 0, cancelled = 0, from, to, people = [] }: Registering): FakeRegistrant[] {
  const random = figures(count + 7);
  const all = count + pending + denied + cancelled;
  const made = Array.from({ length: all }, (_, index): FakeRegistrant => {
    const { firstName, lastName, email, title } = somebody(index);
    const part = (index + random()) / Math.max(all, 1);
    const known = people[index];
    const through: RegisteredThrough = index % 3 === 0 ? "liaison" : "elsewhere";
    // Spread over the row, so that each status is on the first screen.
    const standing: RegistrantStanding =
      index % 37 === 8 && index / 37 < cancelled ? "cancelled" : index % 29 === 2 && index / 29 < pending ? "pending" : index % 61 === 5 && index / 61 < denied ? "denied" : "approved";
    const [first = firstName, ...rest] = known?.name.split(" ") ?? [];
    return {
      id: `${webinar}-r${index}`,
      firstName: first,
      lastName: known ? rest.join(" ") : lastName,
      email: known?.email ?? email,
      standing,
      at: from + part ** 0.8 * (to - from),
      through,
      source: through === "elsewhere" && index % 4 === 1 ? "Newsletter" : null,
      person: known?.id ?? (index % 5 === 3 ? null : `Contact:F${index}`),
      answers: [
        { field: "job_title", custom: false, value: title },
        { field: "What would you like to hear about?", custom: true, value: index % 2 === 0 ? "Prices, Delivery" : "The new catalogue" },
      ],
      pending: null,
    };
  });
  return made.reverse();
}

export const formQuestions: RegistrationQuestion[] = [
  { field: "job_title", custom: false, required: true, kind: "text", dropdown: false, choices: [] },
  { field: "org", custom: false, required: false, kind: "text", dropdown: false, choices: [] },
  { field: "What would you like to hear about?", custom: true, required: false, kind: "many", dropdown: false, choices: ["Prices", "Delivery", "The new catalogue"] },
  { field: "Are you a customer?", custom: true, required: true, kind: "one", dropdown: false, choices: ["Yes", "No"] },
];

/** Who came: sessions on one axis, somebody twice, a phone, somebody renamed. */
function came(registered: readonly FakeRegistrant[], start: number, minutes: number): AttendanceRow[] {
  const random = figures(11);
  const end = start + minutes * MINUTE;
  const approved = registered.filter(({ standing }) => standing === "approved");
  const staff = someone("a-host", "Robin Jansen", "staff", [{ join: start - 20 * MINUTE, leave: end + 4 * MINUTE }], { email: "robin.jansen@northwind.example" });
  const rows = approved.map((registrant, index): AttendanceRow => {
    const name = `${registrant.firstName} ${registrant.lastName}`.trim();
    const more = { email: registrant.email, registrant: registrant.id };
    if (index % 3 === 1) return someone(`a-${registrant.id}`, name, "absent", [], { ...more, doubtful: index === 4 });
    const join = start + Math.floor(random() * 8) * MINUTE - 2 * MINUTE;
    const leave = index % 7 === 0 ? start + Math.floor(minutes / 3) * MINUTE : end - Math.floor(random() * 6) * MINUTE;
    const sessions = index % 5 === 0 ? [{ join, leave: start + 20 * MINUTE }, { join: start + 26 * MINUTE, leave: Math.max(leave, start + 40 * MINUTE) }] : [{ join, leave }];
    return someone(`a-${registrant.id}`, name, "attended", sessions, more);
  });
  const unknown = (id: string, name: string, namesakes: string[] = []) => someone(id, name, "unknown", [{ join: start + MINUTE, leave: start + 42 * MINUTE }], { namesakes });
  return [unknown("a-phone", "+31 6 5550 0199"), unknown("a-guest", "Änne Müller", ["Änne Müller"]), unknown("a-room", "iPhone van Sanne"), staff, ...rows];
}

function someone(id: string, name: string, presence: AttendanceRow["presence"], sessions: readonly { join: number; leave: number }[], more: Partial<AttendanceRow> = {}): AttendanceRow {
  const timed = sessions.map(({ join, leave }, index) => ({ name, userId: String(16_778_240 + index), join, leave, seconds: (leave - join) / 1000 }));
  return {
    id,
    presence,
    doubtful: false,
    name,
    email: null,
    registrant: null,
    person: null,
    several: false,
    sessions: timed,
    seconds: timed.reduce((sum, { seconds }) => sum + seconds, 0),
    firstJoin: timed[0]?.join ?? null,
    lastLeave: timed.at(-1)?.leave ?? null,
    linked: false,
    namesakes: [],
    ...more,
  };
}

export function makeWebinars(now: number, flavour: Flavour, people: readonly PersonHit[]): FakeWebinar[] {
  if (flavour === "empty") return [];
  const today = dateIn(now, ZONE);
  const at = (day: number, time: string) => instants(addDays(today, day), time, ZONE)[0] ?? now;
  const webinar = (id: string, topic: string, start: number | null, rest: Partial<FakeWebinar> = {}): FakeWebinar => ({
    id,
    number: `9${[...id].reduce((sum, sign) => sum + sign.charCodeAt(0), 40)} 4477 ${1000 + id.length * 137}`.slice(0, 13),
    topic,
    agenda: "What comes in spring, what goes, and what it means for your orders.\nQuestions at the end.",
    start,
    minutes: 60,
    kind: "single",
    approval: "manual",
    capacity: 500,
    settings: firstSettings,
    registrants: [],
    panelists: [],
    questions: [],
    sources: [],
    attendance: [],
    instances: 0,
    settled: true,
    campaign: null,
    form: null,
    change: null,
    deleted: false,
    ...rest,
  });
  const roadmap =
    flavour === "long"
      ? "Quarterly roadmap for customers, partners and the works councils of every subsidiary in the Benelux, with prices and delivery times"
      : flavour === "hostile"
        ? '<img src=x onerror="alert(1)"> \u202Eeb ton dluohs siht {$name}'
        : flavour === "arabic"
          ? "خارطة الطريق للعملاء"
          : "Q1 roadmap for customers";
  const panel: FakePanelist[] = [
    { id: "p-1", name: "Robin Jansen", email: "robin.jansen@northwind.example", there: true, item: null },
    { id: "p-2", name: "Milou Castell", email: "m.castell@northwind.example", there: true, item: null },
    { id: "p-3", name: "Sora Ito", email: "sora.ito@hooli.example", there: true, item: null },
  ];
  const campaign = { id: "701A", name: "Q4 roadmap", members: 431, asOf: now - 3600_000 };
  const before = at(-82, "16:00");
  const recently = at(-6, "10:00");
  const q4 = registrants("w-q4", { count: 412, pending: 0, denied: 6, cancelled: 13, from: before - 28 * DAY, to: before, people });
  const imports = registrants("w-first", { count: 87, denied: 1, cancelled: 2, from: recently - 20 * DAY, to: recently });
  return [
    webinar("w-partner", "Partner update", at(4, "09:30"), { minutes: 30, approval: "none", panelists: panel.slice(0, 1) }),
    webinar("w-q1", roadmap, at(9, "16:00"), {
      registrants: registrants("w-q1", { count: 283, pending: 10, denied: 4, cancelled: 6, from: now - 19 * DAY, to: now - DAY / 4, people: people.filter(({ emailOptOut }) => !emailOptOut).slice(0, 6) }),
      panelists: panel,
      questions: formQuestions,
      sources: [
        { id: "s-1", name: "Newsletter", url: "zoom.us/webinar/register/1", visitors: 612, registrations: 141 },
        { id: "s-2", name: "LinkedIn", url: "zoom.us/webinar/register/2", visitors: 240, registrations: 38 },
      ],
    }),
    webinar("w-start", "Getting started, every month", at(16, "11:00"), {
      kind: "recurring",
      approval: "automatic",
      registrants: registrants("w-start", { count: 64, from: now - 30 * DAY, to: now }),
    }),
    webinar("w-imports", "All about imports", at(23, "15:00"), {
      capacity: 10_000,
      minutes: 90,
      approval: "automatic",
      registrants: registrants("w-imports", { count: 9_968, cancelled: 32, from: now - 40 * DAY, to: now }),
    }),
    webinar("w-full", "Tax rules 2027", at(30, "14:00"), {
      capacity: 100,
      approval: "automatic",
      registrants: registrants("w-full", { count: 100, from: now - 12 * DAY, to: now - DAY }),
    }),
    webinar("w-open", "Ask us anything", null, { kind: "recurringNoTime", approval: "none" }),
    webinar("w-first", "Imports, first part", recently, { registrants: imports, attendance: came(imports, recently, 60), instances: 1, settled: false }),
    webinar("w-q4", "Q4 roadmap", before, {
      registrants: q4,
      panelists: panel,
      questions: formQuestions,
      attendance: came(q4, before, 60),
      instances: 2,
      campaign,
    }),
    webinar("w-walk", "Factory walk", at(-120, "13:00"), { approval: "none", attendance: came([], at(-120, "13:00"), 60), instances: 1 }),
  ];
}

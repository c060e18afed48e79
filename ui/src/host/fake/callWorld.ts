// Ten thousand invented calls of half a year: the first ones made by hand, so that everything a call can be is among them.

import type { CallDoubt, CallMaker, CallNote, CallOutcome, CallStanding, CallStep, Topic, CallVoicemail, CallWhy, NoNumberReason, PersonHit } from "../types";
import { figures } from "./figures";
import { dateIn, timeIn } from "./time";
import { ZONE } from "./world";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
export const CALLS = 10_000;

/** A call as the simulation keeps it. */
export interface FakeCall {
  id: string;
  at: number;
  out: boolean;
  outcome: CallOutcome;
  number: string | null;
  name: string | null;
  /** Rang, talked, held; in seconds. */
  wait: number;
  talk: number;
  hold: number;
  standing: CallStanding;
  /** Nobody outside took part, whoever was chosen for it. */
  internal: boolean;
  person: string | null;
  /** The outbox row that makes its Lead. */
  newLead?: string | null;
  why: CallWhy | null;
  noNumber: NoNumberReason | null;
  doubt: CallDoubt | null;
  path: CallStep[];
  voicemail: CallVoicemail | null;
  recording: boolean;
  note: CallNote;
  spam: boolean;
  topic: Topic | null;
  /** The outbox row that writes it. */
  item: string | null;
  logged: { at: number; maker: CallMaker; name: string | null } | null;
  /** What was written last. */
  written: string | null;
}

export interface Line {
  person: string;
  number: string;
  field: string;
}

/** Who has which number: two share one, two have a switchboard, four are called the same. */
export const LINES: readonly Line[] = [
  { person: "Contact:003A", number: "06 1234 5678", field: "MobilePhone" },
  { person: "Lead:00QB", number: "06 1234 5678", field: "Phone" },
  { person: "Lead:00QC", number: "+44 20 7946 0142", field: "Phone" },
  { person: "Contact:003D", number: "020 555 0100", field: "Phone" },
  { person: "Contact:003E", number: "020 555 0100", field: "Phone" },
  { person: "Contact:003F", number: "+81 3 5550 0142", field: "MobilePhone" },
  { person: "Contact:003H", number: "+1 202-555-0143", field: "Phone" },
  { person: "Lead:00QI", number: "+46 8 555 123 45", field: "MobilePhone" },
  { person: "Lead:00QG", number: "+351 21 555 0133", field: "Phone" },
  ...["M0", "M1", "M2", "M3"].map((key) => ({ person: `Contact:003${key}`, number: "+49 30 901820", field: "Phone" })),
];

type Made = Partial<FakeCall> & Pick<FakeCall, "out" | "outcome" | "number" | "standing">;

const party = (name: string, line = false, number: string | null = null) => ({ name, number, extension: null, line });
const nobody: CallNote = { note: "", disposition: null };

function step(event: string, from: ReturnType<typeof party>, to: ReturnType<typeof party>, start: number, mine: boolean): CallStep {
  return { event, from, to, operator: null, start, answer: start + 4000, end: start + 60_000, result: "answered", reason: null, mine };
}

/** Minutes before now, and the call. */
function first(base: number): [number, Made][] {
  const linked = (person: string, field: string, written: string): Pick<FakeCall, "standing" | "person" | "why"> => ({
    standing: "linked",
    person,
    why: { kind: "line", field, written, source: null, followed: null },
  });
  const hour = 60;
  const day = 24 * hour;
  const main = base - 37 * MINUTE;
  return [
    [6, { out: true, outcome: "answered", number: "+44 20 7946 0142", talk: 251, ...linked("Lead:00QC", "Phone", "+44 20 7946 0142") }],
    [28, { out: true, outcome: "answered", number: "06 12345678", wait: 9, talk: 58, hold: 4, standing: "ask", note: { note: "Asked for the renewal quote before Friday", disposition: null } }],
    [
      37,
      {
        out: false,
        outcome: "answered",
        number: "+44 20 7946 0018",
        wait: 11,
        talk: 48,
        standing: "nobody",
        name: "Unknown caller",
        path: [
          step("incoming", party("", false, "+44 20 7946 0018"), party("Main line", true), main, false),
          step("ring_to_member", party("Main line", true), party("Sales queue", true), main + 4000, false),
          step("answer", party("Sales queue", true), party("Robin Jansen"), main + 11_000, true),
        ],
      },
    ],
    [day - 8 * hour, { out: false, outcome: "missed", number: "020 555 0100", wait: 24, standing: "switchboard", name: "Initech reception" }],
    [day - 6 * hour, { out: false, outcome: "answered", number: "+81 3 5550 0142", talk: 727, recording: true, ...linked("Contact:003F", "MobilePhone", "+81 3 5550 0142") }],
    [day - 4 * hour, { out: false, outcome: "answered", number: "+49 30 23125 014", wait: 6, talk: 727, standing: "nobody", spam: true }],
    [
      day - hour,
      {
        out: false,
        outcome: "voicemail",
        number: "+1 202-555-0143",
        wait: 22,
        standing: "ask",
        doubt: "extension",
        voicemail: {
          id: "vm-1",
          at: base - (day - hour) * MINUTE,
          seconds: 38,
          unread: true,
          name: null,
          number: "+1 202-555-0143",
          transcript: "Hi, this is Tunde. The security review is done on our side, could you send the last two answers before Friday? Thanks.",
        },
      },
    ],
    [2 * day - 7 * hour, { out: false, outcome: "answered", number: null, talk: 39, standing: "internal", name: "Ext. 2204 Kim" }],
    [2 * day - 5 * hour, { out: true, outcome: "answered", number: "+46 8 555 123 45", talk: 195, ...linked("Lead:00QI", "MobilePhone", "+46 8 555 123 45") }],
    [2 * day - 4 * hour, { out: false, outcome: "missed", number: "+49 30 901820", wait: 18, standing: "ask" }],
    [2 * day - hour, { out: true, outcome: "noAnswer", number: "06 12345678", wait: 31, standing: "ask" }],
    [3 * day - 6 * hour, { out: false, outcome: "missed", number: null, wait: 12, standing: "noNumber", noNumber: "withheld", name: "Anonymous" }],
    [3 * day - 2 * hour, { out: false, outcome: "answeredByColleague", number: "+46 8 555 123 45", wait: 8, ...linked("Lead:00QI", "MobilePhone", "+46 8 555 123 45") }],
  ];
}

/** Working hours of working days, backwards. */
function before(at: number): number {
  let earlier = at;
  for (;;) {
    const hour = Number(timeIn(earlier, ZONE).slice(0, 2));
    const weekday = new Date(`${dateIn(earlier, ZONE)}T12:00:00Z`).getUTCDay();
    if (hour >= 8 && hour < 18 && weekday !== 0 && weekday !== 6) return earlier;
    earlier -= 20 * MINUTE;
  }
}

export function makeCalls(base: number, people: readonly PersonHit[]): FakeCall[] {
  const random = figures(42);
  const full = (call: Made, index: number, at: number): FakeCall => ({
    id: `call-${index}`,
    at,
    name: null,
    wait: 7,
    talk: 0,
    hold: 0,
    person: null,
    why: null,
    noNumber: null,
    doubt: null,
    path: [],
    voicemail: null,
    recording: false,
    note: nobody,
    spam: false,
    topic: null,
    item: null,
    logged: null,
    written: null,
    internal: call.standing === "internal",
    ...call,
  });
  const made = first(base).map(([minutes, call], index) => full(call, index, base - minutes * MINUTE));
  const known = LINES.filter(({ person }) => ["Lead:00QC", "Contact:003F", "Lead:00QI", "Lead:00QG"].includes(person) && people.some(({ id }) => id === person));
  let at = base - 3 * DAY;
  for (let index = made.length; index < CALLS; index += 1) {
    at = before(at - (2 + random() * 12) * MINUTE);
    const out = random() < 0.55;
    const hour = Number(timeIn(at, ZONE).slice(0, 2));
    const answered = random() < (hour < 11 ? 0.62 : hour < 13 ? 0.3 : 0.46);
    const outcome: CallOutcome = answered ? "answered" : out ? "noAnswer" : random() < 0.3 ? "voicemail" : "missed";
    const kind = random();
    const line = known[Math.floor(random() * known.length)];
    const talk = answered ? Math.floor(20 + random() * 900) : 0;
    const wait = Math.floor(3 + random() * 28);
    const number = line?.number ?? "+31 20 555 0199";
    if (kind < 0.06) made.push(full({ out, outcome, number: null, standing: "internal", name: `Ext. ${2200 + (index % 60)}`, talk, wait }, index, at));
    else if (kind < 0.09) made.push(full({ out, outcome, number: `+31 20 555 ${String(2000 + (index % 900))}`, standing: "ignored", why: { kind: "ignored", at }, talk, wait }, index, at));
    else if (kind < 0.1) made.push(full({ out: false, outcome, number: null, standing: "noNumber", noNumber: "withheld", name: "Anonymous", talk, wait }, index, at));
    else {
      const why: CallWhy = { kind: "line", field: line?.field ?? "Phone", written: number, source: null, followed: null };
      made.push(full({ out, outcome, number, standing: "linked", person: line?.person ?? null, why, talk, wait }, index, at));
    }
  }
  return made;
}

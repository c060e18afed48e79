// The calls of the simulation: what the engine would answer about them, and what decisions change.
// `?calls=` is one of: none, noLicence, missingScope, forbidden, unknown, filling, late, quiet (nothing to link).

import {
  HostError,
  type RoomAccess,
  type CallCandidate,
  type CallCharts,
  type CallDecision,
  type CallDetail,
  type CallFilter,
  type CallHistory,
  type CallList,
  type AutoLogPreview,
  type CallLogging,
  type CallNote,
  type CallRegion,
  type CallRow,
  type CallScope,
  type Topic,
  type DialChoice,
  type FollowUp,
  type LateLinks,
  type LedgerDay,
  type LoggedCalls,
  type OutboxState,
  type PersonHit,
  type RememberedNumber,
  type Unlogged,
} from "../types";
import { writtenPart, type FakeLogging } from "./logging";
import { LINES, makeCalls, type FakeCall } from "./callWorld";
import { addDays, dateIn, timeIn } from "./time";
import { ZONE } from "./world";

const DAY = 86_400_000;
const TALKED = ["answered", "forwarded"];
const MISSED = ["missed", "busy", "voicemail"];
const OPEN = ["ask", "switchboard", "nobody"];
const MAX_NOTE = 32_000;
const NOT_TO_BE_CALLED: readonly string[] = ["Contact:003E"];

const digits = (text: string) => text.replace(/\D/gu, "").replace(/^(?:0031|31|0)(?=[26])/u, "");
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

export interface CallsAround {
  people: () => readonly PersonHit[];
  now: () => number;
  connected: () => boolean;
  logging: FakeLogging;
  outboxState: (item: string) => OutboxState["kind"] | null;
  outboxTitle: (item: string) => string;
}

export class FakeCalls {
  #made: FakeCall[] | null = null;
  #remembered: { id: string; key: string; number: string; person: string | null; since: number }[] = [];
  #undo = new Map<string, () => void>();
  #late: { id: string; at: number; calls: FakeCall[] }[] = [];
  #region: string | null = null;
  #ids = 0;

  constructor(
    private readonly base: number,
    private readonly kind: string,
    private readonly around: CallsAround,
  ) {}

  /** Made when first asked for: most tests never look. */
  get #calls(): FakeCall[] {
    if (this.#made) return this.#made;
    const none = ["none", "noLicence", "forbidden", "unknown"].includes(this.kind);
    this.#made = none ? [] : makeCalls(this.base, this.around.people());
    if (this.kind === "quiet") this.#made = this.#made.filter((call) => !OPEN.includes(call.standing));
    if (this.kind === "filling") this.#made = this.#made.slice(0, 6000);
    if (this.kind === "logged") markLogged(this.#made, this.base);
    if (this.kind === "late") this.#late = [{ id: "late-1", at: this.base - 600_000, calls: this.#made.filter(({ person }) => person === "Lead:00QI").slice(0, 3) }];
    return this.#made;
  }

  list(filter: CallFilter, offset: number, limit: number): CallList {
    const inTime = this.#calls.filter(({ at }) => (filter.from === null || at >= filter.from) && (filter.to === null || at < filter.to));
    const chips = {
      all: () => true,
      toLink: toLink,
      missed: (call: FakeCall) => !call.out && MISSED.includes(call.outcome),
      voicemail: (call: FakeCall) => call.voicemail !== null || call.outcome === "voicemail",
      logged: (call: FakeCall) => call.logged !== null,
    };
    const words = plain(filter.query).split(/\s+/u).filter(Boolean);
    const found = inTime.filter((call) => chips[filter.chip](call) && (words.length === 0 || this.#fits(call, words)));
    const count = (chip: keyof typeof chips) => inTime.filter(chips[chip]).length;
    return {
      rows: found.slice(offset, offset + Math.min(limit, 200)).map((call) => this.#row(call)),
      total: found.length,
      counts: { all: count("all"), toLink: count("toLink"), missed: count("missed"), voicemail: count("voicemail"), logged: count("logged") },
      access: this.#access(),
      voicemailAccess: this.#access(),
      history: this.#history(),
    };
  }

  detail(id: string): CallDetail {
    const call = this.#call(id);
    const me = { name: "Robin Jansen", number: null, extension: "2201", line: false };
    const row = this.#row(call);
    const them = { name: call.person || !call.name ? null : call.name, number: call.number, extension: call.doubt === "extension" ? "44" : null, line: false };
    const answered = call.talk > 0;
    const remembered = this.#remembered.find(({ key }) => call.number !== null && key === digits(call.number));
    return {
      row,
      why: call.why,
      doNotCall: NOT_TO_BE_CALLED.includes(call.person ?? ""),
      candidates: call.standing === "linked" || call.standing === "ignored" || toLink(call) ? this.#candidates(call) : [],
      noNumber: call.noNumber,
      remembered: remembered ? this.#rememberedView(remembered) : null,
      callId: String(7_400_000_000_000 + call.at / 1000),
      caller: call.out ? me : them,
      callee: call.out ? them : me,
      through: call.path.length > 0 ? { name: "Sales queue", number: null, extension: "800", line: true } : null,
      others: [],
      ringStart: call.at,
      answerStart: answered ? call.at + call.wait * 1000 : null,
      end: call.at + (call.wait + call.talk + call.hold) * 1000,
      talkSeconds: call.talk,
      holdSeconds: call.hold,
      waitSeconds: call.wait,
      because: call.outcome === "answeredByColleague" ? "answeredByOther" : call.outcome === "missed" ? "callerGaveUp" : null,
      result: answered ? "answered" : "no_answer",
      resultReason: call.outcome === "answeredByColleague" ? "answered_by_other" : null,
      hidden: call.noNumber === "withheld",
      spam: call.spam,
      emergency: false,
      complete: true,
      path: call.path,
      recordings: call.recording ? 1 : 0,
      summary: false,
      voicemails: call.voicemail ? [call.voicemail] : [],
      note: call.note,
      ...writtenPart(this.around.logging, call, row),
      earlier: this.#calls
        .filter((other) => other.at < call.at && (call.person ? other.person === call.person : call.number !== null && sameLine(other, call)))
        .slice(0, 20)
        .map((other) => this.#row(other)),
    };
  }

  log(ids: readonly string[]): LoggedCalls {
    return this.around.logging.log(ids.map((id) => this.#both(this.#call(id))));
  }

  unlog(id: string): Unlogged {
    const { call, row } = this.#both(this.#call(id));
    return this.around.logging.unlog(call, row);
  }

  about(id: string, topic: Topic | null): void {
    this.#call(id).topic = topic;
  }

  plan(id: string, followUp: FollowUp): string {
    return this.around.logging.plan(this.#row(this.#call(id)), followUp);
  }

  preview(): AutoLogPreview {
    return this.around.logging.preview(this.#calls.slice(0, 400).map((call) => this.#both(call)));
  }

  #both(call: FakeCall) {
    return { call, row: this.#row(call) };
  }

  #logging(call: FakeCall): CallLogging | null {
    if (call.logged || call.item === null) return null;
    const state = this.around.outboxState(call.item);
    if (state === null || state === "sent" || state === "discarded") return null;
    return state === "needsYou" ? "needsYou" : "waiting";
  }

  link(id: string, person: string, scope: CallScope): CallDecision {
    const call = this.#call(id);
    if (!this.around.people().some((other) => other.id === person)) throw new HostError({ kind: "gone" });
    if (scope === "always" && call.number !== null) this.#remember(call.number, person);
    const why = scope === "always" ? ({ kind: "remembered", since: this.around.now() } as const) : ({ kind: "chosen", at: this.around.now() } as const);
    return this.#change(this.#reach(call, scope), (one) => Object.assign(one, { standing: "linked", person, why, topic: one.person === person ? one.topic : null }), scope === "always");
  }

  /** How many other calls of the number wait for somebody to say who it was. */
  others(id: string): number {
    return this.#reach(this.#call(id), "thisNumber").length - 1;
  }

  /** The call and the others of its number belong to a Lead that an outbox row makes. */
  toNewLead(id: string, item: string): CallDecision {
    const why = { kind: "chosen", at: this.around.now() } as const;
    return this.#change(this.#reach(this.#call(id), "thisNumber"), (one) => Object.assign(one, { standing: "newLead", newLead: item, person: null, why }), false);
  }

  /** The Lead is there. */
  arrived(item: string, person: string): void {
    for (const call of this.#calls) if (call.newLead === item) Object.assign(call, { standing: "linked", newLead: null, person });
  }

  ignore(id: string, scope: CallScope): CallDecision {
    const call = this.#call(id);
    if (scope === "always") {
      if (call.number === null) throw new HostError({ kind: "invalid", issues: [{ field: "phone", problem: { kind: "missing" } }] });
      this.#remember(call.number, null);
    }
    const why = { kind: "ignored", at: this.around.now() } as const;
    return this.#change(this.#reach(call, scope), (one) => Object.assign(one, { standing: "ignored", person: null, why }), scope === "always");
  }

  unlink(id: string): CallDecision {
    const call = this.#call(id);
    const why = { kind: "unlinked", at: this.around.now() } as const;
    const standing = call.internal ? "internal" : call.number === null ? "noNumber" : this.#candidates(call).length > 0 ? "ask" : "nobody";
    return this.#change([call], (one) => Object.assign(one, { standing, person: null, why }), false);
  }

  undo(id: string): void {
    const back = this.#undo.get(id);
    if (!back) throw new HostError({ kind: "tooLate" });
    this.#undo.delete(id);
    back();
  }

  remembered(): RememberedNumber[] {
    return this.#remembered.map((one) => this.#rememberedView(one));
  }

  forget(id: string): void {
    this.#remembered = this.#remembered.filter((one) => one.id !== id);
  }

  late(): LateLinks[] {
    void this.#calls;
    return this.#late.map(({ id, at, calls }) => ({ id, at, rows: calls.map((call) => this.#row(call)), total: calls.length }));
  }

  acceptLate(id: string): void {
    this.#late = this.#late.filter((one) => one.id !== id);
  }

  undoLate(id: string): CallDecision {
    const calls = this.#late.find((one) => one.id === id)?.calls ?? [];
    this.acceptLate(id);
    return this.#change(calls, (one) => Object.assign(one, { standing: "ask", person: null, why: null }), false);
  }

  keepNote(id: string, note: CallNote): void {
    const length = note.note.length;
    if (length > MAX_NOTE) throw new HostError({ kind: "invalid", issues: [{ field: "note", problem: { kind: "tooLong", max: MAX_NOTE, length } }] });
    this.#call(id).note = { ...note };
  }

  choices(text: string, person: string | null): DialChoice[] {
    const written = text.split(/[,;/]/u).filter((part) => digits(part).length > 5);
    if (written.length === 0) throw new HostError({ kind: "invalid", issues: [{ field: "phone", problem: { kind: "notAllowed" } }] });
    return written.map((part) => {
      const holds = person === null && LINES.some((line) => NOT_TO_BE_CALLED.includes(line.person) && digits(line.number) === digits(part));
      return {
        number: part.replace(/[^\d+]/gu, ""),
        shown: part.trim(),
        extension: null,
        doNotCall: holds || NOT_TO_BE_CALLED.includes(person ?? ""),
        notToCall: holds ? ["Laila Haddad"] : [],
      };
    });
  }

  /** Somebody of the world has just been talked to. */
  ends(person: string, talk: number): string {
    const [first] = this.#calls;
    const line = LINES.find((one) => one.person === person);
    if (!first || !line) throw new HostError({ kind: "gone" });
    const id = `ended-${this.#ids++}`;
    const why = { kind: "line", field: line.field, written: line.number, source: null, followed: null } as const;
    this.#calls.unshift({ ...first, id, at: this.around.now() - talk * 1_000, out: true, outcome: "answered", number: line.number, name: null, talk, hold: 0, standing: "linked", person, why, path: [], voicemail: null, note: { note: "", disposition: null } });
    return id;
  }

  region(): CallRegion {
    const chosen = this.#region;
    return { chosen, used: chosen ?? "NL", source: chosen === null ? "zoomNumber" : "chosen", choices: ["BE", "DE", "FR", "GB", "NL", "US"] };
  }

  chooseRegion(region: string | null): void {
    this.#region = region;
  }

  ledger(days: number): LedgerDay[] {
    const today = dateIn(this.around.now(), ZONE);
    const first = addDays(today, 1 - days);
    const found = new Map<string, LedgerDay>();
    for (let back = 0; back < days; back += 1) {
      const day = addDays(today, -back);
      const compared = back < 3 ? this.base - 8 * 60_000 : null;
      const missing = this.kind === "filling" && back === 2 ? 2 : compared === null ? null : 0;
      found.set(day, { day, calls: 0, linked: 0, logged: 0, ignored: 0, internal: 0, noNumber: 0, notMine: 0, spam: 0, waiting: 0, missing, filled: back === 1 ? 1 : 0, unreadable: 0, compared });
    }
    for (const call of this.#calls) {
      const date = dateIn(call.at, ZONE);
      if (date < first) break;
      const day = found.get(date);
      if (!day) continue;
      day.calls += 1;
      if (call.logged) day.logged += 1;
      else if (call.standing === "linked" || call.standing === "ignored" || call.standing === "internal" || call.standing === "noNumber") day[call.standing] += 1;
      else if (call.outcome === "answeredByColleague") day.notMine += 1;
      else day.waiting += 1;
    }
    return [...found.values()];
  }

  charts(): CallCharts {
    const today = dateIn(this.around.now(), ZONE);
    const days = Array.from({ length: 14 }, (_, index) => ({ day: addDays(today, index - 13), answeredOut: 0, answeredIn: 0, missed: 0 }));
    const hours = new Map<string, CallCharts["hours"][number]>();
    for (const call of this.#calls) {
      const talked = TALKED.includes(call.outcome);
      const day = days.find((one) => one.day === dateIn(call.at, ZONE));
      if (day && talked) day[call.out ? "answeredOut" : "answeredIn"] += 1;
      else if (day && !call.out && MISSED.includes(call.outcome)) day.missed += 1;
      if (!call.out) continue;
      const weekday = new Date(`${dateIn(call.at, ZONE)}T12:00:00Z`).getUTCDay() || 7;
      const hour = Number(timeIn(call.at, ZONE).slice(0, 2));
      const cell = hours.get(`${weekday} ${hour}`) ?? { weekday, hour, calls: 0, answered: 0 };
      hours.set(`${weekday} ${hour}`, { ...cell, calls: cell.calls + 1, answered: cell.answered + (talked ? 1 : 0) });
    }
    const made = this.#calls.filter(({ out }) => out).length;
    return { days, hours: made < 100 ? [] : [...hours.values()].sort((a, b) => a.weekday - b.weekday || a.hour - b.hour) };
  }

  #access(): RoomAccess {
    if (!this.around.connected()) return { kind: "notConnected" };
    if (this.kind === "noLicence" || this.kind === "forbidden" || this.kind === "unknown") return { kind: this.kind };
    if (this.kind === "missingScope") return { kind: "missingScope", scope: "phone:read:list_call_logs" };
    return { kind: "ready" };
  }

  #history(): CallHistory {
    if (this.kind === "unknown") return { backTo: null, goal: null, filling: false, asOf: null };
    const filling = this.kind === "filling";
    return { backTo: this.base - (filling ? 110 : 183) * DAY, goal: filling ? this.base - 183 * DAY : null, filling, asOf: this.base - 180_000 };
  }

  #call(id: string): FakeCall {
    const call = this.#calls.find((other) => other.id === id);
    if (!call) throw new HostError({ kind: "gone" });
    return call;
  }

  #person(id: string | null): PersonHit | undefined {
    return this.around.people().find((person) => person.id === id);
  }

  #row(call: FakeCall): CallRow {
    const person = this.#person(call.person);
    return {
      id: call.id,
      direction: call.out ? "outbound" : "inbound",
      outcome: call.outcome,
      internal: call.internal,
      who: person?.name ?? (call.newLead ? this.around.outboxTitle(call.newLead) : nameOf(call)) ?? "",
      company: person?.company ?? (call.standing === "switchboard" ? (this.#person("Contact:003D")?.company ?? null) : null),
      number: call.number,
      start: call.at,
      seconds: call.talk + call.hold,
      standing: call.standing,
      toLink: toLink(call),
      candidates: toLink(call) ? this.#candidates(call).length : 0,
      person: person ? { id: person.id, name: person.name } : null,
      newLead: call.standing === "newLead" && call.newLead ? { item: call.newLead, needsYou: this.around.outboxState(call.newLead) === "needsYou" } : null,
      logged: call.logged !== null,
      logging: this.#logging(call),
      voicemail: call.voicemail !== null,
      unheard: call.voicemail?.unread ?? false,
      recording: call.recording,
    };
  }

  #candidates(call: FakeCall): CallCandidate[] {
    const number = call.number;
    if (number === null) return [];
    return LINES.filter((line) => digits(line.number) === digits(number)).flatMap((line, index) => {
      const person = this.#person(line.person);
      if (!person) return [];
      return [
        {
          person: { id: person.id, name: person.name },
          company: person.company,
          title: person.title,
          owner: index === 0 ? "Robin Jansen" : index === 1 ? "M. Castell" : null,
          doNotCall: NOT_TO_BE_CALLED.includes(person.id),
          lastTouch: index < 2 ? this.base - (3 + index * 15) * DAY : null,
          openOpportunity: index === 0,
          field: line.field,
          written: line.number,
          followed: person.converted ? ("converted" as const) : null,
          doubt: call.doubt,
        },
      ];
    });
  }

  #fits(call: FakeCall, words: readonly string[]): boolean {
    const person = this.#person(call.person);
    const text = plain([person?.name ?? call.name, person?.company, call.note.note].filter(Boolean).join(" "));
    const number = digits(call.number ?? "");
    return words.every((word) => text.includes(word) || (digits(word).length > 1 && number.includes(digits(word))));
  }

  #reach(call: FakeCall, scope: CallScope): FakeCall[] {
    if (scope === "thisCall") return [call];
    return this.#calls.filter((other) => other === call || (toLink(other) && sameLine(other, call)));
  }

  #remember(number: string, person: string | null): void {
    const key = digits(number);
    this.#remembered = [...this.#remembered.filter((one) => one.key !== key), { id: `number-${++this.#ids}`, key, number, person, since: this.around.now() }];
  }

  #rememberedView(one: { id: string; number: string; person: string | null; since: number }): RememberedNumber {
    const person = this.#person(one.person);
    return { id: one.id, number: one.number, person: person ? { id: person.id, name: person.name } : null, since: one.since };
  }

  #change(calls: readonly FakeCall[], change: (call: FakeCall) => void, remembered: boolean): CallDecision {
    const before = calls.map((call) => ({ call, was: { standing: call.standing, person: call.person, why: call.why, topic: call.topic } }));
    const numbers = remembered ? this.#remembered.slice(0, -1) : this.#remembered;
    for (const call of calls) change(call);
    const undo = `undo-${++this.#ids}`;
    this.#undo.set(undo, () => {
      for (const { call, was } of before) Object.assign(call, was);
      this.#remembered = numbers;
    });
    return { undo, calls: calls.length };
  }
}

/** What networks show for a missing name is nobody's. */
function nameOf(call: FakeCall): string | undefined {
  return /^(?:unknown caller|anonymous)$/iu.test(call.name ?? "") ? undefined : (call.name ?? undefined);
}

function toLink(call: FakeCall): boolean {
  return OPEN.includes(call.standing) && call.outcome !== "answeredByColleague" && call.outcome !== "blocked";
}

function sameLine(a: FakeCall, b: FakeCall): boolean {
  return a.number !== null && b.number !== null && digits(a.number) === digits(b.number);
}

/** Everything of the days before yesterday stands in Salesforce, some of it by others. */
function markLogged(calls: readonly FakeCall[], base: number): void {
  const linked = calls.filter((call) => call.standing === "linked" && call.at < base - 2 * DAY);
  for (const [index, call] of linked.entries())
    call.logged = index % 3 === 0 ? { at: call.at + 60_000, maker: "zoom", name: "Zoom Integration" } : { at: call.at + 60_000, maker: "own", name: null };
}

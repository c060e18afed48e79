// The webinars of the simulation: what the engine would answer about them, and what is done with them.
// `?webinars=` is one of: none, noLicence, missingScope, forbidden, unknown, noReports (who came may not be read), noMarketing (Salesforce won't let campaigns be made), noCampaigns (nor read).

import {
  HostError,
  type AttendanceFilter,
  type AttendanceList,
  type AttendanceRow,
  type FieldIssue,
  type OutboxItem,
  type OutboxWhat,
  type PeopleSelection,
  type PersonHit,
  type PersonWebinar,
  type PinnedWebinar,
  type QuestionIssue,
  type QuestionsDecided,
  type RegistrantCounts,
  type RegistrantDecision,
  type RegistrantFilter,
  type RegistrantList,
  type RegistrantRow,
  type RegistrantStanding,
  type RegistrationBlock,
  type RegistrationCurve,
  type RegistrationQuestion,
  type RoomAccess,
  type WebinarDecided,
  type WebinarDetail,
  type WebinarDraft,
  type WebinarFilter,
  type WebinarFunnel,
  type WebinarList,
  type WebinarRow,
  type WebinarSheetCheck,
} from "../types";
import type { FakeOutbox } from "./outbox";
import { addDays, dateIn, instants, timeIn } from "./time";
import { FakeTemplates } from "./webinarLeft";
import { firstSettings, makeWebinars, somebody, type FakeRegistrant, type FakeWebinar } from "./webinarWorld";
import { ZONE, type Flavour } from "./world";

const MINUTE = 60_000;
const DAY = 86_400_000;
const MOST_AGENDA = 2000;
export const ADDRESS = /^[^@\s]+@[^@\s.]+(\.[^@\s.]+)+$/u;
const BECOMES: Record<RegistrantDecision, RegistrantStanding> = { approve: "approved", deny: "denied", cancel: "cancelled" };
const DOES: Record<RegistrantDecision, OutboxWhat> = { approve: "approveRegistrant", deny: "denyRegistrant", cancel: "cancelRegistration" };

export const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const wordsOf = (query: string | undefined) => plain(query ?? "").split(/\s+/u).filter(Boolean);

export interface WebinarsAround {
  people: () => readonly PersonHit[];
  selected: (selection: PeopleSelection) => PersonHit[];
  now: () => number;
  online: () => boolean;
  connected: () => boolean;
  holdSeconds: () => number;
  outbox: FakeOutbox;
  changed: () => void;
  note: (line: string) => void;
}

export class FakeWebinars {
  readonly templates = new FakeTemplates();
  pinned: string | null = "w-q1";
  #made: FakeWebinar[] | null = null;
  #ids = 0;

  constructor(
    readonly base: number,
    readonly kind: string,
    private readonly flavour: Flavour,
    readonly around: WebinarsAround,
  ) {}

  /** Made when first asked for: most tests never look. */
  get all(): FakeWebinar[] {
    if (this.#made) return this.#made;
    const none = ["none", "noLicence", "forbidden", "unknown"].includes(this.kind);
    this.#made = none ? [] : makeWebinars(this.base, this.flavour, this.around.people());
    return this.#made;
  }

  one(id: string): FakeWebinar {
    const webinar = this.all.find((other) => other.id === id && !other.deleted);
    if (!webinar) throw new HostError({ kind: "gone" });
    return webinar;
  }

  list(filter: WebinarFilter, offset: number, limit: number): WebinarList {
    const words = wordsOf(filter.query);
    const rows = this.all.filter(({ deleted }) => !deleted).map((webinar) => this.row(webinar));
    const past = (row: WebinarRow) => row.progress === "past";
    const found = rows.filter((row) => past(row) === (filter.when === "past") && words.every((word) => plain(row.topic).includes(word)));
    found.sort((a, b) => (filter.when === "past" ? -1 : 1) * ((a.start ?? Infinity) - (b.start ?? Infinity)));
    return {
      rows: found.slice(offset, offset + Math.min(limit, 200)),
      total: found.length,
      upcoming: rows.filter((row) => !past(row)).length,
      past: rows.filter(past).length,
      access: this.access(),
      asOf: this.kind === "unknown" ? null : this.base - 4 * MINUTE,
      pinned: this.pinnedOne(),
    };
  }

  access(): RoomAccess {
    if (!this.around.connected()) return { kind: "notConnected" };
    if (this.kind === "noLicence" || this.kind === "forbidden" || this.kind === "unknown") return { kind: this.kind };
    if (this.kind === "missingScope") return { kind: "missingScope", scope: "webinar:read:list_webinars" };
    return { kind: "ready" };
  }

  pinnedOne(): PinnedWebinar | null {
    const webinar = this.all.find(({ id, deleted }) => id === this.pinned && !deleted);
    return webinar ? this.named(webinar) : null;
  }

  named(webinar: FakeWebinar): PinnedWebinar {
    return { id: webinar.id, topic: webinar.topic, start: webinar.start, closed: this.block(webinar) !== null };
  }

  row(webinar: FakeWebinar): WebinarRow {
    const { id, topic, start, minutes, kind, approval, settings, capacity, instances } = webinar;
    const now = this.around.now();
    const end = start === null ? null : start + minutes * MINUTE;
    const days = start === null ? 0 : (Date.parse(dateIn(start, ZONE)) - Date.parse(dateIn(now, ZONE))) / DAY;
    return {
      id,
      topic,
      start,
      end,
      minutes,
      timezone: ZONE,
      kind,
      datesLeft: kind === "recurring" ? 4 : 0,
      progress: end !== null && now >= end ? "past" : start !== null && now >= start ? "running" : "upcoming",
      approval,
      counts: countsOf(webinar),
      counted: true,
      capacity: settings.registrantsLimit > 0 ? settings.registrantsLimit : capacity,
      daysToGo: start !== null && days >= 0 && end !== null && now < end ? days : null,
      attended: instances > 0 ? webinar.attendance.filter(({ presence }) => presence === "attended" || presence === "unknown").length : null,
      pinned: id === this.pinned,
      pending: webinar.change && this.inLine(webinar.change.item) ? { ...webinar.change, canUndo: true } : null,
    };
  }

  detail(id: string): WebinarDetail {
    const webinar = this.one(id);
    const { start, minutes, approval, instances } = webinar;
    const sessions = webinar.attendance.filter(({ presence }) => presence !== "staff").flatMap((one) => one.sessions);
    const joins = sessions.map(({ join }) => join ?? 0);
    const leaves = sessions.map(({ leave }) => leave ?? 0);
    const people = this.row(webinar).attended ?? 0;
    return {
      row: this.row(webinar),
      number: webinar.number,
      uuid: instances > 0 ? "4444AAAiAAAAAiAiAiiAii==" : null,
      agenda: webinar.agenda,
      hostEmail: "robin.jansen@northwind.example",
      created: this.base - 35 * DAY,
      registrationUrl: approval === "none" ? null : "https://zoom.us/webinar/register/WN_4rTq0b1cQ0yV9x1pF3s7kA",
      hasJoinLink: true,
      hasPasscode: true,
      settingsKnown: true,
      settings: webinar.settings,
      dates: webinar.kind === "recurring" && start !== null ? [0, 28, 63, 91].map((days) => ({ id: String(days), start: start + days * DAY, end: start + days * DAY + minutes * MINUTE })) : [],
      instances: Array.from({ length: instances }, (_, index) => ({
        uuid: `instance-${index}`,
        started: Math.min(...joins) + index * 26 * MINUTE,
        firstJoin: Math.min(...joins) + index * 26 * MINUTE,
        lastLeave: index === instances - 1 ? Math.max(...leaves) : Math.min(...joins) + 22 * MINUTE,
        people: index === 0 ? people : Math.floor(people * 0.8),
        settled: webinar.settled,
      })),
      panelists: webinar.panelists.filter(({ there, item }) => there || this.inLine(item)).map(({ id: panelist, name, email, there, item }) => ({
        id: panelist,
        name,
        email,
        panelistId: there ? `Z-${panelist}` : null,
        hasLink: there,
        removing: there && this.inLine(item),
      })),
      questions: this.inLine(webinar.form?.item ?? null) ? (webinar.form?.questions ?? []) : webinar.questions,
      questionsPending: webinar.form && this.inLine(webinar.form.item) ? { item: webinar.form.item, deletes: false, canUndo: true } : null,
      sources: webinar.sources,
      way: webinar.kind === "recurring" ? "oneByOneSeries" : webinar.questions.some(({ required }) => required) ? "oneByOneQuestions" : "batches",
      block: this.block(webinar),
      registrantsAsOf: this.base - 4 * MINUTE,
      curve: this.#curves(webinar),
      funnel: funnelOf(webinar),
    };
  }

  block(webinar: FakeWebinar): RegistrationBlock | null {
    const { progress, capacity, counts } = this.row(webinar);
    if (webinar.approval === "none") return { kind: "noRegistration" };
    if (progress === "past") return { kind: "closed" };
    return capacity !== null && counts.approved >= capacity ? { kind: "full" } : null;
  }

  #curves(webinar: FakeWebinar): RegistrationCurve {
    const last = webinar.id === "w-q1" ? this.all.find(({ id }) => id === "w-q4") : undefined;
    return { points: this.#curve(webinar), ghost: last ? this.#curve(last) : [], ghostTopic: last?.topic ?? null, capacity: this.row(webinar).capacity };
  }

  /** Cumulative, a point for each day with news. */
  #curve({ start, registrants }: FakeWebinar) {
    if (start === null) return [];
    const byDay = new Map<number, number>();
    for (const { at, standing } of registrants) {
      const day = Math.max(0, Math.ceil((start - at) / DAY));
      if (standing === "approved") byDay.set(day, (byDay.get(day) ?? 0) + 1);
    }
    let registered = 0;
    return [...byDay].sort(([a], [b]) => b - a).map(([daysToGo, more]) => ({ daysToGo, registered: (registered += more) }));
  }

  ofPerson(emails: readonly string[]): PersonWebinar[] {
    return this.all.flatMap((webinar) => {
      const one = webinar.registrants.find(({ email }) => emails.includes(email));
      if (!one || webinar.start === null) return [];
      const over = webinar.start + webinar.minutes * MINUTE < this.around.now();
      return [{ id: webinar.id, topic: webinar.topic, start: webinar.start, standing: one.standing, minutes: over && one.standing === "approved" ? 41 : null, registrant: one.standing === "approved" ? one.id : null }];
    });
  }

  person(id: string | null): PersonHit | null {
    if (id === null) return null;
    const known = this.around.people().find((person) => person.id === id);
    if (known) return known;
    const invented = /^Contact:F(\d+)$/u.exec(id);
    if (!invented) return null;
    const { firstName, lastName, company, email, title } = somebody(Number(invented[1]));
    return { id, record: "contact", name: `${firstName} ${lastName}`, company, title, email, phone: null, emailOptOut: false, converted: false };
  }

  registrants(id: string, filter: RegistrantFilter, offset: number, limit: number): RegistrantList {
    const found = this.matching(id, filter);
    return {
      rows: found.slice(offset, offset + Math.min(limit, 200)).map((one) => this.#registrantRow(one)),
      total: found.length,
      counts: countsOf(this.one(id)),
      asOf: this.base - 4 * MINUTE,
    };
  }

  matching(id: string, { standing, query, sort }: RegistrantFilter): FakeRegistrant[] {
    const words = wordsOf(query);
    const text = (one: FakeRegistrant) => plain(`${one.firstName} ${one.lastName} ${one.email}`);
    const found = this.one(id).registrants.filter((one) => (!standing || one.standing === standing) && (words.length === 0 || words.every((word) => text(one).includes(word))));
    if (sort === "name") found.sort((a, b) => plain(`${a.firstName} ${a.lastName}`).localeCompare(plain(`${b.firstName} ${b.lastName}`)));
    if (sort === "email") found.sort((a, b) => a.email.localeCompare(b.email));
    return found;
  }

  #registrantRow(one: FakeRegistrant): RegistrantRow {
    const { id, firstName, lastName, email, standing, at, through, source, person, answers, pending } = one;
    return {
      id,
      registrantId: `zJKyaiAyTNC-${id}`,
      firstName,
      lastName,
      email,
      standing,
      registered: at,
      person: this.person(person),
      several: false,
      through,
      source,
      hasLink: standing === "approved",
      answers,
      pending: pending && this.inLine(pending.item) ? { item: pending.item, decision: pending.to, canUndo: true } : null,
    };
  }

  decide(id: string, registrants: readonly string[], decision: RegistrantDecision) {
    const wanted = new Set(registrants);
    const chosen = this.one(id).registrants.filter((one) => wanted.has(one.id) && one.standing !== BECOMES[decision]);
    const items = chosen.map((one) => {
      const item = this.line(DOES[decision], `${one.firstName} ${one.lastName}`.trim(), () => (one.standing = BECOMES[decision]));
      one.pending = { item, to: decision };
      return item;
    });
    const group = items.length > 1 ? `decide-${++this.#ids}` : null;
    if (group) this.around.outbox.groups.begin(group, "decideRegistrants", items, "", id);
    this.around.changed();
    return { item: items.length === 1 ? (items[0] ?? null) : null, group, decided: items.length, leftOut: registrants.length - items.length };
  }

  /** Somebody who was registered from here. */
  add(id: string, { name, email, person, again }: { name: string; email: string; person: string | null; again: boolean }): void {
    const webinar = this.one(id);
    const [firstName = "", ...rest] = name.split(" ");
    const there = webinar.registrants.find((one) => one.email === email);
    const standing: RegistrantStanding = webinar.approval === "manual" && !again ? "pending" : "approved";
    if (there) {
      there.standing = standing;
      return;
    }
    webinar.registrants.unshift({
      id: `${id}-new-${++this.#ids}`,
      firstName,
      lastName: rest.join(" "),
      email,
      standing,
      at: this.around.now(),
      through: "liaison",
      source: null,
      person,
      answers: [],
      pending: null,
    });
  }

  /** The row has not been sent or taken back. */
  inLine(item: string | null): boolean {
    const row = this.#item(item);
    return row !== undefined && row.state.kind !== "sent" && row.state.kind !== "discarded";
  }

  #item(item: string | null): OutboxItem | undefined {
    return this.around.outbox.around.world().items.find(({ id }) => id === item);
  }

  /** A row of the outbox that does this when it is sent, so many seconds after the hold. */
  line(what: OutboxWhat, title: string, sent: () => void, later = 0): string {
    const id = `webinar-row-${++this.#ids}`;
    // The bindings don't know this kind yet.
    const row = { id, what: what as OutboxItem["what"], title, person: title, provider: "zoom" as const, fields: [] };
    return this.around.outbox.add(row, this.around.holdSeconds() + later, () => {
      sent();
      this.around.changed();
    });
  }

  addPanelists(id: string, people: readonly { name: string; email: string }[]): WebinarDecided {
    const webinar = this.one(id);
    const issues = people.flatMap(({ name, email }): FieldIssue[] => [
      ...(name.trim() === "" ? [{ field: "people" as const, problem: { kind: "missing" as const } }] : []),
      ...(ADDRESS.test(email.trim()) ? [] : [{ field: "email" as const, problem: email.trim() === "" ? { kind: "missing" as const } : { kind: "notAnEmail" as const, value: email } }]),
    ]);
    if (issues.length > 0) throw new HostError({ kind: "invalid", issues });
    const items = people.map(({ name, email }) => {
      const panelist = { id: `p-new-${++this.#ids}`, name: name.trim(), email: email.trim(), there: false };
      const item = this.line("addPanelist", name, () => this.#panelist(webinar, panelist.id, { there: true, item: null }));
      webinar.panelists = [...webinar.panelists, { ...panelist, item }];
      return item;
    });
    this.around.changed();
    return { items };
  }

  removePanelist(id: string, panelist: string): WebinarDecided {
    const webinar = this.one(id);
    const row = webinar.panelists.find((other) => other.id === panelist);
    if (!row) throw new HostError({ kind: "gone" });
    const item = this.line("removePanelist", row.name, () => (webinar.panelists = webinar.panelists.filter((other) => other.id !== panelist)));
    this.#panelist(webinar, panelist, { item });
    this.around.changed();
    return { items: [item] };
  }

  #panelist(webinar: FakeWebinar, id: string, to: Partial<FakeWebinar["panelists"][number]>): void {
    webinar.panelists = webinar.panelists.map((row) => (row.id === id ? { ...row, ...to } : row));
  }

  setQuestions(id: string, questions: RegistrationQuestion[]): QuestionsDecided {
    const webinar = this.one(id);
    const issues = questions.flatMap((question, index): QuestionIssue[] => {
      if (question.field.trim() === "") return [{ question: index, part: "title", problem: { kind: "missing" } }];
      const choices = question.choices.filter((choice) => choice.trim() !== "");
      return question.custom && question.kind !== "text" && choices.length === 0 ? [{ question: index, part: "choices", problem: { kind: "missing" } }] : [];
    });
    if (issues.length > 0) return { items: [], issues };
    const wanted = structuredClone(questions);
    const item = this.line("updateQuestions", webinar.topic, () => (webinar.questions = wanted));
    webinar.form = { item, questions: wanted };
    this.around.changed();
    return { items: [item], issues: [] };
  }

  attendance(id: string, { presence, query }: AttendanceFilter, offset: number, limit: number): AttendanceList {
    const webinar = this.one(id);
    const words = wordsOf(query);
    const withheld = this.kind === "noReports";
    const came = withheld ? [] : webinar.attendance;
    const count = (kind: AttendanceRow["presence"]) => came.filter((row) => row.presence === kind).length;
    const found = came.filter((row) => (!presence || row.presence === presence) && words.every((word) => plain(`${row.name} ${row.email ?? ""}`).includes(word)));
    const rows = found.slice(offset, offset + Math.min(limit, 200)).map((row) => {
      const registrant = webinar.registrants.find((one) => one.id === row.registrant);
      return { ...row, person: row.person ?? this.person(registrant?.person ?? null) };
    });
    return {
      rows,
      total: found.length,
      attended: count("attended"),
      onDemand: count("onDemand"),
      absent: count("absent"),
      unknown: count("unknown"),
      staff: count("staff"),
      state: this.row(webinar).progress !== "past" ? "notYet" : withheld ? "noRight" : webinar.settled ? "settled" : "provisional",
      scope: withheld ? "webinar:read:list_past_participants" : null,
      asOf: withheld ? null : this.base - 40 * MINUTE,
      funnel: withheld ? null : funnelOf(webinar),
    };
  }

  linkAttendee(id: string, attendee: string, person: string | null): void {
    const hit = this.person(person);
    const webinar = this.one(id);
    if (person !== null && !hit) throw new HostError({ kind: "gone" });
    webinar.attendance = webinar.attendance.map((row) => (row.id === attendee ? { ...row, presence: hit ? "attended" : "unknown", person: hit, linked: hit !== null } : row));
    this.around.changed();
  }

  newDraft(): WebinarDraft {
    return {
      id: `webinar-draft-${++this.#ids}`,
      topic: "",
      agenda: "",
      date: addDays(dateIn(this.around.now(), ZONE), 14),
      time: "15:00",
      zone: ZONE,
      minutes: 60,
      approval: "automatic",
      passcode: true,
      weeks: null,
      template: null,
      settings: { ...firstSettings },
    };
  }

  draftOf(id: string): WebinarDraft {
    const { topic, agenda, minutes, approval, settings, ...webinar } = this.one(id);
    const start = webinar.start ?? this.around.now();
    return { ...this.newDraft(), topic, agenda, minutes, approval, settings: { ...settings }, date: dateIn(start, ZONE), time: timeIn(start, ZONE) };
  }

  check(draft: WebinarDraft): WebinarSheetCheck {
    const now = this.around.now();
    const start = instants(draft.date, draft.time, draft.zone)[0] ?? null;
    const issues: FieldIssue[] = [];
    if (draft.topic.trim() === "") issues.push({ field: "topic", problem: { kind: "missing" } });
    if (draft.topic.length > 200) issues.push({ field: "topic", problem: { kind: "tooLong", max: 200, length: draft.topic.length } });
    if (draft.agenda.length > MOST_AGENDA) issues.push({ field: "agenda", problem: { kind: "tooLong", max: MOST_AGENDA, length: draft.agenda.length } });
    if (start === null) issues.push({ field: /^\d{4}-\d\d-\d\d$/u.test(draft.date) ? "time" : "date", problem: /^\d{4}-\d\d-\d\d$/u.test(draft.date) ? { kind: "notATime" } : { kind: "notADate" } });
    else if (start < now) issues.push({ field: draft.date < dateIn(now, draft.zone) ? "date" : "time", problem: { kind: "inThePast" } });
    if (draft.minutes < 1 || draft.minutes > 1440) issues.push({ field: "minutes", problem: { kind: "outOfRange", min: 1, max: 1440 } });
    const survey = draft.settings.surveyUrl?.trim() ?? "";
    if (survey !== "" && !/^https?:\/\/\S+$/u.test(survey)) issues.push({ field: "survey", problem: { kind: "notAPage" } });
    return { issues, start, end: start === null ? null : start + draft.minutes * MINUTE, editsLeft: 61, online: this.around.online() };
  }

  create(draft: WebinarDraft) {
    const start = this.#good(draft);
    if (!this.around.online()) throw new HostError({ kind: "offline" });
    const [blank] = makeWebinars(this.base, "plain", []);
    if (!blank) throw new HostError({ kind: "gone" });
    const id = `w-made-${++this.#ids}`;
    this.all.push({ ...blank, ...changesOf(draft), id, start, panelists: [], kind: draft.weeks === null ? "single" : "recurring" });
    this.around.changed();
    return { id };
  }

  change(id: string, draft: WebinarDraft): WebinarDecided {
    const start = this.#good(draft);
    const webinar = this.one(id);
    const item = this.line("updateWebinar", draft.topic, () => Object.assign(webinar, changesOf(draft), { start }));
    webinar.change = { item, deletes: false };
    this.around.changed();
    return { items: [item] };
  }

  remove(id: string): WebinarDecided {
    const webinar = this.one(id);
    const item = this.line("deleteWebinar", webinar.topic, () => (webinar.deleted = true));
    webinar.change = { item, deletes: true };
    this.around.changed();
    return { items: [item] };
  }

  #good(draft: WebinarDraft): number {
    const { issues, start } = this.check(draft);
    if (issues.length > 0 || start === null) throw new HostError({ kind: "invalid", issues });
    return start;
  }
}

function changesOf({ topic, agenda, minutes, approval, settings }: WebinarDraft) {
  return { topic: topic.trim(), agenda, minutes, approval, settings: { ...firstSettings, ...settings } };
}

function countsOf({ registrants }: FakeWebinar): RegistrantCounts {
  const count = (standing: RegistrantStanding) => registrants.filter((one) => one.standing === standing).length;
  return { approved: count("approved"), pending: count("pending"), denied: count("denied"), cancelled: count("cancelled") };
}

function funnelOf(webinar: FakeWebinar): WebinarFunnel | null {
  if (webinar.instances === 0) return null;
  const came = webinar.attendance.filter(({ presence }) => presence === "attended");
  return {
    registered: countsOf(webinar).approved,
    attended: came.length,
    stayed: came.filter(({ seconds }) => seconds > webinar.minutes * 30).length,
    unregistered: webinar.attendance.filter(({ presence }) => presence === "unknown").length,
  };
}

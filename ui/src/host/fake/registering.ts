// Registering in the simulation: the check that sorts everybody, and groups that go on by themselves.

import {
  HostError,
  type ColumnMeaning,
  type MissingAnswer,
  type OneClick,
  type OutboxItem,
  type PeopleFile,
  type PersonHit,
  type RegistrationAsk,
  type RegistrationCheck,
  type RegistrationChoice,
  type RegistrationPerson,
  type RegistrationResult,
  type RegistrationResults,
  type RegistrationRow,
  type RegistrationSort,
  type Registering,
} from "../types";
import { ADDRESS, plain, type FakeWebinars } from "./webinars";
import type { FakeWebinar } from "./webinarWorld";

const ORDER: readonly RegistrationSort[] = [
  "ready", "answersMissing", "sameEmail", "severalRecords", "noFirstName", "denied", "cancelled", "optedOut", "noEmail", "emailInvalid",
  "hostOrPanelist", "alreadyRegistered", "waitingForApproval", "onItsWay", "quotaUsed", "noRoom", "leftOut",
];
const MEANINGS: Record<string, ColumnMeaning> = {
  email: { kind: "email" }, mail: { kind: "email" }, emailadres: { kind: "email" }, firstname: { kind: "firstName" }, voornaam: { kind: "firstName" },
  lastname: { kind: "lastName" }, achternaam: { kind: "lastName" }, name: { kind: "fullName" }, naam: { kind: "fullName" },
  jobtitle: { kind: "answer", field: "job_title" }, functie: { kind: "answer", field: "job_title" },
};
const MOST_ROWS = 10_000;
/** One goes after the other, as with a service that takes so many a second. */
const EACH_SECONDS = 0.06;

/** Somebody who was asked for, before they are sorted. */
interface Candidate {
  key: string;
  name: string;
  firstName: string;
  lastName: string;
  email: string | null;
  moreEmails: string[];
  person: PersonHit | null;
  records: PersonHit[];
  answers: Record<string, string>;
  optedOut: boolean;
}

interface Job {
  group: string;
  webinar: string;
  rows: { item: string; name: string; email: string; there: boolean }[];
}

export class FakeRegistering {
  readonly #jobs: Job[] = [];
  #ids = 0;

  constructor(private readonly webinars: FakeWebinars) {}

  check(ask: RegistrationAsk, sort: RegistrationSort | null, offset: number, limit: number): RegistrationCheck {
    const webinar = this.webinars.one(ask.webinar ?? "");
    const { capacity, counts } = this.webinars.row(webinar);
    const room = capacity === null ? null : Math.max(0, capacity - counts.approved);
    const people = this.#sorted(ask, webinar, room);
    const wanted = people.filter((person) => sort === null || person.sort === sort);
    const count = (kind: RegistrationSort) => people.filter((person) => person.sort === kind).length;
    return {
      webinar: this.webinars.named(webinar),
      block: this.webinars.block(webinar),
      groups: ORDER.map((kind) => ({ sort: kind, count: count(kind) })).filter((group) => group.count > 0),
      ready: count("ready"),
      mails: webinar.settings.confirmationMail,
      approval: webinar.approval === "manual",
      way: this.webinars.detail(webinar.id).way,
      requests: count("ready"),
      beyond: 0,
      doubled: this.#typed(ask).doubled,
      missing: webinar.questions.flatMap((question): MissingAnswer[] => {
        const lacking = people.filter((person) => person.missing.includes(question.field)).length;
        return lacking > 0 ? [{ question, count: lacking }] : [];
      }),
      room,
      registrantsAsOf: this.webinars.base,
      people: wanted.slice(offset, offset + Math.min(limit, 200)),
      total: wanted.length,
    };
  }

  #sorted(ask: RegistrationAsk, webinar: FakeWebinar, room: number | null): RegistrationPerson[] {
    const choices = new Map((ask.choices ?? []).map((choice) => [choice.key ?? "", choice]));
    const candidates = this.#candidates(ask).map((one) => chosen(one, choices.get(one.key)));
    const times = new Map<string, number>();
    for (const { email, key } of candidates) if (email !== null && !choices.get(key)?.leaveOut) times.set(plain(email), (times.get(plain(email)) ?? 0) + 1);
    const given = Object.fromEntries((ask.answers ?? []).map(({ field, text }) => [field ?? "", text ?? ""]));
    let left = room;
    return candidates.map((one) => {
      const choice = choices.get(one.key) ?? {};
      const answer = (field: string) => (choice.answers?.find((other) => other.field === field)?.text ?? one.answers[field] ?? given[field] ?? "").trim();
      const missing = webinar.questions.filter(({ field, required, choices: listed }) => required && (answer(field) === "" || (listed.length > 0 && !listed.includes(answer(field))))).map(({ field }) => field);
      let sort = this.#sortOf(one, choice, webinar, times, missing);
      if (sort === "ready" && left !== null) {
        if (left === 0) sort = "noRoom";
        else left -= 1;
      }
      const there = webinar.registrants.find(({ email }) => email === one.email);
      const { key, name, firstName, lastName, email, moreEmails, person, records, optedOut } = one;
      // Answers are missing for those who would be registered with them.
      return { key, sort, name, firstName, lastName, email, moreEmails, person, records, registrant: there?.id ?? null, optedOut, missing: sort === "answersMissing" ? missing : [] };
    });
  }

  #sortOf(one: Candidate, choice: RegistrationChoice, webinar: FakeWebinar, times: ReadonlyMap<string, number>, missing: readonly string[]): RegistrationSort {
    const { email } = one;
    if (choice.leaveOut) return "leftOut";
    if (email === null || email.trim() === "") return "noEmail";
    if (!ADDRESS.test(email.trim())) return "emailInvalid";
    if (webinar.panelists.some((other) => other.email === email)) return "hostOrPanelist";
    const standing = webinar.registrants.find((other) => other.email === email)?.standing;
    if (standing === "approved") return "alreadyRegistered";
    if (standing === "pending") return "waitingForApproval";
    if (standing === "denied") return "denied";
    if (standing === "cancelled" && !choice.again) return "cancelled";
    if (this.#jobs.some((job) => job.webinar === webinar.id && job.rows.some((row) => row.email === email && this.webinars.inLine(row.item)))) return "onItsWay";
    if (one.records.length > 1 && !choice.person) return "severalRecords";
    if ((times.get(plain(email)) ?? 0) > 1) return "sameEmail";
    if (one.optedOut && (choice.reason ?? "").trim().length < 3) return "optedOut";
    if (one.firstName.trim() === "") return "noFirstName";
    if (missing.length > 0) return "answersMissing";
    return email.startsWith("mirela") ? "quotaUsed" : "ready";
  }

  #candidates(ask: RegistrationAsk): Candidate[] {
    const known = this.webinars.around.people();
    const of = (key: string, row: RegistrationRow): Candidate => {
      const email = row.email?.trim() || null;
      const records = email === null ? [] : known.filter((person) => person.email === email);
      const person = records.length === 1 ? (records[0] ?? null) : null;
      const [firstName = "", lastName = ""] = [row.firstName?.trim(), row.lastName?.trim()];
      const answers = Object.fromEntries((row.answers ?? []).map(({ field, text }) => [field ?? "", text ?? ""]));
      if (person && firstName === "") return { ...ofPerson(person), key, answers: { ...ofPerson(person).answers, ...answers } };
      return { key, name: `${firstName} ${lastName}`.trim() || (email ?? ""), firstName, lastName, email, moreEmails: [], person, records, answers, optedOut: person?.emailOptOut ?? false };
    };
    return [
      ...(ask.people ?? []).flatMap((id) => {
        const person = this.webinars.person(id);
        return person ? [ofPerson(person)] : [];
      }),
      ...(ask.selection ? this.webinars.around.selected(ask.selection).slice(0, MOST_ROWS).map(ofPerson) : []),
      ...this.#typed(ask).rows.map(({ key, row }) => of(key, row)),
    ];
  }

  /** An address that comes again under the same name or none is one person. Keys are as the engine's: of the address, or of the place where there is none. */
  #typed(ask: RegistrationAsk): { rows: { key: string; row: RegistrationRow }[]; doubled: number } {
    const typed = [...pasted(ask.pasted ?? ""), ...(ask.rows ?? [])];
    const addressOf = ({ email }: RegistrationRow) => plain(email?.trim() ?? "");
    const nameOf = ({ firstName, lastName }: RegistrationRow) => plain(`${firstName ?? ""} ${lastName ?? ""}`.trim());
    const seen = new Map<string, string[]>();
    const rows = typed.flatMap((row, place) => {
      const [address, name] = [addressOf(row), nameOf(row)];
      if (address === "") return [{ key: `row:${place}`, row }];
      const names = seen.get(address) ?? [];
      if (names.length > 0 && (name === "" || names.includes(name))) return [];
      seen.set(address, [...names, name]);
      return [{ key: names.length === 0 ? `email:${address}` : `email${names.length + 1}:${address}`, row }];
    });
    return { rows, doubled: typed.length - rows.length };
  }

  register(ask: RegistrationAsk): Registering {
    const { block, ready } = this.check(ask, "ready", 0, 0);
    if (block || ready === 0) throw new HostError({ kind: "tooLate" });
    if (ask.said != null && ready > ask.said) return { item: null, group: null, count: 0, until: null, more: ready };
    const webinar = this.webinars.one(ask.webinar ?? "");
    const { capacity, counts } = this.webinars.row(webinar);
    const people = this.#sorted(ask, webinar, capacity === null ? null : capacity - counts.approved).filter(({ sort }) => sort === "ready");
    const again = new Set((ask.choices ?? []).filter((choice) => choice.again).map(({ key }) => key));
    const rows = people.map((person, index) => ({ item: this.#line(webinar.id, person, again.has(person.key), index * EACH_SECONDS), name: person.name, email: person.email ?? "", there: false }));
    const hold = this.webinars.around.holdSeconds() * 1000;
    const until = hold > 0 ? this.webinars.around.now() + hold : null;
    const [only] = rows;
    const group = rows.length > 1 ? `register-${++this.#ids}` : null;
    if (group) {
      this.#jobs.unshift({ group, webinar: webinar.id, rows });
      this.webinars.around.outbox.groups.begin(group, "registerPeople", rows.map(({ item }) => item), webinar.topic, webinar.id);
    }
    this.webinars.around.changed();
    return { item: group ? null : (only?.item ?? null), group, count: rows.length, until, more: null };
  }

  #line(webinar: string, { name, email, person }: RegistrationPerson, again: boolean, later = 0): string {
    let refusals = email?.startsWith("luca.ferrand@") ? 1 : 0;
    const sent = () => {
      if (refusals-- > 0) throw new HostError({ kind: "refused", provider: "zoom", message: "", code: "WEBINAR_FULL" });
      this.webinars.add(webinar, { name, email: email ?? "", person: person?.id ?? null, again });
    };
    return this.webinars.line("registerPerson", name, sent, later);
  }

  one(person: string, wanted: string | null): OneClick {
    const id = wanted ?? this.webinars.pinnedOne()?.id;
    if (id === undefined) return { kind: "nothingPinned" };
    const check = this.check({ webinar: id, people: [person] }, null, 0, 1);
    if (check.block) return { kind: "blocked", webinar: check.webinar, block: check.block };
    const [who] = check.people;
    if (!who || who.sort !== "ready") return { kind: "asks", webinar: check.webinar, sort: who?.sort ?? "noEmail" };
    const hold = this.webinars.around.holdSeconds() * 1000;
    const item = this.#line(id, who, false);
    this.webinars.around.changed();
    return { kind: "held", item, name: who.name, email: who.email ?? "", topic: check.webinar.topic, until: hold > 0 ? this.webinars.around.now() + hold : null, mails: check.mails };
  }

  results(group: string, offset: number, limit: number): RegistrationResults {
    const job = this.#jobs.find((other) => other.group === group);
    if (!job) throw new HostError({ kind: "gone" });
    const rows = job.rows.map(({ item, name, email }): RegistrationResult => ({ item, name, email, outcome: this.#outcome(job, item, email) }));
    const order = (row: RegistrationResult) => (row.outcome.kind === "open" ? (row.outcome.state.kind === "needsYou" ? 0 : 2) : row.outcome.kind === "waitingForApproval" ? 1 : 3);
    const count = (kind: string) => rows.filter(({ outcome }) => outcome.kind === kind).length;
    const needsYou = rows.filter(({ outcome }) => outcome.kind === "open" && outcome.state.kind === "needsYou").length;
    return {
      rows: rows.sort((a, b) => order(a) - order(b)).slice(offset, offset + Math.min(limit, 200)),
      total: rows.length,
      registered: count("registered"),
      waitingForApproval: count("waitingForApproval"),
      alreadyThere: count("alreadyThere"),
      cancelled: count("cancelled"),
      denied: count("denied"),
      needsYou,
      left: count("open") - needsYou,
      discarded: count("discarded"),
    };
  }

  #outcome(job: Job, item: string, email: string): RegistrationResult["outcome"] {
    const row = this.webinars.around.outbox.around.world().items.find(({ id }) => id === item) as OutboxItem;
    if (row.state.kind === "discarded") return { kind: "discarded" };
    if (row.state.kind !== "sent") return { kind: "open", state: row.state };
    const there = this.webinars.one(job.webinar).registrants.find((one) => one.email === email);
    if (there?.standing === "cancelled" || there?.standing === "denied") return { kind: there.standing };
    return there?.standing === "pending" ? { kind: "waitingForApproval" } : { kind: "registered", hasLink: true };
  }
}

/** As the engine reads files, as far as the tests need it: one delimiter, no line breaks in quotes. */
export function readFile(bytes: readonly number[], meanings: readonly ColumnMeaning[] | null): PeopleFile {
  const raw = new Uint8Array(bytes);
  const utf16 = raw[0] === 0xff && raw[1] === 0xfe;
  const encoding = utf16 ? "UTF-16LE" : isUtf8(raw) ? "UTF-8" : "windows-1252";
  const text = new TextDecoder(encoding.toLowerCase()).decode(raw).replace(/^\uFEFF/u, "");
  const lines = text.split(/\r?\n/u).filter((line) => line.trim() !== "");
  const [first] = lines;
  if (first === undefined) throw new HostError({ kind: "invalid", issues: [{ field: "people", problem: { kind: "missing" } }] });
  const delimiter = [";", "\t", ","].find((sign) => first.includes(sign)) ?? ",";
  const cells = (line: string) => line.split(delimiter).map((cell) => cell.trim().replace(/^"(.*)"$/u, "$1"));
  const headers = cells(first);
  const rows = lines.slice(1).map(cells);
  const columns = headers.map((header, index) => ({
    header,
    meaning: meanings?.[index] ?? MEANINGS[plain(header).replace(/[^a-z]/gu, "")] ?? ({ kind: "ignored" } as const),
    example: rows.find((row) => row[index])?.[index] ?? "",
  }));
  const of = (row: readonly string[], kind: ColumnMeaning["kind"]) => row[columns.findIndex(({ meaning }) => meaning.kind === kind)] ?? "";
  return {
    encoding,
    delimiter: delimiter === "\t" ? "\\t" : delimiter,
    columns,
    rows: rows.slice(0, MOST_ROWS).map((row): RegistrationRow => {
      const [firstName = "", ...rest] = of(row, "fullName").split(" ");
      const answers = columns.flatMap(({ meaning }, index) => (meaning.kind === "answer" ? [{ field: meaning.field, text: row[index] ?? "" }] : []));
      return { email: of(row, "email"), firstName: of(row, "firstName") || firstName, lastName: of(row, "lastName") || rest.join(" "), answers };
    }),
    skipped: Math.max(0, rows.length - MOST_ROWS),
  };
}

function isUtf8(raw: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(raw);
    return true;
  } catch {
    return false;
  }
}

function ofPerson(person: PersonHit): Candidate {
  const [firstName = "", ...rest] = person.name.split(" ");
  const more = person.id === "Contact:003H" ? ["tunde@private.example"] : [];
  const answers: Record<string, string> = person.title ? { job_title: person.title } : {};
  return { key: person.id, name: person.name, firstName, lastName: rest.join(" "), email: person.email, moreEmails: more, person, records: [], answers, optedOut: person.emailOptOut };
}

function chosen(one: Candidate, choice: RegistrationChoice | undefined): Candidate {
  if (!choice) return one;
  const [firstName, lastName] = [choice.firstName ?? one.firstName, choice.lastName ?? one.lastName];
  const record = one.records.find(({ id }) => id === choice.person) ?? one.person;
  const name = choice.firstName == null ? one.name : `${firstName} ${lastName}`.trim();
  const email = choice.email ?? one.email;
  const moreEmails = [...(one.email === null ? [] : [one.email]), ...one.moreEmails].filter((other) => other !== email && ADDRESS.test(other));
  return { ...one, name, firstName, lastName, email, moreEmails, person: record, records: choice.person ? [] : one.records };
}

/** `Anna de Vries <anna@…>`, or an address alone, by line, comma or semicolon. */
function pasted(text: string): RegistrationRow[] {
  return text
    .split(/[\n,;]+/u)
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const match = /^(.*?)<([^>]*)>$/u.exec(part);
      const [firstName = "", ...rest] = (match?.[1] ?? "").replaceAll('"', "").trim().split(" ");
      return { email: (match?.[2] ?? part).trim(), firstName, lastName: rest.join(" ") };
    });
}

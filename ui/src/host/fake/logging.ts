// What the simulation writes to Salesforce of its calls.

import type { AutoLogPreview, CallDetail, CallRow, Topic, CallWriting, FieldValue, FollowUp, LoggedCalls, NotLogged, Settings, Unlogged } from "../types";
import type { FakeCall } from "./callWorld";
import type { FakeOutbox } from "./outbox";
import { dateIn } from "./time";
import { ZONE } from "./world";

const DAY = 86_400_000;

export const TOPICS: readonly Topic[] = [
  { kind: "opportunity", id: "006000000000001AAA", name: "Acme, 40 seats", state: "Negotiation" },
  { kind: "case", id: "500000000000001AAA", name: "00001042 Invoice is wrong", state: "New" },
];
export const DISPOSITIONS = ["Connected", "Interested", "Left a message", "Not interested", "Wrong number"];

export interface LoggingAround {
  outbox: FakeOutbox;
  settings: () => Settings;
  now: () => number;
  changed: () => void;
}

export class FakeLogging {
  #made = 0;

  constructor(private readonly around: LoggingAround) {}

  writing(call: FakeCall, row: CallRow): CallWriting {
    if (call.logged && call.logged.maker !== "own") return { state: { kind: "logged", ...call.logged, canUnlog: false, differs: false }, fields: [], leftOut: [] };
    const fields = this.#fields(call, row);
    const item = call.item === null ? undefined : this.around.outbox.listed().items.find(({ id }) => id === call.item);
    if (item && !["sent", "discarded"].includes(item.state.kind)) {
      const differs = JSON.stringify(item.fields) !== JSON.stringify(fields);
      return { state: { kind: "onItsWay", item: item.id, state: item.state, differs }, fields: item.fields, leftOut: [] };
    }
    const why = notLogged(call, row);
    if (call.logged) {
      const differs = why === null && call.written !== JSON.stringify(fields);
      const there = why === null || call.written === null ? fields : (JSON.parse(call.written) as FieldValue[]);
      return { state: { kind: "logged", ...call.logged, canUnlog: this.around.now() - call.logged.at < DAY, differs }, fields: there, leftOut: [] };
    }
    return why ? { state: { kind: "notYet", why }, fields: [], leftOut: [] } : { state: { kind: "ready" }, fields, leftOut: [] };
  }

  log(calls: readonly { call: FakeCall; row: CallRow }[]): LoggedCalls {
    const answer: LoggedCalls = { item: null, group: null, logged: 0, leftOut: [] };
    for (const { call, row } of calls) {
      const { state } = this.writing(call, row);
      const fields = this.#fields(call, row);
      if (state.kind === "onItsWay" && state.differs) {
        this.around.outbox.item(state.item).fields = fields;
        answer.logged += 1;
        answer.item = calls.length === 1 ? state.item : null;
        continue;
      }
      const ready = state.kind === "ready" || (state.kind === "logged" && state.differs);
      if (!ready) {
        answer.leftOut.push({ call: call.id, why: state.kind === "notYet" ? state.why : state.kind === "logged" && state.maker !== "own" ? "byOthers" : "already" });
        continue;
      }
      const id = `task-${++this.#made}`;
      const [subject] = fields;
      this.around.outbox.add(
        { id, what: state.kind === "logged" ? "updateTask" : "createTask", title: subject?.value.kind === "text" ? subject.value.text : "", person: row.who, fields },
        this.around.settings().holdSeconds,
        () => {
          call.logged = { at: this.around.now(), maker: "own", name: null };
          call.written = JSON.stringify(this.around.outbox.item(id).fields);
          this.around.changed();
        },
      );
      call.item = id;
      answer.logged += 1;
      answer.item = calls.length === 1 ? id : null;
    }
    return answer;
  }

  unlog(call: FakeCall, row: CallRow): Unlogged {
    const { state } = this.writing(call, row);
    if (state.kind === "onItsWay") {
      this.around.outbox.giveUp(state.item);
      return { kind: "discarded" };
    }
    if (state.kind !== "logged") return { kind: "notLogged" };
    if (state.maker !== "own") return { kind: "notOurs" };
    if (!state.canUnlog) return { kind: "tooOld" };
    call.logged = null;
    return { kind: "deleting", item: call.item ?? "" };
  }

  plan(row: CallRow, followUp: FollowUp): string {
    const id = `next-${++this.#made}`;
    const text = (name: string, value: string): FieldValue => ({ name, value: { kind: "text", text: value } });
    const fields = [text("Subject", followUp.subject), text("ActivityDate", followUp.day), text("WhoId", row.who), ...(followUp.time === null ? [] : [text("ReminderDateTime", followUp.time)])];
    return this.around.outbox.add({ id, what: "createTask", title: followUp.subject, person: row.who, fields }, this.around.settings().holdSeconds);
  }

  preview(rows: readonly { call: FakeCall; row: CallRow }[]): AutoLogPreview {
    const week = rows.filter(({ call }) => call.at >= this.around.now() - 7 * DAY);
    const fitting = week.filter(({ call }) => !call.internal && call.standing === "linked" && call.outcome === "answered" && call.talk + call.hold > 30);
    return { calls: fitting.length, of: week.length, rows: fitting.slice(0, 50).map(({ row }) => row) };
  }

  #fields(call: FakeCall, row: CallRow): FieldValue[] {
    const text = (name: string, value: string | null): FieldValue[] => (value ? [{ name, value: { kind: "text", text: value } }] : []);
    const subject = (this.around.settings().callSubject || "Call with {name}").replaceAll("{name}", row.who);
    return [
      ...text("Subject", subject),
      ...text("ActivityDate", dateIn(call.at, ZONE)),
      ...text("WhoId", row.person?.name ?? null),
      ...text("WhatId", call.topic?.name ?? null),
      ...text("CallType", call.internal ? "Internal" : call.out ? "Outbound" : "Inbound"),
      ...text("CallDurationInSeconds", String(row.seconds)),
      ...text("CallDisposition", call.note.disposition),
      ...text("Description", [call.note.note, row.number].filter(Boolean).join("\n\n")),
    ];
  }
}

function notLogged(call: FakeCall, row: CallRow): NotLogged | null {
  if (row.internal && call.standing !== "linked") return "internal";
  if (call.outcome === "answeredByColleague" || call.outcome === "blocked") return "notMine";
  return call.standing === "linked" ? null : "notLinked";
}

/** What a call in full says of its Task. */
export const writtenPart = (logging: FakeLogging, call: FakeCall, row: CallRow): Pick<CallDetail, "topic" | "writing"> => ({
  topic: call.topic,
  writing: logging.writing(call, row),
});

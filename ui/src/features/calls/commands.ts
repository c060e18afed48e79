// What can be done with the chosen call, with the one in triage, and with the list.

import { ready } from "../../commands/command";
import { figureOf } from "../../commands/keys";
import { host, type CallCandidate, type CallDetail } from "../../host";
import { number } from "../../i18n/format";
import { t } from "../../i18n/messages.svelte";
import { attempt } from "../../state/attempt";
import { calls, MOST_AT_ONCE, notLoggedWords } from "../../state/calls.svelte";
import { clock } from "../../state/clock.svelte";
import { dialling } from "../../state/dialling.svelte";
import { endedCall, WRITE_ENDED } from "../../state/endedCall.svelte";
import { newLeadSheet } from "../../state/newLead.svelte";
import { router } from "../../state/router.svelte";
import type { Chosen } from "../../state/schedule.svelte";
import { triage } from "../../state/triage.svelte";
import type { Room } from "../room";
import { exportShown } from "./export";
import { onItsWayWords, whoOf } from "./words";

const inCalls = () => ready() && router.room === "calls";
const listed = () => inCalls() && !triage.shown && calls.view !== "ledger";

/** The call that a key means: what is on show in full, and nothing while something is decided. */
export function meantCall(): CallDetail | null {
  if (!inCalls() || calls.deciding) return null;
  if (triage.shown) return triage.row ? triage.detail.data : null;
  const detail = listed() ? calls.detail.data : null;
  return detail?.row.id === calls.selected ? detail : null;
}

/** With whom a meeting is that is planned from a call; nobody where an account is all that is known. */
export function personOfCall(): Chosen | null {
  const row = meantCall()?.row;
  const record = row?.person?.id.startsWith("Lead:") ? "lead" : row?.person?.id.startsWith("Contact:") ? "contact" : null;
  return row?.person && record ? { ...row.person, company: row.company, record } : null;
}

/** What is pressed while it is decided on already, or is on its way out, decides nothing. */
const isMeant = (detail: CallDetail) => meantCall()?.row.id === detail.row.id;

/** Whoever chooses somebody for a call inside the company wants it to be logged. */
export const canFind = (detail: CallDetail | null) => detail !== null && detail.row.standing !== "new";

export async function choose(detail: CallDetail, candidate: CallCandidate): Promise<void> {
  if (!isMeant(detail)) return;
  const linked = calls.link(detail.row.id, candidate.person, calls.scope);
  await (triage.shown ? triage.decided(linked) : linked);
}

export async function ignore(detail: CallDetail): Promise<void> {
  if (!isMeant(detail)) return;
  const ignored = calls.ignore(detail.row);
  await (triage.shown ? triage.decided(ignored) : ignored);
}

export function find(detail: CallDetail): void {
  calls.finding = { calls: [detail.row.id], title: whoOf(detail.row), scoped: detail.row.number !== null && !detail.row.internal };
}

export function newLead(detail: CallDetail): void {
  void newLeadSheet.open(detail);
}

/** It can be logged, or something was said since that is not in what was logged, or is on its way. */
export function canLog(detail: CallDetail | null): boolean {
  const state = detail?.writing.state;
  return state?.kind === "ready" || ((state?.kind === "logged" || state?.kind === "onItsWay") && state.differs);
}

export function canUnlog(detail: CallDetail | null): boolean {
  const state = detail?.writing.state;
  return (state?.kind === "logged" && state.canUnlog) || (state?.kind === "onItsWay" && state.state.kind !== "sending");
}

/** How many are selected where that can be seen. */
const selected = () => (listed() ? calls.selection.count(calls.rows.total) : 0);

/** Why those that are selected can't be decided together. */
export const tooMany = () => (selected() > MOST_AT_ONCE ? t("calls-too-many", { max: number(MOST_AT_ONCE) }) : undefined);

/** Why what is selected, else the call that is shown, can't be logged. */
function notToLog(): string | undefined {
  if (selected() > 0) return tooMany();
  const detail = meantCall();
  if (!detail || canLog(detail)) return undefined;
  const { state } = detail.writing;
  if (state.kind === "notYet") return notLoggedWords(state.why);
  if (state.kind === "onItsWay") return state.state.kind === "needsYou" ? t("call-log-needs-you") : onItsWayWords(state.state, clock.now);
  return notLoggedWords(state.kind === "logged" && state.maker !== "own" ? "byOthers" : "already");
}

/** Logs what is selected, else the call that is shown. */
export async function logMeant(): Promise<void> {
  if (selected() > 0) {
    if (await calls.log(await calls.selectedIds())) calls.selection.clear();
    return;
  }
  const detail = meantCall();
  if (detail) await calls.log([detail.row.id]);
}

export const canMakeLead = (detail: CallDetail | null) => detail?.row.toLink === true;

/** How far a decision reaches, the next of the three. */
export function nextScope(): void {
  const scopes = ["thisCall", "thisNumber", "always"] as const;
  calls.scope = scopes[(scopes.indexOf(calls.scope) + 1) % scopes.length] ?? "thisCall";
}

export async function undo(): Promise<void> {
  await calls.back();
}

export const callsCommands: NonNullable<Room["commands"]> = [
  { id: "calls-triage", title: "command-calls-triage", keys: ["T"], when: () => inCalls() && !triage.shown && calls.toLink > 0, run: () => void triage.open() },
  {
    id: "calls-choose",
    title: "command-calls-choose",
    keys: ["Figure1-9"],
    keyOnly: true,
    when: () => meantCall()?.row.toLink === true,
    run: (event) => {
      const detail = meantCall();
      const candidate = detail?.candidates[((event && figureOf(event)) ?? 0) - 1];
      if (detail && candidate) void choose(detail, candidate);
    },
  },
  {
    id: "calls-find",
    title: "command-calls-find",
    keys: ["F", "L"],
    when: () => canFind(meantCall()),
    run: () => {
      const detail = meantCall();
      if (detail) find(detail);
    },
  },
  {
    id: "calls-new-lead",
    title: "command-calls-new-lead",
    keys: ["N"],
    when: () => canMakeLead(meantCall()),
    run: () => {
      const detail = meantCall();
      if (detail) newLead(detail);
    },
  },
  {
    id: "calls-ignore",
    title: "command-calls-ignore",
    keys: ["G"],
    when: () => meantCall()?.row.toLink === true,
    run: () => {
      const detail = meantCall();
      if (detail) void ignore(detail);
    },
  },
  { id: "calls-write-ended", title: "command-calls-write-ended", keys: [...WRITE_ENDED], when: () => ready() && endedCall.waits, run: () => endedCall.write() },
  { id: "calls-scope", title: "command-calls-scope", keys: ["A"], when: () => meantCall()?.row.toLink === true && meantCall()?.row.number !== null, run: nextScope },
  { id: "calls-skip", title: "command-calls-skip", keys: ["S"], when: () => triage.shown && meantCall() !== null, run: () => triage.skip() },
  { id: "calls-undo", title: "command-calls-undo", keys: ["U"], when: () => inCalls() && (calls.canTakeBack || (triage.shown && triage.skipped > 0)), run: () => void undo() },
  {
    id: "calls-open",
    title: "command-calls-open",
    keys: ["O"],
    when: () => meantCall()?.row.person != null,
    run: () => {
      const person = meantCall()?.row.person;
      if (person) void attempt(() => host().openPerson(person.id));
    },
  },
  {
    id: "calls-dial",
    title: "command-calls-dial",
    keys: ["D"],
    when: () => meantCall()?.row.number != null,
    run: () => {
      const row = meantCall()?.row;
      if (row?.number) void dialling.begin(row.number, row.person);
    },
  },
  {
    id: "calls-unlink",
    title: "command-calls-unlink",
    when: () => meantCall()?.row.standing === "linked",
    run: () => {
      const detail = meantCall();
      if (detail) void calls.unlink(detail);
    },
  },
  {
    id: "calls-log",
    title: "command-calls-log",
    keys: ["E"],
    when: () => selected() > 0 || meantCall() !== null,
    reason: notToLog,
    run: () => void logMeant(),
  },
  {
    id: "calls-unlog",
    title: "command-calls-unlog",
    when: () => canUnlog(meantCall()),
    run: () => {
      const detail = meantCall();
      if (detail) void calls.unlog(detail.row.id);
    },
  },
  {
    id: "calls-next",
    title: "command-calls-next",
    keys: ["R"],
    when: () => meantCall()?.row.person != null,
    run: () => {
      const detail = meantCall();
      if (detail) calls.planning = detail;
    },
  },
  {
    id: "calls-ledger",
    title: "command-calls-ledger",
    when: () => inCalls() && !triage.shown && calls.view !== "ledger",
    run: () => calls.narrow({ view: "ledger" }),
  },
  { id: "calls-export", title: "command-calls-export", when: () => inCalls() && !triage.shown, run: () => void exportShown() },
  { id: "calls-close", title: "command-calls-close", keys: ["Escape"], keyOnly: true, when: () => inCalls() && triage.shown, run: () => triage.close() },
];

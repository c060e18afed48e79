// The calls as the room shows them: which of them, the chosen one, and what is decided about whose they are.

import {
  commandErrorOf,
  host,
  reads,
  type CallChip,
  type CallDecision,
  type CallDetail,
  type CallFilter,
  type CallList,
  type CallRow,
  type CallScope,
  type Topic,
  type FollowUp,
  type LoggedCalls,
  type NotLogged,
  type Unlogged,
} from "../host";
import { number } from "../i18n/format";
import { shown } from "../i18n/clocks.svelte";
import { t, type MessageKey } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { Selection } from "../kit/list/selection.svelte";
import { attempt } from "./attempt";
import { forgetNotes } from "./callNote.svelte";
import { clock } from "./clock.svelte";
import { Reading } from "./resource.svelte";
import { toasts } from "./toasts.svelte";

export type CallView = CallChip | "ledger";

/** Days back from today; `null` is everything. */
export type Days = 7 | 14 | 30 | 90 | null;
export const ranges: readonly Days[] = [7, 14, 30, 90, null];

/** Somebody is looked for whose these calls are. */
export interface Finding {
  calls: readonly string[];
  /** What is said of them. */
  title: string;
  /** The decision may reach beyond the call, to its number: not for several calls, nor for one without a number. */
  scoped: boolean;
}

/** A decision that can be taken back. */
interface Done {
  call: string;
  /** In the order in which they were made. */
  undo: readonly string[];
  calls: number;
}

const DAY = 86_400_000;
/** More at once is a task for a rule, not for a person who waits. */
export const MOST_AT_ONCE = 200;
const WAITING: CallFilter = { chip: "toLink", from: null, to: null, query: "" };
/** As far as the ledger reaches. */
export const LEDGER_DAYS = 200;

const reasons: Record<NotLogged, MessageKey> = {
  notLinked: "not-logged-not-linked",
  leadWaits: "not-logged-lead-waits",
  notFinal: "not-logged-not-final",
  internal: "not-logged-internal",
  notMine: "not-logged-not-mine",
  byOthers: "not-logged-by-others",
  already: "not-logged-already",
  gone: "not-logged-gone",
};

const unlogged: Record<Unlogged["kind"], MessageKey> = {
  discarded: "unlogged-discarded",
  deleting: "unlogged-deleting",
  tooOld: "unlogged-too-old",
  notOurs: "unlogged-not-ours",
  notLogged: "unlogged-not-logged",
};

/** Why a call is not logged, as a sentence. */
export const notLoggedWords = (why: NotLogged) => t(reasons[why]);

class Calls {
  view = $state<CallView>("toLink");
  days = $state<Days>(14);
  query = $state("");
  selected = $state<string | null>(null);
  /** What the last page said of all calls: counts, access, history. */
  around = $state.raw<Omit<CallList, "rows"> | null>(null);
  finding = $state.raw<Finding | null>(null);
  /** What is to be done after this call is being planned. */
  planning = $state.raw<CallDetail | null>(null);
  /** What becomes of the Task of this call, whose link is to be taken away, is asked. */
  unlinking = $state.raw<CallDetail | null>(null);
  /** What is due is on show. */
  due = $state(false);
  /** A decision is under way: a second press would meet the next call. */
  deciding = $state(false);
  /** How far the next decision reaches. */
  scope = $state<CallScope>("thisCall");
  readonly selection = new Selection<CallFilter>();
  readonly rows = new PagedSource<CallRow, CallList>({
    tags: reads.listCalls,
    idOf: (row) => row.id,
    load: (offset, limit) => host().listCalls(this.filter, offset, limit),
    arrived: (page, offset) => this.#arrived(page, offset),
  });
  readonly detail = new Reading("getCall", () => [this.selected ?? ""]);
  /** How many wait, whatever the room shows: the badge. */
  readonly waiting = new Reading("listCalls", () => [WAITING, 0, 1]);
  /** Messages that belong to no call. */
  readonly alone = new Reading("listVoicemails", () => []);
  readonly late = new Reading("listLateLinks", () => []);
  readonly ledger = new Reading("getCallLedger", () => [this.days ?? LEDGER_DAYS]);
  readonly charts = new Reading("getCallCharts", () => []);
  readonly remembered = new Reading("listRememberedNumbers", () => []);
  readonly dispositions = new Reading("listCallDispositions", () => []);
  readonly preview = new Reading("getAutoLogPreview", () => []);
  readonly region = new Reading("getCallRegion", () => []);
  /** What the key for taking back means now: triage goes back to the call before, also to one that was skipped. */
  back: () => Promise<unknown> = () => this.takeBack();
  /** Beside a notice it means what that says, and triage goes back to its call. */
  backByNotice: () => Promise<unknown> = () => this.takeBack();
  #done = $state.raw<readonly Done[]>([]);
  #toast = 0;

  /** What waits is listed whatever its age: old calls are no less unlinked. */
  get filter(): CallFilter {
    const chip = this.view === "ledger" ? "all" : this.view;
    return { chip, from: chip === "toLink" || this.days === null ? null : this.#since(this.days), to: null, query: this.query.trim() };
  }

  get selectedRow(): CallRow | null {
    const index = this.selected === null ? undefined : this.rows.indexOf(this.selected);
    return (index === undefined ? undefined : this.rows.at(index)) ?? null;
  }

  get toLink(): number {
    return this.waiting.data?.counts.toLink ?? 0;
  }

  async open(): Promise<void> {
    await Promise.all([this.rows.open(), this.late.open()]);
  }

  close(): void {
    for (const one of [this.rows, this.detail, this.late]) one.close();
  }

  /** Another part of the calls; the list begins at its top. */
  narrow(to: { view?: CallView; days?: Days; query?: string }): void {
    this.view = to.view ?? this.view;
    this.query = to.query ?? this.query;
    if (to.days !== undefined) this.days = to.days;
    this.selection.narrowed(this.filter);
    this.selected = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
    if (to.days !== undefined && this.ledger.active) void this.ledger.refresh();
  }

  /** The details follow the chosen row. */
  async inspect(id: string | null): Promise<void> {
    this.scope = "thisCall";
    if (id === null) return this.detail.close();
    if (this.detail.data?.row.id !== id) this.detail.clear();
    await this.detail.open();
  }

  async link(call: string, person: { id: string; name: string }, scope: CallScope): Promise<boolean> {
    return this.#decide([call], (id) => host().linkCall(id, person.id, scope), (count) => this.#linked(count, person.name));
  }

  async linkAll(calls: readonly string[], person: { id: string; name: string }): Promise<boolean> {
    return this.#decide(calls, (id) => host().linkCall(id, person.id, "thisCall"), (count) => this.#linked(count, person.name));
  }

  /** A number for ever; what has none only this once. */
  async ignore(row: CallRow): Promise<boolean> {
    const scope: CallScope = row.number === null ? "thisCall" : "always";
    return this.#decide(
      [row.id],
      (id) => host().ignoreCall(id, scope),
      () => (row.number === null ? t("call-ignored") : t("call-ignored-number", { number: row.number })),
    );
  }

  async ignoreAll(calls: readonly string[]): Promise<boolean> {
    return this.#decide(calls, (id) => host().ignoreCall(id, "thisCall"), (count) => t("calls-ignored", { count, shown: number(count) }));
  }

  /** What stands in Salesforce is asked about first. */
  async unlink(detail: CallDetail): Promise<boolean> {
    const { state } = detail.writing;
    if (state.kind === "logged" && state.maker === "own") {
      this.unlinking = detail;
      return false;
    }
    return this.#unlink(detail.row);
  }

  /** The Task stays as it is, or is taken back with the link. */
  async unlinkAnd(row: CallRow, deleted: boolean): Promise<void> {
    this.unlinking = null;
    // The Task first: where it can't be taken back, the link says on whose record it stands.
    if (deleted && !(await this.unlog(row.id))) return;
    await this.#unlink(row);
  }

  async #unlink(row: CallRow): Promise<boolean> {
    return this.#decide([row.id], (id) => host().unlinkCall(id), () => t("call-unlinked"));
  }

  /** Puts calls into the outbox, and says which are left out and why; answers whether any is on its way. */
  async log(ids: readonly string[]): Promise<boolean> {
    if (this.deciding || ids.length === 0) return false;
    this.deciding = true;
    let logged: LoggedCalls | null = null;
    const done = await attempt(async () => void (logged = await host().logCalls([...ids])));
    this.deciding = false;
    if (!done || !logged) return false;
    this.#saidLogged(logged);
    await this.detail.refresh();
    return (logged as LoggedCalls).logged > 0;
  }

  /** Answers whether nothing of the call will stand in Salesforce. */
  async unlog(id: string): Promise<boolean> {
    let kind: Unlogged["kind"] | null = null;
    if (await attempt(async () => void (kind = (await host().unlogCall(id)).kind)) && kind) toasts.say({ text: t(unlogged[kind]) });
    await this.detail.refresh();
    return kind === "discarded" || kind === "deleting" || kind === "notLogged";
  }

  /** What a call is about; answers whether it is kept. */
  async about(id: string, topic: Topic | null): Promise<boolean> {
    const kept = await attempt(() => host().chooseCallTopic(id, topic));
    await this.detail.refresh();
    return kept;
  }

  /** An open Task; a refusal is thrown, for the sheet to show beside its fields. */
  async plan(id: string, followUp: FollowUp): Promise<void> {
    const { outboxItem } = await host().planFollowUp(id, followUp);
    toasts.say({
      text: t("next-planned"),
      ...(outboxItem ? { action: { label: t("undo"), run: () => void attempt(() => host().undoOutboxItem(outboxItem)), undo: true } } : {}),
    });
  }

  #saidLogged({ item, group, logged, leftOut }: LoggedCalls): void {
    const [first] = leftOut;
    const left = first === undefined ? "" : leftOut.length === 1 && logged === 0 ? notLoggedWords(first.why) : t("calls-left-out", { count: leftOut.length, shown: number(leftOut.length), why: notLoggedWords(first.why) });
    const text = logged === 0 ? left : [t("calls-logging", { count: logged, shown: number(logged) }), left].filter(Boolean).join(" ");
    const undo = group ? () => host().undoOutboxGroup(group) : item ? () => host().undoOutboxItem(item) : null;
    toasts.say({ text, ...(undo ? { action: { label: t("undo"), run: () => void attempt(undo), undo: true } } : {}) });
  }

  get canTakeBack(): boolean {
    return this.#done.length > 0;
  }

  /** Takes the last decision back; answers which call it was about and how many it had changed. */
  async takeBack(): Promise<Done | null> {
    const last = this.#done.at(-1);
    if (!last || this.deciding) return null;
    this.deciding = true;
    this.#done = this.#done.slice(0, -1);
    // Those made last are taken back first: each restores what was there before it.
    const taken = await attempt(async () => {
      for (const undo of last.undo.toReversed()) await host().undoCallDecision(undo);
    });
    this.deciding = false;
    toasts.dismiss(this.#toast);
    if (taken) toasts.announce(t("call-taken-back"));
    return taken ? last : null;
  }

  /** Ids of what is selected, as far as that many can be decided at once. */
  async selectedIds(): Promise<string[]> {
    const chosen = this.selection.value;
    if (chosen.kind === "some") return chosen.ids;
    const except = new Set(chosen.except);
    const ids = await this.rows.ids(0, Math.min(this.rows.total, MOST_AT_ONCE + except.size));
    return ids.filter((id) => !except.has(id));
  }

  async acceptLate(id: string): Promise<void> {
    await attempt(() => host().acceptLateLinks(id));
    await this.late.refresh();
  }

  async undoLate(id: string): Promise<void> {
    if (await attempt(() => host().undoLateLinks(id))) toasts.say({ text: t("calls-late-undone") });
    await this.late.refresh();
  }

  async forget(id: string): Promise<void> {
    await attempt(() => host().forgetNumber(id));
    await this.remembered.refresh();
  }

  /** The country of numbers without a country code; `null` leaves it to the accounts. */
  async chooseRegion(region: string | null): Promise<void> {
    await attempt(() => host().chooseCallRegion(region));
    await this.region.refresh();
  }

  /** The window forgets what another profile's calls were. */
  forgetAll(): void {
    forgetNotes();
    this.#done = [];
    this.selection.clear();
    this.selected = this.finding = this.around = this.planning = this.unlinking = null;
    this.view = "toLink";
    this.days = 14;
    this.query = "";
    this.scope = "thisCall";
    this.deciding = this.due = false;
    for (const one of [this.rows, this.detail, this.waiting, this.alone, this.late, this.ledger, this.charts, this.remembered, this.dispositions, this.preview]) {
      one.close();
      one.clear();
    }
  }

  #linked(count: number, name: string): string {
    return t("calls-linked", { count, shown: number(count), name });
  }

  async #decide(calls: readonly string[], ask: (id: string) => Promise<CallDecision>, said: (count: number) => string): Promise<boolean> {
    const [first] = calls;
    if (this.deciding || first === undefined) return false;
    this.deciding = true;
    const undo: string[] = [];
    let changed = 0;
    try {
      for (const id of calls) {
        const decision = await ask(id);
        undo.push(decision.undo);
        changed += decision.calls;
      }
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
    // The keys wait for what it came to: a second press means the call that is shown then, and no more this one.
    if (this.detail.active) await Promise.all([this.rows.refresh(), this.detail.refresh()]);
    this.deciding = false;
    this.scope = "thisCall";
    if (undo.length === 0) return false;
    this.#keep({ call: first, undo, calls: changed }, said(changed));
    return true;
  }

  /** A decision that was made elsewhere; it can be taken back like those that are made here. */
  decided(call: string, decision: CallDecision, text: string): void {
    this.#keep({ call, undo: [decision.undo], calls: decision.calls }, text);
  }

  #keep(done: Done, text: string): void {
    this.#done = [...this.#done, done];
    // Only the last decision has a way back: an older notice would offer what it can't do.
    toasts.dismiss(this.#toast);
    this.#toast = toasts.say({
      text,
      action: { label: t("undo"), run: () => void (this.#done.at(-1) === done && this.backByNotice()), undo: true },
    });
  }

  #arrived({ rows, ...around }: CallList, offset: number): void {
    this.around = around;
    if (offset === 0) this.selected ??= rows[0]?.id ?? null;
  }

  /** The midnight, on the user's clocks, with which so many days began; today is one of them. */
  #since(days: number): number {
    const at = clock.now - (shown(clock.now) % DAY) - (days - 1) * DAY;
    const into = shown(at) % DAY;
    // The clocks may have been changed in between.
    return into > DAY / 2 ? at + DAY - into : at - into;
  }
}

export const calls = new Calls();

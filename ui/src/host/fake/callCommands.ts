// The commands of the room Calls on the simulation, and those of the Lead that is made for a call.

import { HostError, type CallFilter, type CallNote, type CallScope, type Commands, type FollowUp, type LeadDraft, type Tag, type Topic } from "../types";
import { DISPOSITIONS, TOPICS } from "./logging";
import type { FakeCalls } from "./calls";
import type { FakeLeads } from "./leads";
import { addDays, dateIn } from "./time";
import { ZONE } from "./world";

/** The commands of the room Calls. */
export type CallCommands = Pick<
  Commands,
  | "listCalls"
  | "getCall"
  | "listVoicemails"
  | "linkCall"
  | "ignoreCall"
  | "unlinkCall"
  | "undoCallDecision"
  | "listRememberedNumbers"
  | "forgetNumber"
  | "listLateLinks"
  | "acceptLateLinks"
  | "undoLateLinks"
  | "keepCallNote"
  | "dialChoices"
  | "dial"
  | "getCallLedger"
  | "getCallCharts"
  | "exportCalls"
  | "logCalls"
  | "unlogCall"
  | "listCallDispositions"
  | "listCallTopics"
  | "chooseCallTopic"
  | "planFollowUp"
  | "listDueTasks"
  | "openTask"
  | "openCallTask"
  | "getAutoLogPreview"
  | "exportCallLedger"
  | "getCallRegion"
  | "chooseCallRegion"
  | "openZoomPhone"
  | "getLeadSheet"
  | "makeLead"
  | "useLeadDouble"
  | "makeLeadBeside"
  | "newLead"
>;

/** What of the simulation they need. */
interface Around {
  answer: (ms?: number) => Promise<void>;
  decided: <T>(decision: T) => T;
  changed: (...tags: Tag[]) => void;
  note: (line: string) => void;
  /** The first step of the user's that links a call is done. */
  linked: () => void;
  send: (item: string) => void;
  online: () => boolean;
  now: () => number;
  /** Whatever is read fails. */
  broken: boolean;
}

export function callCommands(calls: FakeCalls, leads: FakeLeads, around: Around): CallCommands {
  return {
    async listCalls(filter: CallFilter, offset: number, limit: number) {
      await around.answer();
      if (around.broken) throw new HostError({ kind: "storage", code: "IOERR" });
      return calls.list(filter, offset, limit);
    },

    async getCall(id: string) {
      await around.answer();
      return calls.detail(id);
    },

    async listVoicemails() {
      await around.answer();
      return [];
    },

    async linkCall(id: string, person: string, scope: CallScope) {
      await around.answer();
      const decided = around.decided(calls.link(id, person, scope));
      around.linked();
      return decided;
    },

    async ignoreCall(id: string, scope: CallScope) {
      await around.answer();
      return around.decided(calls.ignore(id, scope));
    },

    async unlinkCall(id: string) {
      await around.answer();
      return around.decided(calls.unlink(id));
    },

    async undoCallDecision(undo: string): Promise<void> {
      await around.answer();
      around.decided(calls.undo(undo));
    },

    async listRememberedNumbers() {
      await around.answer();
      return calls.remembered();
    },

    async forgetNumber(id: string): Promise<void> {
      await around.answer();
      around.decided(calls.forget(id));
    },

    async listLateLinks() {
      await around.answer();
      return calls.late();
    },

    async acceptLateLinks(id: string): Promise<void> {
      await around.answer();
      around.decided(calls.acceptLate(id));
    },

    async undoLateLinks(id: string) {
      await around.answer();
      return around.decided(calls.undoLate(id));
    },

    async keepCallNote(id: string, note: CallNote): Promise<void> {
      await around.answer();
      around.decided(calls.keepNote(id, note));
    },

    async dialChoices(text: string, person: string | null) {
      await around.answer();
      return calls.choices(text, person);
    },

    async dial(number: string, extension: string | null, person: string | null, program: string): Promise<void> {
      await around.answer();
      around.note(["dial", number, extension, person, program].filter(Boolean).join(" "));
    },

    async getCallLedger(days: number) {
      await around.answer();
      return calls.ledger(days);
    },

    async getCallCharts() {
      await around.answer();
      return calls.charts();
    },

    /** The chosen place is the browser's own business here. */
    async exportCalls(filter: CallFilter, name: string): Promise<number | null> {
      await around.answer();
      const { total } = calls.list(filter, 0, 0);
      around.note(`export ${total} ${name}`);
      return total;
    },

    async logCalls(ids: string[]) {
      await around.answer();
      return around.decided(calls.log(ids));
    },

    async unlogCall(id: string) {
      await around.answer();
      return around.decided(calls.unlog(id));
    },

    async listCallDispositions() {
      await around.answer();
      return [...DISPOSITIONS];
    },

    async listCallTopics() {
      await around.answer();
      if (!around.online()) throw new HostError({ kind: "offline" });
      return [...TOPICS];
    },

    async chooseCallTopic(id: string, topic: Topic | null): Promise<void> {
      await around.answer();
      around.decided(calls.about(id, topic));
    },

    async planFollowUp(id: string, followUp: FollowUp) {
      await around.answer();
      if (followUp.subject.trim() === "") throw new HostError({ kind: "invalid", issues: [{ field: "topic", problem: { kind: "missing" } }] });
      return { outboxItem: calls.plan(id, followUp), group: null };
    },

    async listDueTasks() {
      await around.answer();
      if (!around.online()) throw new HostError({ kind: "offline" });
      const today = dateIn(around.now(), ZONE);
      return [
        { id: "00T000000000001AAA", subject: "Call back Tunde Adeyemi", day: addDays(today, -1), overdue: true, person: "Tunde Adeyemi" },
        { id: "00T000000000002AAA", subject: "Send the offer", day: today, overdue: false, person: "Anna de Vries" },
      ];
    },

    async openTask(id: string): Promise<void> {
      await around.answer();
      around.note(`open ${id}`);
    },

    async openCallTask(id: string): Promise<void> {
      await around.answer();
      around.note(`open task of ${id}`);
    },

    async getAutoLogPreview() {
      await around.answer();
      return calls.preview();
    },

    async exportCallLedger(days: number, name: string): Promise<number | null> {
      await around.answer();
      around.note(`export ledger ${days} ${name}`);
      return days;
    },

    async getCallRegion() {
      await around.answer();
      return calls.region();
    },

    async chooseCallRegion(region: string | null): Promise<void> {
      await around.answer();
      calls.chooseRegion(region);
      around.changed("settings", "calls");
    },

    async openZoomPhone(): Promise<void> {
      await around.answer();
      around.note("open zoom phone");
    },

    async getLeadSheet(call: string) {
      await around.answer();
      return leads.sheet(call);
    },

    async makeLead(draft: LeadDraft) {
      await around.answer();
      const made = leads.make(draft);
      around.changed("calls", "outbox");
      return made;
    },

    async useLeadDouble(item: string, record: string) {
      await around.answer();
      const decision = leads.use(item, record);
      around.changed("calls", "outbox");
      return decision;
    },

    async makeLeadBeside(item: string): Promise<void> {
      await around.answer();
      around.send(item);
    },

    async newLead(call: string): Promise<void> {
      await around.answer();
      around.note(`new lead ${calls.detail(call).row.number ?? ""}`);
    },
  };
}

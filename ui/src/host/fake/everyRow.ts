// One outbox row of every kind, state and cause, for `?scenario=rows`; hundreds of sent ones, for `?scenario=many`.

import type { NeedsYou, OutboxItem } from "../types";
import { newItem } from "./world";

const MINUTE = 60_000;

export function everyRow(now: number): OutboxItem[] {
  const causes: Partial<OutboxItem & { cause: NeedsYou }>[] = [
    {
      what: "updateEvent",
      title: "Renewal demo",
      person: "Anna de Vries, Acme BV",
      canDecide: true,
      cause: {
        kind: "differs",
        fields: [
          { name: "Subject", there: { kind: "text", text: "Renewal demo, with legal" }, ours: { kind: "text", text: "Renewal demo" } },
          { name: "StartDateTime", there: { kind: "time", at: now + 90 * MINUTE }, ours: { kind: "time", at: now + 180 * MINUTE } },
          { name: "Description", there: { kind: "text", text: "" }, ours: { kind: "text", text: "Zoom 924 4701 8826" } },
        ],
      },
    },
    {
      what: "createEvent",
      title: "Quarterly review, Umbrella",
      canEdit: true,
      cause: { kind: "refused", message: "Location: 'Teams' or 'Office' only.", fields: ["Location"], code: "FIELD_CUSTOM_VALIDATION_EXCEPTION" },
    },
    { what: "createMeeting", title: "Pricing for Hooli", provider: "zoom", canReopen: true, cause: { kind: "interrupted" } },
    { what: "createMeeting", title: "Intro, Globex", provider: "zoom", canReopen: true, cause: { kind: "limited", until: now + 40 * MINUTE } },
    { what: "createMeeting", title: "Roadmap with Vandelay", provider: "zoom", canReopen: true, cause: { kind: "offline" } },
    { what: "updateMeeting", title: "Yearly plan with Stark", provider: "zoom", cause: { kind: "deletedThere" } },
    { what: "deleteEvent", title: "Follow-up with Stark", mayHaveArrived: true, cause: { kind: "unsure" } },
  ];
  const others: Partial<OutboxItem>[] = [
    { what: "deleteMeeting", title: "Budget call", provider: "zoom", state: { kind: "held", until: now + 600_000 } },
    { what: "updateEvent", title: "Pricing for Hooli, prepared", state: { kind: "behind", parent: { title: "Pricing for Hooli", needsYou: true } } },
    { what: "deleteEvent", title: "Budget call, 2027", state: { kind: "behind", parent: { title: "Budget call", needsYou: false } } },
    { what: "createEvent", title: "Security questions", state: { kind: "behind", parent: null } },
    {
      what: "createMeeting",
      title: "Hand-over to support",
      provider: "zoom",
      mayHaveArrived: true,
      attempts: 1,
      state: { kind: "waiting", reason: "checking", until: now + 2 * MINUTE },
    },
    {
      what: "createEvent",
      title: "Old account's event",
      account: "anna.smit@acme.example",
      state: { kind: "waiting", reason: "otherAccount", until: null },
    },
    { what: "updateMeeting", title: "Stand-up, inside sales", provider: "zoom", state: { kind: "sent", at: now - 5 * MINUTE } },
    {
      what: "createEvent",
      title: "Workshop with everybody",
      state: { kind: "sent", at: now - 8 * MINUTE },
      leftOut: [
        { name: "Bo Lindqvist", why: { kind: "leadAlone" } },
        { name: "Ines Prat", why: { kind: "refused", message: "You are not allowed to relate her.", code: "FIELD_CUSTOM_VALIDATION_EXCEPTION" } },
      ],
    },
    { what: "unknown", title: "Something newer", cause: { kind: "unreadable" } } as Partial<OutboxItem & { cause: NeedsYou }>,
    { what: "createTask", title: "Call with Anna de Vries", cause: { kind: "loggedByOthers", by: "Zoom Integration" } } as Partial<OutboxItem & { cause: NeedsYou }>,
    {
      what: "createLead",
      title: "Anna de Vries",
      cause: { kind: "doubles", message: "Use one of these records?", maySave: true, records: [{ object: "Lead", id: "00Q000000000001AAA", name: "Anna de Vries", company: "Acme" }] },
    } as Partial<OutboxItem & { cause: NeedsYou }>,
    { what: "deleteLead", title: "Bo Lindqvist", state: { kind: "sent", at: now - 95 * MINUTE } },
    { what: "createTask", title: "Call with Sora Ito", state: { kind: "sent", at: now - 90 * MINUTE }, leftOut: [{ name: "CallType", why: { kind: "notWritable" } }] },
    { what: "updateTask", title: "Call with Laila Haddad", state: { kind: "held", until: now + 600_000 } },
    { what: "deleteTask", title: "Call with Tunde Adeyemi", state: { kind: "sent", at: now - 100 * MINUTE } },
    {
      what: "updateWebinar",
      title: "Product launch",
      provider: "zoom",
      canDecide: true,
      cause: {
        kind: "differs",
        fields: [
          { name: "PracticeSession", there: { kind: "text", text: "false" }, ours: { kind: "text", text: "true" } },
          { name: "ApprovalType", there: { kind: "text", text: "0" }, ours: { kind: "text", text: "1" } },
          { name: "Recording", there: { kind: "text", text: "none" }, ours: { kind: "text", text: "cloud" } },
          { name: "ReminderMail", there: { kind: "text", text: "0" }, ours: { kind: "text", text: "3" } },
          { name: "FollowUpAbsentees", there: { kind: "text", text: "1" }, ours: { kind: "text", text: "2" } },
          { name: "TimeZone", there: { kind: "text", text: "America/New_York" }, ours: { kind: "text", text: "Europe/Amsterdam" } },
        ],
      },
    } as Partial<OutboxItem & { cause: NeedsYou }>,
  ];
  return [...causes, ...others].map((row, index) => {
    const { cause, ...rest } = row as Partial<OutboxItem> & { cause?: NeedsYou };
    return newItem({ id: `row-${index}`, created: now - index * MINUTE, ...(cause ? { state: { kind: "needsYou", cause } } : {}), ...rest });
  });
}

/** More rows than one page has. */
export function manyRows(now: number): OutboxItem[] {
  return Array.from({ length: 450 }, (_, index) =>
    newItem({ id: `sent-${index}`, title: `Follow-up ${index + 1}`, created: now - index * MINUTE, state: { kind: "sent", at: now - index * MINUTE }, attempts: 1 }),
  );
}

// The Leads of the simulation: what their sheet asks for, and what pressing its button comes to.
// `?leads=` is one of: noRight, barred (the duplicate rule allows nothing), beyond (a field that can't be filled in here).

import { HostError, type CallDecision, type CallRow, type LeadDraft, type LeadField, type LeadMade, type LeadSheet, type PersonHit } from "../types";
import type { FakeCalls } from "./calls";
import type { FakeOutbox } from "./outbox";

export interface LeadsAround {
  calls: FakeCalls;
  outbox: FakeOutbox;
  people: () => PersonHit[];
  now: () => number;
  online: () => boolean;
  changed: () => void;
}

const text: Pick<LeadField, "kind" | "choices" | "value"> = { kind: "text", choices: [], value: "" };

/** Somebody of a webinar. */
export interface Guest {
  firstName: string;
  lastName: string;
  email: string;
  arrived: (person: string) => void;
}

export class FakeLeads {
  #made = 0;
  readonly #drafts = new Map<string, LeadDraft>();
  readonly #guests = new Map<string, Guest>();

  constructor(
    private readonly kind: string,
    private readonly around: LeadsAround,
  ) {}

  sheet(call: string): LeadSheet {
    const { row, spam } = this.around.calls.detail(call);
    return { ...this.#sheet(fieldsOf(row)), call, number: row.number, spam, others: this.around.calls.others(call) };
  }

  /** For somebody of a webinar. */
  sheetFor(guest: Guest): LeadSheet {
    const sheet = this.#sheet(fieldsFor(guest));
    this.#guests.set(sheet.id, guest);
    return sheet;
  }

  #sheet(fields: LeadField[]): LeadSheet {
    const right = this.kind === "noRight" ? "no" : this.around.online() ? "yes" : "notKnown";
    return {
      id: `sheet-${++this.#made}`,
      call: null,
      right,
      fields: right === "no" ? [] : fields,
      recordTypes: [],
      beyond: this.kind === "beyond" ? ["Sales region"] : [],
      number: null,
      spam: false,
      others: 0,
    };
  }

  make(draft: LeadDraft): LeadMade {
    const value = (name: string) => draft.values.find((one) => one.name === name)?.text.trim() ?? "";
    const issues = this.#fields(draft)
      .filter(({ name, required }) => required && value(name) === "")
      .map(({ name }) => ({ name, problem: { kind: "missing" } as const }));
    if (issues.length > 0) return { kind: "invalid", issues };
    const name = [value("FirstName"), value("LastName")].filter(Boolean).join(" ");
    const item = `lead-${draft.id}`;
    this.#drafts.set(item, draft);
    const same = this.around.people().filter((person) => person.name.toLowerCase() === name.toLowerCase());
    if (same.length > 0 && !draft.beside) {
      const records = same.map(({ id, name: known, company }) => ({ object: id.split(":")[0] ?? "", id, name: known, company }));
      const maySave = this.kind !== "barred";
      this.#row(item, name, null);
      this.around.outbox.put(item, { kind: "needsYou", cause: { kind: "doubles", message: "", maySave, records } });
      return { kind: "doubles", item, message: "", maySave, records };
    }
    const decision = this.#decision(draft, item);
    const fields = draft.values.filter((one) => one.text !== "").map((one) => ({ name: one.name, value: { kind: "text", text: one.text } as const }));
    if (!this.around.online()) {
      this.around.outbox.add({ id: item, what: "createLead", title: name, provider: "salesforce", fields }, 0, () => this.#arrived(item, name, value("Company")));
      return { kind: "waiting", decision };
    }
    this.#row(item, name, null);
    this.around.outbox.put(item, { kind: "sent", at: this.around.now() });
    this.#arrived(item, name, value("Company"));
    return { kind: "made", decision };
  }

  use(item: string, record: string): CallDecision {
    const draft = this.#drafts.get(item);
    if (!draft || !this.around.people().some(({ id }) => id === record)) throw new HostError({ kind: "tooLate" });
    const decision = this.#decision(draft, item);
    this.around.calls.arrived(item, record);
    this.around.outbox.discard(item);
    return decision;
  }

  #fields({ id, call }: LeadDraft): LeadField[] {
    const guest = this.#guests.get(id);
    if (guest) return fieldsFor(guest);
    if (call === null) throw new HostError({ kind: "gone" });
    return fieldsOf(this.around.calls.detail(call).row);
  }

  #decision({ call }: LeadDraft, item: string): CallDecision {
    return call === null ? { undo: item, calls: 0 } : this.around.calls.toNewLead(call, item);
  }

  #row(id: string, title: string, seconds: number | null): void {
    const there = this.around.outbox.listed().items.some((item) => item.id === id);
    if (!there) this.around.outbox.add({ id, what: "createLead", title, provider: "salesforce" }, seconds);
  }

  #arrived(item: string, name: string, company: string): void {
    const id = `Lead:${item}`;
    const [like] = this.around.people();
    if (like) this.around.people().push({ ...like, id, record: "lead", name, company, converted: false });
    this.around.calls.arrived(item, id);
    const sheet = this.#drafts.get(item)?.id;
    if (sheet !== undefined) this.#guests.get(sheet)?.arrived(id);
    this.around.changed();
  }
}

function fieldsFor({ firstName, lastName, email }: Guest): LeadField[] {
  return [
    { ...text, name: "FirstName", label: "First Name", required: false, most: 40, value: firstName },
    { ...text, name: "LastName", label: "Last Name", required: true, most: 80, value: lastName },
    { ...text, name: "Company", label: "Company", required: true, most: 255 },
    { ...text, name: "Email", label: "Email", required: false, most: 80, value: email },
  ];
}

function fieldsOf(row: CallRow): LeadField[] {
  return [
    { ...text, name: "FirstName", label: "First Name", required: false, most: 40 },
    { ...text, name: "LastName", label: "Last Name", required: true, most: 80, value: row.person ? "" : row.who },
    { ...text, name: "Company", label: "Company", required: true, most: 255, value: row.company ?? "" },
    { ...text, name: "Phone", label: "Phone", required: false, most: 40, value: row.number ?? "" },
    { ...text, name: "LeadSource", label: "Lead Source", kind: "choice", required: false, most: 0, choices: ["Web", "Phone Inquiry", "Other"].map((value) => ({ value, label: value })) },
  ];
}

// Whom the meeting in the Schedule sheet is with: people that are known by their names, and addresses.

import type { PersonHit, RecordKind, ScheduleDraft } from "../host";

/** Someone chosen for the meeting; the draft itself holds ids only. */
export interface Chosen {
  id: string;
  name: string;
  company: string | null;
  record: RecordKind | null;
  email?: string | null;
}

/** A draft, as far as it says whom it is for. */
export abstract class ScheduleGuests {
  draft = $state<ScheduleDraft | null>(null);
  #people = $state.raw<Record<string, Chosen>>({});

  get chosen(): Chosen[] {
    return (this.draft?.people ?? []).map((id) => this.#people[id] ?? { id, name: id, company: null, record: null });
  }

  /** Changes the draft by hand. */
  abstract change(changes: Partial<ScheduleDraft>): void;

  choose(hit: PersonHit): void {
    if (!this.draft || this.draft.people.includes(hit.id)) return;
    this.know(hit);
    this.change({ people: [...this.draft.people, hit.id] });
  }

  drop(id: string): void {
    if (!this.draft) return;
    this.change({ people: this.draft.people.filter((person) => person !== id) });
  }

  addEmail(email: string): void {
    const address = email.trim();
    if (!this.draft || address === "" || this.draft.emails.includes(address)) return;
    this.change({ emails: [...this.draft.emails, address] });
  }

  dropEmail(email: string): void {
    if (this.draft) this.change({ emails: this.draft.emails.filter((other) => other !== email) });
  }

  /** Their names are shown from now on. */
  protected know(...people: Chosen[]): void {
    const entries = people.map(({ id, name, company, record, email }) => [id, { id, name, company, record, email: email ?? null }] as const);
    this.#people = { ...this.#people, ...Object.fromEntries(entries) };
  }
}

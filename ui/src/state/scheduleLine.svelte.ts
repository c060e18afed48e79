// The one line of the Schedule sheet: what is typed, what the engine makes of it, and which fields follow it. A field
// that somebody changed by hand is theirs from then on.

import { host, type CommandError, type LinePerson, type LineRead, type LineSpan, type PersonHit, type ScheduleDraft } from "../host";
import { repeatsOf } from "../features/schedule/repeats";
import { catalogue } from "../i18n/messages.svelte";
import { LastAnswer } from "./lastAnswer";

const followed = ["topic", "date", "time", "minutes", "zone"] as const;
type Followed = (typeof followed)[number];

/** The owner of the draft. */
interface Owner {
  draft: () => ScheduleDraft | null;
  understood: (changes: Partial<ScheduleDraft>) => void;
  /** People whose names the sheet shows from now on. */
  known: (people: PersonHit[]) => void;
  /** A line is begun: it is about a new meeting. Whether a new draft takes the place of one that was left. */
  anew: () => boolean;
  failed: (error: CommandError) => void;
}

/** What is asked about: the words, and both readings in their own order. */
export interface LineQuestion {
  words: string;
  span: LineSpan;
  readings: [LineSpan["meaning"], LineSpan["meaning"]];
  /** Which of the two holds. */
  taken: 0 | 1;
}

export class ScheduleLine {
  text = $state("");
  answer = $state.raw<LineRead | null>(null);
  #others = $state.raw<string[]>([]);
  #base: ScheduleDraft | null = null;
  /** Fields that were changed by hand. */
  #held = $state.raw<readonly string[]>([]);
  /** Chosen by hand, and dropped by hand. */
  #own: { people: string[]; emails: string[] } = { people: [], emails: [] };
  #dropped: string[] = [];
  readonly #last = new LastAnswer();
  #reading: Promise<void> | null = null;

  constructor(private readonly owner: Owner) {}

  /** A draft is shown; what stands in the line already is about it. */
  begin(draft: ScheduleDraft): void {
    this.#base = $state.snapshot(draft);
    this.#own = { people: [...draft.people], emails: [...draft.emails] };
    this.#held = [];
    this.#dropped = [];
    this.#others = [];
    this.answer = null;
    if (this.text !== "") this.#read();
  }

  clear(): void {
    this.#last.drop();
    this.#reading = null;
    this.#base = null;
    this.text = "";
    this.answer = null;
    this.#others = [];
    this.#held = [];
  }

  type(text: string): void {
    const begun = this.text === "" && text !== "";
    this.text = text;
    // The new draft reads what stands there; the one that was left stays as it is.
    if (begun && this.owner.anew()) this.#base = null;
    if (this.#base) this.#read();
  }

  /** What was typed is still being read. */
  get reading(): boolean {
    return this.#reading !== null;
  }

  /** All that was typed has been read. */
  async read(): Promise<void> {
    await this.#reading;
  }

  get questions(): LineQuestion[] {
    return (this.answer?.spans ?? []).flatMap((span) => {
      if (span.other === null || this.#isHeld(span.meaning)) return [];
      const taken = this.#others.includes(span.words) ? 1 : 0;
      return [{ words: span.words, span, taken, readings: taken === 0 ? [span.meaning, span.other] : [span.other, span.meaning] }];
    });
  }

  /** People whom the line names and who are not clear. A first letter says nothing yet. */
  get unclear(): LinePerson[] {
    return (this.answer?.people ?? []).filter(({ chosen, email, words }) => chosen === null && email === null && [...words].length > 1);
  }

  /** Free times are offered as long as nobody says a time. */
  get offers(): boolean {
    return this.answer !== null && this.answer.time === null && !this.#helds("time") && (this.answer.date !== null || this.answer.spans.some(({ meaning }) => meaning.kind === "part"));
  }

  take(question: LineQuestion, reading: 0 | 1): void {
    const others = this.#others.filter((words) => words !== question.words);
    this.#others = reading === 1 ? [...others, question.words] : others;
    this.#read();
  }

  /** Says who is meant. */
  choose(hit: PersonHit): void {
    this.owner.known([hit]);
    if (!this.#own.people.includes(hit.id)) this.#own.people.push(hit.id);
    this.#dropped = this.#dropped.filter((id) => id !== hit.id);
    this.#read();
  }

  /** What was changed in a field is no longer the line's. */
  changedByHand(changes: Partial<ScheduleDraft>): void {
    const draft = this.owner.draft();
    if (!draft) return;
    this.#held = union(this.#held, Object.keys(changes));
    for (const kind of ["people", "emails"] as const) {
      const now = changes[kind];
      if (!now) continue;
      const gone = draft[kind].filter((one) => !now.includes(one));
      const come = now.filter((one) => !draft[kind].includes(one));
      this.#own[kind] = [...this.#own[kind].filter((one) => !gone.includes(one)), ...come];
      this.#dropped = [...this.#dropped.filter((one) => !come.includes(one)), ...gone];
    }
    if (this.answer && (changes.people || changes.minutes !== undefined || changes.zone !== undefined)) this.#read();
  }

  #helds(field: string): boolean {
    return this.#held.includes(field);
  }

  #isHeld(meaning: LineSpan["meaning"]): boolean {
    const fields: Partial<Record<typeof meaning.kind, Followed>> = { date: "date", time: "time", length: "minutes", zone: "zone" };
    const field = fields[meaning.kind];
    return field !== undefined && this.#helds(field);
  }

  #read(): void {
    const draft = this.owner.draft();
    if (!draft) return;
    const { text } = this;
    const asked = { text, region: catalogue.region, others: this.#others, draft: { ...$state.snapshot(draft), people: [...this.#own.people] } };
    const reading = this.#last
      .ask(
        () => host().readScheduleLine(asked),
        (answer) => {
          this.answer = answer;
          this.#follow(answer);
        },
        (error) => this.owner.failed(error),
      )
      .finally(() => {
        if (this.#reading === reading) this.#reading = null;
      });
    this.#reading = reading;
  }

  /** Brings the fields into line; one that the line says nothing of is as it was before. */
  #follow(answer: LineRead): void {
    const [draft, base] = [this.owner.draft(), this.#base];
    if (!draft || !base) return;
    const untimed = answer.time === null && (answer.date !== null || answer.spans.some(({ meaning }) => meaning.kind === "part"));
    const said: Pick<ScheduleDraft, Followed> = {
      topic: this.text === "" ? base.topic : answer.topic,
      date: answer.date ?? base.date,
      // A time is never made up: with a day and no time there is none.
      time: answer.time ?? (untimed ? "" : base.time),
      minutes: answer.minutes ?? base.minutes,
      zone: answer.zone ?? base.zone,
    };
    const repeats = answer.series === null ? base.repeats : repeatsOf(answer.series, answer.date ?? base.date);
    const changes: Partial<ScheduleDraft> = Object.fromEntries(
      followed.filter((field) => !this.#helds(field) && draft[field] !== said[field]).map((field) => [field, said[field]]),
    );
    if (!this.#helds("repeats") && JSON.stringify(repeats) !== JSON.stringify(draft.repeats)) changes.repeats = repeats;
    const hits = answer.people.flatMap(({ hits, chosen }) => hits.filter(({ id }) => id === chosen));
    this.owner.known(hits);
    const people = this.#with(this.#own.people, hits.map(({ id }) => id));
    const emails = this.#with(this.#own.emails, answer.people.flatMap(({ email }) => email ?? []));
    if (!same(people, draft.people)) changes.people = people;
    if (!same(emails, draft.emails)) changes.emails = emails;
    if (Object.keys(changes).length > 0) this.owner.understood(changes);
  }

  #with(own: string[], named: string[]): string[] {
    return union(own, named.filter((one) => !this.#dropped.includes(one)));
  }
}

function union(one: readonly string[], other: string[]): string[] {
  return [...one, ...other.filter((value, at) => !one.includes(value) && other.indexOf(value) === at)];
}

function same(one: string[], other: string[]): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

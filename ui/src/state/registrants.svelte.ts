// Who registered for the webinar whose page is open, and what is decided about them.

import {
  commandErrorOf,
  host,
  reads,
  type RegistrantDecision,
  type RegistrantFilter,
  type RegistrantList,
  type RegistrantRow,
  type RegistrantsDecided,
  type RegistrantSort,
  type RegistrantStanding,
} from "../host";
import { number } from "../i18n/format";
import { t, whole, type MessageKey } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { Selection } from "../kit/list/selection.svelte";
import { attempt } from "./attempt";
import { copyAddresses } from "./copiedAddresses";
import { outbox } from "./outbox.svelte";
import { sayHeld, sayHeldGroup } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";

/** What is to be decided, while the user is asked. */
export interface Deciding {
  decision: RegistrantDecision;
  /** One of them; without it those that are selected. */
  id: string | null;
  count: number;
  /** Of one. */
  name: string | null;
}

export type RegistrantChip = RegistrantStanding | "all";

/** Who is listed, in whatever order. */
export type Matching = Omit<RegistrantFilter, "sort">;

const held: Record<RegistrantDecision, MessageKey> = { approve: "approve-held", deny: "deny-held", cancel: "cancel-registration-held" };

class Registrants {
  /** Whose registrants. */
  webinar = $state<string | null>(null);
  chip = $state<RegistrantChip>("all");
  query = $state("");
  sort = $state<RegistrantSort>("newest");
  selected = $state<string | null>(null);
  around = $state.raw<Omit<RegistrantList, "rows"> | null>(null);
  deciding = $state.raw<Deciding | null>(null);
  readonly selection = new Selection<Matching>();
  readonly rows = new PagedSource<RegistrantRow, RegistrantList>({
    tags: reads.listRegistrants,
    idOf: ({ id }) => id,
    load: (offset, limit) => host().listRegistrants(this.webinar ?? "", this.filter, offset, limit),
    arrived: (page, offset) => this.#arrived(page, offset),
    pageSize: 200,
  });

  get matching(): Matching {
    return { standing: this.chip === "all" ? null : this.chip, query: this.query.trim() };
  }

  get filter(): RegistrantFilter {
    return { ...this.matching, sort: this.sort };
  }

  get selectedRow(): RegistrantRow | null {
    const index = this.selected === null ? undefined : this.rows.indexOf(this.selected);
    return (index === undefined ? undefined : this.rows.at(index)) ?? null;
  }

  get chosen(): number {
    return this.selection.count(this.rows.total);
  }

  async open(webinar: string): Promise<void> {
    if (this.webinar !== webinar) this.#anew(webinar);
    await this.rows.open();
  }

  close(): void {
    this.rows.close();
  }

  narrow(to: { chip?: RegistrantChip; query?: string; sort?: RegistrantSort }): void {
    this.chip = to.chip ?? this.chip;
    this.sort = to.sort ?? this.sort;
    this.query = to.query ?? this.query;
    this.selection.narrowed(this.matching);
    this.selected = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
  }

  /** What is selected, else the one on show. */
  ask(decision: RegistrantDecision): void {
    const one = this.selectedRow;
    if (this.chosen > 0) this.deciding = { decision, id: null, count: this.chosen, name: null };
    else if (one) this.askOne(one, decision);
  }

  askOne(row: RegistrantRow, decision: RegistrantDecision): void {
    this.deciding = { decision, id: row.id, count: 1, name: nameOf(row) };
  }

  async decide(): Promise<void> {
    const { deciding: asked, webinar } = this;
    this.deciding = null;
    if (!asked || webinar === null) return;
    try {
      const ids = asked.id === null ? await this.#selectedIds() : [asked.id];
      // Somebody else matches since it was asked: with another number it is asked once more.
      if (ids.length !== asked.count) {
        if (ids.length === 0) toasts.say({ text: t("decide-nothing") });
        else this.deciding = { ...asked, count: ids.length };
        return;
      }
      const done = await host().decideRegistrants(webinar, ids, asked.decision);
      if (asked.id === null) this.selection.clear();
      await Promise.all([this.rows.refresh(), outbox.refreshOpen()]);
      this.#say(asked, done);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }

  async copyLink(row: RegistrantRow): Promise<void> {
    const { webinar } = this;
    if (webinar !== null && (await attempt(() => host().copyRegistrantLink(webinar, row.id)))) toasts.say({ text: t("personal-link-copied", { name: nameOf(row) }) });
  }

  async mailLink(row: RegistrantRow): Promise<void> {
    const { webinar } = this;
    if (webinar !== null && (await attempt(() => host().mailRegistrantLink(webinar, row.id)))) toasts.say({ text: t("personal-link-mailing", { name: nameOf(row) }) });
  }

  async undoPending({ pending }: RegistrantRow): Promise<void> {
    if (!pending) return;
    await outbox.undo(pending.item, true);
    await this.rows.refresh();
  }

  /** The addresses of those that are selected. */
  async copyAddresses(): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await copyAddresses(async () => host().copyRegistrantAddresses(webinar, await this.#selectedIds()));
  }

  /** Those that match, as a table on the clipboard. */
  async copyTable(): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await sayCopied(() => host().copyRegistrants(webinar, this.filter));
  }

  /** Those that match, as a file that the user chooses. */
  async saveTable(topic: string): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await saySaved(() => host().exportRegistrants(webinar, this.filter, whole("registrants-file", { topic })));
  }

  forgetAll(): void {
    this.close();
    this.#anew(null);
  }

  async #selectedIds(): Promise<string[]> {
    const chosen = this.selection.value;
    if (chosen.kind === "some") return chosen.ids;
    const except = new Set(chosen.except);
    return (await this.rows.ids(0, this.rows.total)).filter((id) => !except.has(id));
  }

  #say({ decision, name }: Deciding, { item, group, decided, leftOut }: RegistrantsDecided): void {
    if (decided === 0) {
      toasts.say({ text: t("decide-nothing") });
      return;
    }
    const words = t(held[decision], { count: decided, shown: number(decided), name: name ?? "" });
    const detail = leftOut > 0 ? t("decide-left-out", { count: leftOut, shown: number(leftOut) }) : t("zoom-tells-them");
    if (group !== null) sayHeldGroup(words, group, detail);
    else if (item !== null) sayHeld(words, item, detail);
  }

  #anew(webinar: string | null): void {
    this.webinar = webinar;
    this.chip = "all";
    this.query = "";
    this.sort = "newest";
    this.selected = this.around = this.deciding = null;
    this.selection.clear();
    this.rows.clear();
  }

  #arrived({ rows, ...around }: RegistrantList, offset: number): void {
    this.around = around;
    if (offset === 0) this.selected ??= rows[0]?.id ?? null;
  }
}

export function nameOf({ firstName, lastName, email }: Pick<RegistrantRow, "firstName" | "lastName" | "email">): string {
  return `${firstName} ${lastName}`.trim() || email;
}

/** Puts a table on the clipboard, and says how many lines it has. */
export async function sayCopied(copy: () => Promise<number>): Promise<void> {
  try {
    const count = await copy();
    toasts.say({ text: t("table-copied", { count, shown: number(count) }), detail: t("table-copied-hint") });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

/** Writes a table to a file, and says how many lines it has; nothing when the dialog was closed. */
export async function saySaved(save: () => Promise<number | null>): Promise<void> {
  try {
    const count = await save();
    if (count !== null) toasts.say({ text: t("table-saved", { count, shown: number(count) }) });
  } catch (thrown) {
    toasts.fail(commandErrorOf(thrown));
  }
}

export const registrants = new Registrants();

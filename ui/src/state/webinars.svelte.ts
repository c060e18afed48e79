// The webinars as the room shows them: the list, and the one whose page is open.

import { commandErrorOf, host, reads, type WebinarCopy, type WebinarDecided, type WebinarDetail, type WebinarFilter, type WebinarList, type WebinarRow, type WebinarWhen } from "../host";
import { t, type MessageKey } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { attempt } from "./attempt";
import { Leaving } from "./leaving.svelte";
import { outbox } from "./outbox.svelte";
import { Reading } from "./resource.svelte";
import { sayHeld } from "./scheduleNotices";
import { toasts } from "./toasts.svelte";

export type WebinarTab = "registrants" | "panelists" | "questions" | "attendance" | "left" | "history" | "details";

const copies: Record<WebinarCopy, MessageKey> = {
  joinLink: "webinar-link-copied",
  registrationLink: "webinar-registration-link-copied",
  passcode: "webinar-passcode-copied",
};

class Webinars {
  when = $state<WebinarWhen>("upcoming");
  query = $state("");
  selected = $state<string | null>(null);
  /** The webinar whose page is open instead of the list. */
  shown = $state<string | null>(null);
  tab = $state<WebinarTab>("registrants");
  /** What the last page said of all webinars. */
  around = $state.raw<Omit<WebinarList, "rows"> | null>(null);
  /** The one that is to be deleted, while the user is asked. */
  deleting = $state.raw<WebinarDetail | null>(null);
  /** Something is changed on the open page and not saved. */
  unsaved: () => boolean = () => false;
  /** The question before the open page is left for another, or for the list. */
  readonly leaving = new Leaving(() => this.unsaved());
  readonly rows = new PagedSource<WebinarRow, WebinarList>({
    tags: reads.listWebinars,
    idOf: ({ id }) => id,
    load: (offset, limit) => host().listWebinars(this.filter, offset, limit),
    arrived: (page, offset) => this.#arrived(page, offset),
  });
  readonly detail = new Reading("getWebinar", () => [this.meant ?? ""]);
  /** What the open one left behind. */
  readonly left = new Reading("getWebinarLeft", () => [this.shown ?? ""]);
  /** The one that one press registers for, wherever the user is. */
  readonly pin = new Reading("getPinnedWebinar", () => []);

  get filter(): WebinarFilter {
    return { when: this.when, query: this.query.trim() };
  }

  /** What is on show in full: the open one, else the chosen one. */
  get meant(): string | null {
    return this.shown ?? this.selected;
  }

  get selectedRow(): WebinarRow | null {
    const index = this.selected === null ? undefined : this.rows.indexOf(this.selected);
    return (index === undefined ? undefined : this.rows.at(index)) ?? null;
  }

  /** The details, once they are those of what is on show. */
  get meantDetail(): WebinarDetail | null {
    const detail = this.detail.data;
    return detail?.row.id === this.meant ? detail : null;
  }

  narrow(to: { when?: WebinarWhen; query?: string }): void {
    this.when = to.when ?? this.when;
    this.query = to.query ?? this.query;
    this.selected = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
  }

  async inspect(id: string | null): Promise<void> {
    if (id === null) return this.detail.close();
    if (this.detail.data?.row.id !== id) this.detail.clear();
    await this.detail.open();
  }

  /** Opens its page, and has it read anew. */
  show(row: Pick<WebinarRow, "id" | "progress" | "approval">, tab?: WebinarTab): void {
    this.#open(row.id, tab ?? (row.progress === "past" ? "attendance" : row.approval === "none" ? "details" : "registrants"));
  }

  /** Opens its page at what was done from here. */
  showHistory(id: string): void {
    this.#open(id, "history");
  }

  #open(id: string, tab: WebinarTab): void {
    if (id === this.shown) this.#enter(id, tab);
    else this.leaving.before(() => this.#enter(id, tab));
  }

  #enter(id: string, tab: WebinarTab): void {
    this.selected = this.shown = id;
    this.tab = tab;
    // What is here is shown meanwhile; what goes wrong is said where it matters.
    host()
      .refreshWebinar(id)
      .catch(() => undefined);
  }

  /** Back to the list. */
  leave(): void {
    this.leaving.before(() => (this.shown = null));
  }

  /** What is changed is shown again. */
  stay(): void {
    this.leaving.stay();
    this.tab = "questions";
  }

  async start(id: string): Promise<void> {
    if (await attempt(() => host().startWebinar(id))) toasts.say({ text: t("webinar-starting") });
  }

  async join(id: string): Promise<void> {
    if (await attempt(() => host().joinWebinar(id))) toasts.say({ text: t("webinar-joining") });
  }

  async copy(id: string, what: WebinarCopy): Promise<boolean> {
    const copied = await attempt(() => host().copyWebinar(id, what));
    if (copied) toasts.say({ text: t(copies[what]) });
    return copied;
  }

  async togglePin({ id, topic, pinned }: WebinarRow): Promise<void> {
    if (!(await attempt(() => host().pinWebinar(pinned ? null : id)))) return;
    await Promise.all([this.refreshOpen(), this.pin.refresh()]);
    toasts.say({ text: pinned ? t("webinar-unpinned") : t("webinar-pinned", { topic }) });
  }

  async remove(): Promise<void> {
    const detail = this.deleting;
    this.deleting = null;
    if (!detail) return;
    await this.#held(() => host().deleteWebinar(detail.row.id), t("webinar-delete-held", { topic: detail.row.topic }), t("webinar-delete-hint"));
  }

  /** Takes back what Zoom has not been told yet. */
  async takeBack({ pending }: WebinarRow): Promise<void> {
    if (!pending) return;
    await outbox.undo(pending.item, true);
    await this.refreshOpen();
  }

  /** Throws what is wrong with the name or the address. */
  async addPanelist(webinar: string, name: string, email: string): Promise<void> {
    const { items } = await host().addPanelists(webinar, [{ name, email }]);
    await this.#say({ items }, t("panelist-add-held", { name: name.trim() }), t("panelist-invited"));
  }

  async removePanelist(webinar: string, id: string, name: string): Promise<void> {
    await this.#held(() => host().removePanelist(webinar, id), t("panelist-remove-held", { name }), t("panelist-link-ends"));
  }

  async copyPanelistLink(webinar: string, id: string, name: string): Promise<void> {
    if (await attempt(() => host().copyPanelistLink(webinar, id))) toasts.say({ text: t("personal-link-copied", { name }) });
  }

  async playRecording(webinar: string, recording: string): Promise<void> {
    if (await attempt(() => host().playWebinarRecording(webinar, recording))) toasts.say({ text: t("recording-playing") });
  }

  async copyWebinarPasscode(webinar: string, recording: string): Promise<void> {
    if (await attempt(() => host().copyWebinarPasscode(webinar, recording))) toasts.say({ text: t("webinar-passcode-copied") });
  }

  async mailPanelistLink(webinar: string, id: string, name: string): Promise<void> {
    if (await attempt(() => host().mailPanelistLink(webinar, id))) toasts.say({ text: t("personal-link-mailing", { name }) });
  }

  async refreshOpen(): Promise<void> {
    await Promise.all([this.rows, this.detail].filter(({ active }) => active).map((one) => one.refresh()));
  }

  /** The window forgets what another profile's webinars were. */
  forgetAll(): void {
    this.selected = this.shown = this.around = this.deleting = null;
    this.leaving.stay();
    this.when = "upcoming";
    this.query = "";
    this.tab = "registrants";
    for (const one of [this.rows, this.detail, this.left, this.pin]) {
      one.close();
      one.clear();
    }
  }

  async #held(decide: () => Promise<WebinarDecided>, words: string, hint: string): Promise<void> {
    try {
      await this.#say(await decide(), words, hint);
    } catch (thrown) {
      toasts.fail(commandErrorOf(thrown));
    }
  }

  async #say({ items: [item] }: WebinarDecided, words: string, hint: string): Promise<void> {
    await Promise.all([this.refreshOpen(), outbox.refreshOpen()]);
    if (item !== undefined) sayHeld(words, item, hint);
  }

  #arrived({ rows, ...around }: WebinarList, offset: number): void {
    this.around = around;
    if (offset === 0) this.selected ??= rows[0]?.id ?? null;
  }
}

export const webinars = new Webinars();

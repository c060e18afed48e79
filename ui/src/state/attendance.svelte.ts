// Who came to the webinar whose page is open, who stayed away, and who nobody knows.

import { host, reads, type AttendanceFilter, type AttendanceList, type AttendanceRow, type Presence } from "../host";
import { t, whole } from "../i18n/messages.svelte";
import { PagedSource } from "../kit/list/pages.svelte";
import { attempt } from "./attempt";
import { followUps } from "./followUps.svelte";
import { sayCopied, saySaved } from "./registrants.svelte";
import { toasts } from "./toasts.svelte";
import { webinars } from "./webinars.svelte";

export type AttendanceChip = Presence | "all";

class Attendance {
  webinar = $state<string | null>(null);
  chip = $state<AttendanceChip>("all");
  query = $state("");
  selected = $state<string | null>(null);
  around = $state.raw<Omit<AttendanceList, "rows"> | null>(null);
  /** Somebody is looked for who this was. */
  finding = $state.raw<AttendanceRow | null>(null);
  readonly rows = new PagedSource<AttendanceRow, AttendanceList>({
    tags: reads.listAttendance,
    idOf: ({ id }) => id,
    load: (offset, limit) => host().listAttendance(this.webinar ?? "", this.filter, offset, limit),
    arrived: (page, offset) => this.#arrived(page, offset),
  });

  get filter(): AttendanceFilter {
    return { presence: this.chip === "all" ? null : this.chip, query: this.query.trim() };
  }

  get selectedRow(): AttendanceRow | null {
    const index = this.selected === null ? undefined : this.rows.indexOf(this.selected);
    return (index === undefined ? undefined : this.rows.at(index)) ?? null;
  }

  async open(webinar: string): Promise<void> {
    if (this.webinar !== webinar) this.#anew(webinar);
    await this.rows.open();
  }

  close(): void {
    this.rows.close();
  }

  narrow(to: { chip?: AttendanceChip; query?: string }): void {
    this.chip = to.chip ?? this.chip;
    this.query = to.query ?? this.query;
    this.selected = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
  }

  /** The user says who it was; a name alone never did. */
  async link(row: AttendanceRow, person: { id: string; name: string }): Promise<void> {
    const { webinar } = this;
    this.finding = null;
    if (webinar === null || !(await attempt(() => host().linkAttendee(webinar, row.id, person.id)))) return;
    await Promise.all([this.rows.refresh(), webinars.refreshOpen()]);
    toasts.say({ text: t("attendee-linked", { called: row.name, name: person.name }) });
  }

  /** Takes back what the user said about who it was. */
  async unlink(row: AttendanceRow): Promise<void> {
    const { webinar } = this;
    if (webinar === null || !(await attempt(() => host().linkAttendee(webinar, row.id, null)))) return;
    await Promise.all([this.rows.refresh(), webinars.refreshOpen()]);
    toasts.say({ text: t("attendee-unlinked") });
  }

  /** A Task for each who stayed away: what it says and who gets one is asked first. */
  async followUp(topic: string): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await followUps.open({ id: webinar, topic });
  }

  async copyTable(): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await sayCopied(() => host().copyAttendance(webinar));
  }

  async saveTable(topic: string): Promise<void> {
    const { webinar } = this;
    if (webinar !== null) await saySaved(() => host().exportAttendance(webinar, whole("attendance-file", { topic })));
  }

  forgetAll(): void {
    this.close();
    this.#anew(null);
  }

  #anew(webinar: string | null): void {
    this.webinar = webinar;
    this.chip = "all";
    this.query = "";
    this.selected = this.around = this.finding = null;
    this.rows.clear();
  }

  #arrived({ rows, ...around }: AttendanceList, offset: number): void {
    this.around = around;
    if (offset === 0) this.selected ??= rows[0]?.id ?? null;
  }
}

export const attendance = new Attendance();

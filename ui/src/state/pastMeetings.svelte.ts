// Meetings that are over, the latest first, and the search among them.

import { host, reads, type PastMeeting, type PastMeetings as Page } from "../host";
import { PagedSource } from "../kit/list/pages.svelte";

class PastMeetings {
  query = $state("");
  selected = $state<string | null>(null);
  /** What the last page said of all of them. */
  around = $state.raw<Omit<Page, "rows"> | null>(null);
  readonly rows = new PagedSource<PastMeeting, Page>({
    tags: reads.listPastMeetings,
    idOf: ({ row }) => row.id,
    load: (offset, limit) => host().listPastMeetings(this.query.trim(), offset, limit),
    arrived: (page) => (this.around = page),
  });

  get narrowed(): boolean {
    return this.query.trim() !== "";
  }

  search(query: string): void {
    this.query = query;
    this.selected = null;
    this.rows.clear();
    if (this.rows.active) void this.rows.refresh();
  }

  forgetAll(): void {
    this.query = "";
    this.selected = this.around = null;
    this.rows.close();
    this.rows.clear();
  }
}

export const pastMeetings = new PastMeetings();

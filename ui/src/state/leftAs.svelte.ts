// How the rooms were left, for a window that is opened again: what was looked for, what was chosen, how far the list was
// scrolled, which registrations went on. The room itself is the router's. What can't be read any more opens as new.

import { host } from "../host";
import { isoDay } from "../i18n/format";
import { scrolls } from "../kit/list/scrolls";
import { calls } from "./calls.svelte";
import { clock } from "./clock.svelte";
import { jobs } from "./jobs.svelte";
import { outbox } from "./outbox.svelte";
import { people } from "./people.svelte";
import { today } from "./today.svelte";
import { webinars } from "./webinars.svelte";

const KEY = "left";
const VERSION = 1;
/** Whoever scrolls or types is not done yet. */
const PAUSE_MS = 400;

interface Left {
  version: number;
  /** The day on which it was left: other days are counted from it. */
  day: string;
  today: { offset: number; selected: string | null };
  calls: Pick<typeof calls, "view" | "days" | "query" | "selected">;
  webinars: Pick<typeof webinars, "when" | "query" | "selected" | "shown" | "tab">;
  people: Pick<typeof people, "query" | "narrowing" | "order" | "selected">;
  outbox: Pick<typeof outbox, "selected" | "group">;
  jobs: Pick<typeof jobs, "going">;
  tops: Record<string, number>;
}

let later: ReturnType<typeof setTimeout> | undefined;

function now(): Left {
  const { view, days, query, selected } = calls;
  return {
    version: VERSION,
    day: isoDay(clock.now),
    today: { offset: today.offset, selected: today.selected },
    calls: { view, days, query, selected },
    webinars: { when: webinars.when, query: webinars.query, selected: webinars.selected, shown: webinars.shown, tab: webinars.tab },
    people: { query: people.query, narrowing: people.narrowing, order: people.order, selected: people.selected },
    outbox: { selected: outbox.selected, group: outbox.group },
    jobs: { going: jobs.going },
    tops: { ...scrolls.now },
  };
}

function keepSoon(): void {
  clearTimeout(later);
  later = setTimeout(() => {
    host()
      .setUiState(KEY, JSON.stringify(now()))
      .catch(() => undefined);
  }, PAUSE_MS);
}

/** Takes up how the rooms were left, before any of them is shown. */
export async function restoreRooms(): Promise<void> {
  try {
    const stored = await host().getUiState(KEY);
    const left = stored ? (JSON.parse(stored) as Left) : null;
    if (left?.version !== VERSION) return;
    // On another day the window opens on that day.
    if (left.day === isoDay(clock.now)) Object.assign(today, left.today);
    Object.assign(calls, left.calls);
    Object.assign(webinars, left.webinars);
    Object.assign(people, left.people);
    Object.assign(outbox, left.outbox);
    Object.assign(jobs, left.jobs);
    scrolls.before = { ...left.tops };
  } catch {
    // A comfort; without it the rooms open as new.
  }
}

/** Keeps how the rooms are, from now on; returns the way to stop. */
export function followRooms(): () => void {
  let first = true;
  scrolls.changed = keepSoon;
  const stop = $effect.root(() => {
    $effect(() => {
      now();
      if (!first) keepSoon();
      first = false;
    });
  });
  return () => {
    clearTimeout(later);
    scrolls.changed = () => undefined;
    stop();
  };
}

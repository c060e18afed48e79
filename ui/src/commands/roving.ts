// Moving through a list with the keys: one row takes part in the tab order, the arrows choose which.

import { session } from "../state/session.svelte";

const steps: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
  PageDown: (at, last) => Math.min(at + 8, last),
  PageUp: (at) => Math.max(at - 8, 0),
};
const letters: Record<string, string> = { j: "ArrowDown", k: "ArrowUp" };

/** Focuses the row that the key leads to; the row's own focus handler selects it. True when the key was one of ours. */
export function rove(list: HTMLElement, event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false;
  const step = steps[(session.letters ? letters[event.key.toLowerCase()] : undefined) ?? event.key];
  if (!step) return false;
  const rows = [...list.querySelectorAll<HTMLElement>("[data-roving]")];
  const row = (event.target as HTMLElement).closest("[data-row]");
  const at = rows.findIndex((candidate) => candidate === event.target || (row !== null && row.contains(candidate)));
  const next = rows[at < 0 ? 0 : step(at, rows.length - 1)];
  if (!next) return false;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest" });
  return true;
}

// The focus for what has come or is next. When the engine took its time, whoever pressed something may long be in a sheet, a
// menu or a field; what would take the focus from there would take letters and close lists.

import { inField } from "../commands/keys";

/** Gives an element the focus, unless somebody is in something that covers it, or writes elsewhere. */
export function offerFocus(element: HTMLElement | null | undefined, options?: FocusOptions): void {
  if (!element || isElsewhere(element)) return;
  element.focus(options);
}

function isElsewhere(element: HTMLElement): boolean {
  const covers = [...document.querySelectorAll("[data-sheet], [data-overlay]")];
  if (covers.some((cover) => !cover.contains(element))) return true;
  const focused = document.activeElement;
  return inField(focused) && element.closest("form, [data-sheet]")?.contains(focused) !== true;
}

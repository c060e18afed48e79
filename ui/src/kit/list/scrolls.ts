// How far lists are scrolled, by their names, and how far they were when the window was left.

/** Plain on purpose: nothing on screen depends on it. */
export const scrolls = {
  now: {} as Record<string, number>,
  /** Each is taken once. */
  before: {} as Record<string, number>,
  changed: (): void => undefined,
};

export function scrolled(list: string, top: number): void {
  if ((scrolls.now[list] ?? 0) === top) return;
  scrolls.now[list] = top;
  scrolls.changed();
}

/** How far a list was scrolled when the window was left. */
export function scrolledBefore(list: string): number {
  const top = scrolls.before[list] ?? 0;
  scrolls.before[list] = 0;
  return top;
}

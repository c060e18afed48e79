// The clocks by which the user lives. The engine sends their rules, for the web view's own are years old and end at
// zones that it never heard of: no instant is formatted by the name of a zone here, and none is worked out by `Date`.

import type { ZoneRules } from "../host";

const NONE: ZoneRules = { zone: "UTC", shifts: [], release: null };

class Clocks {
  rules = $state.raw<ZoneRules>(NONE);

  /** IANA id of the user's zone. */
  get zone(): string {
    return this.rules.zone;
  }
}

export const clocks = new Clocks();

/** Follows the computer, which may have travelled. */
export function keepTime(rules: ZoneRules): void {
  // What is written by them is written anew only when they are others.
  if (rules.zone !== clocks.rules.zone || rules.release !== clocks.rules.release || clocks.rules === NONE) clocks.rules = rules;
}

/** How far the user's clocks are ahead of UTC at a moment, in seconds. */
export function ahead(at: number): number {
  const { shifts } = clocks.rules;
  let low = 0;
  let high = shifts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const shift = shifts[middle];
    if (shift !== undefined && shift[0] <= at) low = middle + 1;
    else high = middle;
  }
  // The first rule holds before its time as well.
  return shifts[Math.max(0, low - 1)]?.[1] ?? 0;
}

/** What the user's clocks show at a moment, as the moment at which they would show it in UTC. */
export function shown(at: number): number {
  return at + ahead(at) * 1000;
}

import { vi } from "vitest";

/** Waits for something to become true. The limit is for a window that hangs, not for a slow machine. */
export function until<T>(seen: () => T | Promise<T>): Promise<T> {
  return vi.waitFor(seen, { timeout: 20_000, interval: 20 });
}

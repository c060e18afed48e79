// Picks who answers the window, once per page.

import { tauriHost } from "./tauri";
import type { Host } from "./types";

export * from "./types";

let current: Host | undefined;

/** The simulation is loaded only where there is no engine, so the product never parses it. */
export async function openHost(): Promise<Host> {
  const simulated = !("__TAURI_INTERNALS__" in window) || new URLSearchParams(location.search).get("host") === "fake";
  current = simulated ? (await import("./fake")).fakeHost(location.search) : tauriHost();
  return current;
}

/** Lets a test put its own host in place. */
export function useHost(host: Host): void {
  current = host;
}

export function host(): Host {
  if (!current) throw new Error("no host is open");
  return current;
}

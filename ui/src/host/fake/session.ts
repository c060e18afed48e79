// The accounts, settings and status line of the simulated host.

import type { Account, Provider, Settings, Status, Usage } from "../types";

const USAGE: Record<Provider, Usage> = {
  zoom: { kind: "edits", used: 3, limit: 100 },
  salesforce: { kind: "apiCalls", own: 132, lastPull: 3, org: { used: 5_320, limit: 15_000 }, app: null, sparing: false },
};

export function account(provider: Provider, connected: boolean, demo: boolean, now: number): Account {
  return {
    provider,
    connection: connected ? { kind: "connected" } : { kind: "notConnected" },
    name: connected ? "Robin Jansen" : null,
    email: connected ? "robin.jansen@northwind.example" : null,
    organisation: connected && provider === "salesforce" ? "Northwind" : null,
    guarded: false,
    environment: connected ? (demo ? "demo" : "production") : null,
    lastSync: connected ? now - 60_000 : null,
    copyKept: false,
    lastError: null,
    skipped: 0,
    unseen: false,
    usage: connected ? USAGE[provider] : null,
  };
}

export function firstSettings(wanted: URLSearchParams): Settings {
  return {
    theme: (wanted.get("theme") ?? "system") as Settings["theme"],
    language: (wanted.get("language") ?? "system") as Settings["language"],
    textPercent: Number(wanted.get("text") ?? 100),
    holdSeconds: 8,
    letterShortcuts: true,
    meetingMinutes: 30,
    zoomClientId: "",
    salesforceClientId: "",
    salesforceLoginHost: "login.salesforce.com",
    autoLogCalls: false,
    callSubject: "",
    recordingPasscodes: false,
    density: (wanted.get("density") ?? "comfortable") as Settings["density"],
    accent: (wanted.get("accent") ?? "blue") as Settings["accent"],
  };
}

interface Situation {
  unsent: number;
  asOf: number;
  online: boolean;
  paused: boolean;
  failing: boolean;
}

export function statusOf(accounts: Record<Provider, Account>, { unsent, asOf, online, paused, failing }: Situation): Status {
  const signedOut = (["zoom", "salesforce"] as const).find((provider) => accounts[provider].connection.kind === "signInNeeded");
  if (signedOut) return { kind: "signInNeeded", provider: signedOut };
  if (Object.values(accounts).every((account) => account.connection.kind === "notConnected")) return { kind: "notConnected" };
  if (!online) return { kind: "offline", asOf, waiting: unsent };
  if (paused) return { kind: "paused", count: unsent };
  if (failing) return { kind: "failing", provider: "zoom", asOf };
  return unsent > 0 ? { kind: "waiting", count: unsent } : { kind: "upToDate", asOf: accounts.zoom.lastSync };
}

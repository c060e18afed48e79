// The accounts, settings and status line of the simulated host.

import type { Account, Granted, Provider, RoomAccess, Settings, Status, Usage, ZoomUser } from "../types";

const USAGE: Record<Provider, Usage> = {
  zoom: { kind: "edits", used: 3, limit: 100 },
  salesforce: { kind: "apiCalls", own: 132, lastPull: 3, org: { used: 5_320, limit: 15_000 }, app: null, sparing: false },
};

const GRANTED: Record<Provider, Granted[]> = {
  zoom: [
    { what: "meetings", reads: true, writes: true },
    { what: "webinars", reads: true, writes: true },
    { what: "recordings", reads: true, writes: false },
    { what: "calls", reads: true, writes: false },
    { what: "profile", reads: true, writes: false },
  ],
  salesforce: [
    { what: "records", reads: true, writes: true },
    { what: "staySignedIn", reads: false, writes: false },
  ],
};

/** `?zoom=scopes` is an app without the scopes for settings and telephone, `?zoom=basic` a plan without add-ons. */
export function zoomUserOf(wanted: string | null, now: number): ZoomUser {
  const rich = wanted !== "basic";
  const refused = (scope: string): RoomAccess => (wanted === "scopes" ? { kind: "missingScope", scope } : { kind: "ready" });
  return {
    userId: "KDcuGIm1QgePTO8WbOqwIQ",
    email: "robin.jansen@northwind.example",
    plan: rich ? "licensed" : "basic",
    meetingCapacity: rich ? 300 : 100,
    addOnsTold: refused("user:read:settings"),
    addOns:
      wanted === "scopes"
        ? []
        : [
            { service: "webinar", has: rich, capacity: rich ? 500 : null },
            { service: "phone", has: rich, capacity: null },
            { service: "largeMeeting", has: false, capacity: null },
            { service: "events", has: null, capacity: null },
          ],
    phoneTold: rich ? refused("phone:read:user") : { kind: "noLicence" },
    phone: rich && wanted !== "scopes" ? { id: "z8yCxjAPQ0KBOt7dWkUnTA", extension: "417", numbers: ["+31 20 555 0117"] } : null,
    room: { number: "924 470 1882", link: "northwind.zoom.us/j/9244701882", hasPasscode: wanted !== "scopes", forScheduled: false },
    asOf: now - 5_400_000,
  };
}

export function account(provider: Provider, connected: boolean, demo: boolean, now: number): Account {
  return {
    provider,
    connection: connected ? { kind: "connected" } : { kind: "notConnected" },
    name: connected ? "Robin Jansen" : null,
    email: connected ? "robin.jansen@northwind.example" : null,
    organisation: connected && provider === "salesforce" ? "Northwind" : null,
    guarded: false,
    environment: connected ? (demo ? "demo" : "production") : null,
    host: connected && provider === "salesforce" ? "northwind.my.salesforce.com" : null,
    granted: connected ? GRANTED[provider] : [],
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
    autoLogMeetings: false,
    callSubject: "",
    recordingPasscodes: false,
    openIn: "browser",
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

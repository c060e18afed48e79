// A small world that answers like the engine, for looking at every screen in a browser and for the tests.
// `?calls=` is told in calls.ts, `?differences=` in differences.ts, `?webinars=` in webinars.ts, `?people=` in people.ts. `?scenario=` is one of: welcome, real, empty, offline, signin, locked, error, long, hostile, slow, arabic, busy,
// fetching (until `finishFirstPull`), never, rows (one outbox row of every kind), many (hundreds that were sent).

import { UNSET } from "./blankDraft";
import {
  HostError,
  type Account,
  type AppState,
  type Colour,
  type CommandError,
  type DifferencePart,
  type EventOutlook,
  type FieldText,
  type Host,
  type LockReason,
  type LoggedMany,
  type MeetingSeries,
  type MeetingBell,
  type OutboxQuery,
  type PaletteAsk,
  type PaletteChoice,
  type Phase,
  type Place,
  type ProfileRow,
  type Provider,
  type ReminderPause,
  type ReminderSettings,
  type Removal,
  type RoomCopy,
  type Settings,
  type Tag,
  type ZoomUser,
} from "../types";
import { FakeCalls } from "./calls";
import { deskCommands, FakeDesk, type DeskCommands } from "./desk";
import { FakeLogging } from "./logging";
import { cancelled, changed, draftOf, logged, made, takenBack, type Changing } from "./changes";
import { clocksOf } from "./clocks";
import { changedRule, checkRule, repeated, ruleOf } from "./seriesRule";
import { checkDraft } from "./check";
import { FakeDifferences } from "./differences";
import { everyRow, manyRows } from "./everyRow";
import { FakeLeads } from "./leads";
import { FakeOutbox } from "./outbox";
import { schedulingCommands, type SchedulingCommands } from "./scheduling";
import { afterOf, guestKey, pastOf, type GuestAnswers } from "./past";
import { FakePalette } from "./palette";
import { FakePeople } from "./people";
import { DATA } from "./privacy";
import { FakeReminders } from "./reminders";
import { dayOf, detailOf, foundIn, nextOf, rowOf, weekOf } from "./rows";
import { account, firstSettings, statusOf, zoomUserOf } from "./session";
import { addDays, dateIn, instants, timeIn } from "./time";
import { readLine } from "./line";
import { readWhen } from "./when";
import { callCommands, type CallCommands } from "./callCommands";
import { peopleCommands, type PeopleCommands } from "./peopleCommands";
import { webinarCommands, type WebinarCommands } from "./webinarCommands";
import { FakeWebinars } from "./webinars";
import { makeWorld, ZONE, type Flavour, type World } from "./world";
import { rulesOf, zonesLike } from "./zones";

export type Scenario = "demo" | "welcome" | "real" | "empty" | "offline" | "signin" | "locked" | "error" | "long" | "hostile" | "slow" | "arabic" | "busy" | "fetching" | "never" | "rows" | "many";

/** A host whose past can be looked at: what was opened, copied and stored. */
export interface FakeHost extends Host {
  readonly journal: string[];
  readonly settings: Settings;
  /** As if the window's own button had been pressed. */
  closeWindow(): void;
  /** The same, for the first time and where the system shows an icon of the program. */
  askToClose(): void;
  /** As if a notification, the tray or a link had led there. */
  leadTo(place: Place): void;
  readonly reminders: FakeReminders;
  readonly palettes: FakePalette;
  readonly desk: FakeDesk;
  setOnline(online: boolean): void;
  /** A call with somebody is over, after so many seconds of talk; its id. */
  callEnds(person: string, talk: number): string;
  failNext(error: CommandError): void;
  /** Scenario `fetching`: the meetings are there; the people follow when `people` is true. */
  finishFirstPull(people: boolean): void;
}

const SIGN_IN_MS = 6000;

export function fakeHost(search: string): FakeHost {
  const wanted = new URLSearchParams(search);
  const simulation = new Simulation(
    (wanted.get("scenario") ?? "demo") as Scenario,
    wanted.get("now") ? Date.parse(wanted.get("now") ?? "") : null,
    wanted,
  );
  return Object.assign(simulation, simulation.calls, simulation.people, simulation.webinars, simulation.scheduling, deskCommands(simulation.desk));
}

class Simulation implements Omit<FakeHost, keyof CallCommands | keyof PeopleCommands | keyof WebinarCommands | keyof SchedulingCommands | keyof DeskCommands> {
  readonly journal: string[] = [];
  readonly settings: Settings;
  #world: World;
  readonly #guests: GuestAnswers = new Map();
  #phase: Phase;
  #accounts: Record<Provider, Account>;
  #online: boolean;
  readonly #outbox: FakeOutbox;
  readonly #calls: FakeCalls;
  readonly #differences: FakeDifferences;
  readonly calls: CallCommands;
  readonly people: PeopleCommands;
  readonly webinars: WebinarCommands;
  readonly scheduling: SchedulingCommands;
  readonly #people: FakePeople;
  readonly palettes: FakePalette;
  readonly desk: FakeDesk;
  #fetching: boolean;
  #edits = 61;
  #profiles: ProfileRow[] = [{ id: "real", name: null, open: true }];
  #made = 0;
  #drafts = new Map<string, string>();
  #ui = new Map<string, string>();
  #listeners = new Set<(tags: Tag[]) => void>();
  #quitListeners = new Set<(unsent: number) => void>();
  #retention: number | null = null;
  #placeListeners = new Set<() => void>();
  #closeListeners = new Set<() => void>();
  readonly reminders: FakeReminders;
  #waiting = new Map<Provider, (cancelled: boolean) => void>();
  #failure: CommandError | null = null;
  /** There is or was an account. */
  #salesforceKnown: boolean;
  readonly #begun = Date.now();
  readonly #base: number;

  constructor(
    readonly scenario: Scenario,
    now: number | null,
    private readonly wanted: URLSearchParams,
  ) {
    this.#base = now ?? instants(dateIn(Date.now(), ZONE), "09:18", ZONE)[0] ?? Date.now();
    const flavour: Flavour =
      scenario === "long" || scenario === "hostile" || scenario === "empty" || scenario === "arabic" || scenario === "busy" ? scenario : "plain";
    this.#fetching = scenario === "fetching";
    if (wanted.get("profiles") === "several") {
      this.#profiles = [
        { id: "real", name: "Northwind", open: true },
        { id: "real-1", name: "Northwind, the sandbox", open: false },
        { id: "real-2", name: "Contoso", open: false },
      ];
    }
    this.#world = makeWorld(this.#base, this.#fetching || scenario === "never" ? "empty" : flavour);
    if (scenario === "rows") this.#world.items = everyRow(this.#base);
    if (scenario === "many") this.#world.items = manyRows(this.#base);
    this.#online = scenario !== "offline";
    this.#outbox = new FakeOutbox({
      world: () => this.#world,
      now: () => this.#now(),
      online: () => this.#online,
      changed: () => this.#changed("outbox", "meetings"),
    });
    this.scheduling = schedulingCommands(wanted.get("options") ?? "", {
      answer: () => this.#answer(),
      online: () => this.#online,
      meeting: (id) => this.#meeting(id),
      company: (person) => this.#world.people.find(({ id }) => id === person)?.company ?? null,
      outbox: () => this.#outbox,
      holdSeconds: () => this.settings.holdSeconds,
      changed: () => this.#changed("meetings"),
    });
    const quiet = scenario === "empty" ? "none" : this.#fetching || scenario === "never" ? "unknown" : "";
    this.#differences = new FakeDifferences(
      wanted.get("differences") ?? "",
      this.#now(),
      () => this.#world,
      () => this.#outbox,
    );
    this.#calls = new FakeCalls(this.#base, wanted.get("calls") ?? quiet, {
      people: () => this.#world.people,
      now: () => this.#now(),
      connected: () => this.#accounts.zoom.connection.kind !== "notConnected",
      logging: new FakeLogging({
        outbox: this.#outbox,
        settings: () => this.settings,
        now: () => this.#now(),
        changed: () => this.#changed("calls"),
      }),
      outboxState: (item) => this.#world.items.find(({ id }) => id === item)?.state.kind ?? null,
      outboxTitle: (item) => this.#world.items.find(({ id }) => id === item)?.title ?? "",
    });
    const leads = new FakeLeads(wanted.get("leads") ?? "", {
      calls: this.#calls,
      outbox: this.#outbox,
      people: () => this.#world.people,
      now: () => this.#now(),
      online: () => this.#online,
      changed: () => this.#changed("calls", "people"),
    });
    this.calls = callCommands(this.#calls, leads, {
      answer: (ms) => this.#answer(ms),
      decided: (decision) => this.#decided(decision),
      changed: (...tags) => this.#changed(...tags),
      note: (line) => this.journal.push(line),
      linked: () => this.desk.did("call"),
      send: (item) => this.#outbox.send(item),
      online: () => this.#online,
      now: () => this.#now(),
      broken: scenario === "error",
    });
    const webinars = new FakeWebinars(this.#base, wanted.get("webinars") ?? quiet, flavour, {
      people: () => this.#world.people,
      selected: (selection) => this.#people.selected(selection),
      now: () => this.#now(),
      online: () => this.#online,
      connected: () => this.#accounts.zoom.connection.kind !== "notConnected",
      holdSeconds: () => this.settings.holdSeconds,
      outbox: this.#outbox,
      changed: () => this.#changed("webinars"),
      note: (line) => this.journal.push(line),
    });
    this.webinars = webinarCommands(webinars, leads, async (ms) => {
      await this.#answer(ms);
      if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    });
    this.#people = new FakePeople(wanted.get("people") ?? (scenario === "never" ? "none" : ""), {
      people: () => this.#world.people,
      now: () => this.#now(),
      base: () => this.#base,
      connected: () => this.#accounts.salesforce.connection.kind !== "notConnected",
      fetching: () => this.#fetching,
      meetings: (person) => this.#world.meetings.filter((meeting) => !meeting.cancelled && meeting.people.includes(person)).map((meeting) => rowOf(meeting, this.#world, this.#now())),
      calls: () => this.#calls.list({ chip: "all", from: null, to: null, query: "" }, 0, 200),
      webinars: (emails) => webinars.ofPerson(emails),
      note: (call) => this.#calls.detail(call).note.note || null,
      waiting: (name) =>
        this.#world.items
          .filter(({ what, person, state }) => what === "createMeeting" && person?.startsWith(name) === true && state.kind !== "sent" && state.kind !== "discarded")
          .map(({ id, what, title, state }) => ({ id, what, title, state })),
      copied: (what) => this.journal.push(`copy ${what}`),
    });
    this.people = peopleCommands(this.#people, {
      answer: (ms) => this.#answer(ms),
      changed: (...tags) => this.#changed(...tags),
      online: () => this.#online,
      broken: scenario === "error",
    });
    this.desk = new FakeDesk(wanted, {
      now: () => this.#now(),
      answer: () => this.#answer(),
      changed: (tag) => this.#changed(tag),
      note: (line) => this.journal.push(line),
      troubled: (trouble) => {
        if (this.#phase.kind !== "ready" || !this.#phase.demo) throw new HostError({ kind: "tooLate" });
        this.setOnline(trouble !== "offline");
        const lost = trouble === "signInLost";
        for (const provider of ["zoom", "salesforce"] as const) this.#accounts[provider].connection = lost ? { kind: "signInNeeded", reason: "revoked" } : { kind: "connected" };
        this.#changed("session");
      },
    });
    this.palettes = new FakePalette({
      meetings: (query, limit) => foundIn(this.#world, query, limit, this.#now()),
      people: (query) => this.#peopleLike(query),
      calls: () => this.#calls.list({ chip: "all", from: null, to: null, query: "" }, 0, 200),
      webinars: (query) => (["upcoming", "past"] as const).map((when) => webinars.list({ when, query }, 0, 50)),
    });
    this.reminders = new FakeReminders({
      now: () => this.#now(),
      row: (meeting) => rowOf(this.#meeting(meeting), this.#world, this.#now()),
      changed: () => this.#changed("reminders"),
      note: (line) => this.journal.push(line),
    });
    this.#phase =
      scenario === "welcome"
        ? { kind: "welcome" }
        : scenario === "locked"
          ? { kind: "locked", reason: (wanted.get("reason") ?? "keychainLocked") as LockReason }
          : { kind: "ready", demo: scenario !== "real" && scenario !== "signin" };
    const connected = this.#phase.kind === "ready";
    this.#salesforceKnown = connected && !wanted.has("noSalesforce");
    this.#accounts = { zoom: this.#account("zoom", connected), salesforce: this.#account("salesforce", this.#salesforceKnown) };
    if (scenario === "signin") this.#accounts.zoom.connection = { kind: "signInNeeded", reason: "revoked" };
    this.settings = firstSettings(wanted);
    if (scenario === "offline") this.#outbox.park();
    if (scenario === "never") this.#accounts.zoom.lastError = { kind: "networkSignIn", provider: "zoom" };
  }

  finishFirstPull(people: boolean): void {
    if (this.#fetching) this.#world = makeWorld(this.#base, "plain");
    this.#fetching = false;
    this.#world.peopleKnown = people;
    // Only what changed: first the meetings, then the people.
    this.#changed(people ? "people" : "meetings");
  }

  setOnline(online: boolean): void {
    this.#online = online;
    this.#outbox.park();
    this.#changed("session", "outbox");
  }

  failNext(error: CommandError): void {
    this.#failure = error;
  }

  async getAppState(): Promise<AppState> {
    await this.#answer();
    const { needsYou, waiting: unsent } = this.#outbox.listed();
    return {
      phase: this.#phase,
      accounts: [{ ...this.#accounts.zoom }, { ...this.#accounts.salesforce }],
      settings: { ...this.settings },
      status: statusOf(this.#accounts, {
        unsent,
        asOf: this.#base - 23 * 60_000,
        online: this.#online,
        paused: this.#outbox.paused,
        failing: this.scenario === "error",
      }),
      needsYou,
      unsent,
      clocks: rulesOf(ZONE),
      version: "0.1.0",
      mac: navigator.platform.startsWith("Mac"),
    };
  }

  async showWindow(): Promise<void> {
    this.journal.push("shown");
  }

  async listProfiles(): Promise<ProfileRow[]> {
    await this.#answer();
    return this.#accounts.zoom.environment === "demo" ? [] : this.#profiles.map((row) => ({ ...row }));
  }

  async newProfile(name: string): Promise<void> {
    await this.#answer();
    if (name.trim() === "") throw new HostError({ kind: "invalid", issues: [{ field: "name", problem: { kind: "missing" } }] });
    const id = `real-${this.#profiles.length}`;
    this.#profiles.push({ id, name: name.trim(), open: false });
    await this.switchProfile(id);
  }

  async nameProfile(id: string, name: string): Promise<void> {
    await this.#answer();
    const row = this.#profiles.find((one) => one.id === id);
    if (row) row.name = name.trim();
    this.#changed("session");
  }

  async switchProfile(id: string): Promise<void> {
    await this.#answer();
    for (const row of this.#profiles) row.open = row.id === id;
    this.journal.push(`switched to ${id}`);
    this.#changed("session");
  }

  async removeProfile(id: string): Promise<Removal> {
    await this.#answer();
    this.#profiles = this.#profiles.filter((row) => row.id !== id);
    if (this.#profiles.length === 0) this.#phase = { kind: "welcome" };
    this.journal.push(`removed ${id}`);
    this.#changed("session");
    return this.#removal();
  }

  /** `?resists`: the keychain keeps the key, and the next start goes on with it. */
  #removal(): Removal {
    const failed: CommandError | null = this.wanted.has("resists") ? { kind: "locked", reason: "keychainLocked" } : null;
    return { untold: this.#untold(["zoom", "salesforce"]), failed };
  }

  #untold(services: Provider[]): Provider[] {
    return this.wanted.get("untold") === null ? [] : services;
  }

  async getZoomUser(): Promise<ZoomUser | null> {
    await this.#answer();
    return this.#accounts.zoom.connection.kind === "connected" ? zoomUserOf(this.wanted.get("zoom"), this.#now()) : null;
  }

  async copyRoom(what: RoomCopy): Promise<void> {
    await this.#answer();
    this.journal.push(`copied room ${what}`);
  }

  async updateSettings(settings: Settings): Promise<void> {
    await this.#answer();
    if (!/^[a-z0-9.-]+\.(my\.salesforce|salesforce)\.com$/u.test(settings.salesforceLoginHost))
      throw new HostError({ kind: "invalid", issues: [{ field: "loginHost", problem: { kind: "notAllowed" } }] });
    Object.assign(this.settings, settings);
    this.#changed("settings");
  }

  async retryUnlock(): Promise<void> {
    await this.#answer();
    this.#phase = { kind: "ready", demo: false };
    this.#changed("session");
  }

  async startDemo(): Promise<void> {
    await this.#answer(500);
    this.#world = makeWorld(this.#now(), "plain");
    this.#phase = { kind: "ready", demo: true };
    this.#accounts = { zoom: this.#account("zoom", true), salesforce: this.#account("salesforce", true) };
    this.#changed("session", "meetings", "people", "outbox");
  }

  async leaveDemo(): Promise<void> {
    await this.#answer();
    this.#world = makeWorld(this.#now(), "empty");
    this.#phase = { kind: "welcome" };
    this.#accounts = { zoom: this.#account("zoom", false), salesforce: this.#account("salesforce", false) };
    this.#changed("session", "meetings", "people", "outbox");
  }

  async connectAccount(provider: Provider): Promise<void> {
    await this.#answer();
    const before = this.#accounts[provider].connection;
    this.#accounts[provider].connection = { kind: "connecting" };
    this.#changed("session");
    const cancelled = await new Promise<boolean>((resolve) => {
      this.#waiting.set(provider, resolve);
      setTimeout(() => resolve(false), SIGN_IN_MS);
    });
    this.#waiting.delete(provider);
    this.#accounts[provider] = cancelled ? { ...this.#accounts[provider], connection: before } : this.#account(provider, true);
    if (!cancelled && provider === "salesforce") this.#salesforceKnown = true;
    if (!cancelled) this.#phase = { kind: "ready", demo: false };
    this.#changed("session", "meetings", "people");
    if (cancelled) throw new HostError({ kind: "signInFailed", provider, reason: "cancelled", code: null });
  }

  async reopenSignIn(provider: Provider): Promise<void> {
    this.journal.push(`reopen ${provider}`);
  }

  async copySignInLink(provider: Provider): Promise<void> {
    this.journal.push(`copy sign-in ${provider}`);
  }

  async cancelSignIn(provider: Provider): Promise<void> {
    this.#waiting.get(provider)?.(true);
  }

  async disconnectAccount(provider: Provider, erase: boolean): Promise<Provider[]> {
    await this.#answer();
    this.journal.push(`disconnect ${provider}${erase ? " and erase" : ""}`);
    this.#accounts[provider] = { ...this.#account(provider, false), copyKept: !erase };
    this.#changed("session", "meetings", "people");
    return this.#untold([provider]);
  }

  async syncNow(): Promise<void> {
    await this.#answer(300);
    if (!this.#online) throw new HostError({ kind: "offline" });
    this.#accounts.zoom.lastSync = this.#accounts.salesforce.lastSync = this.#now();
    this.#changed("session", "meetings");
  }

  async getWeek(offset: number, begins: number) {
    await this.#answer();
    if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    const stale = !this.#online || this.scenario === "signin";
    const never = this.#fetching || this.scenario === "never";
    return weekOf(offset, begins, this.#world, this.#now(), never ? null : this.#base - 23 * 60_000, stale || never, this.#fetching);
  }

  async getDay(offset: number) {
    await this.#answer();
    if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    const stale = !this.#online || this.scenario === "signin";
    const never = this.#fetching || this.scenario === "never";
    return dayOf(offset, this.#world, this.#now(), never ? null : this.#base - 23 * 60_000, stale || never, this.#fetching);
  }

  async getMeeting(id: string) {
    await this.#answer();
    const meeting = this.#meeting(id);
    return { ...detailOf(meeting, this.#world, this.#now()), after: afterOf(meeting, this.#world, this.#now(), this.#guests) };
  }

  async listPastMeetings(query: string, offset: number, limit: number) {
    await this.#answer();
    return pastOf(this.#world, this.#now(), query, offset, limit, this.#guests);
  }

  async listDifferences() {
    await this.#answer();
    return this.#differences.list();
  }

  async takeFromZoom(meeting: string, part: DifferencePart) {
    await this.#answer();
    return { outboxItem: this.#differences.take(meeting, part, this.settings.holdSeconds), group: null };
  }

  async keepInSalesforce(meeting: string, part: DifferencePart, keep: boolean): Promise<void> {
    await this.#answer();
    this.#differences.keep(meeting, part, keep);
    this.#changed("outbox");
  }

  async openRecording(id: string): Promise<void> {
    await this.#answer(200);
    this.journal.push(`recording ${id}`);
  }

  async copyRecordingPasscode(meeting: string): Promise<void> {
    await this.#answer();
    this.journal.push(`recording passcode ${meeting}`);
  }

  async answerGuest(meeting: string, guest: string, expected: string, isThem: boolean): Promise<void> {
    await this.#answer();
    this.#guests.set(guestKey(meeting, guest), { expected, isThem });
    this.journal.push(`guest ${guest} ${isThem ? "is" : "is not"} ${expected}`);
    this.#changed("meetings");
  }

  async forgetGuest(meeting: string, guest: string): Promise<void> {
    await this.#answer();
    this.#guests.delete(guestKey(meeting, guest));
    this.#changed("meetings");
  }

  async getNextUp() {
    await this.#answer();
    if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    return nextOf(this.#world, this.#now());
  }

  async searchMeetings(query: string, limit: number) {
    await this.#answer();
    return foundIn(this.#world, query, limit, this.#now());
  }

  async joinMeeting(id: string): Promise<void> {
    await this.#answer(200);
    this.journal.push(`join ${this.#meeting(id).id}`);
    this.desk.did("meeting");
  }

  async startMeeting(id: string): Promise<void> {
    await this.#answer(400);
    if (!this.#online) throw new HostError({ kind: "offline" });
    this.journal.push(`start ${this.#meeting(id).id}`);
    this.desk.did("meeting");
  }

  async copyMeeting(id: string, what: string): Promise<void> {
    await this.#answer();
    this.journal.push(`copy ${what} ${this.#meeting(id).id}`);
    this.desk.did("meeting");
  }

  async mailInvitation(id: string) {
    await this.#answer();
    const { people, emails } = this.#meeting(id);
    this.journal.push(`mail ${id}`);
    return { addressed: people.length + emails.length, copied: 0 };
  }

  async saveInvitation(id: string, name: string): Promise<boolean> {
    await this.#answer();
    this.journal.push(`save ${this.#meeting(id).id} ${name}`);
    return true;
  }

  async openPerson(person: string): Promise<void> {
    await this.#answer();
    this.journal.push(`open ${person}`);
  }

  async openEvent(item: string): Promise<void> {
    await this.#answer();
    this.journal.push(`open ${item}`);
  }

  async newDraft(person: string | null, at: number | null) {
    await this.#answer();
    const now = this.#now();
    return {
      id: `draft-${++this.#made}`,
      topic: "",
      date: at === null ? addDays(dateIn(now, ZONE), 1) : dateIn(at, ZONE),
      time: at === null ? "15:00" : timeIn(at, ZONE),
      zone: ZONE,
      minutes: this.settings.meetingMinutes,
      fold: null,
      people: person ? [person] : [],
      emails: [],
      agenda: "",
      passcode: true,
      waitingRoom: true,
      personalMeetingId: false,
      logEvent: this.#salesforceKnown,
      copyInvitation: false,
      repeats: null,
      options: UNSET,
      template: null,
      about: null,
    };
  }

  async followUpDraft(meeting: string) {
    const { topic, minutes, people, emails } = this.#meeting(meeting);
    return { ...(await this.newDraft(null, null)), topic, minutes, people: [...people], emails: [...emails] };
  }

  async meetNow(person: string) {
    const at = Math.ceil((this.#now() + 20_000) / 60_000) * 60_000;
    const { name } = this.#people.detail(person).row;
    const draft = { ...(await this.newDraft(person, at)), topic: `Meeting with ${name}` };
    const scheduled = await this.scheduleMeeting(draft);
    await this.startMeeting(scheduled.meeting);
    return { topic: draft.topic, scheduled, started: true };
  }

  async readWhen(asked: Parameters<Host["readWhen"]>[0]) {
    await this.#answer();
    return readWhen(asked, dateIn(this.#now(), ZONE));
  }

  async readScheduleLine(asked: Parameters<Host["readScheduleLine"]>[0]) {
    await this.#answer();
    return readLine(asked, this.#world.people, this.#now());
  }

  async checkSchedule(draft: Parameters<Host["checkSchedule"]>[0]) {
    await this.#answer();
    return checkDraft(draft, this.#world, this.#now(), { online: this.#zoomReached(), editsLeft: this.#edits, event: this.#outlook() });
  }

  async scheduleMeeting(draft: Parameters<Host["scheduleMeeting"]>[0]) {
    await this.#answer(600);
    if (!this.#online) throw new HostError({ kind: "offline" });
    const check = checkDraft(draft, this.#world, this.#now(), { online: this.#online, editsLeft: this.#edits, event: this.#outlook() });
    if (check.issues.length > 0 || check.start === null) throw new HostError({ kind: "invalid", issues: check.issues });
    const known = this.#drafts.get(draft.id);
    const id = known ?? `made-${this.#drafts.size + 1}`;
    const item = draft.logEvent ? `event-${id}` : null;
    if (!known) {
      this.#drafts.set(draft.id, id);
      this.#edits -= 1;
      made(id, item, draft, check.start, this.#changing());
      repeated(this.#meeting(id), draft, this.#world);
    }
    this.#changed("meetings", "outbox");
    this.desk.did("schedule");
    return { meeting: id, start: check.start, outboxItem: item, invitationCopied: draft.copyInvitation, dates: check.series?.count ?? 1, since: null };
  }

  async searchPeople(query: string, limit: number) {
    await this.#answer();
    return this.#peopleLike(query).slice(0, limit);
  }

  async palette(ask: PaletteAsk) {
    await this.#answer();
    if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    this.desk.did("palette");
    return this.palettes.answer(ask);
  }

  async notePaletteChoice(choice: PaletteChoice): Promise<void> {
    await this.#answer();
    this.palettes.choose(choice);
  }

  #peopleLike(query: string) {
    const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
    return this.#world.people.filter((person) => plain(`${person.name} ${person.company ?? ""} ${person.email ?? ""}`).includes(plain(query.trim())));
  }

  async listZones(query: string) {
    await this.#answer();
    return zonesLike(query, this.#now());
  }

  /** A call ends, and Zoom tells it. */
  callEnds(person: string, talk: number): string {
    const id = this.#calls.ends(person, talk);
    this.#changed("calls");
    return id;
  }

  async listOutbox(query: OutboxQuery | null = null) {
    await this.#answer();
    if (this.scenario === "error") throw new HostError({ kind: "storage", code: "IOERR" });
    return this.#outbox.listed(query ?? undefined);
  }

  async undoOutboxItem(id: string) {
    await this.#answer();
    return this.#outbox.undo(id);
  }

  async retryOutboxItem(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.item(id);
    this.#outbox.send(id);
  }

  async discardOutboxItem(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.discard(id);
  }

  async restoreOutboxItem(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.again(id, this.settings.holdSeconds);
  }

  async editOutboxItem(id: string, texts: FieldText[]): Promise<void> {
    await this.#answer();
    this.#outbox.edit(id, texts);
  }

  async decideOutboxItem(id: string, mine: boolean): Promise<void> {
    await this.#answer();
    this.#outbox.decide(id, mine);
  }

  async reopenOutboxItem(id: string) {
    const fresh = await this.newDraft(null, null);
    return { ...fresh, topic: this.#outbox.item(id).title };
  }

  async editMeeting(id: string) {
    await this.#answer();
    return draftOf(this.#meeting(id), `draft-${++this.#made}`);
  }

  async changeMeeting(id: string, draft: Parameters<Host["checkSchedule"]>[0]) {
    const check = await this.checkSchedule(draft);
    return changed(this.#meeting(id), draft, check, this.#changing());
  }

  async cancelMeeting(id: string) {
    await this.#answer();
    return cancelled(this.#meeting(id), this.#changing());
  }

  async getMeetingSeries(id: string): Promise<MeetingSeries | null> {
    await this.#answer();
    const { topic, recurring, start } = this.#meeting(id);
    if (!recurring) return null;
    const all = this.#world.meetings.filter((other) => other.recurring && other.topic === topic && other.start > this.#now()).map((other) => other.start);
    return { all: all.length, following: all.filter((other) => other >= start).length, last: Math.max(start, ...all) };
  }

  async getTwoClocks(asked: Parameters<Host["getTwoClocks"]>[0]) {
    await this.#answer();
    return clocksOf(asked, this.#world, this.#now());
  }

  async seriesRule(id: string) {
    await this.#answer();
    return ruleOf(this.#meeting(id), this.#world, this.#now());
  }

  async checkSeriesRule(id: string, draft: Parameters<Host["checkSeriesRule"]>[1]) {
    await this.#answer();
    return checkRule(this.#meeting(id), draft, this.#changing(), this.#edits);
  }

  async changeSeriesRule(id: string, draft: Parameters<Host["changeSeriesRule"]>[1]) {
    await this.#answer();
    return changedRule(this.#meeting(id), draft, this.#changing());
  }

  async undoScheduling(id: string): Promise<void> {
    await this.#answer();
    takenBack(this.#meeting(id), this.#changing());
    this.journal.push(`undo ${id}`);
    this.#changed("meetings", "outbox");
  }

  async logEvent(id: string) {
    await this.#answer();
    return logged(this.#meeting(id), this.#changing());
  }

  async logMeetings(ids: string[]): Promise<LoggedMany> {
    await this.#answer();
    const items: string[] = [];
    for (const id of ids) {
      try {
        const { outboxItem } = logged(this.#meeting(id), this.#changing());
        if (outboxItem) items.push(outboxItem);
      } catch (thrown) {
        if (!(thrown instanceof HostError)) throw thrown;
      }
    }
    const group = items.length > 0 ? `group-${++this.#made}` : null;
    if (group) this.#outbox.groups.begin(group, "logMeetings", items);
    return { group, logged: items.length, leftOut: ids.length - items.length };
  }

  async pauseOutboxGroup(id: string, paused: boolean): Promise<void> {
    await this.#answer();
    this.#outbox.groups.pause(id, paused);
  }

  async stopOutboxGroup(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.groups.stop(id);
  }

  async undoOutboxGroup(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.groups.undo(id);
  }

  async retryOutboxGroup(id: string): Promise<void> {
    await this.#answer();
    this.#outbox.groups.retry(id);
  }

  async pauseOutbox(paused: boolean): Promise<void> {
    await this.#answer();
    this.#outbox.paused = paused;
    this.#changed("outbox", "session");
  }

  async getUiState(key: string) {
    return this.#ui.get(key) ?? null;
  }

  async setUiState(key: string, value: string): Promise<void> {
    this.#ui.set(key, value);
  }

  async quitApp(): Promise<void> {
    const unsent = (await this.getAppState()).unsent;
    const demo = this.#phase.kind === "ready" && this.#phase.demo;
    if (unsent === 0 || this.#outbox.paused || demo) await this.quitAnyway();
    else for (const listener of this.#quitListeners) listener(unsent);
  }

  async quitAnyway(): Promise<void> {
    this.journal.push("quit");
  }

  async leaveWindow(): Promise<void> {
    if (this.reminders.background.keepRunning) this.journal.push("closed");
    else await this.quitApp();
  }

  async takePlace() {
    return this.reminders.takePlace();
  }

  leadTo(place: Place): void {
    this.reminders.place = place;
    for (const listener of this.#placeListeners) listener();
  }

  async getSystemAccent(): Promise<Colour | null> {
    const told = /^([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/u.exec(this.wanted.get("desktop-accent") ?? "");
    const [red, green, blue] = told?.slice(1).map((part) => parseInt(part, 16)) ?? [];
    return red === undefined || green === undefined || blue === undefined ? null : { red, green, blue };
  }

  async getBackground() {
    return { ...this.reminders.background };
  }

  async setStartAtLogin(on: boolean): Promise<void> {
    await this.#answer();
    this.reminders.background.startAtLogin = on;
  }

  async setKeepRunning(on: boolean): Promise<void> {
    this.reminders.background.keepRunning = on;
  }

  async getReminders() {
    await this.#answer();
    return this.reminders.get();
  }

  async updateReminders(settings: ReminderSettings): Promise<void> {
    await this.#answer();
    this.reminders.update(settings);
  }

  async pauseReminders(pause: ReminderPause): Promise<void> {
    await this.#answer();
    this.reminders.pause(pause);
  }

  async testNotification(): Promise<void> {
    await this.#answer();
    this.reminders.test();
  }

  async joinReminder(id: string): Promise<void> {
    await this.#answer();
    this.reminders.answer(id, "join reminder");
  }

  async snoozeReminder(id: string, minutes: number): Promise<void> {
    await this.#answer();
    this.reminders.answer(id, `snooze ${String(minutes)}`);
  }

  async dismissReminder(id: string): Promise<void> {
    await this.#answer();
    this.reminders.answer(id, "dismiss");
  }

  async getMeetingReminder(meeting: string) {
    await this.#answer();
    return this.reminders.of(meeting);
  }

  async setMeetingBell(meeting: string, bell: MeetingBell): Promise<void> {
    await this.#answer();
    this.reminders.ring(meeting, bell);
  }

  async dismissMeeting(meeting: string, dismissed: boolean): Promise<void> {
    await this.#answer();
    this.reminders.set(meeting, { dismissed });
  }

  async markJoined(meeting: string): Promise<void> {
    await this.#answer();
    this.reminders.set(meeting, { joined: true });
  }

  async getPrivacy() {
    await this.#answer();
    return { items: [...DATA], retentionDays: this.#retention, folder: "/home/robin/.local/share/org.liaison.desktop" };
  }

  async keepFor(days: number | null): Promise<void> {
    await this.#answer();
    this.#retention = days;
    this.#changed("settings");
  }

  async eraseEverything(): Promise<Removal> {
    await this.leaveDemo();
    this.journal.push("erased");
    return this.#removal();
  }

  onPlaceAsked(listener: () => void): () => void {
    this.#placeListeners.add(listener);
    return () => this.#placeListeners.delete(listener);
  }

  askToClose(): void {
    for (const listener of this.#closeListeners) listener();
  }

  onCloseAsked(listener: () => void): () => void {
    this.#closeListeners.add(listener);
    return () => this.#closeListeners.delete(listener);
  }

  async stayOpen(): Promise<void> {
    this.journal.push("stay");
  }

  closeWindow(): void {
    void this.quitApp();
  }

  async zoomWindow(percent: number): Promise<void> {
    this.journal.push(`zoom ${percent}`);
  }

  onQuitAsked(listener: (unsent: number) => void): () => void {
    this.#quitListeners.add(listener);
    return () => this.#quitListeners.delete(listener);
  }

  onDataChanged(listener: (tags: Tag[]) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #now(): number {
    return this.#base + (Date.now() - this.#begun);
  }

  async #answer(ms = 0): Promise<void> {
    const failure = this.#failure;
    this.#failure = null;
    if (failure) throw new HostError(failure);
    const wait = this.scenario === "slow" ? Math.max(ms, 1500) : ms;
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
  }

  #changed(...tags: Tag[]): void {
    for (const listener of this.#listeners) listener(tags);
  }

  #decided<T>(answer: T): T {
    this.#changed("calls");
    return answer;
  }

  #account(provider: Provider, connected: boolean): Account {
    return account(provider, connected, this.#phase.kind === "ready" && this.#phase.demo, this.#now());
  }

  #zoomReached(): boolean {
    return this.#online && this.#accounts.zoom.connection.kind === "connected";
  }

  #outlook(): EventOutlook {
    if (!this.#salesforceKnown) return { kind: "noAccount" };
    if (this.#accounts.salesforce.connection.kind === "connected") return { kind: "sent" };
    return { kind: "kept", account: "robin.jansen@northwind.example" };
  }

  #changing(): Changing {
    return { world: this.#world, outbox: this.#outbox, now: this.#now(), holdSeconds: this.settings.holdSeconds };
  }

  #meeting(id: string) {
    const meeting = this.#world.meetings.find((other) => other.id === id);
    if (!meeting) throw new HostError({ kind: "gone" });
    return meeting;
  }
}

// The interface between the window and whatever answers its questions: the engine behind Tauri, or a simulation.

import type {
  AppState,
  Changed,
  CommandError,
  CopyWhat,
  Day,
  FieldText,
  MeetingDetail,
  MeetingHit,
  NextUp,
  Outbox,
  PersonHit,
  Provider,
  ScheduleCheck,
  ScheduleDraft,
  Scheduled,
  Settings,
  Tag,
  WhenRead,
  WhenText,
  ZoneHit,
} from "../bindings";

export type * from "../bindings";

/** Every method answers from the local database or asks the engine to act; a refusal is a thrown [`HostError`]. */
export interface Host {
  getAppState(): Promise<AppState>;
  /** The window is created hidden; this shows it once there is something to see. */
  showWindow(): Promise<void>;
  updateSettings(settings: Settings): Promise<void>;
  retryUnlock(): Promise<void>;

  startDemo(): Promise<void>;
  leaveDemo(): Promise<void>;
  /** Resolves when the sign-in in the browser has ended. */
  connectAccount(provider: Provider): Promise<void>;
  reopenSignIn(provider: Provider): Promise<void>;
  copySignInLink(provider: Provider): Promise<void>;
  cancelSignIn(provider: Provider): Promise<void>;
  disconnectAccount(provider: Provider, erase: boolean): Promise<void>;
  syncNow(): Promise<void>;

  /** `offset` in days from today. */
  getDay(offset: number): Promise<Day>;
  getMeeting(id: string): Promise<MeetingDetail>;
  getNextUp(): Promise<NextUp | null>;
  /** Every word, in the topic or in who takes part. */
  searchMeetings(query: string, limit: number): Promise<MeetingHit[]>;
  joinMeeting(id: string): Promise<void>;
  startMeeting(id: string): Promise<void>;
  copyMeeting(id: string, what: CopyWhat): Promise<void>;
  openPerson(person: string): Promise<void>;
  openEvent(outboxItem: string): Promise<void>;
  /** The sheet of a meeting that is there, to change it. */
  editMeeting(id: string): Promise<ScheduleDraft>;
  /** Held, then sent to Zoom; the Event follows. */
  changeMeeting(id: string, draft: ScheduleDraft): Promise<Changed>;
  /** Held, then deleted in Zoom; the Event follows. */
  cancelMeeting(id: string): Promise<Changed>;
  /** Takes back a meeting that was just scheduled, and its Event. */
  undoScheduling(id: string): Promise<void>;
  /** Logs an Event for a meeting that is there. */
  logEvent(id: string): Promise<Changed>;

  /** `at`: a moment to come; without one, the first free time. */
  newDraft(person: string | null, at: number | null): Promise<ScheduleDraft>;
  /** What a typed date, time or length says. */
  readWhen(asked: WhenText): Promise<WhenRead>;
  checkSchedule(draft: ScheduleDraft): Promise<ScheduleCheck>;
  scheduleMeeting(draft: ScheduleDraft): Promise<Scheduled>;
  searchPeople(query: string, limit: number): Promise<PersonHit[]>;
  /** Zones whose city, country or id matches. */
  listZones(query: string): Promise<ZoneHit[]>;

  listOutbox(): Promise<Outbox>;
  undoOutboxItem(id: string): Promise<void>;
  retryOutboxItem(id: string): Promise<void>;
  discardOutboxItem(id: string): Promise<void>;
  /** Takes a discarded item back into line. */
  restoreOutboxItem(id: string): Promise<void>;
  /** Other texts for what was refused or has not left; it goes back in line. */
  editOutboxItem(id: string, texts: FieldText[]): Promise<void>;
  /** Whether ours is written over what somebody else changed since. */
  decideOutboxItem(id: string, mine: boolean): Promise<void>;
  /** The sheet of a meeting that was not made, as it was. */
  reopenOutboxItem(id: string): Promise<ScheduleDraft>;
  pauseOutbox(paused: boolean): Promise<void>;

  getUiState(key: string): Promise<string | null>;
  setUiState(key: string, value: string): Promise<void>;
  /** Ends the program; where something is not sent yet, `onQuitAsked` is called instead. */
  quitApp(): Promise<void>;
  /** Ends the program without a question. */
  quitAnyway(): Promise<void>;
  /** Takes the wish to quit back. */
  stayOpen(): Promise<void>;
  /** Shows everything in the window larger or smaller; 100 is the normal size. */
  zoomWindow(percent: number): Promise<void>;

  /** Calls back with the names of the data that changed. Returns the way to stop. */
  onDataChanged(listener: (tags: Tag[]) => void): () => void;
  /** Calls back when somebody wants to quit while something is not sent yet. Returns the way to stop. */
  onQuitAsked(listener: (unsent: number) => void): () => void;
}

/** What a command answered when it could not do its work. */
export class HostError extends Error {
  override name = "HostError";
  constructor(readonly command: CommandError) {
    super(command.kind);
  }
}

/** Turns anything thrown into a command error; what is not ours is a fault of the program. */
export function commandErrorOf(thrown: unknown): CommandError {
  if (thrown instanceof HostError) return thrown.command;
  return { kind: "internal", code: thrown instanceof Error ? thrown.name : "unknown" };
}

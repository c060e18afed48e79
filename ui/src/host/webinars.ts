// What the room Webinars asks of the program, as the engine's list of commands will have it. When the bindings have
// it, this file goes, and its lines in types.ts.

import type { FieldIssue, OutboxGroup, OutboxItem, OutboxState, PersonHit, UtcMs } from "./types";

export type OutboxWhat =
  | OutboxItem["what"]
  | "registerPerson"
  | "cancelRegistration"
  | "approveRegistrant"
  | "denyRegistrant"
  | "addPanelist"
  | "removePanelist"
  | "createWebinar"
  | "updateWebinar"
  | "deleteWebinar"
  | "createCampaign"
  | "putCampaignMember";

export type GroupWhat = OutboxGroup["what"] | "registerPeople" | "decideRegistrants" | "fillCampaign";

export type WebinarWhen = "upcoming" | "past";

export type WebinarFilter = { when: WebinarWhen; query: string };

/** Whether the user's webinars can be read. */
export type WebinarAccess =
  | { kind: "unknown" }
  | { kind: "ready" }
  | { kind: "notConnected" }
  | { kind: "noLicence" }
  | { kind: "missingScope"; scope: string }
  | { kind: "forbidden" };

export type WebinarList = {
  rows: WebinarRow[];
  total: number;
  upcoming: number;
  past: number;
  access: WebinarAccess;
  asOf: UtcMs | null;
  pinned: PinnedWebinar | null;
};

/** The webinar that one click registers for. */
export type PinnedWebinar = {
  id: string;
  topic: string;
  start: UtcMs | null;
  /** It is over, deleted, or takes no registrations. */
  closed: boolean;
};

export type WebinarApproval = "automatic" | "manual" | "none" | "unknown";
export type WebinarKind = "single" | "recurring" | "recurringNoTime";
export type WebinarProgress = "upcoming" | "running" | "past" | "deleted";
export type RegistrantCounts = { approved: number; pending: number; denied: number; cancelled: number };

/** What the user has decided about a webinar and Zoom does not have yet. */
export type WebinarPending = { item: string; deletes: boolean; canUndo: boolean };

export type WebinarRow = {
  id: string;
  topic: string;
  start: UtcMs | null;
  end: UtcMs | null;
  minutes: number;
  timezone: string | null;
  kind: WebinarKind;
  datesLeft: number;
  progress: WebinarProgress;
  approval: WebinarApproval;
  counts: RegistrantCounts;
  /** The lists of registrants were read at least once. */
  counted: boolean;
  capacity: number | null;
  daysToGo: number | null;
  attended: number | null;
  pinned: boolean;
  pending: WebinarPending | null;
};

export type WebinarDate = { id: string; start: UtcMs; end: UtcMs };

/** One time that the webinar was held. A restarted webinar has several. */
export type WebinarInstance = {
  uuid: string;
  started: UtcMs | null;
  firstJoin: UtcMs | null;
  lastLeave: UtcMs | null;
  people: number;
  /** Zoom's lists no longer change. */
  settled: boolean;
};

export type WebinarDetail = {
  row: WebinarRow;
  number: string;
  uuid: string | null;
  agenda: string;
  hostEmail: string | null;
  created: UtcMs | null;
  registrationUrl: string | null;
  hasJoinLink: boolean;
  hasPasscode: boolean;
  settingsKnown: boolean;
  settings: WebinarSettingsView;
  dates: WebinarDate[];
  instances: WebinarInstance[];
  panelists: PanelistRow[];
  questions: RegistrationQuestion[];
  sources: TrackingSourceRow[];
  way: RegistrationWay;
  block: RegistrationBlock | null;
  registrantsAsOf: UtcMs | null;
  curve: RegistrationCurve;
  funnel: WebinarFunnel | null;
};

export type WebinarSettingsView = {
  multipleDevices?: boolean;
  closeRegistration?: boolean;
  hostVideo?: boolean;
  panelistsVideo?: boolean;
  practiceSession?: boolean;
  onDemand?: boolean;
  notifyRegistrants?: boolean;
  confirmationMail?: boolean;
  invitePanelists?: boolean;
  questionAndAnswer?: boolean;
  shareButtons?: boolean;
  survey?: boolean;
  signInRequired?: boolean;
  recording?: string;
  audio?: string;
  alternativeHosts?: string;
  contactName?: string;
  contactEmail?: string;
  mailLanguage?: string;
  registrantsLimit?: number;
};

export type PanelistRow = { id: string; name: string; email: string | null; panelistId: string | null; hasLink: boolean; removing: boolean };

export type TrackingSourceRow = { id: string; name: string; url: string | null; registrations: number; visitors: number };

export type RegistrationCurve = { points: CurvePoint[]; ghost: CurvePoint[]; ghostTopic: string | null; capacity: number | null };

export type CurvePoint = { daysToGo: number; registered: number };

export type WebinarFunnel = { registered: number; attended: number; stayed: number; unregistered: number };

export type WebinarCopy = "joinLink" | "registrationLink" | "passcode";

export type RegistrantStanding = "approved" | "pending" | "denied" | "cancelled";
export type RegistrantDecision = "approve" | "deny" | "cancel";
export type RegistrantSort = "newest" | "name" | "email";
export type RegistrantFilter = { standing?: RegistrantStanding | null; query?: string; sort?: RegistrantSort };

export type RegistrantList = { rows: RegistrantRow[]; total: number; counts: RegistrantCounts; asOf: UtcMs | null };

export type RegisteredThrough = "liaison" | "elsewhere";

/** A registrant. Their own link never reaches the window. */
export type RegistrantRow = {
  id: string;
  registrantId: string;
  firstName: string;
  lastName: string;
  email: string;
  standing: RegistrantStanding;
  registered: UtcMs | null;
  person: PersonHit | null;
  several: boolean;
  through: RegisteredThrough;
  source: string | null;
  hasLink: boolean;
  answers: RegistrantAnswer[];
  pending: RegistrantPending | null;
};

export type RegistrantAnswer = { field: string; custom: boolean; value: string };
export type RegistrantPending = { item: string; decision: RegistrantDecision; canUndo: boolean };
export type RegistrantsDecided = { item: string | null; group: string | null; decided: number; leftOut: number };

export type Presence = "attended" | "absent" | "unknown" | "staff";
export type AttendanceFilter = { presence?: Presence | null; query?: string };
export type AttendanceState = "notYet" | "waiting" | "provisional" | "settled" | "noRight";

export type AttendanceList = {
  rows: AttendanceRow[];
  total: number;
  attended: number;
  absent: number;
  unknown: number;
  staff: number;
  state: AttendanceState;
  asOf: UtcMs | null;
  funnel: WebinarFunnel | null;
};

export type AttendanceRow = {
  id: string;
  presence: Presence;
  name: string;
  email: string | null;
  registrant: string | null;
  person: PersonHit | null;
  sessions: AttendanceSession[];
  seconds: number;
  firstJoin: UtcMs | null;
  lastLeave: UtcMs | null;
  /** Registrants of the same name: never taken for them. */
  namesakes: string[];
};

export type AttendanceSession = { name: string; userId: string | null; join: UtcMs | null; leave: UtcMs | null; seconds: number };

export type RegistrationQuestion = { field: string; custom: boolean; required: boolean; kind: QuestionKind; choices: string[] };
export type QuestionKind = "text" | "one" | "many";
export type RegistrationWay = "batches" | "oneByOneSeries" | "oneByOneQuestions";

/** Why nobody can be registered. */
export type RegistrationBlock =
  | { kind: "noRegistration" }
  | { kind: "closed" }
  | { kind: "deleted" }
  | { kind: "notConnected" }
  | { kind: "noLicence" }
  | { kind: "missingScope"; scope: string }
  | { kind: "forbidden" }
  | { kind: "full" };

export type RegistrationAsk = {
  webinar?: string;
  people?: string[];
  pasted?: string;
  rows?: RegistrationRow[];
  choices?: RegistrationChoice[];
  answers?: AnswerText[];
  source?: string | null;
};

export type RegistrationRow = { email?: string; firstName?: string; lastName?: string; answers?: AnswerText[] };
export type AnswerText = { field?: string; text?: string };

export type RegistrationChoice = {
  key?: string;
  email?: string | null;
  firstName?: string | null;
  lastName?: string | null;
  person?: string | null;
  reason?: string | null;
  again?: boolean;
  leaveOut?: boolean;
  answers?: AnswerText[];
};

export type RegistrationSort =
  | "ready"
  | "alreadyRegistered"
  | "waitingForApproval"
  | "denied"
  | "cancelled"
  | "noEmail"
  | "emailInvalid"
  | "optedOut"
  | "sameEmail"
  | "severalRecords"
  | "hostOrPanelist"
  | "noFirstName"
  | "answersMissing"
  | "quotaUsed"
  | "noRoom"
  | "onItsWay"
  | "leftOut";

export type RegistrationCheck = {
  webinar: PinnedWebinar;
  block: RegistrationBlock | null;
  groups: RegistrationGroup[];
  ready: number;
  /** Zoom e-mails each who is registered. */
  mails: boolean;
  /** They wait for the host's approval. */
  approval: boolean;
  way: RegistrationWay;
  requests: number;
  missing: MissingAnswer[];
  room: number | null;
  registrantsAsOf: UtcMs | null;
  people: RegistrationPerson[];
  total: number;
};

export type RegistrationGroup = { sort: RegistrationSort; count: number };
export type MissingAnswer = { question: RegistrationQuestion; count: number };

export type RegistrationPerson = {
  key: string;
  sort: RegistrationSort;
  name: string;
  firstName: string;
  lastName: string;
  email: string | null;
  moreEmails: string[];
  person: PersonHit | null;
  records: PersonHit[];
  registrant: string | null;
  optedOut: boolean;
  missing: string[];
};

export type Registering = { item: string | null; group: string | null; count: number; until: UtcMs | null };

export type OneClick =
  | { kind: "held"; item: string; name: string; email: string; topic: string; until: UtcMs | null; mails: boolean }
  | { kind: "asks"; webinar: PinnedWebinar; sort: RegistrationSort }
  | { kind: "blocked"; webinar: PinnedWebinar; block: RegistrationBlock }
  | { kind: "nothingPinned" };

export type RegistrationResult = { item: string; name: string; email: string; outcome: RegistrationOutcome };

export type RegistrationOutcome =
  | { kind: "registered"; hasLink: boolean }
  | { kind: "waitingForApproval" }
  | { kind: "alreadyThere" }
  | { kind: "discarded" }
  | { kind: "open"; state: OutboxState };

export type RegistrationResults = {
  rows: RegistrationResult[];
  total: number;
  registered: number;
  waitingForApproval: number;
  alreadyThere: number;
  needsYou: number;
  left: number;
  discarded: number;
};

export type PeopleFile = { encoding: string; delimiter: string; columns: PeopleColumn[]; rows: RegistrationRow[]; skipped: number };
export type PeopleColumn = { header: string; meaning: ColumnMeaning; example: string };

export type ColumnMeaning =
  | { kind: "email" }
  | { kind: "firstName" }
  | { kind: "lastName" }
  | { kind: "fullName" }
  | { kind: "answer"; field: string }
  | { kind: "ignored" };

export type WebinarDraft = {
  id: string;
  topic: string;
  agenda: string;
  date: string;
  time: string;
  zone: string;
  minutes: number;
  approval: WebinarApproval;
  passcode: boolean;
  /** Every week at this time, so often; only when it is made. */
  weeks: number | null;
  settings: WebinarSettingsView;
};

export type WebinarSheetCheck = { start: UtcMs | null; end: UtcMs | null; issues: FieldIssue[]; online: boolean; editsLeft: number };
export type WebinarMade = { id: string };
export type NewPanelistRow = { name: string; email: string };
export type WebinarDecided = { items: string[] };

export type CampaignHit = { id: string; name: string; status: string; start: UtcMs | null };

/** What a person is to the webinar. */
export type MemberState = "denied" | "registered" | "approved" | "noShow" | "attended";

/** The Campaign's status of each; none writes none. */
export type MemberStatuses = { registered?: string | null; approved?: string | null; denied?: string | null; attended?: string | null; noShow?: string | null };

export type CampaignChoice = { campaign?: string | null; name?: string; statuses?: MemberStatuses; addStatuses?: boolean };

export type CampaignStart = { choice: CampaignChoice; marketing: boolean; mayAddStatuses: boolean; mayAddMembers: boolean };

export type MemberPlan = "create" | "change" | "leave" | "unknown";

export type CampaignPlan = {
  available: string[];
  missing: string[];
  create: number;
  change: number;
  leave: number;
  unknown: number;
  calls: number;
  /** The first ones. */
  rows: MemberPlanRow[];
};

export type MemberPlanRow = { name: string; email: string; does: MemberPlan; from: string | null; to: string | null };
export type CampaignRun = { group: string | null; people: number };

export interface WebinarCommands {
  searchCampaigns(query: string, limit: number): Promise<CampaignHit[]>;
  startCampaign(webinar: string): Promise<CampaignStart>;
  planCampaign(webinar: string, choice: CampaignChoice): Promise<CampaignPlan>;
  runCampaign(webinar: string, choice: CampaignChoice): Promise<CampaignRun>;
  listWebinars(filter: WebinarFilter, offset: number, limit: number): Promise<WebinarList>;
  getWebinar(id: string): Promise<WebinarDetail>;
  listRegistrants(webinar: string, filter: RegistrantFilter, offset: number, limit: number): Promise<RegistrantList>;
  listAttendance(webinar: string, filter: AttendanceFilter, offset: number, limit: number): Promise<AttendanceList>;
  checkRegistration(ask: RegistrationAsk, sort: RegistrationSort | null, offset: number, limit: number): Promise<RegistrationCheck>;
  listRegistrationResults(group: string, offset: number, limit: number): Promise<RegistrationResults>;
  getPinnedWebinar(): Promise<PinnedWebinar | null>;
  checkWebinar(draft: WebinarDraft): Promise<WebinarSheetCheck>;
  readPeopleFile(webinar: string, bytes: number[], meanings: ColumnMeaning[] | null): Promise<PeopleFile>;
  newWebinar(): Promise<WebinarDraft>;
  editWebinar(id: string): Promise<WebinarDraft>;
  registerPerson(person: string, webinar: string | null): Promise<OneClick>;
  registerPeople(ask: RegistrationAsk): Promise<Registering>;
  decideRegistrants(webinar: string, registrants: string[], decision: RegistrantDecision): Promise<RegistrantsDecided>;
  addPanelists(webinar: string, people: NewPanelistRow[]): Promise<WebinarDecided>;
  removePanelist(webinar: string, panelist: string): Promise<WebinarDecided>;
  createWebinar(draft: WebinarDraft): Promise<WebinarMade>;
  changeWebinar(id: string, draft: WebinarDraft): Promise<WebinarDecided>;
  deleteWebinar(id: string): Promise<WebinarDecided>;
  pinWebinar(id: string | null): Promise<void>;
  startWebinar(id: string): Promise<void>;
  joinWebinar(id: string): Promise<void>;
  copyWebinar(id: string, what: WebinarCopy): Promise<void>;
  copyRegistrantLink(webinar: string, registrant: string): Promise<void>;
  copyPanelistLink(webinar: string, panelist: string): Promise<void>;
  refreshWebinar(id: string): Promise<void>;
  copyRegistrationResults(group: string): Promise<number>;
  copyRegistrants(webinar: string, filter: RegistrantFilter): Promise<number>;
  copyAttendance(webinar: string): Promise<number>;
}

/** Its reads, with the tags whose change makes an answer stale. */
export const webinarReads = {
  listWebinars: ["webinars", "outbox", "session"],
  getWebinar: ["webinars", "outbox"],
  listRegistrants: ["webinars", "people", "outbox"],
  listAttendance: ["webinars", "people"],
  checkRegistration: ["webinars", "people", "outbox", "session"],
  listRegistrationResults: ["webinars", "outbox"],
  getPinnedWebinar: ["webinars"],
  checkWebinar: ["webinars", "session"],
} as const;

// The words for everything that can go wrong: what happened, what it means, what to do, and a code to quote.
// The records name every kind, so a new one does not compile until it has its words.

import type {
  CommandError,
  Field,
  FieldIssue,
  LockReason,
  Problem,
  Provider,
  SignInFailure,
  SignInReason,
  TransferProblem,
} from "../../host";
import { minutesLong, moment, monthOf, number, wallTime } from "../../i18n/format";
import { isolated } from "../../i18n/isolation";
import { t, type MessageKey } from "../../i18n/messages.svelte";

export interface ErrorWords {
  what: string;
  meaning: string;
  todo: string;
  code: string;
}

type Kind = CommandError["kind"];
type Of<K extends Kind> = Extract<CommandError, { kind: K }>;
type Presentation<K extends Kind> = (error: Of<K>, doing: Doing) => ErrorWords;

/**
 * What was being done when it went wrong. It decides what can be promised: work in the background is tried again by
 * itself; a press of a button is not; and a meeting is never created unattended.
 */
export type Doing = "action" | "background" | "create";

const names: Record<Provider, string> = { zoom: "Zoom", salesforce: "Salesforce" };
const letters: Record<Provider, string> = { zoom: "Z", salesforce: "S" };

export function providerName(provider: Provider): string {
  return names[provider];
}

const signedOut: Record<SignInReason, { meaning: MessageKey; todo: MessageKey; code: string }> = {
  expired: { meaning: "error-sign-in-expired", todo: "error-sign-in-todo", code: "EXPIRED" },
  revoked: { meaning: "error-sign-in-revoked", todo: "error-sign-in-todo", code: "REVOKED" },
  userInactive: { meaning: "error-sign-in-inactive", todo: "error-ask-admin", code: "INACTIVE" },
  appBlocked: { meaning: "error-sign-in-blocked", todo: "error-ask-admin", code: "BLOCKED" },
};

export function signedOutWords(reason: SignInReason): string {
  return t(signedOut[reason].meaning);
}

const signInFailures: Record<SignInFailure, { meaning: MessageKey; todo: MessageKey; code: string }> = {
  declined: { meaning: "error-declined", todo: "error-declined-todo", code: "DECLINED" },
  cancelled: { meaning: "error-cancelled", todo: "error-cancelled-todo", code: "CANCELLED" },
  timedOut: { meaning: "error-browser-silent", todo: "error-browser-silent-todo", code: "BROWSER" },
  portsBusy: { meaning: "error-ports-busy", todo: "error-ports-busy-todo", code: "PORTS" },
  clientIdMissing: { meaning: "error-client-id-missing", todo: "error-client-id-missing-todo", code: "NO-CLIENT" },
  clientUnknown: { meaning: "error-client-unknown", todo: "error-client-unknown-todo", code: "CLIENT" },
  redirectMismatch: { meaning: "error-redirect-mismatch", todo: "error-redirect-mismatch-todo", code: "REDIRECT" },
  appMisconfigured: { meaning: "error-app-misconfigured", todo: "error-app-misconfigured-todo", code: "APP" },
  appBlocked: { meaning: "error-app-blocked", todo: "error-app-blocked-todo", code: "APP-BLOCKED" },
  appNotInstalled: { meaning: "error-app-not-installed", todo: "error-app-not-installed-todo", code: "APP-MISSING" },
  approvalNeeded: { meaning: "error-approval-needed", todo: "error-approval-needed-todo", code: "APPROVAL" },
  userInactive: { meaning: "error-user-inactive", todo: "error-ask-admin", code: "USER" },
  pageExpired: { meaning: "error-page-expired", todo: "error-page-expired-todo", code: "PAGE" },
  busy: { meaning: "error-sign-in-busy", todo: "error-sign-in-busy-todo", code: "BUSY" },
  refused: { meaning: "error-sign-in-refused", todo: "error-sign-in-refused-todo", code: "REFUSED" },
  hostRefused: { meaning: "error-host-refused", todo: "error-host-refused-todo", code: "HOST" },
  failed: { meaning: "error-sign-in-failed", todo: "error-try-again", code: "FAILED" },
};

export interface LockWords {
  what: string;
  todo: string;
  code: string;
}

const locks: Record<LockReason, { what: MessageKey; todo: MessageKey; code: string }> = {
  keychainLocked: { what: "locked-keychain-locked", todo: "locked-keychain-locked-todo", code: "L-KEYCHAIN" },
  keychainMissing: { what: "locked-keychain-missing", todo: "locked-keychain-missing-todo", code: "L-NO-KEYCHAIN" },
  keyMissing: { what: "locked-key-missing", todo: "locked-key-missing-todo", code: "L-NO-KEY" },
  keyDiffers: { what: "locked-key-differs", todo: "locked-key-differs-todo", code: "L-OTHER-KEY" },
  damaged: { what: "locked-damaged", todo: "locked-damaged-todo", code: "L-DAMAGED" },
  newerVersion: { what: "locked-newer-version", todo: "locked-newer-version-todo", code: "L-NEWER" },
  disk: { what: "locked-disk", todo: "locked-disk-todo", code: "L-DISK" },
};

export function presentLock(reason: LockReason): LockWords {
  const words = locks[reason];
  return { what: t(words.what), todo: t(words.todo), code: words.code };
}

const transfers: Record<TransferProblem, { meaning: MessageKey; todo: MessageKey; code: string }> = {
  notOurs: { meaning: "transfer-not-ours", todo: "transfer-not-ours-todo", code: "NOT-OURS" },
  tooLarge: { meaning: "transfer-too-large", todo: "transfer-not-ours-todo", code: "LARGE" },
  wrongPassphrase: { meaning: "transfer-wrong", todo: "transfer-wrong-todo", code: "PASSPHRASE" },
  damaged: { meaning: "transfer-damaged", todo: "transfer-damaged-todo", code: "DAMAGED" },
  later: { meaning: "transfer-later", todo: "transfer-later-todo", code: "LATER" },
  otherAccount: { meaning: "transfer-other", todo: "transfer-other-todo", code: "OTHER" },
};

function hour(at: number): string {
  return moment(at, Date.now());
}

function of(provider: Provider): { provider: string } {
  return { provider: names[provider] };
}

const offlineWords: Record<Doing, { meaning: MessageKey; todo: MessageKey }> = {
  action: { meaning: "error-offline-meaning", todo: "error-offline-todo" },
  background: { meaning: "error-offline-meaning", todo: "error-goes-on" },
  create: { meaning: "error-not-created", todo: "error-create-online" },
};
const slowWords: Record<Doing, MessageKey> = {
  action: "error-rate-limited-action",
  background: "error-rate-limited-background",
  create: "error-rate-limited-create",
};
/** For a fault that may be over in a moment. */
const againWords: Record<Doing, { meaning: MessageKey; todo: MessageKey }> = {
  action: { meaning: "error-kept", todo: "error-in-a-moment" },
  background: { meaning: "error-kept", todo: "error-goes-on" },
  create: { meaning: "error-not-created", todo: "error-create-again" },
};
/** It stays in the outbox, where it is looked up by itself; a press of the button looks at once. */
function unknownWords(until: number | null, doing: Doing): Pick<ErrorWords, "meaning" | "todo"> {
  if (doing === "background") return { meaning: t("error-kept"), todo: t("error-goes-on") };
  if (doing === "action") return { meaning: t("error-unknown-action"), todo: t("error-in-a-moment") };
  const next = until === null ? "" : ` ${t("error-unknown-create-until", { time: hour(until) })}`;
  return { meaning: t("error-unknown-create") + next, todo: t("error-unknown-create-todo") };
}

const presentations: { [K in Kind]: Presentation<K> } = {
  offline: (_, doing) => ({
    what: t("error-offline"),
    meaning: t(offlineWords[doing].meaning),
    todo: t(offlineWords[doing].todo),
    code: "N-OFFLINE",
  }),
  timedOut: ({ provider }, doing) => ({
    what: t("error-timed-out", of(provider)),
    meaning: t(againWords[doing].meaning),
    todo: t(againWords[doing].todo),
    code: `${letters[provider]}-TIMEOUT`,
  }),
  signInNeeded: ({ provider, reason }) => ({
    what: t("error-sign-in", of(provider)),
    meaning: t(signedOut[reason].meaning),
    todo: t(signedOut[reason].todo, of(provider)),
    code: `${letters[provider]}-${signedOut[reason].code}`,
  }),
  notConnected: ({ provider }) => ({
    what: t("error-not-connected", of(provider)),
    meaning: t("error-not-connected-meaning", of(provider)),
    todo: t("error-not-connected-todo"),
    code: `${letters[provider]}-NOT-CONNECTED`,
  }),
  rateLimited: ({ provider, until }, doing) => ({
    what: t("error-rate-limited", of(provider)),
    meaning: t(slowWords[doing], { time: hour(until) }),
    todo: "",
    code: `${letters[provider]}-RATE`,
  }),
  editLimit: ({ until }) => ({
    what: t("error-edit-limit"),
    meaning: t("error-edit-limit-meaning", { time: hour(until) }),
    todo: t("error-edit-limit-todo"),
    code: "Z-EDITS",
  }),
  invalid: ({ issues }) => ({
    what: t("error-invalid"),
    meaning: issues.map((issue) => presentIssue(issue)).join(" "),
    todo: "",
    code: "V-INPUT",
  }),
  refused: ({ provider, message, code }) => ({
    what: t("error-refused", of(provider)),
    meaning: String(isolated(message)),
    todo: t("error-refused-todo"),
    code: `${letters[provider]}-${code}`,
  }),
  permissionMissing: ({ provider, permission }) => ({
    what: t("error-permission", of(provider)),
    meaning: t("error-permission-meaning", { permission }),
    todo: t("error-ask-admin"),
    code: `${letters[provider]}-PERMISSION`,
  }),
  networkSignIn: ({ provider }) => ({
    what: t("error-network-sign-in"),
    meaning: t("error-network-sign-in-meaning", of(provider)),
    todo: t("error-network-sign-in-todo"),
    code: "N-PORTAL",
  }),
  networkRefused: ({ provider }) => ({
    what: t("error-network-refused", of(provider)),
    meaning: t("error-network-refused-meaning"),
    todo: t("error-network-refused-todo"),
    code: `${letters[provider]}-NETWORK`,
  }),
  serviceTrouble: ({ provider, code }, doing) => ({
    what: t("error-trouble", of(provider)),
    meaning: t(againWords[doing].meaning),
    todo: t(againWords[doing].todo),
    code: `${letters[provider]}-${code}`,
  }),
  outcomeUnknown: ({ provider, until }, doing) => ({
    what: t("error-unknown", of(provider)),
    ...unknownWords(until, doing),
    code: `${letters[provider]}-UNKNOWN`,
  }),
  gone: () => ({ what: t("error-gone"), meaning: t("error-gone-meaning"), todo: "", code: "E-GONE" }),
  locked: ({ reason }) => {
    const words = presentLock(reason);
    return { what: words.what, meaning: t("locked-safe"), todo: words.todo, code: words.code };
  },
  browserFailed: () => ({
    what: t("error-browser"),
    meaning: "",
    todo: t("error-browser-todo"),
    code: "B-OPEN",
  }),
  signInFailed: ({ provider, reason, code }) => ({
    what: t("error-sign-in-ended", of(provider)),
    meaning: t(signInFailures[reason].meaning, of(provider)),
    todo: t(signInFailures[reason].todo, of(provider)),
    // The service's own code, spelt as it does: an administrator looks it up.
    code: `${letters[provider]}-${code ?? signInFailures[reason].code}`,
  }),
  tooLate: () => ({
    what: t("error-too-late"),
    meaning: t("error-too-late-meaning"),
    todo: "",
    code: "O-LATE",
  }),
  storage: ({ code }) => ({
    what: t("error-storage"),
    meaning: t("error-storage-meaning"),
    todo: t("error-storage-todo"),
    code: `D-${code}`,
  }),
  transfer: ({ problem }) => ({
    what: t("transfer-failed"),
    meaning: t(transfers[problem].meaning),
    todo: t(transfers[problem].todo),
    code: `T-${transfers[problem].code}`,
  }),
  internal: ({ code }) => ({
    what: t("error-internal"),
    meaning: t("error-kept"),
    todo: t("error-internal-todo"),
    code: `I-${code}`,
  }),
};

export function presentError(error: CommandError, doing: Doing = "action"): ErrorWords {
  return (presentations[error.kind] as Presentation<Kind>)(error as never, doing);
}

const missing: Record<Field, MessageKey> = {
  topic: "problem-missing-topic",
  date: "problem-missing-date",
  time: "problem-missing-time",
  zone: "problem-missing-zone",
  minutes: "problem-missing-minutes",
  people: "problem-missing",
  email: "problem-missing",
  agenda: "problem-missing",
  note: "problem-missing",
  phone: "problem-missing",
  holdSeconds: "problem-missing",
  textPercent: "problem-missing",
  clientId: "problem-missing-client-id",
  loginHost: "problem-missing-login-host",
  repeats: "problem-missing-days",
  passphrase: "problem-missing-passphrase",
  survey: "problem-missing",
  options: "problem-missing",
  alternativeHosts: "problem-missing",
  template: "template-needs-name",
  name: "problem-missing-name",
};

const problems: { [K in Problem["kind"]]: (problem: Extract<Problem, { kind: K }>, field: Field) => string } = {
  missing: (_, field) => t(missing[field]),
  tooLong: ({ max, length }) => t("problem-too-long", { max: number(max), length: number(length) }),
  tooShort: ({ min }) => t("problem-too-short", { min }),
  notADate: () => t("problem-not-a-date"),
  noSuchDay: ({ year, month, days }) => t("problem-no-such-day", { month: monthOf(year, month), days }),
  notATime: () => t("problem-not-a-time"),
  noSuchTime: () => t("problem-no-such-time"),
  notALength: () => t("problem-not-a-length"),
  notWholeMinutes: () => t("problem-not-whole-minutes"),
  notAZone: () => t("problem-not-a-zone"),
  inThePast: (_, field) => t(field === "date" ? "problem-day-passed" : "problem-in-the-past"),
  doesNotExist: ({ before, after }) =>
    t("problem-does-not-exist", { before: wallTime(before), after: wallTime(after) }),
  happensTwice: () => t("problem-happens-twice"),
  outOfRange: ({ min, max }, field) =>
    field === "minutes"
      ? t("problem-length-out-of-range", { min: minutesLong(min), max: minutesLong(max) })
      : t("problem-out-of-range", { min: number(min), max: number(max) }),
  notAnEmail: ({ value }) => t("problem-not-an-email", { value }),
  notAPage: () => t("problem-not-a-page"),
  unknownPerson: ({ name }) => t("problem-unknown-person", { name }),
  duplicate: ({ value }, field) => t(field === "template" ? "problem-template-name" : "problem-duplicate", { value }),
  tooMany: ({ max }) => t("problem-too-many", { max: number(max) }),
  notSeparable: ({ value }) => t("problem-not-separable", { value }),
  notAllowed: (_, field) => t(field === "loginHost" ? "problem-login-host" : "problem-not-allowed"),
  noDates: () => t("problem-no-dates"),
  sameForAll: () => t("problem-same-for-all"),
  zoneOfSeries: () => t("problem-zone-of-series"),
  datesInThePast: ({ count }) => t("problem-dates-in-the-past", { count }),
  // Only the sheet's own words say what to do; Zoom's name the address.
  refused: ({ message }, field) => [message, ...(field === "alternativeHosts" ? [t("problem-refused-hosts")] : [])].filter(Boolean).join(" "),
};

/** What is wrong, where the place says of what. */
export function presentProblem(problem: Problem): string {
  return problems[problem.kind](problem as never, "note");
}

export function presentIssue({ field, problem }: FieldIssue): string {
  return problems[problem.kind](problem as never, field);
}

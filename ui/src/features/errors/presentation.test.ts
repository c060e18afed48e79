import { describe, expect, it } from "vitest";
import type { CommandError, Field, LockReason, Problem, SignInFailure, SignInReason } from "../../host";
import { speak } from "../../i18n/messages.svelte";
import { presentError, presentIssue, presentLock, type Doing } from "./presentation";

const until = Date.UTC(2026, 10, 23, 10, 42);
const signInReasons: SignInReason[] = ["expired", "revoked", "userInactive", "appBlocked"];
const failures: SignInFailure[] = [
  "declined",
  "cancelled",
  "timedOut",
  "portsBusy",
  "clientIdMissing",
  "clientUnknown",
  "redirectMismatch",
  "appMisconfigured",
  "appBlocked",
  "appNotInstalled",
  "approvalNeeded",
  "userInactive",
  "pageExpired",
  "busy",
  "refused",
  "hostRefused",
  "failed",
];
const locks: LockReason[] = ["keychainLocked", "keychainMissing", "keyMissing", "keyDiffers", "damaged", "newerVersion", "disk"];
const errors: CommandError[] = [
  { kind: "offline" },
  { kind: "timedOut", provider: "zoom" },
  ...signInReasons.map((reason): CommandError => ({ kind: "signInNeeded", provider: "salesforce", reason })),
  { kind: "notConnected", provider: "zoom" },
  { kind: "rateLimited", provider: "zoom", until },
  { kind: "editLimit", until },
  { kind: "invalid", issues: [{ field: "topic", problem: { kind: "missing" } }] },
  { kind: "refused", provider: "salesforce", message: "Pick an owner", code: "VALIDATION" },
  { kind: "permissionMissing", provider: "salesforce", permission: "Edit Events" },
  { kind: "networkSignIn", provider: "zoom" },
  { kind: "networkRefused", provider: "salesforce" },
  { kind: "serviceTrouble", provider: "zoom", code: "503" },
  { kind: "outcomeUnknown", provider: "zoom", until },
  { kind: "gone" },
  ...locks.map((reason): CommandError => ({ kind: "locked", reason })),
  { kind: "browserFailed" },
  ...failures.map((reason): CommandError => ({ kind: "signInFailed", provider: "zoom", reason, code: null })),
  { kind: "tooLate" },
  { kind: "storage", code: "FULL" },
  { kind: "internal", code: "X1" },
];

describe.each(["en", "nl"] as const)("errors in %s", (language) => {
  it.each(errors.map((error) => [JSON.stringify(error), error] as const))("%s has its words and a code", (_, error) => {
    speak(language);
    const words = presentError(error);
    expect(words.what).toMatch(/\p{L}{3,}/u);
    expect(`${words.meaning}${words.todo}`).toMatch(/\p{L}{3,}/u);
    expect(words.code).toMatch(/^[A-Z]-[A-Z0-9-]+$/u);
    expect(JSON.stringify(words)).not.toMatch(/undefined|\[object|\{ ?\$/u);
    speak("en");
  });
});

describe.each(["en", "nl"] as const)("what is promised in %s", (language) => {
  const passing: CommandError[] = errors.filter(({ kind }) =>
    ["offline", "timedOut", "rateLimited", "serviceTrouble", "outcomeUnknown"].includes(kind),
  );
  /** Words that promise something happens without the reader. */
  const unattended = /by itself|vanzelf/u;

  it.each(passing.map((error) => [error.kind, error] as const))("%s goes on by itself only in the background", (_, error) => {
    speak(language);
    const text = (doing: Doing) => `${presentError(error, doing).meaning} ${presentError(error, doing).todo}`;
    expect(text("background")).toMatch(unattended);
    for (const doing of ["action", "create"] as const) expect(text(doing)).not.toMatch(unattended);
    // A meeting is never created unattended: the sheet keeps what was typed and says which button goes on.
    expect(text("create")).toMatch(language === "en" ? /What you typed stays here/u : /blijft hier staan/u);
    expect(text("create")).toMatch(language === "en" ? /Create again/u : /op Aanmaken/u);
    speak("en");
  });

  it("tells from when on, after a limit", () => {
    speak(language);
    for (const doing of ["action", "background", "create"] as const)
      expect(presentError({ kind: "rateLimited", provider: "zoom", until }, doing).meaning).toMatch(/\d{1,2}:\d{2}/u);
    speak("en");
  });
});

describe("codes", () => {
  it("tell the errors apart", () => {
    const codes = errors.map((error) => presentError(error).code);
    expect(new Set(codes).size).toBe(codes.length);
  });
});

describe("a refused sign-in", () => {
  it.each(["en", "nl"] as const)("has its own advice for each reason in %s, and the service's code", (language) => {
    speak(language);
    const told = failures.map((reason) => presentError({ kind: "signInFailed", provider: "salesforce", reason, code: "OAUTH_X" }));
    expect(new Set(told.map((words) => words.meaning)).size).toBe(failures.length);
    expect(told.every((words) => words.code === "S-OAUTH_X")).toBe(true);
    speak("en");
  });
});

describe("a service's own text", () => {
  it("is shown as it is", () => {
    expect(presentError({ kind: "refused", provider: "salesforce", message: "Pick <b>an</b> owner", code: "V" }).meaning).toBe(
      "Pick <b>an</b> owner",
    );
  });
});

describe("what is wrong with a field", () => {
  const problems: Problem[] = [
    { kind: "missing" },
    { kind: "tooLong", max: 200, length: 10_000 },
    { kind: "notADate" },
    { kind: "notATime" },
    { kind: "notAZone" },
    { kind: "inThePast" },
    { kind: "doesNotExist", before: "01:59", after: "03:00" },
    { kind: "happensTwice", earlier: "UTC+02:00", later: "UTC+01:00" },
    { kind: "outOfRange", min: 1, max: 1440 },
    { kind: "notAnEmail", value: "x@" },
    { kind: "unknownPerson", name: "Anna" },
    { kind: "duplicate", value: "a@b.example" },
    { kind: "tooMany", max: 5 },
    { kind: "notAllowed" },
    { kind: "notAPage" },
  ];
  const fields: Field[] = ["topic", "date", "time", "zone", "minutes", "people", "email", "agenda", "holdSeconds", "textPercent", "clientId", "loginHost", "survey"];

  it("has words for every problem of every field", () => {
    for (const field of fields)
      for (const problem of problems) expect(presentIssue({ field, problem }), `${field} ${problem.kind}`).toMatch(/\p{L}{2,}/u);
  });

  it("names the bounds in the reader's figures", () => {
    speak("nl");
    expect(presentIssue({ field: "topic", problem: { kind: "tooLong", max: 200, length: 10_000 } })).toContain("10.000");
    speak("en");
    expect(presentIssue({ field: "topic", problem: { kind: "tooLong", max: 200, length: 10_000 } })).toContain("10,000");
  });
});

describe("a lock", () => {
  it("says why, what to do and a code, each its own", () => {
    const words = locks.map((reason) => presentLock(reason));
    expect(new Set(words.map((lock) => lock.what)).size).toBe(locks.length);
    expect(new Set(words.map((lock) => lock.code)).size).toBe(locks.length);
  });
});

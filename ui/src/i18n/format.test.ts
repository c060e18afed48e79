// What is written where the web view knows no zone at all: the rules are the engine's.

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { rulesOf } from "../host/fake/zones";
import { sources } from "../test/sources";
import { ahead, keepTime } from "./clocks.svelte";
import { clockTime, isoDay, isoTime, longDay, moment, shortDay, theirSpan, theirTime, timeElsewhere, timeSpan, wallHour, writtenDate } from "./format";
import { speak } from "./messages.svelte";

const Known = Intl.DateTimeFormat;

/** An ICU without zones. */
class Blind extends Known {
  constructor(region?: Intl.LocalesArgument, options?: Intl.DateTimeFormatOptions) {
    if (options?.timeZone !== "UTC") throw new RangeError(`Invalid time zone specified: ${options?.timeZone ?? "the computer's"}`);
    super(region as string, options);
  }
}

beforeEach(() => {
  vi.stubGlobal("Intl", Object.assign(Object.create(Intl) as typeof Intl, { DateTimeFormat: Blind }));
  speak("en");
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const at = (instant: string) => Date.parse(instant);

describe("without any zone of the web view's own", () => {
  it("is blind", () => {
    expect(() => new Intl.DateTimeFormat("en", { timeZone: "Europe/Amsterdam" })).toThrow(RangeError);
    expect(() => new Intl.DateTimeFormat("en")).toThrow(RangeError);
  });

  it.each([
    ["Europe/Amsterdam", "2026-12-01T09:00:00Z", "2026-12-01", "10:00"],
    ["Europe/Amsterdam", "2026-07-01T22:30:00Z", "2026-07-02", "00:30"],
    ["America/Vancouver", "2026-12-01T17:00:00Z", "2026-12-01", "10:00"],
    ["America/New_York", "2026-12-01T02:00:00Z", "2026-11-30", "21:00"],
    ["Asia/Kolkata", "2026-12-01T04:30:00Z", "2026-12-01", "10:00"],
    ["Pacific/Auckland", "2026-12-01T11:30:00Z", "2026-12-02", "00:30"],
  ])("%s at %s is %s %s", (zone, instant, day, time) => {
    keepTime(rulesOf(zone));
    expect([isoDay(at(instant)), isoTime(at(instant)), clockTime(at(instant))]).toEqual([day, time, time]);
  });

  it("writes days, spans and moments on the user's own clocks", () => {
    keepTime(rulesOf("Europe/Amsterdam"));
    const late = at("2026-11-30T23:30:00Z");
    expect(longDay(late)).toBe("Tuesday 1 December");
    expect(shortDay(late)).toMatch(/^Tue,? 1 Dec$/u);
    expect(timeSpan(late, late + 1_800_000)).toBe("00:30–01:00");
    expect(moment(late, at("2026-12-01T12:00:00Z"))).toBe("00:30");
    expect(moment(late, at("2026-11-30T12:00:00Z"))).toBe("1 Dec 00:30");
    expect(writtenDate("2026-11-24")).toMatch(/^Tue,? 24 Nov 2026$/u);
    expect(timeElsewhere(late, -25_200)).toBe("16:30");
    speak("nl");
    expect(longDay(late)).toBe("Dinsdag 1 december");
    expect(wallHour(9)).toBe("09");
  });

  it("names the day of another zone where it is another day", () => {
    keepTime(rulesOf("Europe/Amsterdam"));
    const start = at("2026-12-01T00:30:00Z");
    expect(theirTime("2026-11-30T17:30", start)).toMatch(/^Mon,? 30 Nov 17:30$/u);
    expect(theirTime("2026-12-01T06:00", start)).toBe("06:00");
    expect(theirSpan("2026-12-01T06:00", "2026-12-01T06:45", start)).toBe("06:00–06:45");
    expect(theirSpan("2026-11-30T17:30", "2026-11-30T18:15", start)).toMatch(/^Mon,? 30 Nov 17:30–18:15$/u);
    expect(theirSpan("2026-11-30T23:30", "2026-12-01T00:15", start)).toMatch(/^Mon,? 30 Nov 23:30–Tue,? 1 Dec 00:15$/u);
  });

  it("changes the clocks in the very second, and holds the first and last rule beyond them", () => {
    keepTime(rulesOf("Europe/Amsterdam"));
    const change = at("2026-10-25T01:00:00Z");
    expect([ahead(change - 1), ahead(change)]).toEqual([7200, 3600]);
    expect([ahead(at("1999-01-01T00:00:00Z")), ahead(at("2100-07-01T00:00:00Z"))]).toEqual([3600, 3600]);
  });
});

describe("the sources", () => {
  // The simulation has rules of its own; what reads typed dates is to be the engine.
  const read = sources("src", ".ts", ".svelte").filter(
    ({ path }) => !path.startsWith("src/test/") && !path.endsWith(".test.ts") && path !== "src/features/schedule/dateText.ts",
  );

  const faults: [string, RegExp][] = [
    ["a zone by name", /timeZone\??:(?!\s*"UTC")/u],
    ["the web view's own zone", /DateTimeFormat\((?![^;]*timeZone: "UTC")|\.timeZone\b|getLocalTimeZone|getTimezoneOffset|toLocale(Date|Time)?String\(/u],
    ["parts of a day by the web view's own zone", /\.(get|set)(Hours|Minutes|Month|FullYear)\(|\bDate\([^;{}]*\)\.(get|set)(Date|Day)\(/u],
    ["something read out of a formatted text", /formatToParts|\.format\([^;{}]*\)\s*\.(slice|split|match|matchAll|replace|replaceAll|substring|at|startsWith|indexOf)\(|"en-CA"/u],
    ["something read out of a written time", /\b(clockTime|longDay|shortDay|shortDate|writtenDate|moment|timeSpan|theirTime|theirSpan|wallTime)\([^;{}]*\)\s*\.(slice|split|match|replace|replaceAll|substring)\(/u],
  ];

  it("are read, and what is forbidden would be seen", () => {
    expect(read.length).toBeGreaterThan(60);
    const forbidden = (text: string) => faults.filter(([, fault]) => fault.test(text)).map(([name]) => name);
    expect(forbidden('new Intl.DateTimeFormat("nl", { timeZone: zone })')).toContain("a zone by name");
    expect(forbidden('new Intl.DateTimeFormat("nl", { hour: "numeric" })')).toContain("the web view's own zone");
    expect(forbidden("Intl.DateTimeFormat().resolvedOptions().timeZone")).toContain("the web view's own zone");
    expect(forbidden("new Date(at).getHours()")).toContain("parts of a day by the web view's own zone");
    expect(forbidden('f.format(at).split("/")')).toContain("something read out of a formatted text");
    expect(forbidden('clockTime(at).replace(/[:.]00/u, "")')).toContain("something read out of a written time");
    expect(forbidden('new Intl.DateTimeFormat("nl", { hour: "numeric", timeZone: "UTC" }).format(at)')).toEqual([]);
  });

  it.each(faults)("hold no use of %s", (_, fault) => {
    expect(read.filter(({ text }) => fault.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

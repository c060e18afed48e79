import { describe, expect, it } from "vitest";
import { daysBetween, isDate, isTime, shiftDate, shiftTime } from "./shift";

describe("a date", () => {
  it("moves over the ends of months, years and leap days", () => {
    expect(shiftDate("2026-11-30", 1)).toBe("2026-12-01");
    expect(shiftDate("2027-01-01", -1)).toBe("2026-12-31");
    expect(shiftDate("2028-02-28", 1)).toBe("2028-02-29");
    expect(shiftDate("2027-02-28", 1)).toBe("2027-03-01");
  });

  it("counts its distance in days, also over the change of the clocks", () => {
    expect(daysBetween("2026-11-27", "2026-11-27")).toBe(0);
    expect(daysBetween("2027-03-27", "2027-03-29")).toBe(2);
    expect(daysBetween("2026-12-02", "2026-11-27")).toBe(-5);
  });

  it.each(["", "5 dec", "0NaN-12-05", "11/27/2026", "2026-02-30", "2026-13-01", "2026-1-5"])("%s is none and stays", (text) => {
    expect(isDate(text)).toBe(false);
    expect(shiftDate(text, 1)).toBe(text);
    expect(daysBetween("2026-11-27", text)).toBe(0);
  });
});

describe("a time", () => {
  it("moves by quarters and stays within the day", () => {
    expect(shiftTime("15:00", 15)).toBe("15:15");
    expect(shiftTime("15:05", 15)).toBe("15:15");
    expect(shiftTime("00:00", -15)).toBe("00:00");
    expect(shiftTime("23:45", 15)).toBe("23:45");
  });

  it.each(["", "nonsense", "25:00", "9:30", "12:60"])("%s is none and stays", (text) => {
    expect(isTime(text)).toBe(false);
    expect(shiftTime(text, 15)).toBe(text);
  });
});

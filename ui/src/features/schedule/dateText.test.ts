import { describe, expect, it } from "vitest";
import { figureOrder, readDate, readTime, shiftDate, shiftTime } from "./dateText";
import { writtenDate } from "../../i18n/format";
import { catalogue, speak } from "../../i18n/messages.svelte";

const near = "2026-11-23";

describe("a typed date", () => {
  it.each([
    ["2026-11-24", "en-GB", "2026-11-24"],
    ["24-11-2026", "nl-NL", "2026-11-24"],
    ["24/11", "en-GB", "2026-11-24"],
    ["11/24", "en-US", "2026-11-24"],
    ["24.11.26", "nl-NL", "2026-11-24"],
    ["3-1", "nl-NL", "2027-01-03"],
    ["24 nov", "en-GB", "2026-11-24"],
    ["24 nov 2026", "nl-NL", "2026-11-24"],
    ["di 24 nov. 2026", "nl-NL", "2026-11-24"],
    ["Tue, 24 November 2026", "en-GB", "2026-11-24"],
    ["Nov 24, 2026", "en-US", "2026-11-24"],
    ["Tue, Nov 24, 2026", "en-US", "2026-11-24"],
    ["5 maart", "nl-NL", "2027-03-05"],
    ["5 mrt", "nl-NL", "2027-03-05"],
  ])("%s in %s is %s", (text, region, date) => {
    expect(readDate(text, near, region)).toBe(date);
  });

  it.each(["", "soon", "32-1", "1-13", "24 xyz", "2026-13-01", "24", "<script>", "9".repeat(10_000)])("%s is none", (text) => {
    expect(readDate(text, near, "nl-NL")).toBeNull();
  });

  it("is read back as it is written, every day of two years in both languages", () => {
    for (const language of ["en", "nl"] as const) {
      speak(language);
      for (let day = 0; day < 730; day += 1) {
        const date = shiftDate("2026-01-01", day);
        expect(readDate(writtenDate(date), near, catalogue.region), `${writtenDate(date)} (${catalogue.region})`).toBe(date);
      }
    }
    speak("en");
  });

  it("follows the region's order", () => {
    expect(figureOrder("en-US")).toBe("monthFirst");
    expect(figureOrder("nl-NL")).toBe("dayFirst");
  });
});

describe("a typed time", () => {
  it.each([
    ["15:00", "15:00"],
    ["9", "09:00"],
    ["1530", "15:30"],
    ["15.30", "15:30"],
    ["9u30", "09:30"],
    ["3pm", "15:00"],
    ["3:05 pm", "15:05"],
    ["12am", "00:00"],
    ["12 p.m.", "12:00"],
  ])("%s is %s", (text, time) => {
    expect(readTime(text)).toBe(time);
  });

  it.each(["", "25:00", "12:60", "13pm", "half drie", "9:5", "::", "1".repeat(10_000)])("%s is none", (text) => {
    expect(readTime(text)).toBeNull();
  });

  it("moves by quarters and stays within the day", () => {
    expect(shiftTime("15:00", 15)).toBe("15:15");
    expect(shiftTime("00:00", -15)).toBe("00:00");
    expect(shiftTime("23:45", 15)).toBe("23:45");
    expect(shiftTime("nonsense", 15)).toBe("nonsense");
  });
});

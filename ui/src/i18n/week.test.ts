// The day on which weeks begin, against what the ICU of Node knows.

import { describe, expect, it } from "vitest";
import { weekBegins } from "./week";

interface WithWeek {
  getWeekInfo?: () => { firstDay: number };
  weekInfo?: { firstDay: number };
}

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const names = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
/** No countries, or no longer ones. */
const NONE = ["AN", "BU", "CS", "DD", "EU", "EZ", "FX", "NT", "QO", "RH", "SU", "TP", "UN", "XA", "XB", "YD", "YU", "ZR", "ZZ"];

describe("a week", () => {
  it("begins everywhere on the day on which it does there", () => {
    const regions = LETTERS.flatMap((one) => LETTERS.map((other) => one + other)).filter((region) => names.of(region) && !NONE.includes(region));
    expect(regions.length).toBeGreaterThan(200);
    for (const region of regions) {
      const locale = new Intl.Locale(`en-${region}`) as WithWeek;
      const known = (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay;
      expect([region, weekBegins(`en-${region}`)]).toEqual([region, known]);
    }
  });

  it("begins on Monday where no country is told, and whatever else a tag says", () => {
    expect([weekBegins("en"), weekBegins("nl-NL"), weekBegins("en-Latn-US-u-hc-h23"), weekBegins("")]).toEqual([1, 1, 7, 1]);
  });
});

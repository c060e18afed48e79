import { describe, expect, it } from "vitest";
import { Geometry, type Band } from "./geometry";

/** The same numbers at each run. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

const bands = (seed: number): Band[] => {
  const below = random(seed);
  return Array.from({ length: 1 + below(6) }, () => ({ rows: below(4) === 0 ? 0 : below(60), rowHeight: 20 + below(60), headHeight: below(2) * 28 }));
};

/** The tops of all rows, one after the other. */
function slowly(list: readonly Band[]): { top: number; bottom: number; head: number }[] {
  let y = 0;
  return list.flatMap(({ rows, rowHeight, headHeight }) => {
    if (rows > 0) y += headHeight;
    return Array.from({ length: rows }, () => {
      const top = y;
      y += rowHeight;
      return { top, bottom: y, head: headHeight };
    });
  });
}

describe("the places of rows", () => {
  it.each(Array.from({ length: 60 }, (_, seed) => seed))("are those of rows laid one below the other (%i)", (seed) => {
    const list = bands(seed);
    const rows = slowly(list);
    const geometry = new Geometry(list);
    expect(geometry.rows).toBe(rows.length);
    expect(geometry.height).toBe(rows.at(-1)?.bottom ?? 0);
    rows.forEach(({ top, bottom }, index) => {
      expect(geometry.topOf(index)).toBe(top);
      expect(geometry.indexAt(top)).toBe(index);
      expect(geometry.indexAt(bottom - 1)).toBe(index);
    });
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 100))("leave nothing out that shows, and draw little more (%i)", (seed) => {
    const below = random(seed);
    const list = bands(seed);
    const rows = slowly(list);
    const geometry = new Geometry(list);
    const [top, height] = [below(Math.max(geometry.height, 1)), 100 + below(600)];
    const { from, to } = geometry.range(top, height, 0);
    const seen = rows.flatMap((row, index) => (row.bottom > top && row.top < top + height ? [index] : []));
    for (const index of seen) expect(index >= from && index < to, `row ${index} of ${from} to ${to}`).toBe(true);
    expect(to - from).toBeLessThanOrEqual(seen.length + 10);
  });

  it.each(Array.from({ length: 60 }, (_, seed) => seed + 200))("can be scrolled to, whole and below the head of the section (%i)", (seed) => {
    const below = random(seed);
    const geometry = new Geometry(bands(seed));
    if (geometry.rows === 0) return;
    const rows = slowly(bands(seed));
    const index = below(geometry.rows);
    const before = below(geometry.height);
    const after = geometry.scrollTo(index, before, 400);
    const row = rows[index];
    expect((row?.top ?? 0) - (row?.head ?? 0)).toBeGreaterThanOrEqual(after);
    expect(row?.bottom).toBeLessThanOrEqual(after + 400);
    expect(geometry.scrollTo(index, after, 400)).toBe(after);
  });

  it("are there for no rows at all", () => {
    const geometry = new Geometry([{ rows: 0, rowHeight: 40, headHeight: 28 }]);
    expect([geometry.rows, geometry.height, geometry.indexAt(100), geometry.topOf(3)]).toEqual([0, 0, 0, 0]);
    expect(geometry.range(0, 500, 200)).toEqual({ from: 0, to: 0 });
  });

  it("stay within what web views can scroll at 100,000 tall rows", () => {
    // Chromium and WebKit end near 33 million pixels, at a zoom of 200 % after half of that.
    expect(new Geometry([{ rows: 100_000, rowHeight: 96, headHeight: 28 }]).height).toBeLessThan(16_000_000);
  });
});

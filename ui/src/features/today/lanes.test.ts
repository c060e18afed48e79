// Blocks of a day of the week view: none lies on another one.

import { describe, expect, it } from "vitest";
import { figures } from "../../host/fake/figures";
import { drawnEnd, placed, type Placed } from "./lanes";

type Span = { from: number; to: number };
const span = (from: number, to: number): Span => ({ from, to });
const shape = (blocks: Span[]) => placed(blocks).map(({ lane, fills, lanes }) => [lane, fills, lanes]);
const covers = (one: Placed<Span>, other: Placed<Span>) => {
  const [left, right] = [one.lane / one.lanes, (one.lane + one.fills) / one.lanes];
  const [otherLeft, otherRight] = [other.lane / other.lanes, (other.lane + other.fills) / other.lanes];
  const inTime = one.block.from < drawnEnd(other.block) && other.block.from < drawnEnd(one.block);
  return inTime && left < otherRight - 1e-9 && otherLeft < right - 1e-9;
};

describe("blocks of a day", () => {
  it("have the whole width alone, and share it with what runs at the same time", () => {
    expect(shape([span(540, 600), span(600, 660)])).toEqual([[0, 1, 1], [0, 1, 1]]);
    expect(shape([span(540, 600), span(570, 630)])).toEqual([[0, 1, 2], [1, 1, 2]]);
  });

  it("that are drawn longer than they last count as long as they are drawn", () => {
    expect(shape([span(540, 550), span(560, 620)])).toEqual([[0, 1, 2], [1, 1, 2]]);
  });

  it("take a lane that is free beside them", () => {
    expect(shape([span(480, 720), span(480, 540), span(500, 540), span(600, 660)])).toEqual([[0, 1, 3], [1, 1, 3], [2, 1, 3], [1, 2, 3]]);
  });

  it("never cover each other, whatever the day", () => {
    const random = figures(7);
    for (let day = 0; day < 400; day += 1) {
      const blocks = Array.from({ length: 1 + Math.floor(random() * 9) }, () => {
        const from = 480 + Math.floor(random() * 120) * 5;
        return span(from, from + Math.floor(random() * 180));
      }).sort((one, other) => one.from - other.from);
      const all = placed(blocks);
      expect(all.map(({ block }) => block)).toEqual(blocks);
      all.forEach((one, index) => all.slice(index + 1).forEach((other) => expect(covers(one, other)).toBe(false)));
    }
  });
});

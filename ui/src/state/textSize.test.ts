import { describe, expect, it } from "vitest";
import { larger, smaller, textSizes } from "./textSize";

describe("text size", () => {
  it("goes step by step, and stays within its ends", () => {
    let size: number = textSizes[0];
    const up = [size];
    while (larger(size) !== size) up.push((size = larger(size)));
    expect(up).toEqual([...textSizes]);
    expect(smaller(textSizes[0])).toBe(textSizes[0]);
    expect([larger(120), smaller(120)]).toEqual([125, 110]);
  });
});

// How large everything in the window is: the steps, and the way from one to the next.

/** In percent; the engine takes 80 to 200. */
export const textSizes = [80, 90, 100, 110, 125, 150, 175, 200] as const;

export function larger(percent: number): number {
  return textSizes.find((size) => size > percent) ?? Math.max(...textSizes);
}

export function smaller(percent: number): number {
  return textSizes.findLast((size) => size < percent) ?? Math.min(...textSizes);
}

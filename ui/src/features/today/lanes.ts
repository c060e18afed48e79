// Where the blocks of a day stand beside each other: what is drawn at the same height shares the width, and nothing
// lies on anything else. It goes by what is drawn, so a quarter of an hour counts as the half that it is drawn as.

/** The least that is drawn, in minutes: what is shorter can't be read or hit. */
export const LEAST_MINUTES = 30;

interface Span {
  from: number;
  to: number;
}

export interface Placed<T extends Span> {
  block: T;
  /** Of `lanes` equal ones, the first is 0. */
  lane: number;
  /** How many of them it fills. */
  fills: number;
  lanes: number;
}

export const drawnEnd = ({ from, to }: Span): number => Math.max(to, from + LEAST_MINUTES);

/** `blocks` in the order in which they begin. */
export function placed<T extends Span>(blocks: readonly T[]): Placed<T>[] {
  const all: Placed<T>[] = [];
  let together: Placed<T>[] = [];
  let ends: number[] = [];
  const close = () => {
    for (const one of together) {
      one.lanes = ends.length;
      one.fills = fills(one, together);
    }
    all.push(...together);
    together = [];
    ends = [];
  };
  for (const block of blocks) {
    if (ends.every((end) => end <= block.from)) close();
    const free = ends.findIndex((end) => end <= block.from);
    const lane = free < 0 ? ends.length : free;
    ends[lane] = drawnEnd(block);
    together.push({ block, lane, fills: 1, lanes: 1 });
  }
  close();
  return all;
}

/** Its own lane, and those after it in which nothing stands beside it. */
function fills<T extends Span>(one: Placed<T>, together: readonly Placed<T>[]): number {
  const beside = together.filter(
    (other) => other.lane > one.lane && other.block.from < drawnEnd(one.block) && one.block.from < drawnEnd(other.block),
  );
  return Math.min(one.lanes, ...beside.map(({ lane }) => lane)) - one.lane;
}

// Where the rows of a virtual list are. Rows of one section have one height, so that every place is a sum and no row
// has to be drawn to be measured.

export interface Band {
  rows: number;
  rowHeight: number;
  /** The head of the section; 0 where it has none. */
  headHeight: number;
}

/** A section without rows takes no place. */
export interface Placed extends Band {
  /** Its number among all sections. */
  section: number;
  /** The number of its first row in the whole list. */
  first: number;
  /** In pixels from the beginning of the list. */
  top: number;
  height: number;
}

/** Rows `[from, to)`. */
export interface Range {
  from: number;
  to: number;
}

export class Geometry {
  readonly bands: readonly Placed[];
  readonly rows: number;
  readonly height: number;

  constructor(bands: readonly Band[]) {
    let first = 0;
    let top = 0;
    this.bands = bands.flatMap((band, section) => {
      if (band.rows === 0) return [];
      const height = band.headHeight + band.rows * band.rowHeight;
      const placed = { ...band, section, first, top, height };
      first += band.rows;
      top += height;
      return [placed];
    });
    this.rows = first;
    this.height = top;
  }

  /** The section that a row is in. */
  bandOf(index: number): Placed | undefined {
    return this.#last((band) => band.first <= index);
  }

  topOf(index: number): number {
    const band = this.bandOf(index);
    return band ? band.top + band.headHeight + (index - band.first) * band.rowHeight : 0;
  }

  /** The row at a height, or the next one below a head; always a row that is there, as long as there is one. */
  indexAt(y: number): number {
    const band = this.#last((candidate) => candidate.top <= y) ?? this.bands[0];
    if (!band) return 0;
    const inside = Math.floor((y - band.top - band.headHeight) / band.rowHeight);
    return Math.min(band.first + Math.max(inside, 0), this.rows - 1);
  }

  /** The rows that show between two heights, with some beyond, in steps so that not each pixel draws anew. */
  range(top: number, height: number, beyond: number, step = 4): Range {
    if (this.rows === 0) return { from: 0, to: 0 };
    const from = Math.floor(this.indexAt(top - beyond) / step) * step;
    const to = Math.ceil((this.indexAt(top + height + beyond) + 1) / step) * step;
    return { from: Math.max(from, 0), to: Math.min(to, this.rows) };
  }

  /** How far the list has to be scrolled so that a row shows whole, below the sticky head of its section. */
  scrollTo(index: number, scrolled: number, height: number): number {
    const band = this.bandOf(index);
    if (!band) return scrolled;
    const top = this.topOf(index);
    if (index === band.first && top - band.headHeight < scrolled) return band.top;
    if (top - band.headHeight < scrolled) return top - band.headHeight;
    return top + band.rowHeight > scrolled + height ? top + band.rowHeight - height : scrolled;
  }

  /** The last section that fits; those that do come before those that don't. */
  #last(fits: (band: Placed) => boolean): Placed | undefined {
    let [low, high] = [0, this.bands.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const band = this.bands[middle];
      if (band && fits(band)) low = middle + 1;
      else high = middle;
    }
    return this.bands[low - 1];
  }
}

// What a virtual list asks for its rows. A list that is all here and one that comes in pages look the same to it.

export interface Section {
  id: string;
  /** Without one it has no head. */
  title?: string;
  rows: number;
  /** Its rows are tall: they carry a sentence. */
  tall?: boolean;
}

export interface ListSource<T> {
  /** Their rows add up to all rows there are. */
  readonly sections: readonly Section[];
  /** Another value whenever rows may have changed their place. */
  readonly revision: unknown;
  idOf(item: T): string;
  /** Nothing while its page is not there. */
  at(index: number): T | undefined;
  /** The place of a row, as far as it is here. */
  indexOf(id: string): number | undefined;
  /** Tells what is on show, and the row that has to stay at hand although it may be elsewhere. */
  want(from: number, to: number, keep?: number): void;
  /** The ids of rows `[from, to)`, also of those that are not here. */
  ids(from: number, to: number): Promise<string[]>;
}

export interface ArraySection<T> extends Omit<Section, "rows"> {
  items: readonly T[];
}

/** Rows that are all here already. */
export function arraySource<T>(sections: readonly ArraySection<T>[], idOf: (item: T) => string): ListSource<T> {
  const items = sections.flatMap((section) => section.items);
  const places = new Map(items.map((item, index) => [idOf(item), index]));
  return {
    sections: sections.map(({ items: rows, ...section }) => ({ ...section, rows: rows.length })),
    revision: sections,
    idOf,
    at: (index) => items[index],
    indexOf: (id) => places.get(id),
    want: () => undefined,
    ids: (from, to) => Promise.resolve(items.slice(from, to).map(idOf)),
  };
}

// A name written from right to left, or one that carries direction marks, must not turn the words around it.

const bidirectional = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFF]/u;
const FIRST_STRONG_ISOLATE = String.fromCodePoint(0x2068);
const POP_ISOLATE = String.fromCodePoint(0x2069);

/** Wraps a text in isolation marks where it needs them, and only there: the marks would end up in copied text. */
export function isolated(value: string | number): string | number {
  return typeof value === "string" && bidirectional.test(value) ? `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}` : value;
}

// A name written from right to left, or one that carries direction marks, must not turn the words around it,
// nor a time beside it: figures have no direction of their own and take that of their neighbour.

const bidirectional = /[\u0590-\u08FF\u200E\u200F\u202A-\u202E\u2066-\u2069\uFB1D-\uFDFF\uFE70-\uFEFF\u{10800}-\u{10FFF}\u{1E800}-\u{1EFFF}]/u;
const LEFT_TO_RIGHT_ISOLATE = String.fromCodePoint(0x2066);
const FIRST_STRONG_ISOLATE = String.fromCodePoint(0x2068);
const POP_ISOLATE = String.fromCodePoint(0x2069);

/** Whether a text would move what stands beside it. */
export function turns(value: unknown): boolean {
  return typeof value === "string" && bidirectional.test(value);
}

/** Ends every isolate that a text begins and drops ends without a beginning: no text may close the one around it. */
function balanced(text: string): string {
  let open = 0;
  let kept = "";
  for (const character of text) {
    if (character === POP_ISOLATE) {
      if (open === 0) continue;
      open -= 1;
    } else if (character >= LEFT_TO_RIGHT_ISOLATE && character <= FIRST_STRONG_ISOLATE) open += 1;
    kept += character;
  }
  return kept + POP_ISOLATE.repeat(open);
}

function wrapped(text: string): string {
  return `${FIRST_STRONG_ISOLATE}${balanced(text)}${POP_ISOLATE}`;
}

/** Wraps a text in isolation marks where it needs them, and only there: the marks would end up in copied text. */
export function isolated<T extends string | number>(value: T): T | string {
  return typeof value === "string" && turns(value) ? wrapped(value) : value;
}

/** The parts of one sentence or line: where one of them carries direction, each of them is on its own. */
export function isolatedTogether<T extends Record<string, string | number>>(parts: T): Record<string, string | number> {
  if (!Object.values(parts).some(turns)) return parts;
  return Object.fromEntries(Object.entries(parts).map(([name, value]) => [name, typeof value === "string" ? wrapped(value) : value]));
}

/** What there is of the parts, on one line. */
export function joined(parts: readonly (string | null | undefined | false)[], separator = " · "): string {
  const there = parts.filter((part): part is string => Boolean(part));
  return (there.some(turns) ? there.map(wrapped) : there).join(separator);
}

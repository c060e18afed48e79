// The keys that move through a virtual list.

export type Step = (at: number, last: number, page: number) => number;

const steps: Record<string, Step> = {
  ArrowDown: (at, last) => Math.min(at + 1, last),
  ArrowUp: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, last) => last,
  PageDown: (at, last, page) => Math.min(at + page, last),
  PageUp: (at, _, page) => Math.max(at - page, 0),
};
const letterSteps: Record<string, string> = { j: "ArrowDown", k: "ArrowUp" };

type Pressed = Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/** Where the key leads, if it is one of ours. Letters only where they are shortcuts at all. */
export function stepOf(event: Pressed, letters: boolean): Step | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  return steps[(letters ? letterSteps[event.key.toLowerCase()] : undefined) ?? event.key];
}

/** A sign that begins or goes on a word to find. */
export function isFind(event: Pressed): boolean {
  return [...event.key].length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
}

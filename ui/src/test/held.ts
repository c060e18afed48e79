// Answers of the host that come when a test says so: what is asked meanwhile overtakes them.

import { vi } from "vitest";
import type { FakeHost } from "../host/fake";

export interface Held {
  /** What was asked, the oldest first. */
  readonly asked: readonly unknown[][];
  /** Lets the answer to one of them go; it is what was true when that was asked. */
  answer: (index: number) => Promise<void>;
  fail: (index: number, error: unknown) => Promise<void>;
}

/** All answers that are under way have been taken. */
export const settled = (): Promise<void> => new Promise((done) => setTimeout(done, 0));

export function hold(host: FakeHost, command: keyof FakeHost): Held {
  const real = (host[command] as (...asked: unknown[]) => Promise<unknown>).bind(host);
  const asked: unknown[][] = [];
  const ways: { go: () => void; stop: (error: unknown) => void }[] = [];
  vi.spyOn(host as unknown as Record<string, (...asked: unknown[]) => Promise<unknown>>, command as string).mockImplementation(async (...question) => {
    asked.push(question);
    const gate = new Promise<void>((go, stop) => ways.push({ go, stop }));
    gate.catch(() => undefined);
    const answer = await real(...question);
    await gate;
    return answer;
  });
  const way = (index: number) => {
    const found = ways[index];
    if (!found) throw new Error(`question ${index} was not asked`);
    return found;
  };
  return {
    asked,
    answer: async (index) => {
      way(index).go();
      await settled();
    },
    fail: async (index, error) => {
      way(index).stop(error);
      await settled();
    },
  };
}

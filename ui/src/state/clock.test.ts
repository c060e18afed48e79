import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { clock } from "./clock.svelte";

const NOON = Date.UTC(2026, 10, 23, 12, 0, 20);

describe("the clock", () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.setSystemTime(NOON);
    clock.align(NOON);
  });
  afterEach(() => vi.useRealTimers());

  it.each([
    ["forward, as after a night's sleep", 10],
    ["back, as a wrong clock that is set right", -10],
  ])("follows a jump %s within a minute", (_, hours) => {
    const minutes: number[] = [];
    const stops = [clock.start(), clock.onMinute(() => minutes.push(clock.now))];
    // The system's clock jumps; the timers, which count what passes, don't.
    vi.setSystemTime(NOON + hours * 3_600_000);
    vi.advanceTimersByTime(60_000);
    expect(Math.abs(clock.now - (NOON + hours * 3_600_000))).toBeLessThanOrEqual(60_000);
    expect(minutes.length).toBeGreaterThan(0);
    stops.forEach((stop) => stop());
  });

  it("looks at once when the window is looked at again", () => {
    const stop = clock.start();
    vi.setSystemTime(NOON + 36_000_000);
    window.dispatchEvent(new Event("focus"));
    expect(clock.now).toBe(NOON + 36_000_000);
    stop();
  });

  it("does not tick once it is stopped", () => {
    const heard = vi.fn();
    const unlisten = clock.onMinute(heard);
    clock.start()();
    vi.advanceTimersByTime(180_000);
    window.dispatchEvent(new Event("focus"));
    expect(heard).not.toHaveBeenCalled();
    unlisten();
  });
});

import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { toasts } from "./toasts.svelte";

beforeEach(() => vi.useFakeTimers());
afterEach(() => {
  toasts.clear();
  vi.useRealTimers();
});

describe("toasts", () => {
  it("are three at most; the oldest goes", () => {
    for (const text of ["a", "b", "c", "d"]) toasts.say({ text });
    expect(toasts.shown.map((toast) => toast.text)).toEqual(["b", "c", "d"]);
  });

  it("leave by themselves, but not under the pointer", () => {
    const id = toasts.say({ text: "a", stayMs: 1000 });
    toasts.hold(id);
    vi.advanceTimersByTime(60_000);
    expect(toasts.shown).toHaveLength(1);
    toasts.resume(id);
    vi.advanceTimersByTime(1000);
    expect(toasts.shown).toHaveLength(0);
  });

  it("keep errors until they are closed, and say them at once", () => {
    toasts.fail({ kind: "offline" });
    vi.advanceTimersByTime(3_600_000);
    expect(toasts.shown[0]).toMatchObject({ tone: "bad", code: "N-OFFLINE" });
    expect(toasts.assertive).toContain("no network");
    expect(toasts.polite).not.toContain("no network");
  });

  it("say nothing about a sign-in that the user cancelled", () => {
    toasts.fail({ kind: "signInFailed", provider: "zoom", reason: "cancelled", code: null });
    expect(toasts.shown).toHaveLength(0);
  });
});

describe("the live regions", () => {
  it("say the same words again", () => {
    toasts.announce("Copied.");
    const first = toasts.polite;
    toasts.announce("Copied.");
    expect(toasts.polite).not.toBe(first);
    expect(toasts.polite.trim()).toBe(first);
  });
});

describe("undo", () => {
  it("runs the last reversible thing once", () => {
    const run = vi.fn();
    toasts.say({ text: "held", action: { label: "Undo", run, undo: true }, until: 8000 });
    expect(toasts.undoLast(1000)).toBe(true);
    expect(toasts.undoLast(1000)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
    expect(toasts.shown).toHaveLength(0);
  });

  it("works after the toast has been closed, but not after its time", () => {
    const run = vi.fn();
    const id = toasts.say({ text: "held", action: { label: "Undo", run, undo: true }, until: 8000 });
    toasts.dismiss(id);
    expect(toasts.undoLast(7000)).toBe(true);
    toasts.say({ text: "held", action: { label: "Undo", run, undo: true }, until: 8000 });
    expect(toasts.undoLast(9000)).toBe(false);
    expect(run).toHaveBeenCalledTimes(1);
  });
});

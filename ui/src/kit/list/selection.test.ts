import { describe, expect, it } from "vitest";
import { Selection } from "./selection.svelte";

const some = (...ids: string[]) => ({ kind: "some", ids });

describe("a selection", () => {
  it("is of single rows", () => {
    const selection = new Selection();
    selection.toggle("a");
    selection.toggle("b");
    selection.toggle("a");
    expect(selection.value).toEqual(some("b"));
    expect([selection.has("a"), selection.has("b"), selection.count(10)]).toEqual([false, true, 1]);
  });

  it("is a range beside what was selected before, and a shorter range takes back the rest", () => {
    const selection = new Selection();
    selection.toggle("z");
    selection.toggle("b");
    selection.extend(["b", "c", "d"]);
    expect(selection.value).toEqual(some("z", "b", "c", "d"));
    selection.extend(["b", "c"]);
    expect(selection.value).toEqual(some("z", "b", "c"));
    selection.extend(["a", "b"]);
    expect(new Set(selection.value.kind === "some" ? selection.value.ids : [])).toEqual(new Set(["z", "a", "b"]));
  });

  it("is everything that matches, without a list of it, except some", () => {
    const selection = new Selection<{ text: string }>();
    selection.toggle("a");
    selection.selectAll({ text: "acme" });
    expect(selection.value).toEqual({ kind: "all", filter: { text: "acme" }, except: [] });
    expect(selection.has("never seen")).toBe(true);
    selection.toggle("a");
    expect([selection.has("a"), selection.count(100_000)]).toEqual([false, 99_999]);
    selection.toggle("a");
    expect(selection.count(100_000)).toBe(100_000);
    selection.toggle("a");
    selection.toggle("b");
    selection.toggle("c");
    selection.extend(["b", "c"]);
    expect(selection.value).toEqual({ kind: "all", filter: { text: "acme" }, except: ["a"] });
  });

  it("of everything ends with its filter; single rows stay", () => {
    const selection = new Selection<string>();
    selection.toggle("a");
    selection.narrowed("globex");
    expect(selection.value).toEqual(some("a"));
    selection.selectAll("acme");
    selection.narrowed("acme");
    expect(selection.all).toBe(true);
    selection.narrowed("globex");
    expect(selection.value).toEqual(some());
    expect(selection.anchor).toBeNull();
  });
});

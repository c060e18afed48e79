// The list as a person uses it. Nothing is laid out here, so a list draws what a window holds; heights are geometry.test.ts's.

import { render } from "@testing-library/svelte";
import userEvent from "@testing-library/user-event";
import { tick } from "svelte";
import { beforeEach, describe, expect, it } from "vitest";
import { fakeHost } from "../../host/fake";
import { useHost } from "../../host";
import { session } from "../../state/session.svelte";
import { key, until } from "../../test/open";
import ListTrial from "./ListTrial.svelte";
import { PagedSource } from "./pages.svelte";
import { Selection } from "./selection.svelte";
import { arraySource, type ListSource } from "./source";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => `n${index}`);
const whole = (items: string[]) => arraySource([{ id: "all", items }], (item) => item);

beforeEach(async () => {
  useHost(fakeHost("?language=en"));
  await session.open();
});

function show(props: { source: ListSource<string>; selection?: Selection<string>; filter?: string; find?: (text: string, from: number) => number | undefined }) {
  const log: string[] = [];
  const { rerender } = render(ListTrial, { log, ...props });
  const rows = () => [...document.querySelectorAll<HTMLElement>("[role=row][data-index]")];
  const named = (id: string) => document.querySelector<HTMLElement>(`[data-id="${id}"]`);
  return { log, rerender, rows, named, user: userEvent.setup(), focused: () => (document.activeElement as HTMLElement).dataset["id"] };
}

describe("a list", () => {
  it("draws a few of a hundred thousand rows and tells how many there are", () => {
    const { rows } = show({ source: whole(numbers(100_000)) });
    expect(rows().length).toBeLessThan(60);
    expect(document.querySelector("[role=grid]")?.getAttribute("aria-rowcount")).toBe("100000");
    expect(rows().map((row) => row.getAttribute("aria-rowindex")).slice(0, 3)).toEqual(["1", "2", "3"]);
    expect(document.querySelector<HTMLElement>(".all")?.style.height).toBe("4800000px");
  });

  it("has one row in the tab order, which the keys move anywhere", async () => {
    const { rows, named, focused } = show({ source: whole(numbers(100_000)) });
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
    named("n0")?.focus();
    key("ArrowDown");
    await until(() => expect(focused()).toBe("n1"));
    key("End");
    await until(() => expect(focused()).toBe("n99999"));
    key("k");
    await until(() => expect(focused()).toBe("n99998"));
    key("Home");
    await until(() => expect(focused()).toBe("n0"));
    key("PageDown");
    await until(() => expect(focused()).toBe("n15"));
    expect(rows().filter((row) => row.tabIndex === 0)).toHaveLength(1);
  });

  it("opens with Enter and a click, peeks with Space, and leaves its rows' buttons their own keys", async () => {
    const { log, named, user } = show({ source: whole(numbers(9)) });
    named("n2")?.focus();
    key("Enter");
    key(" ");
    await user.click(named("n4") as HTMLElement);
    await user.click(named("n5")?.querySelector("button") as HTMLElement);
    expect(log).toEqual(["open n2", "peek n2", "open n4", "press n5"]);
    await user.keyboard("{Enter}");
    expect(log.at(-1)).toBe("press n5");
  });

  it("keeps the focus on its row when rows come before it, and on its place when the row goes", async () => {
    const { named, rerender, focused } = show({ source: whole(numbers(9)) });
    named("n3")?.focus();
    await rerender({ source: whole(["new", ...numbers(9)]) });
    await tick();
    expect(focused()).toBe("n3");
    expect(named("n3")?.getAttribute("aria-rowindex")).toBe("5");
    await rerender({ source: whole(["new", ...numbers(9).filter((id) => id !== "n3")]) });
    await until(() => expect(focused()).toBe("n4"));
    expect(named("n4")?.tabIndex).toBe(0);
  });

  it("shows where a row will be until its page is there, and the focus waits with it", async () => {
    const source = { ...whole(numbers(50)), at: (): string | undefined => undefined, indexOf: () => undefined };
    const { rows, rerender, focused } = show({ source });
    expect(rows()[0]?.getAttribute("aria-busy")).toBe("true");
    rows()[2]?.focus();
    await rerender({ source: whole(numbers(50)) });
    await until(() => expect(focused()).toBe("n2"));
  });

  it("keeps the focus on a row whose page comes after it", async () => {
    const pages = new PagedSource<string>({
      tags: [],
      idOf: (row) => row,
      load: (offset, limit) => Promise.resolve({ rows: numbers(100_000).slice(offset, offset + limit), total: 100_000 }),
    });
    await pages.open();
    const { named, focused } = show({ source: pages });
    named("n0")?.focus();
    for (const [pressed, id] of [
      ["End", "n99999"],
      ["ArrowUp", "n99998"],
      ["Home", "n0"],
      ["ArrowDown", "n1"],
    ] as const) {
      key(pressed);
      await until(() => expect(focused()).toBe(id));
    }
  });

  it("finds what is typed", async () => {
    const names = ["Anna", "Bo", "Berta", "Carl"];
    const find = (text: string, from: number) => {
      const at = [...names.keys()].map((step) => (from + step) % names.length).find((index) => names[index]?.toLowerCase().startsWith(text));
      return at;
    };
    const { named, focused } = show({ source: whole(names), find });
    named("Anna")?.focus();
    key("b");
    await until(() => expect(focused()).toBe("Bo"));
    key("e");
    await until(() => expect(focused()).toBe("Berta"));
  });

  it("has heads for its sections, each a group of rows", () => {
    const source = arraySource(
      [
        { id: "a", title: "First", items: ["x"] },
        { id: "b", title: "None", items: [] },
        { id: "c", title: "Last", tall: true, items: ["y", "z"] },
      ],
      (item) => item,
    );
    show({ source });
    const groups = [...document.querySelectorAll("[role=rowgroup]")];
    expect(groups.map((group) => document.getElementById(group.getAttribute("aria-labelledby") ?? "")?.textContent.trim())).toEqual(["First", "Last"]);
    expect(groups[1]?.querySelectorAll("[data-index]")).toHaveLength(2);
    expect(document.querySelector<HTMLElement>(".all")?.style.height).toBe(`${28 + 48 + 28 + 148}px`);
  });
});

describe("rows that can be selected", () => {
  const selected = () => [...document.querySelectorAll<HTMLElement>("[aria-selected=true]")].map((row) => row.dataset["id"]);

  it("are chosen one by one, in ranges, and let go", async () => {
    const selection = new Selection<string>();
    const { named, user, log } = show({ source: whole(numbers(20)), selection });
    await user.click(named("n1")?.querySelector("input") as HTMLElement);
    expect(selected()).toEqual(["n1"]);
    expect(log).toEqual([]);
    await user.keyboard("{Control>}");
    await user.click(named("n5") as HTMLElement);
    await user.keyboard("{/Control}{Shift>}");
    await user.click(named("n8") as HTMLElement);
    await user.keyboard("{/Shift}");
    await until(() => expect(selected()).toEqual(["n1", "n5", "n6", "n7", "n8"]));
    key("ArrowUp", { shiftKey: true });
    await until(() => expect(selected()).toEqual(["n1", "n5", "n6", "n7"]));
    key("x");
    await until(() => expect(selected()).toEqual(["n1", "n5", "n6"]));
    key("Escape");
    await until(() => expect(selected()).toEqual([]));
  });

  it("are all chosen at once as a filter, not as a list", async () => {
    const selection = new Selection<string>();
    const source = { ...whole(numbers(100_000)), ids: () => Promise.reject(new Error("nobody needs them")) };
    const { named, rerender } = show({ source, selection, filter: "acme" });
    named("n0")?.focus();
    key("a", { ctrlKey: true });
    await tick();
    expect(selection.value).toEqual({ kind: "all", filter: "acme", except: [] });
    key(" ", { ctrlKey: true });
    expect(selection.value).toEqual({ kind: "all", filter: "acme", except: ["n0"] });
    expect(selection.count(100_000)).toBe(99_999);
    await rerender({ filter: "globex" });
    await until(() => expect(selection.count(100_000)).toBe(0));
  });

  it("of a range that took long to find do not come after a later choice", async () => {
    const selection = new Selection<string>();
    let found: (ids: string[]) => void = () => undefined;
    const source = { ...whole(numbers(20)), ids: () => new Promise<string[]>((done) => (found = done)) };
    const { named } = show({ source, selection });
    named("n0")?.focus();
    key("End", { shiftKey: true });
    key("a", { ctrlKey: true });
    key("Escape");
    found(numbers(20));
    await tick();
    await tick();
    expect(selection.count(20)).toBe(0);
    named("n2")?.focus();
    key("ArrowDown", { shiftKey: true });
    found(["n2", "n3"]);
    await until(() => expect(selection.count(20)).toBe(2));
  });

  it("are known by id when others come between", async () => {
    const selection = new Selection<string>();
    const { rerender } = show({ source: whole(numbers(5)), selection });
    selection.toggle("n2");
    await rerender({ source: whole(["new", ...numbers(5)]) });
    await until(() => expect(selected()).toEqual(["n2"]));
  });
});

// A page of the bench build alone: the virtual list over very many rows, in pages from a simulated engine. It mounts,
// scrolls, jumps, selects everything, counts the frames meanwhile and sends what it counted to whoever served it.

import "../styles/tokens.css";
import "../styles/base.css";
import { type Component, flushSync, mount, tick } from "svelte";
import { useHost } from "../host";
import { fakeHost } from "../host/fake";
import { PagedSource } from "../kit/list/pages.svelte";
import { Selection } from "../kit/list/selection.svelte";
import { session } from "../state/session.svelte";
import BenchList from "./BenchList.svelte";
import BenchRegistrants from "./BenchRegistrants.svelte";
import { person } from "./people";
import { registrant } from "./registrants";

/** How long the engine takes for a page: a local database and the bridge. */
const ANSWER_MS = 5;

/** What stands in the list: how a row is made from its number, and what shows it. */
interface Subject<T extends { id: string }> {
  of: (at: number) => T;
  list: Component<{ source: PagedSource<T>; selection: Selection<string> }>;
}

interface Step {
  name: string;
  /** Until what was asked for is on the screen, or the length of the scrolling. */
  ms: number;
  frames: number;
  over32: number;
  longest: number;
  /** Frames at whose end a part of the list showed nothing at all. */
  blank: number;
  /** Frames at whose end a row on show was still a skeleton. */
  waiting: number;
}

const frame = () => new Promise<number>((done) => requestAnimationFrame(done));

/** Whether each height of the list's window has a row, and a row with its data. */
function seen(list: HTMLElement): { blank: boolean; waiting: boolean } {
  const box = list.getBoundingClientRect();
  const rows = [...list.querySelectorAll<HTMLElement>("[data-index]")]
    .map((row) => ({ box: row.getBoundingClientRect(), waiting: row.hasAttribute("aria-busy") }))
    .filter((row) => row.box.bottom > box.top && row.box.top < box.bottom)
    .sort((a, b) => a.box.top - b.box.top);
  let covered = list.querySelector(".columns-head")?.getBoundingClientRect().bottom ?? box.top;
  for (const row of rows) if (row.box.top <= covered + 1) covered = Math.max(covered, row.box.bottom);
  return { blank: covered < box.bottom - 1, waiting: rows.some((row) => row.waiting) };
}

/** Does the work frame by frame until it says that it is done, and counts. */
async function measured(name: string, list: () => HTMLElement | null, work: (elapsed: number) => boolean): Promise<Step> {
  const step: Step = { name, ms: 0, frames: 0, over32: 0, longest: 0, blank: 0, waiting: 0 };
  const begun = await frame();
  let last = begun;
  for (let done = false; !done; ) {
    done = work(last - begun);
    const now = await frame();
    const took = now - last;
    last = now;
    step.frames += 1;
    if (took > 32) step.over32 += 1;
    step.longest = Math.max(step.longest, took);
    const element = list();
    if (!element) continue;
    const { blank, waiting } = seen(element);
    if (blank) step.blank += 1;
    if (waiting) step.waiting += 1;
  }
  step.ms = last - begun;
  return step;
}

async function perform<T extends { id: string }>({ of, list: List }: Subject<T>, rows: number): Promise<Step[]> {
  const target = document.getElementById("app");
  if (!target) return [];
  const source = new PagedSource<T>({
    tags: ["people"],
    idOf: ({ id }) => id,
    load: async (offset, limit) => {
      await new Promise((done) => setTimeout(done, ANSWER_MS));
      const end = Math.min(offset + limit, rows);
      return { rows: Array.from({ length: Math.max(end - offset, 0) }, (_, index) => of(offset + index)), total: rows };
    },
  });
  const selection = new Selection<string>();
  const list = () => document.querySelector<HTMLElement>("[role=grid]");
  const complete = () => {
    const element = list();
    if (!element || !source.loaded) return false;
    const { blank, waiting } = seen(element);
    return !blank && !waiting;
  };

  // What this machine can do at all: a box without rows, as high and scrolled as fast.
  const floor = document.createElement("div");
  floor.style.cssText = "height: 100%; overflow: auto";
  const inside = document.createElement("div");
  inside.style.cssText = "height: 3600000px; background: repeating-linear-gradient(white 0 35px, silver 35px 36px)";
  floor.append(inside);
  target.append(floor);
  const bare = await measured("floor: an empty box, 12,000 px a second", () => null, (elapsed) => {
    floor.scrollTop = (elapsed / 1000) * 12_000;
    return elapsed >= 5000;
  });
  floor.remove();

  let mounted = false;
  const steps = [
    bare,
    await measured("mount", () => null, () => {
      if (!mounted) {
        mounted = true;
        mount(List, { target, props: { source, selection } });
        void source.open();
      }
      return complete();
    }),
  ];
  const grid = list();
  if (!grid) return steps;
  const end = grid.scrollHeight - grid.clientHeight;
  const scroll = (name: string, length: number, perSecond: number) =>
    measured(name, list, (elapsed) => {
      grid.scrollTop = (elapsed / 1000) * perSecond;
      return elapsed >= length;
    });
  // A wheel at ease, a wheel thrown, and the thumb drawn from top to bottom.
  steps.push(await scroll("scroll, 1,500 px a second", 5000, 1500));
  steps.push(await scroll("scroll, 12,000 px a second", 5000, 12_000));
  steps.push(await scroll("scroll through, in 6 s", 6000, end / 6));
  let jumps = 0;
  steps.push(
    await measured("20 jumps, each until all rows are there", list, () => {
      if (!complete()) return false;
      jumps += 1;
      grid.scrollTop = (end * ((jumps * 7919) % 1000)) / 1000;
      return jumps > 20;
    }),
  );
  let selected = false;
  steps.push(
    await measured("select all", list, () => {
      if (!selected) {
        selected = true;
        selection.selectAll("");
        flushSync();
      }
      return document.querySelectorAll("[data-index]:not([aria-busy])[aria-selected=false]").length === 0;
    }),
  );
  await tick();
  return steps;
}

useHost(fakeHost("?language=en&theme=light"));
await session.open();
const asked = new URLSearchParams(location.search);
const rows = Number(asked.get("rows") ?? "100000");
const subject = asked.get("of") ?? "people";
// The page's own first frames are no part of it.
for (let waited = 0; waited < 30; waited += 1) await frame();
const steps = await (subject === "registrants" ? perform({ of: registrant, list: BenchRegistrants }, rows) : perform({ of: person, list: BenchList }, rows));
const json = JSON.stringify({ of: subject, rows, agent: navigator.userAgent, width: innerWidth, height: innerHeight, steps });
const columns = ["ms", "frames", "over 32 ms", "longest", "blank", "waiting"];
const line = (name: string, cells: (string | number)[]) => [name.padEnd(42), ...cells.map((cell) => String(cell).padStart(11))].join("");
const table = [
  line(`${rows} ${subject}, ${innerWidth} by ${innerHeight}`, columns),
  ...steps.map((step) => line(step.name, [Math.round(step.ms), step.frames, step.over32, Math.round(step.longest), step.blank, step.waiting])),
];
// The table for a reader, then the same as JSON on a line of its own.
await fetch("/result", { method: "POST", body: `${table.join("\n")}\n\n${json}\n` });

// Rules about the sources themselves: every word comes from the catalogue, nothing is parsed as markup,
// nothing needs a wider content policy, and only one module talks to the shell.

import { parse } from "svelte/compiler";
import { describe, expect, it } from "vitest";
import { sources } from "./sources";

interface Node {
  type: string;
  name?: string;
  data?: string;
  value?: unknown;
  [key: string]: unknown;
}

const spoken = new Set(["aria-label", "title", "placeholder", "alt", "label", "text", "hint", "none"]);
const letters = /\p{L}{2,}/u;

function walk(node: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(node)) for (const child of node) walk(child, visit);
  else if (node && typeof node === "object") {
    if ("type" in node) visit(node as Node);
    for (const [key, child] of Object.entries(node)) if (key !== "parent" && key !== "css" && key !== "metadata") walk(child, visit);
  }
}

/** Words written into the markup: text, and attributes that are read out. Classes, ids and the like are no words. */
function literalsIn(text: string): string[] {
  const found: string[] = [];
  const silent = new Set<unknown>();
  walk(parse(text, { modern: true }).fragment, (node) => {
    if ((node.type === "Attribute" || node.type === "StyleDirective") && Array.isArray(node.value)) {
      const parts = node.value as Node[];
      for (const part of parts) silent.add(part);
      const literal = parts.map((part) => (part.type === "Text" ? (part.data ?? "") : "")).join("");
      if (node.type === "Attribute" && spoken.has(node.name ?? "") && letters.test(literal)) found.push(`${node.name ?? ""}: ${literal}`);
    }
    if (node.type === "Text" && !silent.has(node) && letters.test(node.data ?? "")) found.push(node.data ?? "");
  });
  return found;
}

/** What only a developer sees may speak for itself. */
const components = sources("src", ".svelte").filter(({ path }) => !path.startsWith("src/gallery/"));

describe("the components", () => {
  it("are found at all, and a literal in one would be", () => {
    expect(components.length).toBeGreaterThan(30);
    expect(literalsIn("<p class='red'>Hello <b>{name}</b></p>")).toEqual(["Hello "]);
    expect(literalsIn("<input placeholder='Your name' />")).toContain("placeholder: Your name");
    expect(literalsIn("<p class='red'>{t('x')}</p>")).toEqual([]);
  });

  it.each(components.map(({ path, text }) => [path, text]))("%s has no words of its own", (_, text) => {
    expect(literalsIn(text)).toEqual([]);
  });

  it.each(components.map(({ path, text }) => [path, text]))("%s parses no text as markup and has no style attribute", (_, text) => {
    expect(text).not.toMatch(/\{@html/u);
    expect(text).not.toMatch(/\sstyle="/u);
    expect(text).not.toMatch(/innerHTML|insertAdjacentHTML|outerHTML/u);
  });
});

describe("the shell", () => {
  it("is known to the Tauri host and the bindings only", () => {
    const users = sources("src", ".ts", ".svelte")
      .filter(({ path, text }) => !path.includes("test/") && !path.endsWith(".test.ts") && /from "@tauri-apps\//u.test(text))
      .map(({ path }) => path);
    expect(users.filter((path) => !path.startsWith("src/bindings/") && !path.startsWith("src/host/tauri."))).toEqual([]);
  });

  it("gets bindings from the host modules only", () => {
    const users = sources("src", ".ts", ".svelte").filter(({ text }) => /from "(\.\.\/)+bindings"/u.test(text));
    expect(users.map(({ path }) => path).sort()).toEqual(["src/host/tauri.ts", "src/host/types.ts"]);
  });
});

describe("the tags", () => {
  // The simulation tells changes as the store does.
  const views = sources("src", ".ts", ".svelte").filter(({ path }) => !/bindings\/|host\/fake\/|\.test\.ts$|resource\.svelte\.ts$/u.test(path));

  it("are declared by the reads in the list of commands, and typed nowhere else", () => {
    expect(views.filter(({ text }) => /\b(new|extends) Resource\b|\brefreshTagged\b/u.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

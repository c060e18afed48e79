import { describe, expect, it } from "vitest";
import { accentTokens } from "../state/systemAccent";
import { sources } from "../test/sources";

const css = (sources("src/styles", "tokens.css")[0]?.text ?? "").replace(/\/\*[\s\S]*?\*\//gu, "");

function block(selector: string): Map<string, string> {
  const body = css.split(`${selector} {`)[1]?.split("}")[0] ?? "";
  return new Map([...body.matchAll(/(--[a-z0-9-]+):\s*([^;]+);/gu)].map((match) => [match[1] ?? "", match[2] ?? ""]));
}

const raw = block(":root");
const plain = { light: block('[data-theme="light"]'), dark: block('[data-theme="dark"]'), contrast: block('[data-theme="contrast"]') };
const accents = [...css.matchAll(/\[data-theme="(light|dark)"\]\[data-accent="([a-z]+)"\]/gu)].map(([selector, theme, accent]) => ({ selector, theme: theme as "light" | "dark", accent }));
/** Each theme, and each with every other accent. */
const themes: Record<string, Map<string, string>> = {
  ...plain,
  ...Object.fromEntries(accents.map(({ selector, theme, accent }) => [`${theme} ${accent}`, new Map([...plain[theme], ...block(selector)])])),
};
type Theme = string;

/** Relative luminance, as WCAG defines it, of an opaque OKLCH colour. */
function luminance(theme: Theme, token: string): number {
  let value = themes[theme]?.get(token) ?? raw.get(token);
  for (let depth = 0; value?.startsWith("var(") && depth < 5; depth += 1) {
    const name = value.slice(4, -1);
    value = themes[theme]?.get(name) ?? raw.get(name);
  }
  const match = /^oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)$/u.exec(value ?? "");
  if (!match) throw new Error(`${token} in ${theme} is no opaque colour: ${value}`);
  const [lightness, chroma, hue] = [Number(match[1]), Number(match[2]), (Number(match[3]) * Math.PI) / 180];
  const [a, b] = [chroma * Math.cos(hue), chroma * Math.sin(hue)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channel = (linear: number) => Math.min(1, Math.max(0, linear));
  const red = channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short);
  const green = channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short);
  const blue = channel(-0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(theme: Theme, first: string, second: string): number {
  const [light, dark] = [luminance(theme, first), luminance(theme, second)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

const surfaces = ["--surface", "--surface-raised", "--surface-sunken", "--surface-hover"];
const texts: [string, string[]][] = [
  ["--text", [...surfaces, "--surface-selected", "--nav-selected", "--warn-soft", "--bad-soft"]],
  ["--text-dim", [...surfaces, "--surface-selected", "--warn-soft", "--bad-soft"]],
  ["--text-faint", surfaces],
  ["--accent-text", [...surfaces, "--surface-selected", "--accent-soft"]],
  ["--good-text", [...surfaces, "--good-soft"]],
  ["--warn-text", [...surfaces, "--warn-soft"]],
  ["--bad-text", [...surfaces, "--surface-selected", "--bad-soft"]],
  ["--accent-ink", ["--accent", "--accent-hover"]],
  ["--bad-ink", ["--bad", "--bad-hover"]],
  ["--toast-text", ["--toast-surface"]],
  ["--toast-dim", ["--toast-surface"]],
  ["--toast-action", ["--toast-surface"]],
];
const parts: [string, string[]][] = [
  ["--focus", [...surfaces, "--surface-selected"]],
  ["--line-control", ["--surface-raised", "--surface"]],
  ["--meeting-block", ["--surface-raised", "--surface"]],
  ["--accent", ["--surface-raised", "--surface"]],
  ["--good-text", ["--surface-sunken"]],
];

describe.each(Object.keys(themes))("the %s theme", (theme) => {
  it("names every colour that the other themes name", () => {
    expect([...(themes[theme]?.keys() ?? [])].sort()).toEqual([...plain.light.keys()].sort());
  });

  it.each(texts.flatMap(([text, grounds]) => grounds.map((ground) => [text, ground])))("%s can be read on %s", (text, ground) => {
    expect(contrast(theme, text ?? "", ground ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it.each(parts.flatMap(([part, grounds]) => grounds.map((ground) => [part, ground])))("%s can be seen on %s", (part, ground) => {
    expect(contrast(theme, part ?? "", ground ?? "")).toBeGreaterThanOrEqual(3);
  });
});

describe("the accents", () => {
  it("are there in light and in dark, and change the same colours", () => {
    const of = (theme: string) => accents.filter((one) => one.theme === theme);
    expect(of("light").map(({ accent }) => accent)).toEqual(["violet", "magenta", "rust", "green", "teal"]);
    expect(of("dark").map(({ accent }) => accent)).toEqual(of("light").map(({ accent }) => accent));
    const changed = accents.map(({ selector }) => [...block(selector).keys()].sort().join());
    expect(new Set(changed).size).toBe(1);
  });
});

describe("an accent of the desktop", () => {
  const steps = [0, 32, 64, 96, 128, 160, 192, 224, 255];
  const colours = steps.flatMap((red) => steps.flatMap((green) => steps.map((blue) => ({ red, green, blue }))));
  const own = (shade: "light" | "dark", colour: (typeof colours)[number]) => {
    themes["own"] = new Map([...plain[shade], ...Object.entries(accentTokens(colour, shade))]);
    return "own";
  };

  it.each(["light", "dark"] as const)("can be read and seen in the %s theme, whatever colour it is", (shade) => {
    for (const colour of colours) {
      const theme = own(shade, colour);
      for (const [pairs, least] of [[texts, 4.5], [parts, 3]] as const)
        for (const [first, grounds] of pairs)
          for (const ground of grounds)
            expect(contrast(theme, first, ground), `${first} on ${ground}, ${JSON.stringify(colour)}`).toBeGreaterThanOrEqual(least);
    }
    delete themes["own"];
  });

  it("changes what the others change, and keeps the hue", () => {
    for (const shade of ["light", "dark"] as const)
      expect(Object.keys(accentTokens({ red: 255, green: 120, blue: 0 }, shade)).sort()).toEqual([...block(`[data-theme="${shade}"][data-accent="teal"]`).keys()].sort());
    expect(accentTokens({ red: 255, green: 120, blue: 0 }, "light")["--accent"]).toMatch(/^oklch\(0\.52 0\.1\d\d 49\.\d\)$/u);
    expect(accentTokens({ red: 119, green: 119, blue: 119 }, "dark")["--accent"]).toMatch(/^oklch\(0\.55 0\.000 /u);
  });
});

describe("the high contrast theme", () => {
  it("goes beyond what is asked of the others", () => {
    for (const [text, grounds] of texts)
      for (const ground of grounds) expect(contrast("contrast", text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(7);
  });
});

describe("the measure", () => {
  it("knows black on white", () => {
    expect(contrast("contrast", "--n-100", "--n-0")).toBeCloseTo(21, 0);
  });
});

describe("the styles", () => {
  it("use only tokens that exist", () => {
    const files = sources("src", ".svelte", ".css");
    const set = files.flatMap(({ text }) => [...text.matchAll(/style:(--[a-z0-9-]+)=/gu)].map((match) => match[1]));
    const known = new Set([...raw.keys(), ...plain.light.keys(), ...set]);
    for (const { path, text } of files)
      for (const match of text.matchAll(/var\((--[a-z0-9-]+)/gu)) expect(known, `${path} uses ${match[1]}`).toContain(match[1]);
  });

  /** A hairline is as thin as a screen can draw it, an outline as thick as it has to be: neither is a measure. */
  const hairlines = /(?:border(?!-radius)|outline|box-shadow)[a-z-]*:[^;]*;|(?:width|height|margin): -?1px;/gu;
  /** Rooms whose pages have not moved to the tokens yet. The list only gets shorter. */
  const before = ["src/features/schedule/", "src/features/today/"];
  const rawIn = (text: string): string[] =>
    [...(/<style>([\s\S]*)<\/style>/u.exec(text)?.[1] ?? "").replace(/@media[^{]*\{/gu, "").replace(hairlines, "").matchAll(/[^\n]*(?:\d(?:px|rem)\b|font-weight: \d)[^\n]*/gu)].map(
      ([line]) => line.trim(),
    );

  it("have no measure and no weight of their own", () => {
    expect(rawIn("<style>\n a {\n  border: 1px solid red;\n  margin: 3px;\n  font-weight: 550;\n }\n</style>")).toEqual(["margin: 3px;", "font-weight: 550;"]);
    for (const { path, text } of sources("src", ".svelte"))
      if (!before.some((folder) => path.startsWith(folder))) expect(rawIn(text), path).toEqual([]);
  });
});

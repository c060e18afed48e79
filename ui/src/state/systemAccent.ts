// The accent in the hue of the desktop: whatever colour that is, everything drawn with it can be read.
//
// A colour of the system is taken by its hue, and by how vivid it is as far as there is room. How light each token is
// stays ours, as with the accents to choose from: so what is written in them, on them and beside them keeps its contrast.

import type { Colour } from "../host";

export type Shade = "light" | "dark";

/** How light, and how vivid at most: as the other accents have it. */
const ladders: Record<Shade, Record<string, readonly [lightness: number, chroma: number]>> = {
  light: {
    "--surface-selected": [0.94, 0.035],
    "--accent": [0.52, 0.19],
    "--accent-hover": [0.465, 0.19],
    "--accent-text": [0.45, 0.17],
    "--accent-soft": [0.94, 0.035],
    "--focus": [0.52, 0.19],
    "--meeting-block": [0.52, 0.19],
  },
  dark: {
    "--surface-selected": [0.28, 0.045],
    "--accent": [0.55, 0.17],
    "--accent-hover": [0.51, 0.17],
    "--accent-text": [0.82, 0.1],
    "--accent-soft": [0.3, 0.06],
    "--focus": [0.72, 0.14],
    "--meeting-block": [0.72, 0.14],
  },
};

/** The tokens that have the accent's hue, by name. */
export function accentTokens(colour: Colour, shade: Shade): Record<string, string> {
  const { chroma, hue } = polar(colour);
  const tokens = Object.entries(ladders[shade]).map(([name, [lightness, most]]) => {
    const vivid = Math.min(chroma, most, room(lightness, hue));
    return [name, `oklch(${lightness} ${vivid.toFixed(3)} ${hue.toFixed(1)})`];
  });
  return Object.fromEntries(tokens) as Record<string, string>;
}

/** Of a colour in OKLCH: how vivid, and which hue in degrees; https://bottosson.github.io/posts/oklab. */
function polar({ red, green, blue }: Colour): { chroma: number; hue: number } {
  const linear = (part: number) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4);
  const [r, g, b] = [linear(red), linear(green), linear(blue)];
  const long = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const medium = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const short = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  const a = 1.9779984951 * long - 2.428592205 * medium + 0.4505937099 * short;
  const yellow = 0.0259040371 * long + 0.7827717662 * medium - 0.808675766 * short;
  return { chroma: Math.hypot(a, yellow), hue: ((Math.atan2(yellow, a) * 180) / Math.PI + 360) % 360 };
}

/** How vivid a colour of a lightness and a hue can be on a screen: beyond, browsers each choose another one. */
function room(lightness: number, hue: number): number {
  let [from, to] = [0, 0.4];
  for (let step = 0; step < 16; step += 1) {
    const middle = (from + to) / 2;
    if (isShown(lightness, middle, hue)) from = middle;
    else to = middle;
  }
  // What is written is rounded.
  return Math.max(0, from - 0.001);
}

function isShown(lightness: number, chroma: number, hue: number): boolean {
  const angle = (hue * Math.PI) / 180;
  const [a, b] = [chroma * Math.cos(angle), chroma * Math.sin(angle)];
  const long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const short = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const channels = [
    4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
    -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
    -0.0041960863 * long - 0.7034186147 * medium + 1.707614701 * short,
  ];
  return channels.every((channel) => channel >= 0 && channel <= 1);
}

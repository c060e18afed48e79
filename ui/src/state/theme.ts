// Puts the chosen look on the document; the theme and the accent "system" keep following the system.

import { host, type Accent, type Colour, type Density, type Theme } from "../host";
import { accentTokens, type Shade } from "./systemAccent";

const dark = () => matchMedia("(prefers-color-scheme: dark)");
const contrast = () => matchMedia("(prefers-contrast: more)");

declare global {
  interface Window {
    readonly __LIAISON__?: { readonly systemAccent?: Colour | null };
  }
}

let wanted: Theme = "system";
let accent: Accent = "blue";
let colour: Colour | null = window.__LIAISON__?.systemAccent ?? null;
/** Asked for once, and again whenever the window is come back to. */
let asked = false;

export function wornTheme(theme: Theme): Exclude<Theme, "system"> {
  if (theme !== "system") return theme;
  if (contrast().matches) return "contrast";
  return dark().matches ? "dark" : "light";
}

export function wear(theme: Theme): void {
  wanted = theme;
  document.documentElement.dataset["theme"] = wornTheme(theme);
  tint();
}

/** How tall rows are, and the hue of what is chosen. */
export function arrange(density: Density, chosen: Accent): void {
  accent = chosen;
  document.documentElement.dataset["density"] = density;
  document.documentElement.dataset["accent"] = chosen;
  tint();
  if (chosen === "system" && !asked) void askSystemAccent();
}

/** What the desktop has now; where it tells none the accent is the first one. */
export async function askSystemAccent(): Promise<Colour | null> {
  asked = true;
  // A colour is worth no word of an error.
  colour = await host()
    .getSystemAccent()
    .catch(() => null);
  tint();
  return colour;
}

/** A hue that no style sheet knows stands on the document itself. */
function tint(): void {
  const { style } = document.documentElement;
  const worn = wornTheme(wanted);
  const shade: Shade = worn === "dark" ? "dark" : "light";
  const own = accent === "system" && worn !== "contrast" ? colour : null;
  for (const [name, value] of Object.entries(accentTokens(own ?? { red: 0, green: 0, blue: 0 }, shade))) {
    if (own) style.setProperty(name, value);
    else style.removeProperty(name);
  }
}

/** Follows the system's switch between day and night, and its accent when the window is come back to. */
export function followSystemTheme(): () => void {
  const changed = () => wear(wanted);
  const returned = () => {
    if (accent === "system") void askSystemAccent();
  };
  const queries = [dark(), contrast()];
  for (const query of queries) query.addEventListener("change", changed);
  addEventListener("focus", returned);
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
    removeEventListener("focus", returned);
  };
}

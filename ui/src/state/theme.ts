// Puts the chosen look on the document; the theme "system" keeps following the system.

import type { Accent, Density, Theme } from "../host";

const dark = () => matchMedia("(prefers-color-scheme: dark)");
const contrast = () => matchMedia("(prefers-contrast: more)");

let wanted: Theme = "system";

export function wornTheme(theme: Theme): Exclude<Theme, "system"> {
  if (theme !== "system") return theme;
  if (contrast().matches) return "contrast";
  return dark().matches ? "dark" : "light";
}

export function wear(theme: Theme): void {
  wanted = theme;
  document.documentElement.dataset["theme"] = wornTheme(theme);
}

/** How tall rows are, and the hue of what is chosen. */
export function arrange(density: Density, accent: Accent): void {
  document.documentElement.dataset["density"] = density;
  document.documentElement.dataset["accent"] = accent;
}

/** Follows the system's switch between day and night. */
export function followSystemTheme(): () => void {
  const changed = () => wear(wanted);
  const queries = [dark(), contrast()];
  for (const query of queries) query.addEventListener("change", changed);
  return () => {
    for (const query of queries) query.removeEventListener("change", changed);
  };
}

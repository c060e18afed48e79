// The project's own files, for the tests that read them.

import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Source {
  path: string;
  text: string;
}

/** Every file below a folder of `ui/` whose name ends so. */
export function sources(folder: string, ...endings: string[]): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && endings.some((ending) => entry.name.endsWith(ending)))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ path, text: readFileSync(path, "utf8") }));
}

// The two npm packages that the package is compared with, installed into the user's cache and used from there.

import { spawnSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const HERE = dirname(fileURLToPath(import.meta.url));
const MANIFESTS = ["package.json", "package-lock.json", ".npmrc"];

/** The tools can't be had on this computer now. */
export class ToolsMissing extends Error {}

/** Where the tools are installed. */
export function cacheFolder(environment = process.env) {
  const cache = environment.XDG_CACHE_HOME || environment.LOCALAPPDATA || join(homedir(), ".cache");
  return join(cache, "liaison", "salesforce-package");
}

/**
 * Installs the tools, exactly as the lock file says, unless they are there already.
 *
 * @returns `require` of the folder with the tools, and the text of the type declarations
 * @throws {ToolsMissing} npm is not there, or could not install
 */
export function tools(folder = cacheFolder()) {
  if (!isInstalled(folder)) install(folder);
  // The library would otherwise write logs into the home folder and tell Salesforce that it runs.
  process.env.SF_DISABLE_LOG_FILE = "true";
  process.env.SF_DISABLE_TELEMETRY = "true";
  const require = createRequire(join(folder, "package.json"));
  const declarations = join(folder, "node_modules", "@salesforce", "types", "lib", "metadata.d.ts");
  return { require, declarations: readFileSync(declarations, "utf8") };
}

function isInstalled(folder) {
  // npm writes this file last, and a manifest copied before it belongs to it.
  if (!existsSync(join(folder, "node_modules", ".package-lock.json"))) return false;
  return MANIFESTS.every((name) => {
    const copy = join(folder, name);
    return existsSync(copy) && readFileSync(copy).equals(readFileSync(join(HERE, name)));
  });
}

function install(folder) {
  mkdirSync(folder, { recursive: true });
  for (const name of MANIFESTS) copyFileSync(join(HERE, name), join(folder, name));
  process.stderr.write(`installing Salesforce's metadata tools into ${folder}\n`);
  const run = spawnSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
  if (run.error?.code === "ENOENT") throw new ToolsMissing("npm is not there");
  if (run.error) throw new ToolsMissing(run.error.message);
  if (run.status !== 0) {
    const reason = run.stderr.split("\n").find((line) => /^npm error\b/.test(line)) ?? `npm ended with ${run.status}`;
    throw new ToolsMissing(`npm could not install them: ${reason.replace(/^npm error\s*/, "")}`);
  }
}

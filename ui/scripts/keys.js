// Writes src/i18n/keys.ts, the type of every message id, from the English catalogue.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

const folder = new URL("../locales/en/", import.meta.url);
const keys = readdirSync(folder)
  .sort()
  .flatMap((file) => [...readFileSync(new URL(file, folder), "utf8").matchAll(/^([a-z][a-z0-9-]*) =/gm)].map((m) => m[1]));
const lines = keys.map((key) => `  | ${JSON.stringify(key)}`).join("\n");
writeFileSync(
  new URL("../src/i18n/keys.ts", import.meta.url),
  `// Made by \`npm run keys\` from locales/en; a test compares it. Not to be edited.\nexport type MessageKey =\n${lines};\n`,
);

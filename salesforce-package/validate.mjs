// Checks the metadata package before it goes into anybody's org: `node salesforce-package/validate.mjs`.
//
// First what needs nothing but Node: the XML is well-formed and the rules of a package for other people's orgs are
// kept. Then what needs two npm packages of Salesforce: elements and enumerations are those of the metadata types, and
// the conversion for a deployment gives back every field. Where npm is not there, the second part is skipped, with
// words; `--strict` makes that a failure. What only an org can say, it can't say.

import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { validate } from "./validation/validation.mjs";

const options = process.argv.slice(2);
const unknown = options.filter((option) => option !== "--strict");
if (unknown.length > 0) {
  process.stderr.write(`unknown: ${unknown.join(" ")}\nusage: node validate.mjs [--strict]\n`);
  process.exit(2);
}
const { problems, summary, skipped } = await validate(dirname(fileURLToPath(import.meta.url)));
for (const { file, line, message } of problems) {
  process.stderr.write(`salesforce-package/${file}${line ? `:${line}` : ""}: ${message}\n`);
}
if (skipped) process.stderr.write(`salesforce-package: skipped types and conversion: ${skipped}\n`);
process.stdout.write(`salesforce-package: ${summary}\n`);
process.exit(problems.length > 0 || (skipped && options.includes("--strict")) ? 1 : 0);

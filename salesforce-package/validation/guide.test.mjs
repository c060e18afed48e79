// The administrator's guide says what the program and the package do: docs/salesforce-admin.md.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { readTree } from "./tree.mjs";

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const ROOT = dirname(PACKAGE);
const guide = readFileSync(join(ROOT, "docs", "salesforce-admin.md"), "utf8");
const oauth = readFileSync(join(ROOT, "src-tauri", "crates", "salesforce", "src", "oauth.rs"), "utf8");

/** The rows of the table of fields: object and field, one entry for each pair. */
function fieldsInGuide() {
  return guide
    .split("\n")
    .filter((line) => /^\| .*`Liaison_\w+__c`.* \|/.test(line))
    .map((line) => line.split("|").map((cell) => cell.trim()))
    .filter(([, objects]) => /Activity|Campaign/.test(objects))
    .flatMap(([, objects, fields]) =>
      objects
        .split(", ")
        .flatMap((object) => fields.match(/\w+__c/g).map((field) => `${object.replaceAll(" ", "")}.${field}`)),
    )
    .sort();
}

test("the guide lists every field, and no other", () => {
  const shipped = readTree(PACKAGE)
    .documents.filter(({ kind }) => kind === "CustomField")
    .map(({ object, name }) => `${object}.${name}`)
    .sort();
  assert.ok(shipped.length > 0);
  assert.deepEqual(fieldsInGuide(), shipped);
  assert.match(guide, new RegExp(`\\b${shipped.length} custom fields\\b`));
});

test("the callback addresses are those that the program listens on", () => {
  const ports = /REDIRECT_PORTS: \[u16; \d+\] = \[([\d_, ]+)\]/.exec(oauth)[1].replaceAll("_", "").split(", ");
  const path = /REDIRECT_PATH: &str = "([^"]+)"/.exec(oauth)[1];
  const listed = guide.match(/http:\/\/localhost\S+/g);
  assert.deepEqual(
    listed,
    ports.map((port) => `http://localhost:${port}${path}`),
  );
});

test("every scope that is asked for is in the guide", () => {
  const scopes = /SCOPES: \[&str; \d+\] = \[([^\]]+)\]/.exec(oauth)[1].match(/(?<=")[a-z_]+(?=")/g);
  const listed = guide
    .split("\n")
    .filter((line) => /^ *\| .*\(`/.test(line))
    .flatMap((line) => line.match(/(?<=`)[a-z_]+(?=`)/g));
  assert.ok(scopes.length > 0);
  for (const scope of scopes) assert.ok(listed.includes(scope), scope);
});

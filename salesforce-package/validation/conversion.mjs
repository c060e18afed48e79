// The package as Salesforce's own library converts it for a deployment, compared with the source.
//
// The library resolves names, folders and types, and judges nothing: it passes over unknown elements, fields in the
// wrong place and unbalanced XML. So what comes out is read again and compared with what went in.

import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, sep } from "node:path";
import { problem, textOf } from "./tree.mjs";
import { parseXml, XmlError } from "./xml.mjs";

/**
 * Converts the package and compares.
 *
 * @param {NodeJS.Require} require of the folder with the tools
 * @param {string} folder the folder that holds sfdx-project.json
 * @param {import("./schema.mjs").Schema} schema
 * @param documents as {@link readTree} gives them, without problems
 */
export async function checkConversion(require, folder, schema, documents) {
  const output = mkdtempSync(join(tmpdir(), "liaison-salesforce-package-"));
  try {
    await convert(require, folder, output);
    return compare(output, schema, documents);
  } finally {
    rmSync(output, { recursive: true, force: true });
  }
}

async function convert(require, folder, output) {
  const { ComponentSet, MetadataConverter } = require("@salesforce/source-deploy-retrieve");
  const components = ComponentSet.fromSource(join(folder, "force-app"));
  components.sourceApiVersion = JSON.parse(readFileSync(join(folder, "sfdx-project.json"), "utf8")).sourceApiVersion;
  await new MetadataConverter().convert(components, "metadata", {
    type: "directory",
    outputDirectory: output,
    genUniqueDir: false,
  });
}

function compare(output, schema, documents) {
  const problems = [];
  const read = (name) => {
    const file = `converted ${name}`;
    try {
      return parseXml(readFileSync(join(output, name), "utf8"));
    } catch (error) {
      if (!(error instanceof XmlError) && error.code !== "ENOENT") throw error;
      problems.push(problem(file, error.line ?? 0, error.code === "ENOENT" ? "was not made" : error.message));
      return { name: "", children: [], text: "", line: 0 };
    }
  };
  const expected = expectedFiles(documents);
  for (const name of filesOf(output).filter((name) => !expected.has(name))) {
    problems.push(problem(`converted ${name}`, 0, "nobody asked for it"));
  }
  for (const [name, { type, parts }] of expected) {
    const root = read(name);
    if (type === "Package") problems.push(...compareManifest(name, root, documents));
    else problems.push(...compareDocument(name, root, type, parts, schema));
  }
  return problems;
}

/** The files of a deployment, each with the documents that must be in it. */
function expectedFiles(documents) {
  const files = new Map([["package.xml", { type: "Package", parts: [] }]]);
  for (const document of documents) {
    const field = document.kind === "CustomField";
    const name = field ? `objects/${document.object}.object` : `permissionsets/${document.name}.permissionset`;
    const file = files.get(name) ?? { type: field ? "CustomObject" : document.kind, parts: [] };
    file.parts.push(document);
    files.set(name, file);
  }
  return files;
}

function compareDocument(name, root, type, parts, schema) {
  const file = `converted ${name}`;
  const problems = [];
  if (root.name !== type) problems.push(problem(file, root.line, `the root element is not <${type}>`));
  // All that CustomObject needs otherwise comes from the org, since the objects are standard ones.
  const fields = root.children.filter((child) => child.name === "fields");
  const found = type === "CustomObject" ? fields : [root];
  if (type === "CustomObject" && root.children.length > fields.length) {
    problems.push(problem(file, root.line, "holds more than fields"));
  }
  if (found.length !== parts.length)
    problems.push(problem(file, root.line, `holds ${found.length} of ${parts.length}`));
  for (const { name: part, kind, root: source } of parts) {
    const copy = kind === "CustomField" ? found.find((field) => textOf(field, "fullName") === part) : root;
    if (!copy) {
      problems.push(problem(file, root.line, `${part} is missing`));
      continue;
    }
    for (const { line, message } of schema.check(copy, kind)) problems.push(problem(file, line, message));
    if (plain(copy) !== plain(source)) problems.push(problem(file, copy.line, `${part} differs from its source`));
  }
  return problems;
}

function compareManifest(name, root, documents) {
  const members = new Set(
    root.children
      .filter((child) => child.name === "types")
      .flatMap((types) =>
        types.children
          .filter((child) => child.name === "members")
          .map((member) => `${textOf(types, "name")} ${member.text}`),
      ),
  );
  const wanted = documents.map(({ kind, object, name: own }) => `${kind} ${object ? `${object}.${own}` : own}`);
  return [
    ...wanted.filter((member) => !members.has(member)).map((member) => `${member} is missing`),
    ...[...members].filter((member) => !wanted.includes(member)).map((member) => `${member} is not in the source`),
  ].map((message) => problem(`converted ${name}`, root.line, message));
}

/** An element without what may differ: the name of the root, lines, attributes, the order of unlike elements. */
function plain(element) {
  const content = (child) => `${child.name}=${child.children.length > 0 ? plain(child) : JSON.stringify(child.text)}`;
  return `{${element.children.map(content).sort().join(",")}}`;
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      relative(folder, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join("/"),
    );
}

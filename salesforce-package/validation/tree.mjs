// The files of the package: found, read, and each parsed once.

import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { parseXml, XmlError } from "./xml.mjs";

const FIELD = /^main\/default\/objects\/([^/]+)\/fields\/([^/]+)\.field-meta\.xml$/;
const PERMISSION_SET = /^main\/default\/permissionsets\/([^/]+)\.permissionset-meta\.xml$/;

/** One thing that is wrong. `line` is 0 where the file as a whole is meant. */
export function problem(file, line, message) {
  return { file, line, message };
}

/**
 * Reads the package.
 *
 * @param {string} folder the folder that holds sfdx-project.json
 * @returns `files`: every file that is text, with it; `documents`: the metadata among them, each
 *   `{ file, kind: "CustomField" | "PermissionSet", object?, name, root }`; `problems`
 */
export function readTree(folder) {
  const source = join(folder, "force-app");
  const files = readdirSync(source, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) =>
      relative(source, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join("/"),
    )
    .sort()
    .map((path) => ({ path, file: `force-app/${path}`, bytes: readFileSync(join(source, path)) }));
  const problems = [];
  const documents = [];
  const texts = [];
  for (const { path, file, bytes } of files) {
    const text = decode(bytes);
    if (text === null) {
      problems.push(problem(file, 0, "is not UTF-8"));
      continue;
    }
    texts.push({ file, text });
    const identity = identify(path);
    if (!identity) {
      // Layouts and profiles would overwrite the org's own, a StandardValueSet would replace all its values.
      problems.push(problem(file, 0, "is neither a field nor a permission set: the package ships nothing else"));
      continue;
    }
    try {
      documents.push({ file, ...identity, root: parseXml(text) });
    } catch (error) {
      if (!(error instanceof XmlError)) throw error;
      problems.push(problem(file, error.line, error.message));
    }
  }
  return { files: texts, documents, problems };
}

function decode(bytes) {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

function identify(path) {
  const field = FIELD.exec(path);
  if (field) return { kind: "CustomField", object: field[1], name: field[2] };
  const set = PERMISSION_SET.exec(path);
  return set && { kind: "PermissionSet", name: set[1] };
}

/** The text of an element's child; `undefined` when there is none. */
export function textOf(element, name) {
  return element.children.find((child) => child.name === name)?.text;
}

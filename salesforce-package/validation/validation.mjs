// All checks in their order: each part only looks at what the parts before it found sound.

import { checkConversion } from "./conversion.mjs";
import { checkRules } from "./rules.mjs";
import { Schema } from "./schema.mjs";
import { tools, ToolsMissing } from "./tools.mjs";
import { problem, readTree } from "./tree.mjs";

/**
 * Checks a package.
 *
 * @param {string} folder the folder that holds sfdx-project.json
 * @param {{ findTools?: typeof tools }} [options]
 * @returns {Promise<{ problems: { file: string, line: number, message: string }[], summary: string,
 *   skipped: string | null }>}
 */
export async function validate(folder, { findTools = tools } = {}) {
  const tree = readTree(folder);
  const problems = [...tree.problems, ...checkRules(folder, tree)];
  let skipped = null;
  try {
    const found = findTools();
    const schema = new Schema(found.declarations);
    problems.push(...tree.documents.flatMap((document) => checkTypes(schema, document)));
    // What is damaged would be reported once more, in the library's words.
    if (problems.length === 0) problems.push(...(await checkConversion(found.require, folder, schema, tree.documents)));
  } catch (error) {
    if (!(error instanceof ToolsMissing)) throw error;
    skipped = error.message;
  }
  return { problems, summary: summaryOf(tree, problems, skipped), skipped };
}

function checkTypes(schema, { file, kind, root }) {
  return schema.check(root, kind).map(({ line, message }) => problem(file, line, message));
}

function summaryOf({ documents }, problems, skipped) {
  const count = (kind) => documents.filter((document) => document.kind === kind).length;
  const checked = skipped ? "well-formed, rules kept" : "well-formed, rules kept, types known, converted";
  const outcome = problems.length === 0 ? checked : `${problems.length} wrong`;
  return `${count("CustomField")} fields, ${count("PermissionSet")} permission set: ${outcome}`;
}

// What a deployment into somebody else's org must keep to, and neither the types nor the conversion know. Source:
// Metadata API Developer Guide, "CustomField" and "PermissionSet"; Salesforce Help, "Custom Field Attributes".

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { problem, textOf } from "./tree.mjs";

export const NAMESPACE = "http://soap.sforce.com/2006/04/metadata";
export const KEY = "Liaison_Key__c";

/** Objects that get fields, and the objects by whose name the rights to those fields are given. */
const OBJECTS = { Activity: ["Event", "Task"], Campaign: ["Campaign"], CampaignMember: ["CampaignMember"], Lead: ["Lead"] };

/** What each type of field must say beyond what all of them say; nothing else may stand there. */
const PARTICULARS = {
  DateTime: [],
  Number: ["externalId", "precision", "scale", "unique"],
  Text: ["externalId", "length", "unique"],
  Url: [],
};
const EVERY_FIELD = ["description", "fullName", "inlineHelpText", "label", "required", "type"];
const KEY_VALUES = {
  caseSensitive: "true",
  externalId: "true",
  length: "80",
  required: "false",
  type: "Text",
  unique: "true",
};

const LONGEST = { name: 40, label: 40, description: 1000, inlineHelpText: 510, permissionSetDescription: 255 };
const PERMISSION_SET = ["description", "fieldPermissions", "hasActivationRequired", "label"];
const SECRETS = [
  [/3MVG9[\w.]{20,}/, "a consumer key"],
  [/\b(consumer_?(key|secret)|client_?secret)\b/i, "a consumer key or secret"],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----/, "a private key"],
  [/\b00D[A-Za-z0-9]{12,15}![\w.]{20,}/, "an access token"],
];

/** Every rule on the whole package. */
export function checkRules(folder, { files, documents }) {
  const fields = documents.filter(({ kind }) => kind === "CustomField");
  const sets = documents.filter(({ kind }) => kind === "PermissionSet");
  return [
    ...files.flatMap(checkSecrets),
    ...documents.flatMap(checkForm),
    ...fields.flatMap(checkField),
    ...checkKeys(fields),
    ...sets.flatMap(checkPermissionSet),
    ...checkRights(fields, sets),
    ...checkProject(folder),
  ];
}

function checkSecrets({ file, text }) {
  return SECRETS.filter(([pattern]) => pattern.test(text)).map(([pattern, what]) =>
    problem(file, text.slice(0, pattern.exec(text).index).split("\n").length, `holds ${what}`),
  );
}

/** Root element, namespace, and the order that Salesforce's own tools write: it keeps retrieved files comparable. */
function checkForm({ file, kind, root }) {
  const problems = [];
  if (root.name !== kind) problems.push(problem(file, root.line, `the root element is <${root.name}>, not <${kind}>`));
  if (root.attributes.xmlns !== NAMESPACE || Object.keys(root.attributes).length > 1) {
    problems.push(problem(file, root.line, `the root element must have the one attribute xmlns="${NAMESPACE}"`));
  }
  problems.push(...checkOrder(file, root));
  return problems;
}

function checkOrder(file, element) {
  const problems = element.children.flatMap((child) => checkOrder(file, child));
  element.children.forEach((child, place) => {
    const before = element.children[place - 1];
    if (before && before.name > child.name) {
      problems.push(
        problem(file, child.line, `<${child.name}> stands after <${before.name}>: not in alphabetical order`),
      );
    }
    if (Object.keys(child.attributes).length > 0) {
      problems.push(problem(file, child.line, `<${child.name}> has an attribute`));
    }
  });
  return problems;
}

function checkField({ file, object, name, root }) {
  const problems = [];
  const wrong = (message, line = root.line) => problems.push(problem(file, line, message));
  if (!Object.hasOwn(OBJECTS, object)) {
    const task = object === "Task" || object === "Event";
    wrong(task ? "fields of tasks and events belong to Activity" : `${object} gets no fields of ours`);
  }
  if (!/^Liaison(_[A-Z][A-Za-z0-9]*)+__c$/.test(name)) wrong("the name must have the form Liaison_Some_Thing__c");
  if (name.replace(/__c$/, "").length > LONGEST.name) wrong(`the name is longer than ${LONGEST.name} characters`);
  if (textOf(root, "fullName") !== name) wrong("<fullName> differs from the name of the file");
  // A required field would make every other program that writes such records fail.
  if (textOf(root, "required") !== "false") wrong("<required> must be false");
  for (const element of ["label", "description", "inlineHelpText"]) {
    const text = textOf(root, element) ?? "";
    if (text.trim() === "") wrong(`<${element}> is missing or empty`);
    if (text.length > LONGEST[element]) wrong(`<${element}> is longer than ${LONGEST[element]} characters`);
  }
  problems.push(...checkType(file, name, root));
  return problems;
}

function checkType(file, name, root) {
  const type = textOf(root, "type");
  const wrong = (message) => problem(file, root.line, message);
  if (!Object.hasOwn(PARTICULARS, type ?? ""))
    return [wrong(`<type> must be one of ${Object.keys(PARTICULARS).join(", ")}`)];
  const wanted = new Set([...EVERY_FIELD, ...PARTICULARS[type], ...(name === KEY ? Object.keys(KEY_VALUES) : [])]);
  const problems = [...wanted]
    .filter((element) => textOf(root, element) === undefined)
    .map((element) => wrong(`a field of type ${type} needs <${element}>`));
  for (const child of root.children.filter((child) => !wanted.has(child.name))) {
    problems.push(problem(file, child.line, `a field of type ${type} takes no <${child.name}> here`));
  }
  const between = (element, least, most) => {
    const number = Number(textOf(root, element));
    if (!Number.isInteger(number) || number < least || number > most) {
      problems.push(wrong(`<${element}> must be a whole number from ${least} to ${most}`));
    }
  };
  if (type === "Text") between("length", 1, 255);
  if (type === "Number") {
    between("precision", 1, 18);
    between("scale", 0, Number(textOf(root, "precision")) || 0);
  }
  return problems;
}

function checkKeys(fields) {
  const keys = fields.filter(({ name }) => name === KEY);
  const missing = Object.keys(OBJECTS)
    .filter((object) => !keys.some((key) => key.object === object))
    .map((object) => problem(`force-app/main/default/objects/${object}`, 0, `${KEY} is missing`));
  const wrong = keys.flatMap(({ file, root }) =>
    Object.entries(KEY_VALUES)
      .filter(([element, value]) => textOf(root, element) !== value)
      .map(([element, value]) => problem(file, root.line, `<${element}> of the key must be ${value}`)),
  );
  const others = fields
    .filter(({ name, root }) => name !== KEY && [textOf(root, "unique"), textOf(root, "externalId")].includes("true"))
    .map(({ file, root }) => problem(file, root.line, "only the key is unique or an external id"));
  return [...missing, ...wrong, ...others];
}

function checkPermissionSet({ file, root }) {
  const problems = root.children
    .filter((child) => !PERMISSION_SET.includes(child.name))
    .map((child) => problem(file, child.line, `<${child.name}>: the permission set gives rights to our fields only`));
  const description = textOf(root, "description") ?? "";
  if (description.trim() === "" || description.length > LONGEST.permissionSetDescription) {
    problems.push(
      problem(file, root.line, `<description> must have 1 to ${LONGEST.permissionSetDescription} characters`),
    );
  }
  if (textOf(root, "hasActivationRequired") !== "false") {
    problems.push(problem(file, root.line, "<hasActivationRequired> must be false"));
  }
  return problems;
}

/** A field without rights is invisible to everybody, administrators included; a right without its field fails. */
function checkRights(fields, sets) {
  if (sets.length !== 1) return [problem("force-app/main/default/permissionsets", 0, "must hold one permission set")];
  const [{ file, root }] = sets;
  const problems = [];
  const given = new Set();
  const wanted = new Set(
    fields.flatMap(({ object, name }) => (OBJECTS[object] ?? []).map((owner) => `${owner}.${name}`)),
  );
  for (const right of root.children.filter((child) => child.name === "fieldPermissions")) {
    const field = textOf(right, "field") ?? "";
    if (!wanted.has(field)) problems.push(problem(file, right.line, `there is no field ${field}`));
    if (given.has(field)) problems.push(problem(file, right.line, `${field} stands twice`));
    if (textOf(right, "editable") !== "true" || textOf(right, "readable") !== "true") {
      problems.push(problem(file, right.line, `${field} must be readable and editable`));
    }
    given.add(field);
  }
  for (const field of [...wanted].filter((field) => !given.has(field))) {
    problems.push(problem(file, root.line, `gives no right to ${field}`));
  }
  return problems;
}

function checkProject(folder) {
  const file = "sfdx-project.json";
  let project;
  try {
    project = JSON.parse(readFileSync(join(folder, file), "utf8"));
  } catch (error) {
    return [problem(file, 0, error.message)];
  }
  const problems = Object.keys(project)
    .filter((key) => !["packageDirectories", "sourceApiVersion"].includes(key))
    .map((key) => problem(file, 0, `has no use for ${key}`));
  if (!/^[1-9]\d\.0$/.test(project.sourceApiVersion ?? "")) {
    problems.push(problem(file, 0, "sourceApiVersion must have the form 66.0"));
  }
  const folders = Array.isArray(project.packageDirectories) ? project.packageDirectories : [];
  if (folders.length !== 1 || folders[0].path !== "force-app" || folders[0].default !== true) {
    problems.push(problem(file, 0, "packageDirectories must name force-app alone, as default"));
  } else if (!existsSync(join(folder, folders[0].path))) {
    problems.push(problem(file, 0, "the folder force-app is missing"));
  }
  return problems;
}

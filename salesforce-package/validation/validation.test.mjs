// The checks find what they are there for: each test damages a copy of the package in one way.
// `node --test salesforce-package/validation/*.test.mjs`

import assert from "node:assert/strict";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { checkConversion } from "./conversion.mjs";
import { KEY } from "./rules.mjs";
import { Schema } from "./schema.mjs";
import { tools, ToolsMissing } from "./tools.mjs";
import { readTree } from "./tree.mjs";
import { validate } from "./validation.mjs";
import { parseXml, XmlError } from "./xml.mjs";

const PACKAGE = dirname(dirname(fileURLToPath(import.meta.url)));
const FIELDS = "force-app/main/default/objects";
const KEY_FILE = `${FIELDS}/Activity/fields/${KEY}.field-meta.xml`;
const COUNT_FILE = `${FIELDS}/Campaign/fields/Liaison_Participants__c.field-meta.xml`;
const LINK_FILE = `${FIELDS}/Campaign/fields/Liaison_Recording_Link__c.field-meta.xml`;
const SET_FILE = "force-app/main/default/permissionsets/Liaison.permissionset-meta.xml";

const withoutTools = () => {
  throw new ToolsMissing("not asked for");
};
let copies;
let found = null;

before(() => {
  copies = mkdtempSync(join(tmpdir(), "liaison-validation-"));
  try {
    found = tools();
  } catch (error) {
    if (!(error instanceof ToolsMissing)) throw error;
    process.stderr.write(`types and conversion are not tested: ${error.message}\n`);
  }
});
after(() => rmSync(copies, { recursive: true, force: true }));

/** A copy of the package. `change` gets its folder. */
function damaged(change) {
  const folder = mkdtempSync(join(copies, "package-"));
  for (const name of ["sfdx-project.json", "force-app"]) {
    cpSync(join(PACKAGE, name), join(folder, name), { recursive: true });
  }
  change(folder);
  return folder;
}

function replaced(file, from, to) {
  return damaged((folder) => {
    const text = readFileSync(join(folder, file), "utf8");
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, `nothing to replace in ${file}`);
    writeFileSync(join(folder, file), changed);
  });
}

function added(file, text) {
  return damaged((folder) => {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  });
}

async function problemsOf(folder, findTools = withoutTools) {
  const { problems } = await validate(folder, { findTools });
  return problems.map(({ file, message }) => `${file}: ${message}`);
}

test("the package is sound", async () => {
  assert.deepEqual(await problemsOf(PACKAGE), []);
});

test("what is skipped is said", async () => {
  const { skipped, summary } = await validate(PACKAGE, { findTools: withoutTools });
  assert.equal(skipped, "not asked for");
  assert.doesNotMatch(summary, /types|converted/);
});

test("the program looks for the key that the package brings", () => {
  const sources = join(dirname(PACKAGE), "src-tauri", "crates", "salesforce", "src");
  const names = readdirSync(sources, { recursive: true })
    .filter((name) => name.endsWith(".rs"))
    .flatMap((name) => readFileSync(join(sources, name), "utf8").match(/(?<=\bKEY_FIELD: &str = ")\w+/g) ?? []);
  assert.deepEqual([...new Set(names)], [KEY]);
});

const RULES = [
  [
    "another name than the file's",
    () => replaced(KEY_FILE, "Liaison_Key__c</", "Liaison_Kex__c</"),
    /differs from the name/,
  ],
  ["a key that is not unique", () => replaced(KEY_FILE, "<unique>true", "<unique>false"), /<unique> of the key/],
  [
    "a key that is no external id",
    () => replaced(KEY_FILE, "<externalId>true", "<externalId>false"),
    /<externalId> of the key/,
  ],
  [
    "a key blind to case",
    () => replaced(KEY_FILE, "<caseSensitive>true", "<caseSensitive>false"),
    /<caseSensitive> of the key/,
  ],
  ["a key that is too short", () => replaced(KEY_FILE, "<length>80", "<length>20"), /<length> of the key/],
  [
    "a key that is missing",
    () => damaged((folder) => rmSync(join(folder, KEY_FILE))),
    /Activity: Liaison_Key__c is missing/,
  ],
  ["a required field", () => replaced(COUNT_FILE, "<required>false", "<required>true"), /<required> must be false/],
  ["a second unique field", () => replaced(COUNT_FILE, "<unique>false", "<unique>true"), /only the key is unique/],
  [
    "a field without help",
    () => replaced(COUNT_FILE, /<inlineHelpText>.*<\/inlineHelpText>/, "<inlineHelpText></inlineHelpText>"),
    /<inlineHelpText> is missing/,
  ],
  [
    "a label that is too long",
    () => replaced(COUNT_FILE, "<label>Participants", `<label>${"x".repeat(41)}`),
    /<label> is longer/,
  ],
  [
    "a scale beyond the precision",
    () => replaced(COUNT_FILE, "<scale>0", "<scale>7"),
    /<scale> must be a whole number/,
  ],
  [
    "a link with a length",
    () => replaced(LINK_FILE, "<required>", "<length>255</length>\n    <required>"),
    /takes no <length>/,
  ],
  [
    "elements in disorder",
    () => replaced(LINK_FILE, /( *<description>.*\n)( *<fullName>.*\n)/, "$2$1"),
    /not in alphabetical order/,
  ],
  ["a foreign namespace", () => replaced(LINK_FILE, "sforce.com/2006", "sforce.example/2006"), /xmlns/],
  [
    "a right that is missing",
    () => replaced(SET_FILE, "Event.Liaison_Key__c", "Event.Liaison_Participants__c"),
    /no right to Event.Liaison_Key__c/,
  ],
  [
    "a right to Activity",
    () => replaced(SET_FILE, "Event.Liaison_Key__c", "Activity.Liaison_Key__c"),
    /no field Activity.Liaison_Key__c/,
  ],
  [
    "a right that stands twice",
    () => replaced(SET_FILE, "Event.Liaison_Key__c", "Task.Liaison_Key__c"),
    /Task.Liaison_Key__c stands twice/,
  ],
  [
    "a right to read only",
    () => replaced(SET_FILE, "<editable>true", "<editable>false"),
    /must be readable and editable/,
  ],
  ["a right to objects", () => replaced(SET_FILE, "<label>", "<objectPermissions/>\n    <label>"), /our fields only/],
  ["no permission set", () => damaged((folder) => rmSync(join(folder, SET_FILE))), /must hold one permission set/],
  [
    "a field on Task",
    () => added(`${FIELDS}/Task/fields/${KEY}.field-meta.xml`, readFileSync(join(PACKAGE, KEY_FILE))),
    /belong to Activity/,
  ],
  [
    "a field on Account",
    () => added(`${FIELDS}/Account/fields/${KEY}.field-meta.xml`, readFileSync(join(PACKAGE, KEY_FILE))),
    /Account gets no fields/,
  ],
  [
    "a layout",
    () => added("force-app/main/default/layouts/Task-Task Layout.layout-meta.xml", "<Layout/>"),
    /ships nothing else/,
  ],
  [
    "a consumer key",
    () => replaced(SET_FILE, "Gives no right", `3MVG9${"x".repeat(30)} Gives no right`),
    /holds a consumer key/,
  ],
  [
    "a file that is not UTF-8",
    () => added(`${FIELDS}/Campaign/fields/Liaison_X__c.field-meta.xml`, Buffer.from([0xff, 0xfe, 0x3c])),
    /not UTF-8/,
  ],
  ["unbalanced XML", () => replaced(KEY_FILE, "</label>", "</lable>"), /<\/lable> where <\/label>/],
  ["a second project folder", () => replaced("sfdx-project.json", "[{", '[{ "path": "more" }, {'), /force-app alone/],
  ["a version that is none", () => replaced("sfdx-project.json", "66.0", "66"), /sourceApiVersion/],
];
for (const [name, make, expected] of RULES) {
  test(`found: ${name}`, async () => {
    const problems = await problemsOf(make());
    assert.ok(
      problems.some((line) => expected.test(line)),
      problems.join("\n") || "nothing was found",
    );
  });
}

const TYPES = [
  [
    "an unknown element",
    () => replaced(KEY_FILE, "<unique>true</unique>", "<unique>true</unique>\n    <uniqqe>true</uniqqe>"),
    /CustomField has no element <uniqqe>/,
  ],
  ["an unknown type", () => replaced(KEY_FILE, "<type>Text", "<type>Txt"), /<type> must be a value of FieldType/],
  ["a boolean that is none", () => replaced(KEY_FILE, "<unique>true", "<unique>yes"), /<unique> must be true or false/],
  ["a number that is none", () => replaced(KEY_FILE, "<length>80", "<length>eighty"), /<length> must be a number/],
  [
    "an element that stands twice",
    () => replaced(KEY_FILE, "<unique>true</unique>", "<unique>true</unique>\n    <unique>true</unique>"),
    /<unique> stands twice/,
  ],
  [
    "a right without its field",
    () => replaced(SET_FILE, /\s*<field>Event.Liaison_Key__c<\/field>/, ""),
    /PermissionSetFieldPermissions needs <field>/,
  ],
  [
    "an unknown element inside another",
    () => replaced(SET_FILE, "<readable>true</readable>", "<raedable>true</raedable>"),
    /has no element <raedable>/,
  ],
];
for (const [name, make, expected] of TYPES) {
  test(`the types do not know: ${name}`, async (context) => {
    if (!found) return context.skip("npm is not there");
    const problems = await problemsOf(make(), () => found);
    assert.ok(
      problems.some((line) => expected.test(line)),
      problems.join("\n") || "nothing was found",
    );
  });
}

test("the conversion gives back every field", async (context) => {
  if (!found) return context.skip("npm is not there");
  assert.deepEqual(await problemsOf(PACKAGE, () => found), []);
});

test("a conversion that differs from the source is found", async (context) => {
  if (!found) return context.skip("npm is not there");
  const schema = new Schema(found.declarations);
  const { documents } = readTree(PACKAGE);
  const check = async (folder) =>
    (await checkConversion(found.require, folder, schema, documents)).map(({ message }) => message);
  const key = `Activity.${KEY}`;
  const missing = await check(damaged((folder) => rmSync(join(folder, KEY_FILE))));
  assert.ok(
    missing.includes(`CustomField ${key} is missing`) && missing.includes(`${KEY} is missing`),
    missing.join("\n"),
  );
  const changed = await check(replaced(KEY_FILE, "<length>80", "<length>81"));
  assert.deepEqual(changed, [`${KEY} differs from its source`]);
  const more = await check(
    added(
      "force-app/main/default/labels/X.labels-meta.xml",
      '<?xml version="1.0" encoding="UTF-8"?>\n<CustomLabels xmlns="http://soap.sforce.com/2006/04/metadata"/>',
    ),
  );
  assert.ok(more.includes("nobody asked for it"), more.join("\n"));
});

test("declarations of another form are not taken for approval", () => {
  const schema = new Schema(
    "export type A = {\n    b: Map<string, number>;\n};\nexport type C = {\n    d: Unknown;\n};\n",
  );
  const root = parseXml('<?xml version="1.0" encoding="UTF-8"?><C><d>1</d></C>');
  assert.throws(() => schema.check(root, "Missing"), /Missing is not declared/);
  assert.throws(() => schema.check(root, "A"), /can't be read/);
  assert.throws(() => schema.check(root, "C"), /Unknown is not declared/);
});

test("XML that is not well-formed is refused, at its line", () => {
  const prolog = '<?xml version="1.0" encoding="UTF-8"?>\n';
  for (const body of [
    "",
    "<a>",
    "<a></b>",
    "<a/><b/>",
    "<a>&</a>",
    "<a>&nbsp;</a>",
    "<a>&#0;</a>",
    "<a>&#x110000;</a>",
  ]) {
    assert.throws(() => parseXml(prolog + body), XmlError, body);
  }
  for (const body of [
    "<a b='1'/>",
    '<a b="1" b="1"/>',
    "<a><!-- -- --></a>",
    "<a><![CDATA[x]]></a>",
    "<a>x<b/></a>",
    "<!DOCTYPE a><a/>",
    "<a>\u0001</a>",
    "< a/>",
    "<a",
    "x<a/>",
  ]) {
    assert.throws(() => parseXml(prolog + body), XmlError, body);
  }
  assert.throws(() => parseXml("<a/>"), /does not begin/);
  assert.throws(
    () => parseXml(`${prolog}<a>\n<b>\n</c>\n</a>`),
    (error) => error.line === 4,
  );
  const root = parseXml(`${prolog}<!-- x --><a n="&lt;">\n<b>&amp;&#233;&#x1F600;</b><c/></a>\n`);
  assert.deepEqual([root.attributes.n, root.children.map(({ text }) => text)], ["<", ["&é😀", ""]]);
});

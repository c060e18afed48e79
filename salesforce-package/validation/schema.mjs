// Salesforce's metadata types, read from the type declarations of `@salesforce/types`, and a document compared with
// them: names of elements, how often each may stand, enumerations, booleans and numbers.
//
// The declarations say nothing of lengths or of what goes together; that is in rules.mjs.

const TYPE = /^export type (\w+) = ([^;{]*?)(?:&\s*)?\{\n([\s\S]*?)^\};$/gm;
const UNION = /^export type (\w+) = ((?:'[^']*'(?: \| )?)+|string);$/gm;
const PROPERTY = /^ {4}(\w+)(\?)?: ([\w]+)(\[\])?;$/;

/** The declarations have another form than this reader knows. */
export class SchemaError extends Error {}

export class Schema {
  /** @param {string} declarations the text of metadata.d.ts */
  constructor(declarations) {
    this.types = new Map();
    this.unions = new Map();
    for (const [, name, bases, body] of declarations.matchAll(TYPE)) {
      const properties = new Map();
      for (const line of body.split("\n").filter((text) => text !== "")) {
        const found = PROPERTY.exec(line);
        // A few types hold properties of a form that no metadata of ours uses; asking for such a type fails below.
        if (!found) {
          properties.set("", { line });
          continue;
        }
        const [, property, optional, type, several] = found;
        properties.set(property, { type, several: Boolean(several), required: !optional && !several });
      }
      this.types.set(name, { bases: bases.match(/\w+/g) ?? [], properties });
    }
    for (const [, name, values] of declarations.matchAll(UNION)) {
      this.unions.set(name, values === "string" ? null : new Set(values.match(/(?<=')[^']*(?=')/g)));
    }
  }

  /** All properties of a type, those of its bases included. */
  properties(name) {
    const type = this.types.get(name);
    if (!type) throw new SchemaError(`the type ${name} is not declared`);
    if (type.properties.has("")) {
      throw new SchemaError(`the type ${name} holds what can't be read: ${type.properties.get("").line.trim()}`);
    }
    return new Map([...type.bases.flatMap((base) => [...this.properties(base)]), ...type.properties]);
  }

  /**
   * Compares an element with a type.
   *
   * @returns {{ line: number, message: string }[]} what does not fit
   */
  check(element, typeName) {
    const properties = this.properties(typeName);
    const problems = [];
    const counts = new Map();
    if (element.text.trim() !== "") problems.push({ line: element.line, message: `<${element.name}> holds text` });
    for (const child of element.children) {
      const property = properties.get(child.name);
      if (!property) {
        problems.push({ line: child.line, message: `${typeName} has no element <${child.name}>` });
        continue;
      }
      const count = (counts.get(child.name) ?? 0) + 1;
      counts.set(child.name, count);
      if (count > 1 && !property.several) {
        problems.push({ line: child.line, message: `<${child.name}> stands twice` });
      }
      problems.push(...this.checkValue(child, property.type));
    }
    for (const [name, { required }] of properties) {
      if (required && !counts.has(name)) {
        problems.push({ line: element.line, message: `${typeName} needs <${name}>` });
      }
    }
    return problems;
  }

  checkValue(element, type) {
    if (this.types.has(type)) return this.check(element, type);
    const wrong = (expected) => [{ line: element.line, message: `<${element.name}> must be ${expected}` }];
    if (element.children.length > 0) return wrong("text");
    if (type === "boolean") return /^(true|false)$/.test(element.text) ? [] : wrong("true or false");
    if (type === "number") return /^-?\d+(\.\d+)?$/.test(element.text) ? [] : wrong("a number");
    if (type === "string") return [];
    if (!this.unions.has(type)) throw new SchemaError(`the type ${type} is not declared`);
    const values = this.unions.get(type);
    return values === null || values.has(element.text) ? [] : wrong(`a value of ${type}`);
  }
}

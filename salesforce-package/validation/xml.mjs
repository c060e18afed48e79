// Reads the XML of metadata files: elements, their attributes and text, with the line of each.
//
// Not a general XML parser. What metadata never holds (DTDs, CDATA, processing instructions, elements beside text) is
// refused, because the tools that deploy it pass over damage in silence.

const NAME = /[A-Za-z_][\w.-]*/y;
const ATTRIBUTE = /\s+([A-Za-z_:][\w:.-]*)="([^"<]*)"/y;
const ENTITY = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/y;
const NAMED = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
// The only characters that XML 1.0 forbids and a text file can hold.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/;

/** XML that is not well-formed, or holds what metadata never holds. */
export class XmlError extends Error {
  constructor(line, message) {
    super(message);
    this.line = line;
  }
}

/**
 * Reads a document.
 *
 * @param {string} source
 * @returns {{ name: string, attributes: Record<string, string>, children: object[], text: string, line: number }} its
 *   root element; an element has children or text, never both
 * @throws {XmlError}
 */
export function parseXml(source) {
  return new Reader(source).document();
}

class Reader {
  constructor(source) {
    this.source = source;
    this.place = 0;
  }

  document() {
    const forbidden = FORBIDDEN.exec(this.source);
    if (forbidden) {
      this.place = forbidden.index;
      this.fail("a control character");
    }
    if (!this.take('<?xml version="1.0" encoding="UTF-8"?>')) {
      this.fail('the file does not begin with <?xml version="1.0" encoding="UTF-8"?>');
    }
    this.gap();
    if (this.source[this.place] !== "<") this.fail("the root element is missing");
    const root = this.element();
    this.gap();
    if (this.place < this.source.length) this.fail("something follows the root element");
    return root;
  }

  element() {
    const line = this.line();
    this.place += 1;
    const name = this.match(NAME)?.[0] ?? this.fail("a tag without a name");
    const attributes = this.attributes();
    this.match(/\s*/y);
    if (this.take("/>")) return { name, attributes, children: [], text: "", line };
    if (!this.take(">")) this.fail(`the tag <${name}> is not closed`);
    const { children, text } = this.content(name, line);
    return { name, attributes, children, text, line };
  }

  attributes() {
    const attributes = {};
    for (let found = this.match(ATTRIBUTE); found; found = this.match(ATTRIBUTE)) {
      const [, name, value] = found;
      if (Object.hasOwn(attributes, name)) this.fail(`the attribute ${name} stands twice`);
      attributes[name] = this.decode(value);
    }
    return attributes;
  }

  content(name, line) {
    const children = [];
    let text = "";
    for (;;) {
      const next = this.source.indexOf("<", this.place);
      if (next < 0) throw new XmlError(line, `<${name}> has no end`);
      text += this.decode(this.source.slice(this.place, next));
      this.place = next;
      if (this.comment()) continue;
      if (this.take("</")) break;
      if (/[!?]/.test(this.source[this.place + 1] ?? "")) this.fail("metadata holds no such markup");
      children.push(this.element());
    }
    const end = this.match(NAME)?.[0];
    this.match(/\s*/y);
    if (end !== name || !this.take(">")) this.fail(`</${end ?? ""}> where </${name}> of line ${line} must stand`);
    if (children.length > 0 && text.trim() !== "") throw new XmlError(line, `<${name}> holds text beside elements`);
    return { children, text: children.length > 0 ? "" : text };
  }

  comment() {
    if (!this.take("<!--")) return false;
    const end = this.source.indexOf("--", this.place);
    if (end < 0 || this.source[end + 2] !== ">") this.fail("a comment without a proper end");
    this.place = end + 3;
    return true;
  }

  gap() {
    do this.match(/\s*/y);
    while (this.comment());
  }

  decode(raw) {
    let text = "";
    for (let at = 0; at < raw.length;) {
      if (raw[at] !== "&") {
        text += raw[at];
        at += 1;
        continue;
      }
      ENTITY.lastIndex = at;
      const found = ENTITY.exec(raw) ?? this.fail("an & that begins no entity");
      const [whole, name, decimal, hexadecimal] = found;
      const code = name ? null : Number.parseInt(decimal ?? hexadecimal, decimal ? 10 : 16);
      if (code !== null && (code > 0x10_ff_ff || code < 0x20)) this.fail("a character that XML does not have");
      text += name ? NAMED[name] : String.fromCodePoint(code);
      at += whole.length;
    }
    return text;
  }

  match(pattern) {
    pattern.lastIndex = this.place;
    const found = pattern.exec(this.source);
    if (found) this.place = pattern.lastIndex;
    return found;
  }

  take(literal) {
    if (!this.source.startsWith(literal, this.place)) return false;
    this.place += literal.length;
    return true;
  }

  line() {
    return this.source.slice(0, this.place).split("\n").length;
  }

  fail(message) {
    throw new XmlError(this.line(), message);
  }
}

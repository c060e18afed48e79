// Makes a language out of English in which every text is longer, accented and in brackets: what is cut, what was put
// together of parts, and what was never translated stands out. It is made where pictures are drawn, and never shipped.

const ACCENTS = Object.fromEntries([..."aeiouyAEIOUYcnsCNS"].map((letter, at) => [letter, [..."áéíóúýÁÉÍÓÚÝçñšÇÑŠ"][at]]));
/** By so much a text grows: Dutch and German do. */
const LONGER = 0.4;
const FILL = "lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt ut labore";

const accented = (text) => text.replace(/[a-z]/giu, (letter) => ACCENTS[letter] ?? letter);

/** The pattern from a place on, up to its end: texts are changed, what is put in stays. */
class Patterns {
  constructor(source) {
    this.source = source;
    this.at = 0;
  }

  /** Up to the end of the message, or of the variant that it is in. */
  pattern(inVariant) {
    let [out, plain] = ["", 0];
    while (this.at < this.source.length) {
      const here = this.source[this.at];
      if (here === "{") out += this.placeable();
      else if (inVariant && (here === "}" || /^\n\s*(?:\*?\[|\})/u.test(this.source.slice(this.at)))) break;
      else if (here === "\n" && !/^\n(?:\s*\n)*[ \t]+(?![.])\S/u.test(this.source.slice(this.at))) break;
      else {
        out += accented(here);
        plain += /\s/u.test(here) ? 0 : 1;
        this.at += 1;
      }
    }
    return plain === 0 ? out : bracketed(out, Math.ceil(plain * LONGER));
  }

  placeable() {
    const begin = this.at;
    this.at += 1;
    let out = "{";
    while (this.at < this.source.length) {
      const rest = this.source.slice(this.at);
      const variant = /^\s*\*?\[[^\]]*\][ \t]*/u.exec(rest);
      const text = /^"[^"]*"/u.exec(rest);
      if (text) {
        out += text[0];
        this.at += text[0].length;
      } else if (variant && out.includes("->")) {
        this.at += variant[0].length;
        out += variant[0] + this.pattern(true);
      } else if (rest[0] === "{") out += this.placeable();
      else {
        this.at += 1;
        out += rest[0];
        if (rest[0] === "}") return out;
      }
    }
    throw new Error(`a brace is never closed: ${this.source.slice(begin, begin + 60)}`);
  }
}

function bracketed(text, more) {
  const [, lead, words, end] = /^(\s*)([\s\S]*?)(\s*)$/u.exec(text);
  const fill = FILL.repeat(Math.ceil(more / FILL.length)).slice(0, more);
  return `${lead}⟦${words}${more > 3 ? " " : ""}${fill.trim()}⟧${end}`;
}

/** A file of Fluent's messages, in that language. */
export function pseudo(source) {
  let out = "";
  const begins = /^(?:-?[a-zA-Z][\w-]*|[ \t]+\.[a-zA-Z][\w-]*)[ \t]*=[ \t]*/mu;
  let rest = source;
  for (let found = begins.exec(rest); found; found = begins.exec(rest)) {
    const to = found.index + found[0].length;
    const patterns = new Patterns(rest.slice(to));
    out += rest.slice(0, to) + patterns.pattern(false);
    rest = rest.slice(to + patterns.at);
  }
  return out + rest;
}

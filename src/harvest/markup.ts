/** Small pieces of XML that are read without a parser: names, attributes, text between two tags. */

import { NAMED_CHARACTERS } from "../input/plain-xml.js";

const ATTRIBUTE = /([^\s=<>/"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;
const SECTION = /<!\[CDATA\[([\s\S]*?)\]\]>/g;
const COMMENT = /<!--[\s\S]*?-->/g;

export function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

/** The attributes of a start tag, by the names as written. */
export function attributesOf(tag: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of tag.matchAll(ATTRIBUTE)) {
    attributes[name] = resolved(double ?? single);
  }
  return attributes;
}

/** Text with XML's own entities and numeric references resolved; there are no others. */
export function resolved(text: string): string {
  return text.replace(REFERENCE, (whole, decimal, hexadecimal, name) => {
    if (name !== undefined) return NAMED_CHARACTERS[name.toLowerCase()] ?? whole;
    const code = decimal !== undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16);
    return code > 0x10ffff ? "\ufffd" : wellFormed(String.fromCodePoint(code));
  });
}

/** What an element says, given its markup from behind the start tag up to the end tag. */
export function contentText(inner: string): string {
  if (!inner.includes("<!")) return resolved(inner).trim();
  const parts = inner.replace(COMMENT, "").split(SECTION);
  // What stood in a section is every second part, and is taken as it stands.
  return parts
    .map((part, i) => (i % 2 === 1 ? part : resolved(part)))
    .join("")
    .trim();
}

/** The texts of all elements of a local name in a small document, in order. */
export function textsOf(document: string, name: string): string[] {
  const pattern = new RegExp(
    `<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>((?:[^<]|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)*)</`,
    "g",
  );
  return [...document.matchAll(pattern)].map(([, inner]) => contentText(inner));
}

/** A small document in parts, each from the start of one element of a local name up to the next of that name. */
export function partsOf(document: string, name: string): string[] {
  return document.split(new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s>])`)).slice(1);
}

/** The same text with U+FFFD for each half of a pair. */
export function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

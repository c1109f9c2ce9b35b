/** Small pieces of XML that are read without a parser: names, attributes, text between two tags. */

import { NAMED_CHARACTERS } from "../input/plain-xml.js";

const ATTRIBUTE = /([^\s=<>/"']+)\s*=\s*(?:"([^"<]*)"|'([^'<]*)')/g;
const REFERENCE = /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(amp|lt|gt|quot|apos));/gi;

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
  let text = "";
  let done = 0;
  for (const { kind, from, to } of markupOf(inner)) {
    if (kind !== "section" && kind !== "skipped") continue;
    text += resolved(inner.slice(done, from));
    if (kind === "section") text += inner.slice(from + SECTION.length, to - SECTION_END.length);
    done = to;
  }
  return (text + resolved(inner.slice(done))).trim();
}

/** The texts of all elements of a local name in a small document, in order. */
export function textsOf(document: string, name: string): string[] {
  const pattern = new RegExp(
    `<(?:[\\w.-]+:)?${name}(?:\\s[^<>]*)?>((?:[^<]|<!\\[CDATA\\[[\\s\\S]*?\\]\\]>)*)</`,
    "g",
  );
  return [...withoutComments(document).matchAll(pattern)].map(([, inner]) => contentText(inner));
}

/** A small document in parts, each from the start of one element of a local name up to the next of that name. */
export function partsOf(document: string, name: string): string[] {
  return withoutComments(document)
    .split(new RegExp(`<(?:[\\w.-]+:)?${name}(?=[\\s>])`))
    .slice(1);
}

/** The same text with U+FFFD for each half of a pair. */
export function wellFormed(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}

function withoutComments(document: string): string {
  const skipped = [...markupOf(document)].filter(({ kind }) => kind === "skipped");
  const starts = [0, ...skipped.map(({ to }) => to)];
  return starts.map((from, i) => document.slice(from, skipped[i]?.from)).join("");
}

/** A tag, a section of text, or what is passed over: a comment or an instruction. */
interface Piece {
  readonly kind: "start" | "empty" | "end" | "section" | "skipped";
  readonly from: number;
  /** Behind its last character. */
  readonly to: number;
}

const COMMENT = "<!--";
const SECTION = "<![CDATA[";
const SECTION_END = "]]>";
const CLOSINGS = [
  [COMMENT, "-->", "skipped"],
  [SECTION, SECTION_END, "section"],
  ["<?", "?>", "skipped"],
] as const;
const NAME_START = /[^\s<>/!?="'&]/;

/** The markup of a document or a part of it, in order; a `<` that begins none is text. Looks at nothing twice. */
export function* markupOf(document: string): Generator<Piece> {
  const unclosed = new Set<string>();
  for (let from = document.indexOf("<"); from >= 0; from = document.indexOf("<", from)) {
    const piece = closedPiece(document, from, unclosed) ?? tagAt(document, from);
    if (piece !== null) yield piece;
    from = piece?.to ?? from + 1;
  }
}

/** @param unclosed openings behind which no closing comes any more */
function closedPiece(document: string, from: number, unclosed: Set<string>): Piece | null {
  for (const [opening, closing, kind] of CLOSINGS) {
    if (!document.startsWith(opening, from) || unclosed.has(opening)) continue;
    const end = document.indexOf(closing, from + opening.length);
    if (end >= 0) return { kind, from, to: end + closing.length };
    unclosed.add(opening);
  }
  return null;
}

function tagAt(document: string, from: number): Piece | null {
  const isEnd = document[from + 1] === "/";
  if (!NAME_START.test(document[from + (isEnd ? 2 : 1)] ?? " ")) return null;
  let quote = "";
  for (let at = from + 1; at < document.length; at++) {
    const character = document[at];
    if (character === "<") return null;
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") quote = character;
    else if (character === ">") {
      const isEmpty = !isEnd && document[at - 1] === "/";
      return { kind: isEnd ? "end" : isEmpty ? "empty" : "start", from, to: at + 1 };
    }
  }
  return null;
}

/** An element that stands directly in another one. */
export interface Child {
  /** The local name. */
  readonly name: string;
  /** Its start tag. */
  readonly tag: string;
  readonly from: number;
  /** Behind its last character; where it is not closed, that of the text. */
  readonly to: number;
  /** Its markup from behind the start tag up to the end tag. */
  readonly inner: string;
}

const TAG_NAME = /^<([^\s/>]+)/;

/** The elements in the outermost one, in order. What is not closed in them reaches to the end of the text. */
export function* childrenOf(element: string): Generator<Child> {
  let depth = 0;
  let from = 0;
  let tag = "";
  const child = (innerTo: number, to: number): Child => ({
    name: localName(TAG_NAME.exec(tag)?.[1] ?? ""),
    tag,
    from,
    to,
    inner: element.slice(from + tag.length, Math.max(innerTo, from + tag.length)),
  });
  for (const { kind, from: start, to } of markupOf(element)) {
    if (kind === "section" || kind === "skipped") continue;
    if (kind !== "end" && depth === 1) {
      from = start;
      tag = element.slice(start, to);
    }
    if (kind === "start") depth++;
    else if (kind === "end") depth--;
    if (kind !== "start" && depth === 1) yield child(kind === "end" ? start : to, to);
    if (depth === 0) return;
  }
  if (depth > 1) yield child(element.length, element.length);
}

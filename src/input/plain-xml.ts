/**
 * Reads one element that consists of elements, attributes and text alone, as nearly every record does, by
 * looking for `<` and `>`: several times as fast as a parser. Whatever else there is, or may be, it leaves to
 * one: comments, sections, instructions, names that are not ASCII, what XML forbids, what is not well-formed.
 */

import { isXmlCharacter } from "./xml-repair.js";

/** A start tag. Tags that are written alike are one object. */
export interface XmlTag {
  /** As written, with its prefix. */
  readonly name: string;
  /** By names as written. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** What is told of an element, in the order of the document. */
export interface XmlEvents {
  open(tag: XmlTag): void;
  /** Of one text perhaps several parts. */
  text(text: string): void;
  close(tag: XmlTag): void;
}

interface ReadTag extends XmlTag {
  readonly kind: "start" | "empty" | "end";
}

/** Besides what XML forbids CR, which a parser makes LF, and pairs, since half a pair is forbidden, too. */
const UNUSUAL = /[\0-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]/;
const NAME = "[A-Za-z_][\\w.:-]*";
const ATTRIBUTE = `(${NAME})[ \\t\\n]*=[ \\t\\n]*(?:"([^"<&\\t\\n]*)"|'([^'<&\\t\\n]*)')`;
const START = new RegExp(`^(${NAME})((?:[ \\t\\n]+${ATTRIBUTE})*)[ \\t\\n]*(/?)$`);
const END = new RegExp(`^/(${NAME})[ \\t\\n]*$`);
const ATTRIBUTES = new RegExp(ATTRIBUTE, "g");
const REFERENCE = /&(?:(amp|lt|gt|quot|apos)|#(\d{1,7})|#x([\dA-Fa-f]{1,6}));/y;
/** The characters that XML itself gives names to. */
export const NAMED_CHARACTERS: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};
/** Characters of a tag that is remembered, and of one that is read at all. */
const LONGEST_KNOWN = 512;
const LONGEST = 8192;
/** Tags that are remembered: records of one format have few hundred. */
const MOST_KNOWN = 4096;

export class PlainXmlReader {
  private readonly known = new Map<string, ReadTag>();

  /**
   * @param text from the start tag of an element to its end tag
   * @returns whether all of it was read; if not, what has been told is to be forgotten
   * @throws what the events throw
   */
  read(text: string, events: XmlEvents): boolean {
    if (UNUSUAL.test(text) || text.includes("]]>")) return false;
    const open: ReadTag[] = [];
    let begun = false;
    for (let at = 0; ; ) {
      const less = text.indexOf("<", at);
      const between = less < 0 ? text.slice(at) : text.slice(at, less);
      if (open.length === 0) {
        if (between !== "") return false;
        if (less < 0) return begun;
      } else if (between !== "") {
        const resolved = between.includes("&") ? resolvedText(between) : between;
        if (resolved === null) return false;
        events.text(resolved);
      }
      const greater = text.indexOf(">", less);
      const tag = less < 0 || greater < 0 ? null : this.tagOf(text.slice(less + 1, greater));
      if (tag === null) return false;
      if (tag.kind === "end") {
        const top = open.pop();
        if (top?.name !== tag.name) return false;
        events.close(top);
      } else {
        if (begun && open.length === 0) return false;
        begun = true;
        events.open(tag);
        if (tag.kind === "start") open.push(tag);
        else events.close(tag);
      }
      at = greater + 1;
    }
  }

  /** @param markup what stands between `<` and the next `>`, which in an attribute is not the tag's */
  private tagOf(markup: string): ReadTag | null {
    const known = this.known.get(markup);
    if (known !== undefined) return known;
    const tag = readTag(markup);
    if (tag !== null && markup.length <= LONGEST_KNOWN) {
      if (this.known.size >= MOST_KNOWN) this.known.clear();
      // Not a part of the document, which would be kept with it.
      this.known.set(Buffer.from(markup, "latin1").toString("latin1"), tag);
    }
    return tag;
  }
}

function readTag(markup: string): ReadTag | null {
  if (markup.length > LONGEST) return null;
  const end = END.exec(markup);
  if (end !== null) return { kind: "end", name: end[1], attributes: {} };
  const start = START.exec(markup);
  if (start === null) return null;
  const attributes: Record<string, string> = {};
  for (const [, name, double, single] of start[2].matchAll(ATTRIBUTES)) {
    if (name in attributes) return null;
    attributes[name] = double ?? single;
  }
  return { kind: start.at(-1) === "/" ? "empty" : "start", name: start[1], attributes };
}

/** Null where something stands for no character, or nobody knows which. */
function resolvedText(text: string): string | null {
  let resolved = "";
  let done = 0;
  for (let at = text.indexOf("&"); at >= 0; at = text.indexOf("&", done)) {
    REFERENCE.lastIndex = at;
    const found = REFERENCE.exec(text);
    if (found === null) return null;
    const [whole, name, decimal, hexadecimal] = found;
    const code =
      name !== undefined
        ? NAMED_CHARACTERS[name].charCodeAt(0)
        : decimal !== undefined
          ? Number(decimal)
          : Number.parseInt(hexadecimal, 16);
    if (!isXmlCharacter(code)) return null;
    resolved += text.slice(done, at) + String.fromCodePoint(code);
    done = at + whole.length;
  }
  return resolved + text.slice(done);
}

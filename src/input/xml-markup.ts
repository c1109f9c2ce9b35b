/**
 * Recognises markup in the bytes of an XML stream: just enough to cut it into record elements.
 *
 * Every answer depends on the bytes alone. `WAIT` says that the bytes at hand do not decide it yet;
 * it is never given at the end of the stream. Damaged markup is `TEXT`: its `<` is skipped, and the
 * parser of the record will name the damage.
 */

import { RecordTags } from "./record-tags.js";
import { TerminatorSearch } from "./terminator-search.js";
import type { Window } from "./window.js";
import { OTHER, RECORD, type XmlNames } from "./xml-dialect.js";

/** One piece of markup; `end` is its absolute offset behind the last byte, `name` the whole name. */
export interface Markup {
  kind: "start" | "empty" | "end" | "skipped" | "declaration" | "text" | "wait";
  element: number;
  end: number;
  nameFrom: number;
  nameTo: number;
  /** Of what is passed over: whether a start tag of a record stands in it. */
  hidden: boolean;
}

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
/** Bytes after which a tag without an end is taken for damaged. */
const LONGEST_TAG = 65_536;

function endsName(byte: number): boolean {
  return byte <= 0x20 || byte === GREATER || byte === SLASH || byte === LESS;
}

/** What is passed over as a whole: how it opens and closes. */
class Skippable {
  readonly closing: TerminatorSearch;
  readonly again: TerminatorSearch;
  readonly kind: "skipped" | "declaration";

  constructor(
    readonly opening: string,
    closing: string,
  ) {
    this.closing = new TerminatorSearch(closing);
    this.again = new TerminatorSearch(opening);
    this.kind = opening === "<?" ? "declaration" : "skipped";
  }
}

export class MarkupScanner {
  private readonly comments = new Skippable("<!--", "-->");
  private readonly sections = new Skippable("<![CDATA[", "]]>");
  private readonly instructions = new Skippable("<?", "?>");
  /** What XML forbids inside a comment. */
  private readonly hyphens = new TerminatorSearch("--");
  private readonly recordTags: RecordTags;
  private readonly markup: Markup = {
    kind: "text",
    element: OTHER,
    end: 0,
    nameFrom: 0,
    nameTo: 0,
    hidden: false,
  };

  /** @param longest bytes after which a comment, section or instruction without an end is text */
  constructor(
    private readonly window: Window,
    private readonly longest: number,
    private readonly names: XmlNames,
  ) {
    this.recordTags = new RecordTags(names.record);
  }

  /** The absolute offset of the first `<` from `from` on, or the end of the window. */
  findMarkup(from: number): number {
    const { bytes, base } = this.window;
    let at = from - base;
    while (at < bytes.length && bytes[at] !== LESS) at++;
    return base + at;
  }

  /**
   * What begins at the `<` at `from`. The same object is given each time.
   *
   * @param ended nothing follows the bytes of the window
   * @param inRecord it stands in a record element
   */
  read(from: number, ended: boolean, inRecord: boolean): Markup {
    const { bytes, base } = this.window;
    const second = bytes[from - base + 1];
    if (second === undefined) return this.text(from, ended);
    if (second === QUESTION) return this.passOver(this.instructions, from, ended, inRecord);
    if (second === EXCLAMATION) return this.declaration(from, ended, inRecord);
    return this.tag(from, ended);
  }

  private text(from: number, ended: boolean): Markup {
    this.markup.kind = ended ? "text" : "wait";
    this.markup.end = from + 1;
    return this.markup;
  }

  private declaration(from: number, ended: boolean, inRecord: boolean): Markup {
    const start = from - this.window.base;
    const opening = this.window.bytes.toString("latin1", start, start + 9);
    if (opening.startsWith("<!--")) return this.passOver(this.comments, from, ended, inRecord);
    if (opening === "<![CDATA[") return this.passOver(this.sections, from, ended, inRecord);
    return this.text(from, ended || opening.length === 9);
  }

  private passOver(what: Skippable, from: number, ended: boolean, inRecord: boolean): Markup {
    const { window } = this;
    const limit = from + this.longest;
    const inside = from + what.opening.length;
    const found = what.closing.find(window, inside, limit);
    if (found < 0) return this.text(from, ended || window.end >= limit);
    const hidden = this.recordTags.within(window, inside, found);
    if (hidden && this.isStray(what, inside, found, inRecord)) return this.text(from, true);
    this.markup.kind = what.kind;
    this.markup.end = found;
    this.markup.hidden = hidden;
    return this.markup;
  }

  /**
   * Whether the opening of something that holds records is a stray one, and the closing that of
   * another one: the same opening comes again before it, or, in a record, what no comment may hold.
   */
  private isStray(what: Skippable, inside: number, end: number, inRecord: boolean): boolean {
    if (what.again.find(this.window, inside, end) >= 0) return true;
    // A record that was put between comment marks on purpose may hold hyphens.
    return (
      what === this.comments && inRecord && this.hyphens.find(this.window, inside, end) < end - 1
    );
  }

  /** How many start tags of records stand in the bytes between two absolute offsets. */
  hiddenRecords(from: number, end: number): number {
    return this.recordTags.count(this.window, from, end);
  }

  private tag(from: number, ended: boolean): Markup {
    const { bytes, base } = this.window;
    const closing = bytes[from - base + 1] === SLASH;
    const nameFrom = from - base + (closing ? 2 : 1);
    let local = nameFrom;
    let at = nameFrom;
    while (at < bytes.length && !endsName(bytes[at])) {
      if (bytes[at] === COLON) local = at + 1;
      at++;
      if (at - nameFrom > LONGEST_TAG) return this.text(from, true);
    }
    if (at === bytes.length) return this.text(from, ended);
    if (at === nameFrom) return this.text(from, true);
    const element = this.names.elementOf(bytes, local, at);
    this.markup.kind = closing ? "end" : "start";
    this.markup.element = element;
    this.markup.nameFrom = base + nameFrom;
    this.markup.nameTo = base + at;
    this.markup.end = base + at;
    return element < RECORD ? this.markup : this.wholeTag(from, at, ended);
  }

  /** Goes on to the `>` of a tag; no `<` may come first, not even in quotes. */
  private wholeTag(from: number, nameTo: number, ended: boolean): Markup {
    const { bytes, base } = this.window;
    let quote = 0;
    for (let at = nameTo; at < bytes.length; at++) {
      const byte = bytes[at];
      if (byte === LESS || at + base - from > LONGEST_TAG) return this.text(from, true);
      if (quote !== 0) {
        if (byte === quote) quote = 0;
      } else if (byte === QUOTE || byte === APOSTROPHE) {
        quote = byte;
      } else if (byte === GREATER) {
        if (bytes[at - 1] === SLASH && this.markup.kind === "start") this.markup.kind = "empty";
        this.markup.end = base + at + 1;
        return this.markup;
      }
    }
    return this.text(from, ended);
  }
}

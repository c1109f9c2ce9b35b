/**
 * Cuts a stream of XML into record elements and what stands between them, by their tags alone: the
 * elements are parsed one by one, so that a damaged record costs none of its neighbours.
 *
 * `record` elements count by their local name, whatever the prefix. One that holds another before any
 * MARC field is a wrapper (OAI-PMH, SRU) and belongs to the padding, like all other elements.
 */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { ListProgress } from "./list-progress.js";
import type { CutterOptions, Opened } from "./parsed-record.js";
import { type Piece, Pieces } from "./pieces.js";
import { Window } from "./window.js";
import { FIELD, MARCXML, RECORD, type XmlDialect } from "./xml-dialect.js";
import { type Markup, MarkupScanner } from "./xml-markup.js";

const DECLARED_ENCODING =
  /^(?:\xef\xbb\xbf)?\s*<\?xml\s(?:[^>]*\s)?encoding\s*=\s*["']([^"']+)["']/;
const LONGEST_DECLARATION = 256;
/** In what stands in an OAI-PMH record before its metadata. */
const DELETED_HEADER = /<(?:[\w.-]+:)?header\s(?:[^<>]*\s)?status\s*=\s*["']deleted["']/;

/**
 * The encoding that an XML declaration names, "" if it names none.
 *
 * @param bytes begin with the declaration, if there is one
 */
export function declaredEncoding(bytes: Buffer): string {
  return DECLARED_ENCODING.exec(bytes.toString("latin1", 0, LONGEST_DECLARATION))?.[1] ?? "";
}

export class XmlCutter {
  private readonly window: Window;
  private readonly scanner: MarkupScanner;
  private readonly pieces: Pieces;
  /** Everything before it has been looked at. */
  private at: number;
  /** A MARC field has been seen in the open piece. */
  private marc = false;
  /** The name of the outermost element while it is open. */
  private root = "";
  private readonly list: ListProgress;

  constructor(options: CutterOptions, dialect: XmlDialect = MARCXML) {
    this.at = options.offset ?? 0;
    this.window = new Window(this.at);
    this.scanner = new MarkupScanner(this.window, options.maxRecordSize, dialect);
    this.pieces = new Pieces(this.window, this.at, options.maxRecordSize);
    this.pieces.encoding = options.declaredEncoding ?? "";
    this.root = options.openElement ?? "";
    this.list = new ListProgress(options.list && { ...options.list });
  }

  /** What stands open after the bytes so far. */
  get opened(): Opened {
    const { count: list } = this.list;
    const counted = list === undefined ? {} : { list };
    return { declaredEncoding: this.pieces.encoding, openElement: this.root, ...counted };
  }

  /** Takes the next bytes of the stream; returns the pieces that they complete. */
  push(chunk: Buffer): Piece[] {
    const { pieces, list } = this;
    const from = list.neededFrom(this.window.end);
    this.window.append(chunk, pieces.open ? pieces.start : from < 0 ? this.at : from);
    this.scan(false);
    return this.pieces.take();
  }

  /** Returns the pieces up to the end of the stream. */
  end(): Piece[] {
    this.scan(true);
    const { end } = this.window;
    const told = this.pieces.open;
    if (told) this.pieces.reject("M703", end);
    const unclosed = this.root !== "" && !told;
    const expected = `</${this.root}>`;
    const cut = unclosed ? [diagnostic("M707", { offset: end, expected })] : [];
    this.pieces.finish(end, [...cut, ...this.list.finish(end)]);
    return this.pieces.take();
  }

  private scan(ended: boolean): void {
    for (;;) {
      this.at = this.scanner.findMarkup(this.at);
      this.pieces.shedOversize(this.at);
      if (this.at === this.window.end) return;
      const markup = this.scanner.read(this.at, ended, this.pieces.open);
      if (markup.kind === "wait") return;
      this.meet(markup);
      this.at = markup.end;
    }
  }

  private meet(markup: Markup): void {
    switch (markup.kind) {
      case "start":
      case "empty":
        this.meetStart(markup);
        return;
      case "end":
        this.meetEnd(markup);
        return;
      case "skipped":
        if (markup.hidden) this.tellHidden(markup.end);
        return;
      case "declaration":
        if (markup.hidden) this.tellHidden(markup.end);
        else if (!this.pieces.open) this.meetDeclaration(markup.end);
    }
  }

  /** Records that are passed over are told of, since nobody may have meant it. */
  private tellHidden(end: number): void {
    const count = this.scanner.hiddenRecords(this.at, end);
    const found = count === 1 ? "1 record element" : `${count} record elements`;
    this.pieces.note(diagnostic("M715", { offset: this.at, found }));
  }

  private meetStart(markup: Markup): void {
    if (markup.element === RECORD) this.meetRecord(markup);
    else if (markup.element === FIELD) this.meetField();
    else if (!this.pieces.open) this.meetOther(this.nameOf(markup), markup.end);
  }

  private meetOther(name: string, end: number): void {
    this.meetTag();
    const isRoot = this.root === "";
    if (isRoot) this.root = name;
    this.list.start(name, end, isRoot);
  }

  private meetRecord(markup: Markup): void {
    const { pieces } = this;
    if (pieces.open && (this.marc || pieces.refusal !== null)) pieces.reject("M704", this.at);
    if (!pieces.open) this.meetTag();
    this.list.beginRecord();
    const isDeleted = pieces.open && DELETED_HEADER.test(this.text(pieces.start, this.at));
    pieces.begin(this.at);
    pieces.deleted = isDeleted;
    this.marc = false;
    if (markup.kind === "empty") this.closeRecord(markup.end);
  }

  private closeRecord(end: number): void {
    this.pieces.close(end);
    this.list.endRecord();
  }

  private meetField(): void {
    if (!this.pieces.open) this.pieces.begin(this.at, "M705");
    this.marc = true;
  }

  private meetEnd(markup: Markup): void {
    if (this.pieces.open) {
      if (markup.element === RECORD) this.closeRecord(markup.end);
      return;
    }
    this.meetTag();
    const name = this.nameOf(markup);
    const from = this.list.contentFrom(name, this.at);
    if (from >= 0) this.note(this.list.content(this.text(from, this.at)));
    if (this.root !== "" && name === this.root) this.root = "";
  }

  /** The start tag before, whose attributes may tell of the list, has ended by now. */
  private meetTag(): void {
    const from = this.list.tagFrom(this.at);
    if (from >= 0) this.note(this.list.tag(this.text(from, this.at)));
  }

  private note(found: Diagnostic | null): void {
    if (found !== null) this.pieces.note(found);
  }

  private meetDeclaration(end: number): void {
    const declared = declaredEncoding(this.window.slice(this.at, end));
    if (declared !== "") this.pieces.encoding = declared;
  }

  private nameOf(markup: Markup): string {
    return this.text(markup.nameFrom, markup.nameTo);
  }

  private text(from: number, to: number): string {
    const { bytes, base } = this.window;
    return bytes.toString("utf8", from - base, to - base);
  }
}

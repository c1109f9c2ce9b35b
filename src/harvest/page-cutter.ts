/**
 * Cuts one answer of a repository into its envelope and its records, by tags alone and by local names.
 *
 * A record is a `record` element of the list; `OpenRecord` tells where it ends. So neither an unclosed tag nor a
 * lone `<` in one record costs its neighbours, and a record of a repository in metadata is no record.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { Window } from "../input/window.js";
import { declaredEncoding } from "../input/xml-cutter.js";
import { OTHER, RECORD } from "../input/xml-dialect.js";
import { type Markup, MarkupScanner } from "../input/xml-markup.js";
import { type Envelope, EnvelopeReader, LONGEST_TEXT, tokenOf } from "./envelope.js";
import { OpenRecord, type RecordRange } from "./open-record.js";
import {
  ANSWER,
  elementOf,
  HEADER,
  isToken,
  LESS,
  nextThatMatters,
  TOKEN,
  WHOLE_OTHER,
} from "./page-elements.js";
import { RecordBorders } from "./record-borders.js";

/** One record as it stands. */
export interface CutRecord {
  /** Zero-based, in the stream that was pushed. */
  readonly offset: number;
  readonly bytes: Buffer;
  /** Namespaces that the elements around it declare, by prefix, "" the default one. */
  readonly bindings: Readonly<Record<string, string>>;
  /** As declared, "" for none. */
  readonly encoding: string;
  /** Why it can be no record, null if nothing speaks against it. */
  readonly refusal: Code | null;
}

export class PageCutter {
  private readonly window: Window;
  private readonly scanner: MarkupScanner;
  private readonly around: EnvelopeReader;
  /** Everything before it has been looked at. */
  private at: number;
  private open: OpenRecord | null = null;
  /** A token that has begun in the open record: its start tag, and where its content begins. */
  private token: { readonly at: number; readonly tag: string; readonly from: number } | null = null;
  private cut: CutRecord[] = [];
  private encoding = "";

  /**
   * @param options `offset` of the first byte that is pushed; `maxRecordSize` in bytes; `charset` of the
   *   answer, which counts where the document declares none
   */
  constructor(
    private readonly options: {
      readonly offset: number;
      readonly maxRecordSize: number;
      readonly charset?: string;
    },
  ) {
    this.encoding = options.charset ?? "";
    this.at = options.offset;
    this.window = new Window(options.offset);
    this.around = new EnvelopeReader(this.window);
    this.scanner = new MarkupScanner(this.window, options.maxRecordSize, {
      record: "record",
      borders: new RecordBorders(),
      elementOf: (bytes, from, to) => {
        const element = elementOf(bytes, from, to);
        const isWanted = this.open === null || this.open.needsWholeTags;
        return element === OTHER && isWanted ? WHOLE_OTHER : element;
      },
    });
  }

  get envelope(): Envelope {
    return this.around.envelope;
  }

  /** Takes the next bytes; gives the records that they complete. */
  push(chunk: Buffer): CutRecord[] {
    this.window.append(chunk, this.neededFrom);
    this.scan(false);
    return this.taken();
  }

  /**
   * The same of bytes that are read where they are to stand. What was cut before is gone then.
   *
   * @param read writes the next bytes into the buffer, which has room for `most`, and gives their number
   */
  pull(most: number, read: (room: Buffer) => number): CutRecord[] {
    const { window } = this;
    window.grow(read(window.roomInPlace(most, this.neededFrom)));
    this.scan(false);
    return this.taken();
  }

  /** The first byte that is still needed. */
  private get neededFrom(): number {
    const { at, open, token, around } = this;
    return Math.min(open?.from ?? at, token?.from ?? at, around.neededFrom ?? at);
  }

  /** Tells that the answer has come to its end. */
  end(): CutRecord[] {
    this.scan(true);
    if (this.open) this.endUnclosed(this.open, this.window.end);
    return this.taken();
  }

  private taken(): CutRecord[] {
    const { cut } = this;
    this.cut = [];
    return cut;
  }

  private scan(ended: boolean): void {
    const { window } = this;
    for (;;) {
      const found = this.nextMarkup();
      const from = found < 0 ? window.end : window.base + found;
      this.around.between(this.at, from);
      this.at = from;
      this.shed(from);
      if (found < 0) return;
      const markup = this.scanner.read(from, ended, this.open !== null);
      if (markup.kind === "wait") return;
      this.meet(markup);
      this.at = markup.end;
    }
  }

  /** Where in the window the next markup begins that may matter, -1 where none is left. */
  private nextMarkup(): number {
    const { bytes, base } = this.window;
    return this.open === null || this.open.needsEveryTag
      ? bytes.indexOf(LESS, this.at - base)
      : nextThatMatters(bytes, this.at - base);
  }

  /** Takes the markup that begins at `at`. */
  private meet(markup: Markup): void {
    const { open } = this;
    switch (markup.kind) {
      case "start":
      case "empty":
        if (open) this.meetStartWithin(markup, open);
        else this.meetStart(markup);
        return;
      case "end":
        if (open) this.meetEndWithin(markup, open);
        else this.around.end(this.nameOf(markup), this.at);
        return;
      case "declaration":
        this.declare(markup.end);
    }
  }

  private declare(end: number): void {
    if (this.around.hasRoot) return;
    const declared = declaredEncoding(this.window.slice(this.at, end));
    if (declared !== "") this.encoding = declared;
  }

  private meetStart(markup: Markup): void {
    if (markup.element !== RECORD || !this.around.hasVerb) {
      this.around.start(this.nameOf(markup), this.at, markup.end);
      return;
    }
    this.around.interrupt();
    this.open = new OpenRecord(this.at);
    if (markup.kind === "empty") this.endRecord(this.open, markup.end);
  }

  private meetStartWithin(markup: Markup, open: OpenRecord): void {
    const { element, kind, end } = markup;
    const isEmpty = kind === "empty";
    if (element === RECORD && !isEmpty) open.startRecord(this.at);
    else if (element === TOKEN && open.takesTokens) {
      const tag = this.window.slice(this.at, end).toString("utf8");
      this.token = { at: this.at, tag, from: end };
      if (isEmpty) this.endToken(open, end, end);
    } else {
      if (element === HEADER) open.startHeader();
      else if (element === ANSWER) open.startAnswer();
      else open.startOther();
      if (isEmpty) this.meetEndWithin(markup, open);
    }
  }

  private meetEndWithin(markup: Markup, open: OpenRecord): void {
    const { element } = markup;
    if (element === RECORD && markup.kind === "end") this.endRecord(open, markup.end);
    else if (element === TOKEN && open.takesTokens) this.endToken(open, this.at, markup.end);
    else if (element !== ANSWER) open.endOther();
    else if (!open.endAnswer()) this.endList(this.nameOf(markup), open);
  }

  /** The list ends, or the answer, and the record was not closed. */
  private endList(name: string, open: OpenRecord): void {
    this.endUnclosed(open, this.at);
    // An answer within that was not closed may have taken the end of the list for its own.
    if (!open.hasAnswers || name !== "OAI-PMH") this.around.end(name, this.at);
  }

  /** The content of a token in the open record ends at `at`, and its end tag at `end`. */
  private endToken(open: OpenRecord, at: number, end: number): void {
    const { token } = this;
    this.token = null;
    if (token === null) return;
    const content = this.window.slice(token.from, at).toString("utf8");
    open.addToken(token.at, end, tokenOf(token.tag, content));
  }

  /** Takes the end tag of the open record, or of one within its metadata. */
  private endRecord(open: OpenRecord, end: number): void {
    const ended = open.endRecord(end);
    if (ended === null) return;
    this.open = null;
    this.token = null;
    for (const range of ended) this.add(range);
  }

  /** The local name. */
  private nameOf({ nameFrom, nameTo }: Markup): string {
    const name = this.window.slice(nameFrom, nameTo).toString("latin1");
    const local = name.slice(name.lastIndexOf(":") + 1);
    return isToken(local) ? "resumptionToken" : local;
  }

  /** The open record was never closed; `limit` is where something else begins. */
  private endUnclosed(open: OpenRecord, limit: number): void {
    for (const token of open.tokens) this.around.takeToken(token);
    for (const range of open.asUnclosed(limit)) this.add(range);
    this.open = null;
    this.token = null;
  }

  private add(
    { from, to, isClosed }: RecordRange,
    refusal: Code | null = isClosed ? null : "M704",
  ): void {
    const { encoding } = this;
    const { bindings } = this.around;
    const bytes = this.window.slice(from, to);
    this.cut.push({ offset: from, bytes, bindings, encoding, refusal });
  }

  /** Lets go what is longer than a record may be, and a token; `known` has been looked at up to there. */
  private shed(known: number): void {
    const { token } = this;
    if (token !== null && known - token.from <= LONGEST_TEXT) return;
    this.token = null;
    while (this.open && known - this.open.from > this.options.maxRecordSize) {
      this.shedRecord(this.open, known);
    }
  }

  /** Of several records those before the last are given; of one the first part is rejected, the rest passed over. */
  private shedRecord(open: OpenRecord, known: number): void {
    if (open.holdsSeveral) {
      const last = open.releaseInnermost();
      this.endUnclosed(open, last?.from ?? known);
      this.open = last;
      return;
    }
    const { from } = open;
    const to = from + this.options.maxRecordSize;
    if (!open.oversize) this.add({ from, to, isClosed: false }, "M706");
    open.shed(known);
  }
}

/**
 * Cuts MARCMaker text (.mrk) into records. A record begins with the line of its leader and ends before a
 * blank line or the next leader, so that a damaged one costs none of its neighbours. Where both are lost, the
 * next record's 001 tells: a second one behind data fields and what was left of the leader's line.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { isMark, isPadding, MARK_LENGTH } from "./boundaries.js";
import type { CutterOptions } from "./parsed-record.js";
import { type Piece, Pieces } from "./pieces.js";
import { Window } from "./window.js";

const LINE_FEED = 0x0a;
const RETURN = 0x0d;
const EQUALS = 0x3d;
const FIRST_OF_MARK = 0xef;
/** `=LDR` */
const TAG_END = 4;
const CONTROL_NUMBER = "=001";
const DATA_FIELD = /^=(?!00)\d\d\d/;

export class MrkCutter {
  private readonly window: Window;
  private readonly pieces: Pieces;
  /** Everything before it has been looked at. */
  private at: number;
  /** Whether something other than blanks has come in the line at `at`. */
  private inLine = false;
  /** Whether a 001 has come in the open record, and a data field. */
  private hasNumber = false;
  private hasData = false;
  /** Whether the line before this one began no field. */
  private isBehindJunk = false;
  /** Behind the last character of the open record that is no line end. */
  private contentEnd: number;

  private readonly isPart: boolean;

  constructor(options: CutterOptions) {
    this.isPart = options.isPart ?? false;
    this.at = options.offset ?? 0;
    this.contentEnd = this.at;
    this.window = new Window(this.at);
    this.pieces = new Pieces(this.window, this.at, options.maxRecordSize);
  }

  /** Takes the next bytes of the stream; returns the pieces that they complete. */
  push(chunk: Buffer): Piece[] {
    this.window.append(chunk, this.pieces.open ? this.pieces.start : this.at);
    this.scan(false);
    return this.pieces.take();
  }

  /** Returns the pieces up to the end of the stream. */
  end(): Piece[] {
    this.scan(true);
    const { end } = this.window;
    const isCut = this.pieces.open && this.inLine && !this.isPart;
    if (this.pieces.open) this.pieces.close(this.inLine ? end : this.contentEnd);
    const cut = isCut ? [diagnostic("M707", { offset: end, expected: "a line end" })] : [];
    this.pieces.finish(end, cut);
    return this.pieces.take();
  }

  private scan(ended: boolean): void {
    while (this.at < this.window.end) {
      if (!(this.inLine ? this.restOfLine() : this.beginLine(ended))) return;
    }
  }

  /** Passes over blanks to what tells the kind of a line. Returns false if more bytes are needed. */
  private beginLine(ended: boolean): boolean {
    const { bytes, base, end } = this.window;
    for (; this.at < end; this.at++) {
      const byte = bytes[this.at - base];
      if (byte === LINE_FEED) {
        this.at++;
        if (this.pieces.open) this.pieces.close(this.contentEnd);
        return true;
      }
      if (byte === FIRST_OF_MARK && !ended && end - this.at < MARK_LENGTH) return false;
      if (isMark(bytes, this.at - base)) this.at += MARK_LENGTH - 1;
      else if (!isPadding(byte)) {
        if (byte === EQUALS && !ended && end - this.at < TAG_END) return false;
        this.meet();
        return true;
      }
    }
    return true;
  }

  private meet(): void {
    const from = this.at - this.window.base;
    const start = this.window.bytes.toString("latin1", from, from + TAG_END);
    const isLeader = start === "=LDR" || start === "=000";
    const isNumber = start === CONTROL_NUMBER;
    const isNext = isLeader || (isNumber && this.hasNumber && this.hasData && this.isBehindJunk);
    if (isNext && this.pieces.open) this.pieces.close(this.contentEnd);
    if (!this.pieces.open) {
      this.pieces.begin(this.at, isLeader ? null : refusalOf(start));
      this.hasNumber = false;
      this.hasData = false;
    }
    this.hasNumber ||= isNumber;
    this.hasData ||= DATA_FIELD.test(start);
    this.isBehindJunk = !start.startsWith("=");
    this.inLine = true;
  }

  private restOfLine(): boolean {
    const { bytes, base, end } = this.window;
    const found = bytes.indexOf(LINE_FEED, this.at - base);
    if (found < 0) {
      this.at = end;
      // The last byte may yet be the first of a line end.
      this.pieces.shedOversize(end - 1);
      return false;
    }
    this.contentEnd = base + (bytes[found - 1] === RETURN ? found - 1 : found);
    this.pieces.shedOversize(this.contentEnd);
    this.at = base + found + 1;
    this.inLine = false;
    return true;
  }
}

/** Why a record does not begin with such a line; null for one whose leader alone is missing. */
function refusalOf(start: string): Code | null {
  if (start === CONTROL_NUMBER) return null;
  return start.startsWith("=") ? "M705" : "M723";
}

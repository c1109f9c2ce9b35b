/**
 * Cuts a stream of JSON records, one a line, in arrays or in a list within an object, into single objects. Objects that are not
 * valid JSON cost none of their neighbours: a record begins where one must begin, whatever the
 * brackets before it say.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { isMark, MARK_LENGTH } from "./boundaries.js";
import { JsonList, LIST_REACH } from "./json-list.js";
import { JsonStarts } from "./json-starts.js";
import { missingOf } from "./list-count.js";
import type { CutterOptions, Opened } from "./parsed-record.js";
import { type Piece, Pieces } from "./pieces.js";
import { TerminatorSearch } from "./terminator-search.js";
import { Window } from "./window.js";

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const OPEN_BRACKET = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_BRACKET = 0x5d;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const FIRST_OF_MARK = 0xef;

/** `line`: up to the line end; `damaged`: up to the next record; both are rejected. `behind`: a list. */
type State = "between" | "object" | "line" | "damaged" | "behind";

export class JsonCutter {
  private readonly window: Window;
  private readonly pieces: Pieces;
  private readonly starts: JsonStarts;
  private readonly lineEnds = new TerminatorSearch("\n");
  private readonly longest: number;
  private state: State = "between";
  /** Everything before it has been looked at. */
  private at: number;
  /** Open brackets and braces. */
  private depth = 0;
  private inString = false;
  private escaped = false;
  /** Since the start of the object no line has ended. */
  private firstLine = true;
  private arrays = 0;
  private readonly list: JsonList;
  /** The place behind the last byte order mark: a line may begin there. */
  private behindMark = -1;
  private ended = false;

  constructor(options: CutterOptions) {
    this.at = options.offset ?? 0;
    this.longest = options.maxRecordSize;
    this.window = new Window(this.at);
    this.starts = new JsonStarts(this.window);
    this.pieces = new Pieces(this.window, this.at, options.maxRecordSize);
    this.arrays = options.openArrays ?? 0;
    this.list = new JsonList(this.at === 0, options.list);
    this.list.isOpen = options.openList ?? false;
  }

  /** What stands open after the bytes so far. */
  get opened(): Opened {
    const { isOpen, count } = this.list;
    const counted = isOpen || count.listed > 0 ? { openList: isOpen, list: count } : {};
    return { openArrays: this.arrays, ...counted };
  }

  /** Takes the next bytes of the stream; returns the pieces that they complete. */
  push(chunk: Buffer): Piece[] {
    // One byte more, since it matters whether a line ends before an object.
    const wanted = this.pieces.open ? this.pieces.start : Math.max(this.at - 1, this.window.base);
    this.window.append(chunk, wanted);
    this.scan();
    return this.pieces.take();
  }

  /** Returns the pieces up to the end of the stream. */
  end(): Piece[] {
    this.ended = true;
    this.scan();
    const { end } = this.window;
    const told = this.pieces.open;
    if (told) this.pieces.reject(this.state === "object" ? "M703" : "M721", end);
    const isOpen = this.arrays > 0 || this.list.isOpen;
    const expected = this.arrays > 0 ? "]" : "}";
    const cut = isOpen && !told ? [diagnostic("M707", { offset: end, expected })] : [];
    this.pieces.finish(end, [...cut, ...missingOf(this.list.count, end)]);
    return this.pieces.take();
  }

  private scan(): void {
    let goesOn = true;
    while (goesOn && this.at < this.window.end) {
      if (this.state === "between") goesOn = this.between();
      else if (this.state === "object") goesOn = this.object();
      else if (this.state === "behind") goesOn = this.behind();
      else goesOn = this.junk();
      this.pieces.shedOversize(this.at);
    }
  }

  /** Passes over what may stand between records. Returns false if more bytes are needed. */
  private between(): boolean {
    const { bytes, base } = this.window;
    for (; this.at < this.window.end; this.at++) {
      const byte = bytes[this.at - base];
      if (byte === OPEN_BRACE) return this.open();
      if (byte === OPEN_BRACKET) this.arrays++;
      else if (byte === CLOSE_BRACKET) {
        this.arrays--;
        if (this.list.isOpen && this.arrays === 0) return this.endList();
      } else if (byte === FIRST_OF_MARK && !this.ended && this.window.end - this.at < MARK_LENGTH) {
        return false;
      } else if (isMark(bytes, this.at - base)) {
        this.at += MARK_LENGTH - 1;
        this.behindMark = this.at + 1;
      } else if (byte > 0x20 && byte !== COMMA) {
        this.pieces.begin(this.at, "M721");
        this.state = "line";
        return true;
      }
    }
    return true;
  }

  /** Behind the records of a list their number may be told. */
  private endList(): boolean {
    this.at++;
    this.enter("behind");
    return true;
  }

  /** Begins to count what is open in an object. */
  private enter(state: State): void {
    this.state = state;
    this.depth = 1;
    this.inString = false;
    this.escaped = false;
  }

  private behind(): boolean {
    const { bytes, base } = this.window;
    for (; this.at < this.window.end; this.at++) {
      const byte = bytes[this.at - base];
      if (byte === OPEN_BRACE) {
        const record = this.starts.isAt(this.at, this.ended);
        if (record === "wait") return false;
        if (record === "yes") this.depth = 0;
      }
      if (this.depth > 0) {
        this.list.behind(byte);
        this.passNested(byte);
      }
      if (this.depth > 0) continue;
      if (byte !== OPEN_BRACE) this.at++;
      this.list.close();
      this.state = "between";
      return true;
    }
    return true;
  }

  /** Whether a list was opened at the object, or more bytes are needed to tell. */
  private openList(): "yes" | "no" | "wait" {
    if (!this.list.mayOpen || this.list.isOpen || this.arrays > 0) return "no";
    if (!this.ended && this.window.end - this.at < LIST_REACH) return "wait";
    const from = this.at - this.window.base;
    const length = this.list.open(this.window.bytes.toString("latin1", from, from + LIST_REACH));
    if (length === 0) return "no";
    this.at += length;
    this.arrays = 1;
    return "yes";
  }

  private open(): boolean {
    const list = this.openList();
    if (list !== "no") return list === "yes";
    if (!this.starts.learn(this.at, this.ended)) return false;
    const before = this.at - this.window.base - 1;
    const isFirst = before < 0 || this.at === this.behindMark;
    if (!this.list.isOpen && (isFirst || this.window.bytes[before] === LINE_FEED)) {
      const line = this.wholeLine();
      if (line === "wait") return false;
      if (line === "taken") return true;
    }
    this.pieces.begin(this.at);
    this.enter("object");
    this.firstLine = true;
    this.at++;
    return true;
  }

  /** Takes a line that begins and ends like one object and holds no other record. */
  private wholeLine(): "taken" | "other" | "wait" {
    const limit = this.at + this.longest;
    const found = this.lineEnds.find(this.window, this.at, limit);
    if (found < 0 && !this.ended && this.window.end <= limit) return "wait";
    if (found < 0 && this.window.end > limit) return "other";
    const { bytes, base } = this.window;
    let to = (found < 0 ? this.window.end : found) - base;
    while (bytes[to - 1] <= 0x20 || bytes[to - 1] === COMMA) to--;
    if (bytes[to - 1] !== CLOSE_BRACE) return "other";
    if (this.starts.within(this.at + 1, base + to)) return "other";
    this.pieces.begin(this.at);
    this.at = base + to;
    this.pieces.close(this.at);
    return "taken";
  }

  /** Goes on in an object. Returns false if more bytes are needed. */
  private object(): boolean {
    const { bytes, base } = this.window;
    for (; this.at < this.window.end; this.at++) {
      const byte = bytes[this.at - base];
      if (byte === OPEN_BRACE) {
        const record = this.starts.isAt(this.at, this.ended);
        if (record === "wait") return false;
        if (record === "yes") return this.refuse("M704");
      } else if (byte === LINE_FEED) {
        if (this.inString) return this.breakString();
        this.firstLine = false;
      }
      this.passNested(byte);
      if (this.depth === 0) {
        this.at++;
        return this.finish();
      }
    }
    return true;
  }

  private passNested(byte: number): void {
    if (this.inString) this.passInString(byte);
    else if (byte === QUOTE) this.inString = true;
    else if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.depth++;
    else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.depth--;
  }

  private passInString(byte: number): void {
    if (this.escaped) this.escaped = false;
    else if (byte === BACKSLASH) this.escaped = true;
    else if (byte === QUOTE) this.inString = false;
  }

  private finish(): boolean {
    this.pieces.close(this.at);
    this.list.record();
    this.state = "between";
    return true;
  }

  private refuse(code: Code): boolean {
    this.pieces.reject(code, this.at);
    this.state = "between";
    return true;
  }

  /** A line ends inside a string, which JSON forbids: where one line is one record, it ends too. */
  private breakString(): boolean {
    if (this.firstLine) return this.refuse("M721");
    this.pieces.refusal ||= "M721";
    this.state = "damaged";
    return true;
  }

  /** Passes over what is rejected anyway. Returns false if more bytes are needed. */
  private junk(): boolean {
    const { bytes, base } = this.window;
    for (; this.at < this.window.end; this.at++) {
      const byte = bytes[this.at - base];
      if (byte === LINE_FEED && this.state === "line") return this.refuse("M721");
      if (byte !== OPEN_BRACE) continue;
      const record = this.starts.isAt(this.at, this.ended);
      if (record === "wait") return false;
      if (record === "yes") return this.refuse("M721");
    }
    return true;
  }
}

/**
 * The record that stands open while a page is cut, and what stands in it.
 *
 * Where tags are closed in order it ends with its own end tag, whatever stands in it: records, tokens and whole
 * answers of repositories are metadata then. That it was never closed shows only at the end of the list. Until
 * then a record with a header, and a token, within it may be the next one of the list, and the list's own. They
 * are metadata for certain once the end of an element follows in which they stand:
 *
 *     <record> <header/> <metadata> <record><header/></record> </metadata>     metadata: its end follows
 *     <record> <header/> <metadata> <record><header/></record> </ListRecords>  the next one of the list
 */

import type { ResumptionToken } from "./envelope.js";

/** Where a record begins and ends; whether it ended by an end tag of its own kind. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
  readonly isClosed: boolean;
}

/** A record or a token that has ended within a record, and may be the list's. */
interface Undecided {
  readonly from: number;
  readonly to: number;
  /** Null of a record. */
  readonly token: ResumptionToken | null;
  /** Record elements that stand open around it, from the record on in which it stands. */
  readonly records: number;
  /** Other elements that stand open around it, of those that were begun behind the first undecided one. */
  readonly others: number;
}

/** The outermost record, or one with a header that stands open within another. */
class Level {
  /** Record elements that stand open in it, itself among them. */
  records = 1;
  /** Elements of answers that stand open in it. */
  answers = 0;
  /** In the order of the page. */
  undecided: Undecided[] = [];
  /** Behind the last end tag of a record element before the first undecided one, -1 if there was none. */
  private lastEnd = -1;
  /** Other elements that stand open, of those that were begun behind the first undecided one. */
  private others = 0;
  /** Where a record element without a header began beside an undecided one, -1 for none. */
  private loneFrom = -1;

  constructor(
    public from: number,
    public hasHeader: boolean,
  ) {}

  /** Whether the end of an element in which something undecided stands may come next. */
  get isBeside(): boolean {
    const { undecided } = this;
    const { length } = undecided;
    return length > 0 && undecided[length - 1].records === this.records;
  }

  startRecord(at: number): void {
    if (this.isBeside) this.loneFrom = at;
    this.records++;
  }

  /** The record element that was begun last has a header, and is a level of its own. */
  passOn(): void {
    this.records--;
    this.loneFrom = -1;
  }

  /** Takes the end tag of a record element in it. */
  endRecord(end: number): void {
    this.records--;
    if (this.undecided.length > 0) this.decide();
    if (this.undecided.length === 0) this.lastEnd = end;
    else if (this.isBeside && this.loneFrom >= 0) this.add(this.loneFrom, end, null);
  }

  add(from: number, to: number, token: ResumptionToken | null): void {
    const { undecided, records } = this;
    if (undecided.length === 0) this.others = 0;
    const { others } = this;
    const last = undecided.at(-1);
    this.loneFrom = -1;
    // Of tokens in one place one will do.
    if (token !== null && last?.token && last.records === records && last.others === others) {
      if (token.text === "") return;
      undecided.pop();
    }
    undecided.push({ from, to, token, records, others });
  }

  startOther(): void {
    if (this.isBeside) this.others++;
  }

  endOther(): void {
    if (!this.isBeside) return;
    this.others--;
    this.decide();
  }

  /** Parts with what stood in an element that has ended; what came later never stands farther out. */
  private decide(): void {
    const { undecided, records, others } = this;
    let end = -1;
    for (let last = undecided.at(-1); last; last = undecided.at(-1)) {
      if (last.records <= records && last.others <= others) break;
      if (last.token === null) end = Math.max(end, last.to);
      undecided.pop();
    }
    if (undecided.length === 0) this.lastEnd = Math.max(this.lastEnd, end);
  }

  /** Its own range, where it ends before `limit`. */
  range(limit: number): RecordRange {
    const end = this.undecided[0]?.from ?? limit;
    const isClosed = this.lastEnd > 0 && this.lastEnd <= end;
    return { from: this.from, to: isClosed ? this.lastEnd : end, isClosed };
  }
}

export class OpenRecord {
  /** The innermost of those that stand open. */
  private top: Level;
  /** The others, the outermost first, each within the one before it. */
  private readonly outer: Level[] = [];
  /** A record element in it that may have a header: no tag has come behind it. */
  private candidate = -1;
  /** More bytes than a record may have have been passed over. */
  oversize = false;
  /** Whether elements of answers have begun in it. */
  hasAnswers = false;

  constructor(from: number) {
    this.top = new Level(from, false);
  }

  /** Where its first byte is that is still needed. */
  get from(): number {
    return (this.outer[0] ?? this.top).from;
  }

  /** Passes over what comes before an offset; it is one record alone. */
  shed(known: number): void {
    this.oversize = true;
    this.top.from = known;
    this.top.undecided = [];
  }

  /** Whether the next tag tells something, whatever its name. */
  get needsEveryTag(): boolean {
    return this.candidate >= 0 || this.top.isBeside;
  }

  /** Whether of any tag must be known where it ends, too. */
  get needsWholeTags(): boolean {
    return this.top.isBeside;
  }

  /** Whether a token in it may be the list's: not in a whole answer. */
  get takesTokens(): boolean {
    return this.top.answers === 0;
  }

  /** A record element begins in it. */
  startRecord(at: number): void {
    this.top.startRecord(at);
    this.candidate = this.top.answers === 0 ? at : -1;
  }

  startHeader(): void {
    const { candidate, top } = this;
    if (candidate < 0) {
      if (top.records === 1) top.hasHeader = true;
      this.startOther();
      return;
    }
    this.candidate = -1;
    top.passOn();
    this.outer.push(top);
    this.top = new Level(candidate, true);
  }

  /** The element of an answer, or of its verb, begins in it. */
  startAnswer(): void {
    this.startOther();
    this.top.answers++;
    this.hasAnswers = true;
  }

  /** The element of an answer ends; gives whether it began in the record. */
  endAnswer(): boolean {
    if (this.top.answers === 0) return false;
    this.top.answers--;
    this.endOther();
    return true;
  }

  /** Any other element begins. */
  startOther(): void {
    this.candidate = -1;
    this.top.startOther();
  }

  /** Any other element ends. */
  endOther(): void {
    this.candidate = -1;
    this.top.endOther();
  }

  /** A token has ended in it. */
  addToken(from: number, to: number, token: ResumptionToken): void {
    this.candidate = -1;
    this.top.add(from, to, token);
  }

  /**
   * Takes the end tag of a record that ends at `end`.
   *
   * @returns the records of the list that end with it; null if it is none of the list
   */
  endRecord(end: number): readonly RecordRange[] | null {
    this.candidate = -1;
    const { top } = this;
    if (top.records > 1) {
      top.endRecord(end);
      return null;
    }
    const outer = this.outer.pop();
    if (outer !== undefined) {
      outer.add(top.from, end, null);
      this.top = outer;
      return null;
    }
    // Without a header it was no record, and those in it are the list's.
    if (!top.hasHeader && this.holdsSeveral) return this.asUnclosed(end);
    return this.oversize ? [] : [{ from: top.from, to: end, isClosed: true }];
  }

  /** Whether it is more than one record, if it was not closed. */
  get holdsSeveral(): boolean {
    return this.outer.length > 0 || this.top.undecided.some(({ token }) => token === null);
  }

  /** The records that it is, where it was not closed before `limit`, in order. */
  asUnclosed(limit: number): readonly RecordRange[] {
    const levels = [...this.outer, this.top];
    const ranges = levels.flatMap((level, i) => [
      level.range(levels[i + 1]?.from ?? limit),
      ...level.undecided
        .filter(({ token }) => token === null)
        .map(({ from, to }) => ({ from, to, isClosed: true })),
    ]);
    // The first part of one that is too long has been told of.
    return this.oversize ? ranges.slice(1) : ranges;
  }

  /** The tokens of the list, where it was not closed. */
  get tokens(): readonly ResumptionToken[] {
    const all = [...this.outer, this.top].flatMap(({ undecided }) =>
      undecided.map(({ token }) => token),
    );
    return all.filter((token) => token !== null);
  }

  /** Takes the innermost record out, which goes on alone; null if several have ended in it. */
  releaseInnermost(): OpenRecord | null {
    const { top } = this;
    const outer = top.undecided.length > 0 ? undefined : this.outer.pop();
    if (outer === undefined) return null;
    this.top = outer;
    const alone = new OpenRecord(top.from);
    alone.top = top;
    alone.hasAnswers = this.hasAnswers;
    return alone;
  }
}

/**
 * The record that stands open while a page is cut. A record with a header within it may be a part of its
 * metadata, or the next record of a list in which the open one was never closed. That shows only behind it: in
 * metadata the end of an element follows in which both stand; where the open one was not closed, the end of the
 * list does.
 */

/** Where a record begins and ends; whether it ended by an end tag of its own kind. */
export interface RecordRange {
  readonly from: number;
  readonly to: number;
  readonly isClosed: boolean;
}

interface Inner {
  readonly from: number;
  /** Record elements that stand open around it. */
  readonly around: number;
  /** Behind the last end tag of a record before it in the open one, -1 for none; and in itself. */
  readonly before: number;
  lastEnd: number;
}

export class OpenRecord {
  /** Record elements that stand open in it, itself among them. */
  depth = 1;
  /** Behind the last end tag of a record in it, -1 if there was none. */
  lastEnd = -1;
  oversize = false;
  private inner: Inner[] = [];
  /** Other elements that were begun behind the last of them, and not ended. */
  private beside = 0;

  constructor(
    public from: number,
    public hasHeader: boolean,
  ) {}

  get hasInner(): boolean {
    return this.inner.length > 0;
  }

  /** Whether the last record within it has ended. */
  get isBehindInner(): boolean {
    return this.depth === this.inner.at(-1)?.around;
  }

  /** Whether the record within it that was begun last stands where the one before it stood. */
  get isBeside(): boolean {
    return this.depth - 1 === this.inner.at(-1)?.around;
  }

  /** A record within it that begins at `from`, and stands open, has a header. */
  beginInner(from: number): void {
    const { depth, lastEnd: before } = this;
    this.beside = 0;
    this.inner.push({ from, around: depth - 1, before, lastEnd: -1 });
  }

  /** Takes the end tag of a record that ends at `end`; gives whether it is its own. */
  endRecord(end: number): boolean {
    const last = this.inner.at(-1);
    if (last !== undefined) last.lastEnd = end;
    this.lastEnd = end;
    return --this.depth === 0;
  }

  /** Another element begins behind a record within it. */
  startBeside(): void {
    this.beside++;
  }

  /** Another element ends: where it is what they stand in, the records within it are metadata. */
  endBeside(): void {
    if (!this.isBehindInner) return;
    if (this.beside > 0) this.beside--;
    else this.inner = [];
  }

  /** The range of it, where it ends at `limit` at the latest. */
  range(limit: number): RecordRange {
    const { from, lastEnd } = this;
    const isClosed = lastEnd > 0 && lastEnd <= limit;
    return { from, to: isClosed ? lastEnd : limit, isClosed: lastEnd > 0 };
  }

  /**
   * Takes it apart, since it was not closed: into itself, the records within it that have ended, and the one
   * that stands open still, if there is one.
   */
  apart(): { readonly ended: readonly RecordRange[]; readonly open: OpenRecord | null } {
    const [first] = this.inner;
    const isOpen = !this.isBehindInner;
    const last = this.inner.pop();
    if (first === undefined || last === undefined) return { ended: [], open: this };
    this.lastEnd = first.before;
    const between = this.inner.map(({ from, lastEnd: to }) => ({ from, to, isClosed: true }));
    const ended = [this.range(first.from), ...between];
    if (!isOpen) {
      const { from, lastEnd: to } = last;
      return { ended: [...ended, { from, to, isClosed: true }], open: null };
    }
    const open = new OpenRecord(last.from, true);
    open.depth = this.depth - last.around;
    open.lastEnd = last.lastEnd;
    return { ended, open };
  }
}

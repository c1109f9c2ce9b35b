/**
 * Pairs of rows that are found in any order and wanted in the order of their rows, in bounded memory: where there are too
 * many, those of the last rows are given up, to be found once more.
 */

export class OrderedPairs {
  private readonly ones: Float64Array;
  private readonly others: Float64Array;
  private count = 0;
  /** Pairs of rows from here on are not kept. */
  private end = Number.POSITIVE_INFINITY;

  /** @param capacity pairs kept at most, at 16 bytes each; of one row there must be fewer */
  constructor(private readonly capacity: number) {
    this.ones = new Float64Array(capacity);
    this.others = new Float64Array(capacity);
  }

  /** The first row whose pairs are not kept; infinite where all are. */
  get limit(): number {
    return this.end;
  }

  /** Keeps a pair unless its first row is behind the limit. */
  add(one: number, other: number): void {
    if (one >= this.end) return;
    if (this.count === this.capacity) this.giveUpLast();
    if (one >= this.end) return;
    this.ones[this.count] = one;
    this.others[this.count++] = other;
  }

  /** Gives up the second half, and the rest of the row in the middle. */
  private giveUpLast(): void {
    const sorted = this.ones.slice().sort();
    const middle = sorted[this.capacity >> 1];
    // Where one row has half of all pairs it is kept, and those behind it go.
    this.end = middle > sorted[0] ? middle : (sorted.find((one) => one > middle) ?? this.end);
    let kept = 0;
    for (let at = 0; at < this.count; at++) {
      if (this.ones[at] >= this.end) continue;
      this.ones[kept] = this.ones[at];
      this.others[kept++] = this.others[at];
    }
    this.count = kept;
    if (kept === this.capacity) throw new Error(`more than ${this.capacity} pairs of one row`);
  }

  /** The pairs that are kept, by their first rows, then by the others. */
  *inOrder(): Generator<readonly [one: number, other: number]> {
    const { ones, others, count } = this;
    const order = Uint32Array.from({ length: count }, (_, at) => at);
    order.sort((a, b) => ones[a] - ones[b] || others[a] - others[b]);
    for (const at of order) yield [ones[at], others[at]];
  }
}

/**
 * Match keys of rows that were created lately, in memory. Entered in the order of the keys, many at
 * a time, they touch each page of a large index once; one by one, nearly every key touches another.
 */

/** Keys held at most, unless told otherwise; with the slots 5 MiB. */
const CAPACITY = 2 ** 17;
const SLOTS = 2 ** 18;
const NONE = -1;

/** One key of one row. */
export interface KeyEntry {
  readonly key: number;
  readonly source: number;
  readonly recordId: number;
}

export class WaitingKeys {
  private count = 0;
  private readonly keys: Float64Array;
  private readonly sources: Int32Array;
  private readonly records: Float64Array;
  /** The next entry of the same slot, in the order of record_id. */
  private readonly next: Int32Array;
  private readonly heads = new Int32Array(SLOTS).fill(NONE);
  private readonly tails = new Int32Array(SLOTS).fill(NONE);

  constructor(private readonly capacity = CAPACITY) {
    this.keys = new Float64Array(capacity);
    this.sources = new Int32Array(capacity);
    this.records = new Float64Array(capacity);
    this.next = new Int32Array(capacity);
  }

  get isFull(): boolean {
    return this.count === this.capacity;
  }

  /** There must be room. */
  add({ key, source, recordId }: KeyEntry): void {
    const { heads, tails, next, records } = this;
    const slot = slotOf(key);
    let before = tails[slot];
    let after = NONE;
    // Rows come in the order of their numbers; only one that has been changed is no later than the last.
    if (before !== NONE && records[before] >= recordId) {
      before = NONE;
      after = heads[slot];
      while (after !== NONE && records[after] <= recordId) {
        if (this.is(after, { key, source, recordId })) return;
        before = after;
        after = next[after];
      }
    }
    const entry = this.count++;
    this.keys[entry] = key;
    this.sources[entry] = source;
    records[entry] = recordId;
    next[entry] = after;
    if (before === NONE) heads[slot] = entry;
    else next[before] = entry;
    if (after === NONE) tails[slot] = entry;
  }

  /** Takes a key out again; one that does not wait is no matter. */
  remove(sought: KeyEntry): void {
    const { heads, tails, next } = this;
    const slot = slotOf(sought.key);
    let before = NONE;
    let entry = heads[slot];
    while (entry !== NONE && !this.is(entry, sought)) {
      before = entry;
      entry = next[entry];
    }
    if (entry === NONE) return;
    if (before === NONE) heads[slot] = next[entry];
    else next[before] = next[entry];
    if (tails[slot] === entry) tails[slot] = before;
    this.records[entry] = Number.NaN;
  }

  private is(entry: number, { key, source, recordId }: KeyEntry): boolean {
    const { keys, sources, records } = this;
    return keys[entry] === key && sources[entry] === source && records[entry] === recordId;
  }

  /** The sources that hold rows with this key, by number, ascending. */
  sourcesWith(key: number): number[] {
    const found = new Set<number>();
    for (const entry of this.entriesOf(key)) found.add(this.sources[entry]);
    return [...found].sort((a, b) => a - b);
  }

  /** The rows of one source with this key, oldest first. */
  *recordsWith(key: number, source: number): Generator<number> {
    for (const entry of this.entriesOf(key)) {
      if (this.sources[entry] === source) yield this.records[entry];
    }
  }

  private *entriesOf(key: number): Generator<number> {
    for (let entry = this.heads[slotOf(key)]; entry !== NONE; entry = this.next[entry]) {
      if (this.keys[entry] === key) yield entry;
    }
  }

  /** All keys, in the order of the index. */
  *inOrder(): Generator<KeyEntry> {
    const { keys, sources, records } = this;
    const order = new Uint32Array(this.count).map((_, i) => i);
    order.sort((a, b) => keys[a] - keys[b] || sources[a] - sources[b] || records[a] - records[b]);
    for (const entry of order) {
      const recordId = records[entry];
      if (!Number.isNaN(recordId)) yield { key: keys[entry], source: sources[entry], recordId };
    }
  }

  clear(): void {
    this.count = 0;
    this.heads.fill(NONE);
    this.tails.fill(NONE);
  }
}

/** The lowest bits of a key, which are well mixed. */
function slotOf(key: number): number {
  return key & (SLOTS - 1);
}

/**
 * Match keys of rows that were created lately, in memory. Entered in the order of the keys, many at
 * a time, they touch each page of a large index once; one by one, nearly every key touches another.
 *
 * The rows that share a key and a source make a group, however many they are: neither finding a group
 * nor adding the newest row to it looks at the others.
 */

/** Keys held at most, unless told otherwise; with the slots 6 MiB. */
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
  /** Entries used: of rows, and of groups. */
  private count = 0;
  private groups = 0;
  private readonly records: Float64Array;
  /** The next row of the same group, in the order of record_id. */
  private readonly nextRecord: Int32Array;
  private readonly keys: Float64Array;
  private readonly sources: Int32Array;
  /** The first and the last row of a group; NONE where all were removed. */
  private readonly firsts: Int32Array;
  private readonly lasts: Int32Array;
  /** The next group of the same slot. */
  private readonly nextGroup: Int32Array;
  private readonly slots = new Int32Array(SLOTS).fill(NONE);

  constructor(private readonly capacity = CAPACITY) {
    this.records = new Float64Array(capacity);
    this.nextRecord = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
    this.sources = new Int32Array(capacity);
    this.firsts = new Int32Array(capacity);
    this.lasts = new Int32Array(capacity);
    this.nextGroup = new Int32Array(capacity);
  }

  get isFull(): boolean {
    return this.count === this.capacity;
  }

  /** There must be room. */
  add({ key, source, recordId }: KeyEntry): void {
    const { firsts, lasts, nextRecord, records } = this;
    const group = this.group(key, source) ?? this.newGroup(key, source);
    let before = lasts[group];
    let after = NONE;
    // Rows come in the order of their numbers; only one that has been changed is no later than the last.
    if (before !== NONE && records[before] >= recordId) {
      before = NONE;
      after = firsts[group];
      while (records[after] < recordId) {
        before = after;
        after = nextRecord[after];
      }
      if (records[after] === recordId) return;
    }
    const entry = this.count++;
    records[entry] = recordId;
    nextRecord[entry] = after;
    if (before === NONE) firsts[group] = entry;
    else nextRecord[before] = entry;
    if (after === NONE) lasts[group] = entry;
  }

  /** Takes a key out again; one that does not wait is no matter. */
  remove({ key, source, recordId }: KeyEntry): void {
    const { firsts, lasts, nextRecord, records } = this;
    const group = this.group(key, source);
    if (group === null) return;
    let before = NONE;
    let entry = firsts[group];
    while (entry !== NONE && records[entry] !== recordId) {
      before = entry;
      entry = nextRecord[entry];
    }
    if (entry === NONE) return;
    if (before === NONE) firsts[group] = nextRecord[entry];
    else nextRecord[before] = nextRecord[entry];
    if (lasts[group] === entry) lasts[group] = before;
  }

  private group(key: number, source: number): number | null {
    const { keys, sources, nextGroup } = this;
    let group = this.slots[slotOf(key)];
    while (group !== NONE && (keys[group] !== key || sources[group] !== source)) {
      group = nextGroup[group];
    }
    return group === NONE ? null : group;
  }

  private newGroup(key: number, source: number): number {
    const slot = slotOf(key);
    const group = this.groups++;
    this.keys[group] = key;
    this.sources[group] = source;
    this.firsts[group] = NONE;
    this.lasts[group] = NONE;
    this.nextGroup[group] = this.slots[slot];
    this.slots[slot] = group;
    return group;
  }

  /** The sources that hold rows with this key, by number, ascending. */
  sourcesWith(key: number): number[] {
    const { keys, sources, firsts, nextGroup } = this;
    const found: number[] = [];
    for (let group = this.slots[slotOf(key)]; group !== NONE; group = nextGroup[group]) {
      if (keys[group] === key && firsts[group] !== NONE) found.push(sources[group]);
    }
    return found.sort((a, b) => a - b);
  }

  /** The rows of one source with this key, oldest first. */
  *recordsWith(key: number, source: number): Generator<number> {
    const group = this.group(key, source);
    if (group === null) return;
    for (let entry = this.firsts[group]; entry !== NONE; entry = this.nextRecord[entry]) {
      yield this.records[entry];
    }
  }

  /** All keys, in the order of the index. */
  *inOrder(): Generator<KeyEntry> {
    const sorted = this.keys.slice(0, this.groups).sort();
    for (let i = 0; i < sorted.length; i++) {
      const key = sorted[i];
      // The groups of one key come together.
      if (i > 0 && sorted[i - 1] === key) continue;
      for (const source of this.sourcesWith(key)) {
        for (const recordId of this.recordsWith(key, source)) yield { key, source, recordId };
      }
    }
  }

  clear(): void {
    this.count = 0;
    this.groups = 0;
    this.slots.fill(NONE);
  }
}

/** The lowest bits of a key, which are well mixed. */
function slotOf(key: number): number {
  return key & (SLOTS - 1);
}

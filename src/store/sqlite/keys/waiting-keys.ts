/**
 * Match keys of rows that were created lately, in memory. Entered in the order of the keys, many at
 * a time, they touch each page of a large index once; one by one, nearly every key touches another.
 *
 * The rows that share a key and a source make a group, however many they are: neither finding a group
 * nor adding the newest row to it looks at the others.
 */

import type { KeyEntry } from "../../model/key-source.js";

const NONE = -1;

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
  /**
   * The first group of each slot plus one, 0 for none, so that memory is taken by slots in use alone. The slot
   * of a key is its lowest bits: they are well mixed.
   */
  private readonly slots: Int32Array;
  private readonly slotMask: number;

  /** @param capacity keys held at most, at 44 to 52 bytes each */
  constructor(private readonly capacity: number) {
    this.records = new Float64Array(capacity);
    this.nextRecord = new Int32Array(capacity);
    this.keys = new Float64Array(capacity);
    this.sources = new Int32Array(capacity);
    this.firsts = new Int32Array(capacity);
    this.lasts = new Int32Array(capacity);
    this.nextGroup = new Int32Array(capacity);
    this.slots = new Int32Array(2 ** Math.ceil(Math.log2(2 * capacity)));
    this.slotMask = this.slots.length - 1;
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
    let group = this.firstOfSlot(key);
    while (group !== NONE && (keys[group] !== key || sources[group] !== source)) {
      group = nextGroup[group];
    }
    return group === NONE ? null : group;
  }

  private firstOfSlot(key: number): number {
    return this.slots[key & this.slotMask] - 1;
  }

  private newGroup(key: number, source: number): number {
    const slot = key & this.slotMask;
    const group = this.groups++;
    this.keys[group] = key;
    this.sources[group] = source;
    this.firsts[group] = NONE;
    this.lasts[group] = NONE;
    this.nextGroup[group] = this.slots[slot] - 1;
    this.slots[slot] = group + 1;
    return group;
  }

  /** The sources that hold rows with this key, by number, ascending. */
  sourcesWith(key: number): number[] {
    return this.groupsOf(key).map((group) => this.sources[group]);
  }

  /** The rows of one source with this key, oldest first. */
  *recordsWith(key: number, source: number): Generator<number> {
    const group = this.group(key, source);
    if (group === null) return;
    for (let entry = this.firsts[group]; entry !== NONE; entry = this.nextRecord[entry]) {
      yield this.records[entry];
    }
  }

  /** Adds the rows with a key, each with its source, to a group until it has more than `most`. */
  addGroup(key: number, most: number, group: Map<number, number>): void {
    const { keys, sources, firsts, nextGroup, records, nextRecord } = this;
    for (let at = this.firstOfSlot(key); at !== NONE; at = nextGroup[at]) {
      if (keys[at] !== key) continue;
      for (
        let entry = firsts[at];
        entry !== NONE && group.size <= most;
        entry = nextRecord[entry]
      ) {
        group.set(records[entry], sources[at]);
      }
    }
  }

  /** Hands over all keys, in the order of the index. */
  inOrder(take: (key: number, source: number, recordId: number) => void): void {
    const { firsts, records, nextRecord } = this;
    const sorted = this.keys.slice(0, this.groups).sort();
    let before = NONE;
    for (const key of sorted) {
      // The groups of one key come together.
      if (key === before) continue;
      before = key;
      for (const group of this.groupsOf(key)) {
        for (let entry = firsts[group]; entry !== NONE; entry = nextRecord[entry]) {
          take(key, this.sources[group], records[entry]);
        }
      }
    }
  }

  /** The groups of one key that have rows, in the order of their sources. */
  private groupsOf(key: number): number[] {
    const { keys, sources, firsts, nextGroup } = this;
    const found: number[] = [];
    for (let group = this.firstOfSlot(key); group !== NONE; group = nextGroup[group]) {
      if (keys[group] === key && firsts[group] !== NONE) found.push(group);
    }
    return found.length > 1 ? found.sort((a, b) => sources[a] - sources[b]) : found;
  }

  clear(): void {
    this.count = 0;
    this.groups = 0;
    this.slots.fill(0);
  }
}

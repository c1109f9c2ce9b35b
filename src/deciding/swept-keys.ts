/**
 * The walk of a sweep over the whole index of keys: the rows of each key are read once, and compared with one another.
 * Two rows that share several keys are compared at the first of them.
 */

import type { JobConfig } from "../config/job/job-config.js";
import { LARGEST_GROUP, mostWith, numberIn } from "../matching/evidence/candidates.js";
import { compareDescriptions } from "../matching/evidence/compare.js";
import { type CommonNumber, withoutShared } from "../matching/evidence/without-shared.js";
import { keyHash } from "../matching/keys.js";
import type { FoundRow, KeyEntry } from "../store/model/key-source.js";
import { NumberFilter } from "../store/model/number-filter.js";
import { RowBits } from "../store/model/row-bits.js";
import type { Store } from "../store/port.js";
import type { OrderedPairs } from "./ordered-pairs.js";

/** Entries of the index read at a time. */
const PAGE = 2000;
const BEFORE_ALL: KeyEntry = { key: -1, source: 0, recordId: 0 };

/** What a walk finds. */
export interface WalkTakes {
  /** Pairs that may be the same. */
  readonly possible: OrderedPairs;
  /** Called with two rows that are the same, the older first. */
  same(one: number, other: number): void;
}

export class SweptKeys {
  /** Rows with a key that too many share. */
  readonly crowded = new RowBits();
  /** Holds every key that so many rows share that it may be too many. */
  private shared: NumberFilter | null = null;
  /** More rows than this share no key that is compared. */
  private readonly most: number;

  /** @param store with the match keys of every row */
  constructor(
    private readonly config: Pick<JobConfig, "evidence" | "neverIf">,
    private readonly store: Pick<Store, "keys">,
  ) {
    const { commonNumber } = config.evidence;
    this.most = Math.max(LARGEST_GROUP, commonNumber);
  }

  /**
   * Finds the pairs of all rows from `first` on up to the limit of those that are kept, a pair's row being the older one.
   * Gives way to others now and then.
   */
  *walk(first: number, takes: WalkTakes): Generator<undefined> {
    if (this.shared === null) yield* this.readShared();
    let group = new Group(BEFORE_ALL.key);
    let last = BEFORE_ALL;
    for (let page = this.store.keys.after(last, PAGE); page.length > 0; ) {
      for (last of page) {
        if (last.key !== group.key) {
          this.close(group, first, takes);
          group = new Group(last.key);
        }
        this.take(group, last.recordId);
      }
      yield;
      page = this.store.keys.after(last, PAGE);
    }
    this.close(group, first, takes);
  }

  private *readShared(): Generator<undefined> {
    const { commonNumber } = this.config.evidence;
    this.shared = new NumberFilter();
    const fewest = Math.min(LARGEST_GROUP, commonNumber);
    for (const keys of this.store.keys.sharedByMore(fewest)) {
      for (const key of keys) this.shared.add(key);
      yield;
    }
  }

  /** Takes a further row with a key; where there are too many they are marked. */
  private take(group: Group, recordId: number): void {
    group.size++;
    if (group.isOurs !== false) group.rows.push(recordId);
    if (group.size <= this.most) return;
    group.isOurs ??= this.isOurs(group);
    if (group.isOurs) for (const row of group.rows) this.crowded.add(row);
    group.rows.length = 0;
  }

  /** Whether descriptions make a key, by the first of its rows that is there; another method has made the others. */
  private isOurs({ key, rows }: Group): boolean | null {
    for (const recordId of rows) {
      const row = this.store.keys.compared(recordId);
      if (row !== null) return row.keyTexts.some((text) => hashOf(text) === key);
    }
    return null;
  }

  /** Compares the rows of a key with one another. */
  private close(group: Group, first: number, takes: WalkTakes): void {
    if (group.size < 2 || group.size > this.most) return;
    const members = this.membersOf(group);
    for (const [at, one] of members.entries()) {
      if (group.size > this.mostWith(one.textOf(group.key))) {
        this.crowded.add(one.recordId);
        continue;
      }
      if (one.recordId < first) continue;
      for (let next = at + 1; next < members.length; next++) {
        if (one.recordId >= takes.possible.limit) return;
        const other = members[next];
        if (!this.metBefore(group.key, one, other)) this.compare(one, other, takes);
      }
    }
  }

  /** The rows of a key that are there, oldest first; none where another method has made it. */
  private membersOf({ key, rows }: Group): Member[] {
    const members: Member[] = [];
    for (const recordId of rows) {
      const row = this.store.keys.compared(recordId);
      if (row === null) continue;
      const member = new Member(recordId, row);
      if (member.keys.includes(key)) members.push(member);
      else if (members.length === 0) return [];
    }
    return members.sort((a, b) => a.recordId - b.recordId);
  }

  /** Whether a key before this one has brought both rows together. */
  private metBefore(key: number, one: Member, other: Member): boolean {
    return one.keys.some(
      (shared, at) =>
        shared < key &&
        other.keys.includes(shared) &&
        !this.isCrowded(shared, one.row.keyTexts[at]),
    );
  }

  private mostWith(text: string): number {
    return mostWith(text, this.config.evidence.commonNumber);
  }

  private isCrowded(key: number, text: string): boolean {
    if (this.shared !== null && !this.shared.mayHold(key)) return false;
    return this.store.keys.group(key, this.mostWith(text)) === null;
  }

  private compare(one: Member, other: Member, { possible, same }: WalkTakes): void {
    one.common ??= this.commonOf(one);
    const [a, b] = withoutShared(one.row.description, other.row.description, one.common);
    const { verdict } = compareDescriptions(a, b, this.config.evidence, "verdict");
    if (verdict === "possible") possible.add(one.recordId, other.recordId);
    else if (verdict === "same") same(one.recordId, other.recordId);
  }

  /** The numbers of a row that too many others bear. */
  private commonOf({ row: { keyTexts }, keys }: Member): readonly CommonNumber[] {
    return keyTexts.flatMap((text, at) => {
      const number = numberIn(text);
      return number !== null && this.isCrowded(keys[at], text) ? [number] : [];
    });
  }
}

/** The rows of one key. */
class Group {
  size = 0;
  readonly rows: number[] = [];
  /** Whether descriptions make the key; null until it is asked. */
  isOurs: boolean | null = null;

  constructor(readonly key: number) {}
}

/** A row among those that share a key. */
class Member {
  readonly keys: readonly number[];
  /** Made when it is first compared. */
  common: readonly CommonNumber[] | null = null;

  constructor(
    readonly recordId: number,
    readonly row: FoundRow,
  ) {
    this.keys = row.keyTexts.map(hashOf);
  }

  /** The text of one of its keys. */
  textOf(key: number): string {
    return this.row.keyTexts[this.keys.indexOf(key)];
  }
}

function hashOf(text: string): number {
  return keyHash("DESCRIPTION", text);
}

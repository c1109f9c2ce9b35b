/**
 * What was read of numbers that many rows share, kept from one question to the next: such a number is
 * asked for again and again, by each of its rows. Bounded, whatever the rows hold.
 */

import { type LookupKey, nameOf } from "../../model/lookup-key.js";
import type { AskedRow } from "../../reading-port.js";

/** Rows with one key from which on it is worth keeping them. */
const CROWD = 8;
/** UTF-16 units that the kept rows may hold together; with what stands around each. */
const MOST_TEXT = 12 << 20;
const AROUND_ROW = 250;
const AROUND_NUMBER = 8;

/** The rows that may have a key, as far as they have been looked at. */
export interface Candidates {
  /** Ascending. */
  readonly recordIds: readonly number[];
  /** By the positions of `recordIds`: null for a row that lacks the key, undefined before it is read. */
  readonly rows: (AskedRow | null | undefined)[];
}

interface Crowd extends Candidates {
  readonly name: string;
  readonly text: string;
  size: number;
}

/** Crowds by the hash of their key; the one that was not asked for the longest goes first. */
export class Crowds {
  private readonly kept = new Map<number, Crowd>();
  private size = 0;

  get(hash: number, key: LookupKey): Candidates | null {
    const crowd = this.kept.get(hash);
    if (crowd === undefined || crowd.text !== key.text || crowd.name !== nameOf(key)) return null;
    this.kept.delete(hash);
    this.kept.set(hash, crowd);
    return crowd;
  }

  /** Keeps candidates as they are now, if they are many. */
  keep(hash: number, key: LookupKey, { recordIds, rows }: Candidates): void {
    if (recordIds.length < CROWD) return;
    this.drop(hash);
    let size = recordIds.length * AROUND_NUMBER;
    for (const row of rows) if (row) size += sizeOf(row);
    this.kept.set(hash, { name: nameOf(key), text: key.text, recordIds, rows, size });
    this.size += size;
    for (const oldest of this.kept.keys()) {
      if (this.size <= MOST_TEXT) break;
      this.drop(oldest);
    }
  }

  clear(): void {
    this.kept.clear();
    this.size = 0;
  }

  private drop(hash: number): void {
    this.size -= this.kept.get(hash)?.size ?? 0;
    this.kept.delete(hash);
  }
}

function sizeOf({ values, merged }: AskedRow): number {
  let size = AROUND_ROW;
  for (const text of values) size += text.length;
  for (const source of merged) size += source.length;
  return size;
}

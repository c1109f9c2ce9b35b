/**
 * The table of match keys. During an import the keys of new rows wait in memory and are entered
 * many at a time. What tells that some are missing is committed with the first row that lacks its
 * keys, so that whoever comes after a crash makes them from the rows.
 */

import type { Database, Statement } from "better-sqlite3";
import type { KeyEntry } from "../../model/key-source.js";
import { BEFORE_ALL } from "../../model/stored-row.js";
import { CrowdedKeys } from "./crowded-keys.js";
import { WaitingKeys } from "./waiting-keys.js";

/** Keys that may wait for each method of which keys are kept, so that more methods are entered no more often. */
const PER_METHOD = 2 ** 17;
/** Methods that are counted: with as many the keys that wait take 26 MiB. */
const MOST_METHODS = 4;

/** Keys that are entered by one statement: each then takes less than half the time. */
const AT_ONCE = 16;
const COLUMNS = 3;

/** Ranges of equal size that all keys, numbers of 53 bits, are cut into. */
const RANGES = 256;
const RANGE = 2 ** 53 / RANGES;

export class KeyTable {
  /** Keys of rows with a higher number than `keyed`; null where all are entered at once. */
  private waiting: WaitingKeys | null = null;
  private keyed = BEFORE_ALL;
  /** Whether the database tells that keys are missing. */
  private isNoted = false;
  private hasForgotten = false;
  /** Whether no key is entered; null where that must be asked. */
  private holdsNone: boolean | null = null;
  private readonly insert: Statement<[number, number, number]>;
  private readonly insertSome: Statement<number[]>;
  private readonly delete: Statement<[number, number, number]>;
  private readonly nextSource: Statement<[number, number], number>;
  private readonly nextRecord: Statement<[number, number, number], number>;
  private readonly selectGroup: Statement<[number, number], [source: number, recordId: number]>;
  private readonly crowded = new CrowdedKeys();

  constructor(private readonly db: Database) {
    this.insert = db.prepare("INSERT OR IGNORE INTO match_keys VALUES (?, ?, ?)");
    const some = Array.from({ length: AT_ONCE }, () => "(?, ?, ?)").join();
    this.insertSome = db.prepare(`INSERT OR IGNORE INTO match_keys VALUES ${some}`);
    this.delete = db.prepare(
      "DELETE FROM match_keys WHERE match_key = ? AND source_id = ? AND record_id = ?",
    );
    this.nextSource = db
      .prepare<[number, number], number>(
        "SELECT source_id FROM match_keys WHERE match_key = ? AND source_id > ? ORDER BY source_id LIMIT 1",
      )
      .pluck();
    this.nextRecord = db
      .prepare<[number, number, number], number>(
        "SELECT record_id FROM match_keys WHERE match_key = ? AND source_id = ? AND record_id > ? ORDER BY record_id LIMIT 1",
      )
      .pluck();
    this.selectGroup = db
      .prepare<[number, number], [number, number]>(
        "SELECT source_id, record_id FROM match_keys WHERE match_key = ? LIMIT ?",
      )
      .raw();
  }

  get isEmpty(): boolean {
    return this.db.prepare("SELECT 1 FROM match_keys LIMIT 1").get() === undefined;
  }

  /** Rows with a higher number may lack keys; null if none do. */
  get missingAfter(): number | null {
    const noted = this.db.prepare("SELECT after_record_id FROM missing_keys").pluck().get();
    return (noted as number | undefined) ?? null;
  }

  /**
   * From here on the keys of rows with a number above `keyed` wait, until `enterAll`.
   *
   * @param methods how many methods keys are kept of: memory is taken by it
   * @param keyed by default that of the last row there ever was, so that those of new rows wait
   * @param capacity keys that may wait at a time
   */
  letWait(
    methods: number,
    keyed = this.lastRecordId,
    capacity = PER_METHOD * Math.min(Math.max(methods, 1), MOST_METHODS),
  ): void {
    this.waiting = new WaitingKeys(capacity);
    this.holdsNone = null;
    this.keyed = keyed;
    this.isNoted = false;
  }

  private get lastRecordId(): number {
    const last = this.db.prepare(`SELECT max(
      coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'record_info'), 0),
      coalesce((SELECT max(record_id) FROM record_info), 0))`);
    return last.pluck().get() as number;
  }

  add(entry: KeyEntry): void {
    if (this.waiting?.isFull) this.enterWaiting(this.waiting);
    if (this.waiting !== null && entry.recordId > this.keyed) {
      if (!this.isNoted) this.note();
      this.waiting.add(entry);
    } else {
      this.holdsNone = false;
      this.insert.run(entry.key, entry.source, entry.recordId);
    }
  }

  private note(): void {
    this.db.prepare("INSERT OR REPLACE INTO missing_keys VALUES (1, ?)").run(this.keyed);
    this.isNoted = true;
  }

  private enterWaiting(waiting: WaitingKeys): void {
    this.holdsNone = false;
    const rows: number[] = [];
    waiting.inOrder((key, source, recordId) => {
      rows.push(key, source, recordId);
      if (recordId > this.keyed) this.keyed = recordId;
      if (rows.length < AT_ONCE * COLUMNS) return;
      this.insertSome.run(...rows);
      rows.length = 0;
    });
    for (let at = 0; at < rows.length; at += COLUMNS) {
      this.insert.run(rows[at], rows[at + 1], rows[at + 2]);
    }
    waiting.clear();
    this.note();
  }

  /** Enters what waits; from here on every key is entered at once. */
  enterAll(): void {
    if (this.waiting === null) return;
    this.enterWaiting(this.waiting);
    this.waiting = null;
    this.db.exec("DELETE FROM missing_keys");
  }

  /**
   * To be called when a transaction was rolled back: what waits may be of rows that are gone, and
   * what was made of keys that were forgotten before went back as well.
   */
  forgetWaiting(): void {
    this.hasForgotten = true;
    this.waiting = null;
    this.holdsNone = null;
    this.crowded.clear();
  }

  /** Whether keys have been forgotten since the last call: as after a crash, some may be missing. */
  hadToForget(): boolean {
    const had = this.hasForgotten;
    this.hasForgotten = false;
    return had;
  }

  remove(entry: KeyEntry): void {
    this.crowded.forget(entry.key);
    if (this.waiting !== null && entry.recordId > this.keyed) this.waiting.remove(entry);
    else this.delete.run(entry.key, entry.source, entry.recordId);
  }

  /** To be called when others may have written keys. */
  refresh(): void {
    this.holdsNone = null;
    this.crowded.clear();
  }

  /** The rows with a key, each with its source; null where there are more than `most`. */
  group(key: number, most: number): ReadonlyMap<number, number> | null {
    if (this.crowded.has(key, most)) return null;
    const group = new Map<number, number>();
    if (!this.allWait()) this.addEntered(key, most, group);
    this.waiting?.addGroup(key, most, group);
    if (group.size <= most) return group;
    this.crowded.note(key, group.size);
    return null;
  }

  private addEntered(key: number, most: number, group: Map<number, number>): void {
    const entered = this.selectGroup.all(key, most + 1);
    for (let at = 0; at < entered.length; at++) group.set(entered[at][1], entered[at][0]);
  }

  /** Whether no key is entered yet, so that none need be looked for: as in the first import of a catalogue. */
  private allWait(): boolean {
    if (this.waiting === null) return false;
    this.holdsNone ??= this.isEmpty;
    return this.holdsNone;
  }

  /** Keys in the index that more rows than that share, a range of keys at a time. */
  *sharedByMore(most: number): Generator<readonly number[]> {
    const sql = `SELECT match_key FROM match_keys WHERE match_key >= ? AND match_key < ?
      GROUP BY match_key HAVING count(*) > ?`;
    const range = this.db.prepare<[number, number, number], number>(sql).pluck();
    for (let at = 0; at < RANGES; at++) yield range.all(at * RANGE, (at + 1) * RANGE, most);
  }

  /** Entries behind one, in the order of their keys, `limit` at most; those that wait are not among them. */
  after({ key, source, recordId }: KeyEntry, limit: number): KeyEntry[] {
    const sql = `SELECT match_key AS key, source_id AS source, record_id AS recordId FROM match_keys
      WHERE (match_key, source_id, record_id) > (?, ?, ?) ORDER BY 1, 2, 3 LIMIT ?`;
    return this.db.prepare(sql).all(key, source, recordId, limit) as KeyEntry[];
  }

  /** The sources that hold rows with this key, by number, ascending. */
  *sourcesWith(key: number): Generator<number> {
    const waiting = this.waiting?.sourcesWith(key) ?? [];
    let source = this.nextSource.get(key, BEFORE_ALL);
    while (source !== undefined) {
      while (waiting.length > 0 && waiting[0] < source) yield waiting.shift() as number;
      if (waiting[0] === source) waiting.shift();
      yield source;
      source = this.nextSource.get(key, source);
    }
    yield* waiting;
  }

  /** The rows of one source with this key, oldest first; ask no further than you need. */
  *recordsWith(key: number, source: number): Generator<number> {
    let record = this.nextRecord.get(key, source, BEFORE_ALL);
    while (record !== undefined) {
      yield record;
      record = this.nextRecord.get(key, source, record);
    }
    // Those that wait are of later rows than all in the table.
    if (this.waiting) yield* this.waiting.recordsWith(key, source);
  }
}

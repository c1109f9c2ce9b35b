/** What was read of rows, remembered while a transaction lasts: a row that many records are compared with is read once. */

import type { Database } from "better-sqlite3";

/** Rows remembered in each of two halves. */
const MOST_REMEMBERED = 2048;

export class RememberedRows<T> {
  /** By record_id. What is asked for comes to the first half; when that is full, the second one is forgotten. */
  private recent = new Map<number, T>();
  private older = new Map<number, T>();

  constructor(private readonly db: Database) {}

  /** What is remembered of a row; undefined for nothing. */
  get(recordId: number): T | undefined {
    // Outside a transaction others may write between one question and the next.
    if (!this.db.inTransaction) return undefined;
    const recent = this.recent.get(recordId);
    if (recent !== undefined) return recent;
    const older = this.older.get(recordId);
    if (older !== undefined) this.set(recordId, older);
    return older;
  }

  set(recordId: number, read: T): void {
    if (!this.db.inTransaction) return;
    if (this.recent.size >= MOST_REMEMBERED) {
      this.older = this.recent;
      this.recent = new Map();
    }
    this.recent.set(recordId, read);
  }

  /** To be called when a row, or what is kept of it, is written. */
  forget(recordId: number): void {
    this.recent.delete(recordId);
    this.older.delete(recordId);
  }

  /** To be called when anybody else may have written. */
  forgetAll(): void {
    this.recent.clear();
    this.older.clear();
  }
}

/**
 * The write transactions of one connection. Within one, our writes are known as ours; between two,
 * others may have written.
 */

import type { Database } from "better-sqlite3";
import type { OpenedFile } from "../../../input/opened-file.js";
import type { KeyIndex } from "../keys/key-index.js";
import type { Lease } from "../register/lease.js";
import type { EditTriggers } from "../rows/edit-triggers.js";
import type { EditedRows } from "../rows/edited-rows.js";
import type { MergedSources } from "../rows/merged-sources.js";
import { refuseLargeNumbers } from "../rows/row-numbers.js";
import type { Rows } from "../rows/rows.js";
import type { SourceTable } from "../rows/source-table.js";
import { keepLogInProportion } from "./log-size.js";
import { asStoreFailure, databaseIsGone } from "./store-failure.js";

/** What has to know when a transaction begins or ends. */
interface TransactionParts {
  readonly db: Database;
  readonly path: string;
  readonly file: OpenedFile;
  readonly sources: SourceTable;
  readonly keys: KeyIndex;
  readonly merged: MergedSources;
  readonly edited: EditedRows;
  readonly rows: Rows;
  readonly triggers: EditTriggers;
}

/** What is written late, many at a time. */
interface Late {
  write(): void;
  /** Forgets what is not written yet. */
  forget(): void;
  /** Told when all that it has written is committed. */
  committed?(): void;
}

/** The lock of a writer, in the database itself alone. */
const BEGIN_IN_MAIN = "BEGIN; UPDATE main.import_lease SET lease = lease WHERE 0";

export class Transactions {
  private readonly late: Late[] = [];
  private held = false;
  private count = 0;
  private lease: Lease | null = null;
  private isAlone = true;

  constructor(private readonly parts: TransactionParts) {}

  /** How many transactions, or parts of one since `hold`, have been begun. */
  get begun(): number {
    return this.count;
  }

  /** Whether all transactions are part of one, since `hold`. */
  get isHeld(): boolean {
    return this.held;
  }

  /** From here on nothing is written unless the lease is held. */
  requireLease(lease: Lease): void {
    this.lease = lease;
  }

  /** From here on what this has to write late is written before each commit, and forgotten with each rollback. */
  writeLate(late: Late): void {
    this.late.push(late);
  }

  /** From here on other files are attached, which a transaction must not begin with: they are filled while it lasts. */
  leaveOthersBe(): void {
    this.isAlone = false;
  }

  /** Writes what is to be written late; to be called before it is read. */
  writeAll(): void {
    for (const late of this.late) late.write();
  }

  /** Runs `work` in one write transaction. */
  run<T>(work: () => T): T {
    try {
      this.begin();
      const result = work();
      this.commit();
      return result;
    } catch (error) {
      throw this.abandon(error);
    }
  }

  /** Begins a write transaction that stays open. */
  begin(): void {
    const { db, path, keys, merged, edited, rows } = this.parts;
    this.count++;
    if (this.held) {
      this.writeAll();
      db.exec("SAVEPOINT batch");
      return;
    }
    db.exec(this.isAlone ? "BEGIN IMMEDIATE" : BEGIN_IN_MAIN);
    this.lease?.mustBeHeld(path);
    keepLogInProportion(db);
    // Before the lock was ours another run may have written.
    keys.refresh();
    merged.refresh();
    if (edited.waiting) {
      refuseLargeNumbers(db, path);
      edited.takeNotice();
      rows.distrustFilter();
    }
  }

  commit(): void {
    const { db, path, file, triggers } = this.parts;
    this.writeAll();
    if (this.held) {
      db.exec("RELEASE batch");
      return;
    }
    triggers.putBack();
    if (!file.isInPlace) throw databaseIsGone(path);
    db.exec("COMMIT");
    for (const late of this.late) late.committed?.();
  }

  /** Takes the open transaction back; gives the error to throw. */
  abandon(error: unknown): unknown {
    this.rollback();
    return asStoreFailure(error, this.parts.path);
  }

  private rollback(): void {
    const { db, sources, keys, triggers } = this.parts;
    sources.forget();
    keys.forgetWaiting();
    for (const late of this.late) late.forget();
    try {
      // After a full disk SQLite has rolled back by itself.
      if (db.inTransaction) db.exec(this.held ? "ROLLBACK TO batch; RELEASE batch" : "ROLLBACK");
      triggers.afterRollback();
    } catch {
      // What brought us here is the thing to tell. Whoever opens the database next takes back the rest.
    }
  }

  /** From here on every transaction is part of one, until `settle`. */
  hold(): void {
    try {
      this.begin();
      this.held = true;
    } catch (error) {
      throw this.abandon(error);
    }
  }

  /** Commits or rolls back everything since `hold`. */
  settle(keep: boolean): void {
    this.held = false;
    try {
      if (keep) this.commit();
      else this.rollback();
    } catch (error) {
      throw this.abandon(error);
    }
  }
}

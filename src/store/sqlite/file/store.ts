/** The database behind one run: opened, brought up to date, and written in transactions. */

import type { Database } from "better-sqlite3";
import type { JobConfig } from "../../../config/job/job-config.js";
import { OpenedFile } from "../../../input/opened-file.js";
import type { KnownRecords } from "../../model/known-records.js";
import type { RowDiff } from "../../model/row-diff.js";
import {
  AT_THE_BEGINNING,
  type NewRun,
  type RunInput,
  type RunRecord,
} from "../../model/run-record.js";
import type { Batch, Books, Held, LeaseAnswer, Store, Undoing } from "../../port.js";
import type { RowQuery, SqlValue } from "../../reading-port.js";
import { ChangeCounts } from "../history/change-counts.js";
import { pruneChanges } from "../history/prune-changes.js";
import { diffRun } from "../history/run-diff.js";
import { UndoPlan } from "../history/undo-plan.js";
import { KeyIndex } from "../keys/key-index.js";
import { DuplicatePairs } from "../register/duplicate-pairs.js";
import { Harvests } from "../register/harvests.js";
import { Lease } from "../register/lease.js";
import { RunBooks } from "../register/run-books.js";
import { RunStatisticsTable } from "../register/run-statistics-table.js";
import { Runs } from "../register/runs.js";
import { Columns } from "../rows/columns.js";
import { EditTriggers } from "../rows/edit-triggers.js";
import { EditedRows } from "../rows/edited-rows.js";
import { keepFullText } from "../rows/full-text.js";
import { HandEdits } from "../rows/hand-edits.js";
import { KeptRecordView } from "../rows/kept-records.js";
import { keepListViews } from "../rows/list-views.js";
import { MergedSources } from "../rows/merged-sources.js";
import { knownRecords } from "../rows/read-known.js";
import { refuseLargeNumbers } from "../rows/row-numbers.js";
import { allColumns, selectRows } from "../rows/row-query.js";
import { Rows } from "../rows/rows.js";
import { SourceTable } from "../rows/source-table.js";
import type { WriterParts } from "../rows/writer-parts.js";
import { leaveNothing } from "./files-beside.js";
import { openFor } from "./open-database.js";
import { openRunWriter, type SqliteRun } from "./run-writer.js";
import { asStoreFailure } from "./store-failure.js";
import { Transactions } from "./transactions.js";

/** Milliseconds that a run waits for another program's lock. */
const PATIENCE = 60_000;
/** Milliseconds that the end of a run waits for readers, who keep the log from being cut. */
const PATIENCE_AT_END = 1000;

interface StoreOptions {
  readonly readOnly?: boolean;
  /** Another file than the configuration's, for a trial on a copy. */
  readonly path?: string;
  /** The file is a copy for one trial: nobody else's lease counts there. */
  readonly trial?: boolean;
}

export class SqliteStore implements Store {
  readonly runs: Runs;
  readonly statistics: RunStatisticsTable;
  readonly harvests: Harvests;
  /** To be used inside a transaction. */
  private readonly books: RunBooks;
  readonly keys: KeyIndex;
  readonly rows: Rows;
  readonly merged: MergedSources;
  readonly pairs: DuplicatePairs;
  readonly kept: KeptRecordView;
  readonly edits: HandEdits;
  readonly counts: ChangeCounts;
  private readonly parts: WriterParts;
  private readonly transactions: Transactions;
  /** Of all runs that were opened. */
  private readonly sides: SqliteRun["side"][] = [];
  /** What is to be done when the database is closed. */
  private afterwards: () => void = () => undefined;

  private constructor(
    readonly db: Database,
    readonly path: string,
    private readonly config: JobConfig,
    columns: Columns,
  ) {
    const file = new OpenedFile(path);
    const sources = new SourceTable(db);
    const triggers = new EditTriggers(db);
    this.runs = new Runs(db);
    this.statistics = new RunStatisticsTable(db);
    this.harvests = new Harvests(db);
    this.keys = new KeyIndex(db, sources);
    this.books = new RunBooks(db, this);
    this.rows = new Rows(db, columns, triggers);
    this.merged = new MergedSources(db);
    this.kept = new KeptRecordView(db);
    this.counts = new ChangeCounts(this, () => this.transactions.writeAll());
    this.edits = new HandEdits(db, columns, this.rows);
    this.pairs = new DuplicatePairs({ db, rows: this.rows, merged: this.merged });
    this.parts = { db, columns, rows: this.rows, keys: this.keys, merged: this.merged };
    const edited = new EditedRows(db, columns, this.keys);
    this.transactions = new Transactions({ ...this.parts, path, file, sources, edited, triggers });
  }

  /**
   * Opens the configuration's database.
   *
   * @throws Failure when it is not usable
   */
  static open(config: JobConfig, options: StoreOptions = {}): SqliteStore {
    const path = options.path ?? config.database.path;
    const afterwards = options.readOnly ? leaveNothing(path) : () => undefined;
    let db: Database | undefined;
    try {
      db = openFor(config, path, options.readOnly ?? false);
      if (options.trial) db.exec("DELETE FROM import_lease");
      const columns = Columns.prepare(db, config.fields);
      if (!db.readonly) keepListViews(db, config.fields);
      const store = new SqliteStore(db, path, config, columns);
      store.afterwards = afterwards;
      return store;
    } catch (error) {
      db?.close();
      afterwards();
      throw asStoreFailure(error, path);
    }
  }

  /** Whether this connection may write. */
  get readOnly(): boolean {
    return this.db.readonly;
  }

  transaction<T>(work: (books: Books) => T): T {
    return this.transactions.run(() => work(this.books));
  }

  beginBatch(): Batch {
    const abandon = (error: unknown) => this.transactions.abandon(error);
    try {
      this.transactions.begin();
    } catch (error) {
      throw abandon(error);
    }
    return { books: this.books, commit: () => this.transactions.commit(), abandon };
  }

  hold(): Held {
    this.transactions.hold();
    return {
      settle: (keep) => this.transactions.settle(keep),
      abandon: (error) => {
        const told = asStoreFailure(error, this.path);
        this.transactions.settle(false);
        return told;
      },
    };
  }

  knownRecords(which: { readonly withMerged: boolean }): KnownRecords {
    return knownRecords(this.db, which);
  }

  /**
   * Takes notice of rows that others wrote, makes the keys of the configured match methods, and
   * builds the configured full-text index.
   */
  prepareKeys(): void {
    try {
      refuseLargeNumbers(this.db, this.path);
      const { matchMethods, database } = this.config;
      this.keys.keepMethods([...matchMethods, ...database.keepKeys]);
      keepFullText(this.db, this.config.database.fullText);
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
    this.transaction(() => undefined);
  }

  letKeysWait(): void {
    this.keys.letWait();
  }

  startRun(run: NewRun, inputs: readonly RunInput[], managed: readonly boolean[]): SqliteRun {
    const runId = this.transaction(() => {
      this.books.closeDead(run.startedAt);
      const entered = this.books.start(run);
      for (const input of inputs) this.books.enterFile(entered, input);
      // A run that is stopped before its first batch can be resumed like any other.
      if (inputs.length > 0) this.books.checkpoint(entered, AT_THE_BEGINNING, 0);
      return entered;
    });
    return this.openRun(runId, managed);
  }

  beginUndo(run: RunRecord, force: boolean): Undoing {
    try {
      // A run may have changed millions of rows.
      this.db.pragma("temp_store = FILE");
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
    const held = this.hold();
    try {
      this.keys.keepMethods([]);
      return Object.assign(UndoPlan.make(this, run, force), held);
    } catch (error) {
      throw held.abandon(error);
    }
  }

  *diff(runId: number): Generator<RowDiff> {
    this.db.pragma("temp_store = FILE");
    this.db.exec("BEGIN");
    try {
      yield* diffRun(this, runId);
    } catch (error) {
      throw asStoreFailure(error, this.path);
    } finally {
      if (this.db.inTransaction) this.db.exec("ROLLBACK");
    }
  }

  pruneChanges(endedBefore: string): number {
    try {
      return pruneChanges(this.db, endedBefore);
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
  }

  columnNames(): string[] {
    return allColumns(this.db);
  }

  *select(query: RowQuery): Generator<readonly SqlValue[]> {
    try {
      yield* selectRows(this.db, query);
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
  }

  takeLease(run: string): LeaseAnswer {
    try {
      const taken = Lease.take(this.db, run);
      if (taken.lease === null) return taken;
      // Somebody who writes by hand must not end a run that has waited hours for its turn.
      this.db.pragma(`busy_timeout = ${PATIENCE}`);
      this.transactions.requireLease(taken.lease);
      return taken;
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
  }

  leaseHolder(): string | null {
    return Lease.holder(this.db)?.run ?? null;
  }

  openRun(runId: number, managed: readonly boolean[]): SqliteRun {
    const { config, parts, transactions, pairs } = this;
    const run = openRunWriter({ config, parts, transactions, pairs }, runId, managed);
    this.sides.push(run.side);
    return run;
  }

  /**
   * Moves the write-ahead log into the database, as far as readers allow, and syncs both: what is
   * committed survives a power cut from here on.
   *
   * @throws Failure when the disk does not take it; the log still holds it all
   */
  settleLog(): void {
    if (this.readOnly || this.config.database.journal !== "wal") return;
    try {
      this.db.pragma(`busy_timeout = ${PATIENCE_AT_END}`);
      this.db.pragma("wal_checkpoint(TRUNCATE)");
    } catch (error) {
      throw asStoreFailure(error, this.path);
    }
  }

  /**
   * Closes the file; in WAL mode everything is moved into the database itself first. What only reading
   * has made beside it goes, too.
   */
  close(): void {
    if (!this.db.open) return;
    try {
      this.settleLog();
    } catch {
      // The log beside the file still holds it all; whoever opens the database next moves it.
    }
    this.db.close();
    for (const side of this.sides) side.close();
    this.afterwards();
  }
}

/** Finished rows of records that are surely new: created some at a time, in their order. */

import type { FinishedRow } from "../../model/finished-row.js";
import type { RowHashes } from "../../model/row-hashes.js";
import type { CreatedRow, SideRows } from "../../run-port.js";
import type { Transactions } from "../file/transactions.js";
import type { RowWriter } from "../rows/row-writer.js";
import type { WriterParts } from "../rows/writer-parts.js";
import { RowPages } from "./row-pages.js";
import { SIDE_FILES, SideTables } from "./side-tables.js";

/** Rows that one statement creates at most. */
const AT_ONCE = 500;
/** Of the rows of a portion one in so many must be created from its file, or files do not pay. */
const WORTHWHILE = 2;

interface SideParts {
  readonly store: WriterParts;
  readonly transactions: Transactions;
  readonly writer: RowWriter;
  readonly foreignSource: string;
}

/** Rows that lie one behind the other in the file that was filled last, and are not created yet. */
interface Waiting {
  readonly first: number;
  readonly now: string;
  readonly hashes: RowHashes[];
}

export class SqliteSideRows implements SideRows {
  private tables: SideTables | null | undefined;
  private pages: RowPages | null = null;
  private waiting: Waiting | null = null;
  /** Files that the open transaction has filled: the last of them is the one at hand. */
  private used = 0;
  /** Rows of the file at hand, and how many of them were created from there. */
  private filled = 0;
  private created = 0;
  private pays = true;

  constructor(private readonly parts: SideParts) {
    parts.transactions.writeLate(this);
  }

  open(): void {
    const { store, transactions } = this.parts;
    // What a transaction has read must stay as it is to its end.
    if (this.tables !== undefined || transactions.isHeld) return;
    const { fields, count } = store.columns;
    const names = fields.map(({ name }) => name);
    const { insertable } = store.rows;
    this.tables = SideTables.open(store.db, { names, insertable, count });
    if (this.tables === null) return;
    this.pages = new RowPages();
    transactions.leaveOthersBe();
  }

  fill<Row extends FinishedRow>(rows: readonly Row[], sourceRecord: (row: Row) => string): number {
    const { tables, pages } = this;
    if (this.created * WORTHWHILE < this.filled) this.pays = false;
    this.filled = 0;
    this.created = 0;
    if (!tables || pages === null || !this.pays || this.used === SIDE_FILES) return 0;
    // Where others have triggers, these are to see each row as it is inserted.
    if (!this.parts.store.rows.beginCopy()) return 0;
    pages.clear();
    for (const row of rows) {
      if (!pages.add(row, sourceRecord(row))) break;
      this.filled++;
    }
    if (this.filled === 0) return 0;
    this.pays = tables.fill(this.used, pages);
    if (!this.pays) this.filled = 0;
    else this.used++;
    return this.filled;
  }

  add(nth: number, hashes: RowHashes, now: string): void {
    const { waiting } = this;
    if (waiting === null) this.waiting = { first: nth + 1, now, hashes: [hashes] };
    else if (waiting.first + waiting.hashes.length === nth + 1) waiting.hashes.push(hashes);
    else throw new Error("rows that lie between were not created");
    this.parts.store.rows.noteId(hashes.foreignId);
    this.parts.store.keys.noteKeys(hashes.keys);
    this.created++;
  }

  get areWaiting(): boolean {
    return this.waiting !== null;
  }

  get areMany(): boolean {
    return this.waiting !== null && this.waiting.hashes.length >= AT_ONCE;
  }

  create(created: CreatedRow): void {
    const { waiting, tables } = this;
    if (waiting === null || !tables) return;
    const { writer, foreignSource } = this.parts;
    const { first, now, hashes } = waiting;
    this.waiting = null;
    const file = this.used - 1;
    const firstId = tables.copy({ file, first, count: hashes.length, foreignSource, now });
    for (let nth = 0; nth < hashes.length; nth++) {
      writer.enterCreated(firstId + nth, foreignSource, hashes[nth].keys);
      created(firstId + nth);
    }
  }

  /** Whoever commits, or asks, has created what waits before. */
  write(): void {
    if (this.waiting !== null) throw new Error("finished rows are still to be created");
  }

  committed(): void {
    this.used = 0;
  }

  forget(): void {
    this.waiting = null;
    this.used = 0;
  }

  /** To be called when the database has been closed. */
  close(): void {
    this.tables?.close();
  }
}

/**
 * The records that rows came from, where they are kept: by row and by the run that brought them, so that what
 * stood before a run is still there for an undo. The one of the last run counts.
 */

import type { Database, Statement } from "better-sqlite3";
import type { KeptRecord } from "../../model/kept-record.js";
import type { KeptView } from "../../reading-port.js";

interface RawKept {
  readonly format: KeptRecord["format"] | null;
  readonly record: Buffer | null;
}

const LATEST =
  "SELECT format, record FROM kept_records WHERE record_id = ? ORDER BY run_id DESC LIMIT 1";

/** Gives what is kept. */
export class KeptRecordView implements KeptView {
  /** Made when first asked for; null where a database that is only read lacks the table. */
  private select: Statement<[number], RawKept> | null | undefined;

  constructor(private readonly db: Database) {}

  /** The record of a row, null if none is kept. */
  of(recordId: number): KeptRecord | null {
    if (this.select === undefined) this.select = this.hasTable ? this.db.prepare(LATEST) : null;
    const { format = null, record = null } = this.select?.get(recordId) ?? {};
    return format === null || record === null ? null : { format, bytes: record };
  }

  private get hasTable(): boolean {
    const table = this.db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'kept_records'");
    return table.get() !== undefined;
  }
}

/** Writes what one run brings. */
export class KeptRecords {
  private readonly view: KeptRecordView;
  private readonly insert: Statement;

  constructor(
    db: Database,
    private readonly runId: number,
  ) {
    this.view = new KeptRecordView(db);
    this.insert = db.prepare("INSERT OR REPLACE INTO kept_records VALUES (?, ?, ?, ?)");
  }

  /** null where nothing is to be kept, nor was before. */
  static open(db: Database, runId: number, keepRecords: boolean): KeptRecords | null {
    const any = () => db.prepare("SELECT 1 FROM kept_records LIMIT 1").get() !== undefined;
    return keepRecords || any() ? new KeptRecords(db, runId) : null;
  }

  /** Keeps the record of a row that has just been created. */
  add(recordId: number, kept: KeptRecord | undefined): void {
    if (kept) this.insert.run(recordId, this.runId, kept.format, kept.bytes);
  }

  /** Keeps the record that a row was made from anew; an earlier one is no longer its record. */
  renew(recordId: number, kept: KeptRecord | undefined): void {
    const before = this.view.of(recordId);
    if (before === null ? kept === undefined : isSame(before, kept)) return;
    this.insert.run(recordId, this.runId, kept?.format ?? null, kept?.bytes ?? null);
  }
}

function isSame(one: KeptRecord, other: KeptRecord | undefined): boolean {
  return other !== undefined && one.format === other.format && one.bytes.equals(other.bytes);
}

/**
 * Gives rows that an undo has changed the records that they had before the run that is taken back, in the
 * transaction of the undo.
 */
export function takeKeptBack(db: Database, targetId: number, undoId: number): void {
  db.prepare(
    `INSERT OR REPLACE INTO kept_records (record_id, run_id, format, record)
     SELECT c.record_id, :undo, k.format, k.record
     FROM (SELECT DISTINCT record_id FROM changes WHERE run_id = :undo) c
     LEFT JOIN kept_records k ON k.record_id = c.record_id AND k.run_id =
       (SELECT max(b.run_id) FROM kept_records b WHERE b.record_id = c.record_id AND b.run_id < :target)
     WHERE EXISTS (SELECT 1 FROM kept_records t WHERE t.record_id = c.record_id AND t.run_id >= :target)
       AND EXISTS (SELECT 1 FROM record_info r WHERE r.record_id = c.record_id)`,
  ).run({ undo: undoId, target: targetId });
}

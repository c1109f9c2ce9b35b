/** The register of runs: what each was asked to do, where it stands, and how it ended. */

import type { Database } from "better-sqlite3";
import {
  type Checkpoint,
  checkpointFrom,
  commandsOf,
  fromRaw,
  type RawRun,
  type RunFile,
  type RunRecord,
} from "../../model/run-record.js";
import type { RunRegister } from "../../reading-port.js";

/** Of a run `r`. */
const BRINGS_RECORDS = `r.command IN (${commandsOf("records")
  .map((command) => `'${command}'`)
  .join(", ")})`;

export class Runs implements RunRegister {
  constructor(private readonly db: Database) {}

  /**
   * Rows that imports of a source created before a limit stopped them (exit status 5): those since its
   * last import that was done, unless they were taken back.
   */
  createdBeforeLimit(runId: number, foreignSource: string): number {
    return this.db
      .prepare(
        `SELECT coalesce(sum(created), 0) FROM runs r WHERE ${BRINGS_RECORDS}
  AND foreign_source = @source AND run_id < @runId AND status = 'failed' AND exit_status = 5
  AND run_id > (SELECT coalesce(max(run_id), 0) FROM runs r WHERE ${BRINGS_RECORDS}
    AND foreign_source = @source AND status = 'done' AND run_id < @runId)
  AND run NOT IN (SELECT undoes FROM runs WHERE undoes IS NOT NULL AND status = 'done')`,
      )
      .pluck()
      .get({ runId, source: foreignSource }) as number;
  }

  /** All runs, oldest first. */
  list(): RunRecord[] {
    const rows = this.db.prepare("SELECT * FROM runs ORDER BY run_id").all();
    return (rows as RawRun[]).map(fromRaw);
  }

  find(run: string): RunRecord | null {
    const row = this.db.prepare("SELECT * FROM runs WHERE run = ?").get(run);
    return row ? fromRaw(row as RawRun) : null;
  }

  files(runId: number): RunFile[] {
    const rows = this.db
      .prepare("SELECT * FROM run_files WHERE run_id = ? ORDER BY file_number")
      .all(runId) as {
      file_number: number;
      path: string;
      bytes: number | null;
      fingerprint: string;
      records_read: number;
      finished: number;
    }[];
    return rows.map((row) => ({
      fileNumber: row.file_number,
      path: row.path,
      bytes: row.bytes,
      fingerprint: row.fingerprint,
      recordsRead: row.records_read,
      finished: row.finished === 1,
    }));
  }

  readCheckpoint(runId: number): Checkpoint | null {
    const text = this.db
      .prepare("SELECT checkpoint FROM run_checkpoints WHERE run_id = ?")
      .pluck()
      .get(runId) as string | undefined;
    return text === undefined ? null : checkpointFrom(text);
  }

  /**
   * The last import of a path for this source, if it did not come to its end but has read some of the
   * file, whatever the path holds by now; null once taken back.
   */
  leftUnfinished(foreignSource: string, path: string): RunRecord | null {
    const row = this.db
      .prepare(
        `SELECT r.*, f.records_read FROM runs r JOIN run_files f ON f.run_id = r.run_id
         WHERE f.path = ? AND r.foreign_source = ? AND ${BRINGS_RECORDS}
         ORDER BY r.run_id DESC LIMIT 1`,
      )
      .get(path, foreignSource) as (RawRun & { records_read: number }) | undefined;
    if (!row || row.status === "done" || row.records_read === 0) return null;
    return this.isTakenBack(row.run) ? null : fromRaw(row);
  }

  /**
   * The last import that has read this very input for this source before and has not been taken back
   * whole, or null.
   *
   * @param which one that came to its end, or one that did not but has read some of it
   */
  importedBefore(
    foreignSource: string,
    fingerprint: string,
    which: "finished" | "in part" = "finished",
  ): RunRecord | null {
    const status =
      which === "finished" ? "r.status = 'done'" : "r.status <> 'done' AND f.records_read > 0";
    const rows = this.db
      .prepare(
        `SELECT r.* FROM runs r JOIN run_files f ON f.run_id = r.run_id
         WHERE f.fingerprint = ? AND f.fingerprint <> '' AND r.foreign_source = ?
           AND ${BRINGS_RECORDS} AND ${status} ORDER BY r.run_id DESC`,
      )
      .all(fingerprint, foreignSource) as RawRun[];
    return rows.map(fromRaw).find(({ run }) => !this.isTakenBack(run)) ?? null;
  }

  /** The names of all inputs that any run has read. */
  inputs(): string[] {
    return this.db.prepare("SELECT DISTINCT path FROM run_files").pluck().all() as string[];
  }

  /** Whether any run has read a file of that name with that fingerprint, or a part of it. */
  haveRead(path: string, fingerprint: string): boolean {
    const any = this.db.prepare(
      "SELECT 1 FROM run_files WHERE path = ? AND (fingerprint = ? OR substr(fingerprint, 1, ?) = ?)",
    );
    const ofPart = `${fingerprint}:`;
    return any.get(path, fingerprint, ofPart.length, ofPart) !== undefined;
  }

  /** Whether a run has changed a row, of what is kept of its changes. */
  hasChanged(runId: number): boolean {
    const any = this.db.prepare("SELECT 1 FROM changes WHERE run_id = ? AND action <> 'noted'");
    return any.get(runId) !== undefined;
  }

  /** Whether nothing of a run is left: an undo that had to leave rows is given again with `--force`. */
  isTakenBack(run: string): boolean {
    const undo = this.undoneBy(run);
    if (undo === null) return false;
    const { left = 0, gone = 0 } = undo.totals.undone ?? {};
    return left === gone;
  }

  /** The run that took a run back, unless it was taken back itself; null if there is none. */
  undoneBy(run: string): RunRecord | null {
    const undos = this.db
      .prepare("SELECT * FROM runs WHERE undoes = ? AND status = 'done' ORDER BY run_id DESC")
      .all(run) as RawRun[];
    return undos.map(fromRaw).find((undo) => this.undoneBy(undo.run) === null) ?? null;
  }
}

/** The register of runs: what each was asked to do, where it stands, and how it ended. */

import type { Database, Statement } from "better-sqlite3";
import {
  type Checkpoint,
  checkpointFrom,
  commandsOf,
  fromRaw,
  type NewRun,
  type RawRun,
  type RunFile,
  type RunInput,
  type RunRecord,
  type RunStatus,
} from "../../model/run-record.js";
import { OUTCOMES, type Totals } from "../../model/totals.js";

/** Of a run `r`. */
const BRINGS_RECORDS = `r.command IN (${commandsOf("records")
  .map((command) => `'${command}'`)
  .join(", ")})`;

export class Runs {
  private readonly saveTotals: Statement;
  private readonly saveCheckpoint: Statement;
  private readonly saveFile: Statement;
  private readonly addRead: Statement;

  constructor(private readonly db: Database) {
    const sets = OUTCOMES.map((outcome) => `${outcome} = ?`).join(", ");
    this.saveTotals = db.prepare(
      `UPDATE runs SET records_read = ?, ${sets}, duplicates_removed = ?, details = ?, seconds = ? WHERE run_id = ?`,
    );
    this.saveCheckpoint = db.prepare(
      "INSERT INTO run_checkpoints VALUES (?, ?) ON CONFLICT DO UPDATE SET checkpoint = excluded.checkpoint",
    );
    this.saveFile = db.prepare(
      "INSERT INTO run_files VALUES (?, ?, ?, ?, ?, 0, 0) ON CONFLICT DO UPDATE SET bytes = excluded.bytes, fingerprint = excluded.fingerprint",
    );
    this.addRead = db.prepare(
      "UPDATE run_files SET records_read = records_read + ? WHERE run_id = ? AND file_number = ?",
    );
  }

  /** Enters a run and gives its number. */
  start(run: NewRun): number {
    const entered = this.db
      .prepare(
        `INSERT INTO runs (run, command, status, config, foreign_source, mapping_digest, started_at, undoes)
         VALUES (?, ?, 'running', ?, ?, ?, ?, ?)`,
      )
      .run(
        run.run,
        run.command,
        run.config,
        run.foreignSource,
        run.rulesDigest,
        run.startedAt,
        run.undoes ?? null,
      );
    return Number(entered.lastInsertRowid);
  }

  /** Writes where a run stands; call inside the batch's transaction. */
  checkpoint(runId: number, checkpoint: Checkpoint, seconds: number): void {
    this.saveCheckpoint.run(runId, JSON.stringify(checkpoint));
    this.writeTotals(runId, checkpoint.totals, seconds);
  }

  writeTotals(runId: number, totals: Totals, seconds: number): void {
    const { recordsRead, outcomes, duplicatesRemoved, ...details } = totals;
    const counts = OUTCOMES.map((outcome) => outcomes[outcome]);
    this.saveTotals.run(
      recordsRead,
      ...counts,
      duplicatesRemoved,
      JSON.stringify(details),
      seconds,
      runId,
    );
  }

  /** Enters an input file of a run, or what is now known of it. */
  enterFile(runId: number, file: RunInput): void {
    this.saveFile.run(runId, file.fileNumber, file.path, file.bytes, file.fingerprint);
  }

  /** Counts records of a file that are done; call inside the batch's transaction. */
  addRecordsRead(runId: number, fileNumber: number, count: number): void {
    this.addRead.run(count, runId, fileNumber);
  }

  fileFinished(runId: number, fileNumber: number): void {
    this.db
      .prepare("UPDATE run_files SET finished = 1 WHERE run_id = ? AND file_number = ?")
      .run(runId, fileNumber);
  }

  /**
   * Marks runs whose process has died as interrupted; call under the lease.
   *
   * @param now UTC, ISO 8601
   */
  closeDead(now: string): void {
    this.db
      .prepare("UPDATE runs SET status = 'interrupted', finished_at = ? WHERE status = 'running'")
      .run(now);
  }

  /** Marks a run as running again, with its inputs as they are now. */
  reopen(runId: number, files: readonly RunInput[]): void {
    this.db
      .prepare(
        "UPDATE runs SET status = 'running', exit_status = NULL, finished_at = NULL WHERE run_id = ?",
      )
      .run(runId);
    for (const file of files) this.enterFile(runId, file);
  }

  /**
   * Rows that imports of a source created before a limit stopped them (exit status 5): those since its
   * last import that was done, unless they were taken back.
   */
  createdBeforeLimit(runId: number, foreignSource: string): number {
    return this.db
      .prepare(
        `SELECT coalesce(sum(created), 0) FROM runs WHERE command = 'import' AND foreign_source = @source
  AND run_id < @runId AND status = 'failed' AND exit_status = 5
  AND run_id > (SELECT coalesce(max(run_id), 0) FROM runs WHERE command = 'import'
    AND foreign_source = @source AND status = 'done' AND run_id < @runId)
  AND run NOT IN (SELECT undoes FROM runs WHERE undoes IS NOT NULL AND status = 'done')`,
      )
      .pluck()
      .get({ runId, source: foreignSource }) as number;
  }

  /** Closes a run. A run that is done needs its checkpoint and its touched rows no more. */
  finish(
    runId: number,
    end: { status: RunStatus; exitStatus: number; finishedAt: string; seconds: number },
  ): void {
    this.db
      .prepare(
        "UPDATE runs SET status = ?, exit_status = ?, finished_at = ?, seconds = ? WHERE run_id = ?",
      )
      .run(end.status, end.exitStatus, end.finishedAt, end.seconds, runId);
    if (end.status === "done") this.forgetCheckpoint(runId);
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

  /** Notes that an input was changed under a run, which therefore cannot go on. */
  noteChangedInput(runId: number, path: string): void {
    const checkpoint = this.readCheckpoint(runId);
    if (!checkpoint) return;
    this.saveCheckpoint.run(runId, JSON.stringify({ ...checkpoint, changedInput: path }));
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

  /** A run that has been taken back must not be resumed behind what is no longer there. */
  forgetCheckpoint(runId: number): void {
    this.db.prepare("DELETE FROM run_checkpoints WHERE run_id = ?").run(runId);
    this.db.prepare("DELETE FROM run_rows WHERE run_id = ?").run(runId);
  }
}

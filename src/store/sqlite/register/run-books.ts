/** What is written of runs, to be had inside a transaction alone. */

import type { Database, Statement } from "better-sqlite3";
import type { HarvestEnd } from "../../model/harvest.js";
import type { Checkpoint, NewRun, RunInput } from "../../model/run-record.js";
import type { ContentCounts, RunExamples } from "../../model/run-statistics.js";
import { OUTCOMES, type Totals } from "../../model/totals.js";
import type { Books, Ending } from "../../port.js";
import type { KeyIndex } from "../keys/key-index.js";
import { takeKeptBack } from "../rows/kept-records.js";
import type { DuplicatePairs } from "./duplicate-pairs.js";
import type { Harvests } from "./harvests.js";
import type { RunStatisticsTable } from "./run-statistics-table.js";
import type { Runs } from "./runs.js";

/** What the books write to besides the register. */
interface BookParts {
  readonly runs: Runs;
  readonly statistics: RunStatisticsTable;
  readonly keys: KeyIndex;
  readonly harvests: Harvests;
  readonly pairs: DuplicatePairs;
}

export class RunBooks implements Books {
  private readonly saveTotals: Statement;
  private readonly saveCheckpoint: Statement;
  private readonly saveFile: Statement;
  private readonly addRead: Statement;

  constructor(
    private readonly db: Database,
    private readonly parts: BookParts,
  ) {
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

  /** Writes where a run stands. */
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

  /** Counts records of a file that are done. */
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

  /** Closes a run. A run that is done needs its checkpoint and its touched rows no more. */
  finish(runId: number, end: Ending): void {
    this.db
      .prepare(
        "UPDATE runs SET status = ?, exit_status = ?, finished_at = ?, seconds = ? WHERE run_id = ?",
      )
      .run(end.status, end.exitStatus, end.finishedAt, end.seconds, runId);
    if (end.status === "done") this.forgetCheckpoint(runId);
  }

  /** Notes that an input was changed under a run, which therefore cannot go on. */
  noteChangedInput(runId: number, path: string): void {
    const checkpoint = this.parts.runs.readCheckpoint(runId);
    if (!checkpoint) return;
    this.saveCheckpoint.run(runId, JSON.stringify({ ...checkpoint, changedInput: path }));
  }

  endHarvest(runId: number, end: HarvestEnd): void {
    this.parts.harvests.enter(runId, end);
  }

  takeHarvestBack(targetId: number, undoId: number): number {
    return this.parts.harvests.takeBack(targetId, undoId);
  }

  takePairsBack(targetId: number, undoId: number): number {
    return this.parts.pairs.takeBack(targetId, undoId);
  }

  takeKeptBack(targetId: number, undoId: number): void {
    takeKeptBack(this.db, targetId, undoId);
  }

  forgetHarvest(repository: string): number {
    return this.parts.harvests.forget(repository);
  }

  /** A run that has been taken back must not be resumed behind what is no longer there. */
  forgetCheckpoint(runId: number): void {
    this.db.prepare("DELETE FROM run_checkpoints WHERE run_id = ?").run(runId);
    this.db.prepare("DELETE FROM run_rows WHERE run_id = ?").run(runId);
  }

  saveCounts(runId: number, counts: ContentCounts): void {
    this.parts.statistics.saveCounts(runId, counts);
  }

  saveExamples(runId: number, examples: RunExamples): void {
    this.parts.statistics.saveExamples(runId, examples);
  }

  enterKeys(): void {
    this.parts.keys.enterAll();
  }
}

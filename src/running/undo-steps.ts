/** Carrying out what an undo has planned, row by row, in the transaction that it holds. */

import { performance } from "node:perf_hooks";
import { setImmediate as turn } from "node:timers/promises";
import type { JobConfig } from "../config/job/job-config.js";
import { mergedLosses } from "../deciding/merged-losses.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { findingText } from "../diagnostics/format.js";
import type { RunLog } from "../report/run-log.js";
import type { MergedSource } from "../store/model/merged-source.js";
import type { RunRecord } from "../store/model/run-record.js";
import { noTotals } from "../store/model/totals.js";
import type { LeftRow, UndoStep } from "../store/model/undo-step.js";
import type { Store, Undoing } from "../store/port.js";
import { signalFailure } from "./end-of-run.js";
import { remarkOnIdle } from "./find-run.js";
import { isoSeconds } from "./run-name.js";
import {
  decisionsText,
  leftText,
  MOVED_SINCE,
  type TakenRow,
  type UndoResult,
} from "./undo-result.js";

/** What to do when nothing was taken back. */
export const AGAIN = "Run the same command again to begin anew.";

/** Rows between two looks at the log and at signals. */
const PAGE = 500;

/** What is asked of an undo. */
export interface UndoRequest {
  readonly config: JobConfig;
  /** The name of the run to take back, or `last` for the last import of the source that stands. */
  readonly run: string;
  /** Say what would be done, on a copy, and change nothing. */
  readonly dryRun?: boolean;
  /** Take back also what a later run or somebody else has touched. */
  readonly force: boolean;
  /** Seconds to wait for another run. */
  readonly wait: number;
  /** Called before anything is done where `last` is not the last import of the database. */
  onTarget?(text: string): void;
  /** Called for each row that is taken back, before it is. */
  onStep?(step: TakenRow): void;
  /** Called for each row that is left as it is. */
  onLeft?(row: LeftRow): void;
  /** Called with a line for each row that goes with what other runs have merged into it. */
  onLoss?(text: string): void;
  /** The signal that asks the undo to stop, or null. */
  stopSignal?(): NodeJS.Signals | null;
}

/** What an undo works with. */
export interface UndoParts {
  readonly request: UndoRequest;
  readonly store: Store;
  readonly name: string;
  readonly target: RunRecord;
  readonly plan: Undoing;
  readonly log: RunLog;
}

/** One undo, from its entry among the runs to its end. */
export class Undo {
  private readonly started = performance.now();
  private readonly startedAt = isoSeconds(new Date());

  /** Positions of harvests that have moved again since the run that is taken back. */
  private movedSince = 0;
  /** Decisions on pairs of rows that the run had made. */
  private decisionsBack = 0;

  constructor(private readonly parts: UndoParts) {}

  async carryOut(): Promise<UndoResult> {
    const { request, store, name, target, plan } = this.parts;
    const totals = plan.totals;
    const taken = totals.removed + totals.restored + totals.revived;
    // Of a row that somebody has deleted nothing stands.
    const standing = totals.left - (totals.gone ?? 0);
    if (taken + standing === 0) this.refuseRepeat();
    const run = this.enter();
    await this.each(plan.steps(), (step) => {
      request.onStep?.(this.taken(step));
      const gone = run.restorer.takeAway(step);
      this.logStep(step);
      if (request.force) this.tellLosses(step, gone);
    });
    await this.each(plan.steps(), (step) => run.restorer.putBack(step));
    await this.each(plan.left(), (row) => this.leave(row));
    const exitStatus = totals.left > 0 ? EXIT.rejects : EXIT.done;
    // Where everything had to be left, the run stands as it did.
    const status = taken === 0 && standing > 0 ? "failed" : "done";
    const seconds = (performance.now() - this.started) / 1000;
    store.transaction((books) => {
      books.writeTotals(run.runId, { ...noTotals(), undone: totals }, seconds);
      if (status === "done") {
        books.forgetCheckpoint(target.runId);
        this.decisionsBack = books.takePairsBack(target.runId, run.runId);
        books.takeKeptBack(target.runId, run.runId);
        this.movedSince = books.takeHarvestBack(target.runId, run.runId);
      }
      const finishedAt = isoSeconds(new Date());
      books.finish(run.runId, { status, exitStatus, finishedAt, seconds });
    });
    const idle = taken + totals.left === 0 || !store.runs.hasChanged(target.runId);
    const remark = this.remark(idle);
    const dryRun = request.dryRun ?? false;
    return { run: name, undoes: target.run, totals, dryRun, remark, exitStatus };
  }

  private remark(idle: boolean): string | null {
    const { store, target } = this.parts;
    if (this.movedSince > 0) return MOVED_SINCE;
    if (this.decisionsBack > 0) return decisionsText(this.decisionsBack);
    return idle ? remarkOnIdle(store.runs, target) : null;
  }

  private refuseRepeat(): void {
    const { store, target } = this.parts;
    const before = store.runs.undoneBy(target.run);
    if (!before) return;
    throw new Failure(
      "usage",
      `run ${target.run} has been undone already, by run ${before.run}`,
      `To bring its work back, undo that one: MARC_import undo CONFIG ${before.run}`,
    );
  }

  private enter() {
    const { request, store, name, target } = this.parts;
    const { config } = request;
    const entered = {
      run: name,
      command: "undo" as const,
      config: config.path,
      foreignSource: target.foreignSource,
      rulesDigest: "",
      startedAt: this.startedAt,
      undoes: target.run,
    };
    return store.startRun(entered, [], []);
  }

  /** Works through rows page by page; between pages the log is written and signals are heard. */
  private async each<T>(rows: Iterable<T>, work: (row: T) => void): Promise<void> {
    let count = 0;
    for (const row of rows) {
      work(row);
      if (++count % PAGE === 0) await this.pause();
    }
    await this.pause();
  }

  private async pause(): Promise<void> {
    await this.parts.log.flush();
    await turn();
    const signal = this.parts.request.stopSignal?.() ?? null;
    if (signal) {
      throw signalFailure(signal, "nothing was taken back", AGAIN);
    }
  }

  private taken({ recordId, action, earlier }: UndoStep): TakenRow {
    const image = this.parts.store.rows.image(recordId) ?? earlier.row;
    const text = (name: string) => String(image[name] ?? "");
    return {
      action,
      recordId,
      foreignSource: text("foreign_source"),
      foreignId: text("foreign_id"),
      title: text("title"),
    };
  }

  private logStep({ recordId, action }: UndoStep): void {
    const { log } = this.parts;
    if (!log.writes("record")) return;
    const done = { remove: "removed", restore: "restored", revive: "brought back" }[action];
    log.add("record", `${done} record_id=${recordId}`, { event: "undo", action, recordId });
  }

  /** Only by force does a row go into which other runs have merged records since. */
  private tellLosses({ recordId }: UndoStep, gone: readonly MergedSource[]): void {
    const { target, log, request } = this.parts;
    const ofOthers = gone.filter(({ heldByRun }) => heldByRun !== target.runId);
    for (const loss of mergedLosses(recordId, ofOthers)) {
      const text = `${loss.code}: ${findingText(loss)}`;
      log.add("warning", text, { event: "warning", ...loss });
      request.onLoss?.(text);
    }
  }

  private leave(row: LeftRow): void {
    this.parts.log.add("warning", leftText(row), { event: "left", ...row });
    this.parts.request.onLeft?.(row);
  }
}

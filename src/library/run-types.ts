/** What is asked of runs, and what they tell. */

import type { Failure } from "../diagnostics/failure.js";
import type { Totals } from "../store/model/totals.js";

/** Whether a run is to stop: an `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
}

/** How far an import is. */
export interface Progress {
  /** Of all inputs. */
  readonly recordsRead: number;
  readonly rejected: number;
}

/** What the command line's options of the same names ask for. */
export interface ImportOptions {
  readonly dryRun?: boolean | undefined;
  readonly atomic?: boolean | undefined;
  readonly resume?: boolean | undefined;
  readonly again?: boolean | undefined;
  readonly fullLoad?: boolean | undefined;
  /** Seconds to wait for another importer. */
  readonly wait?: number | undefined;
  readonly skip?: number | undefined;
  readonly limit?: number | undefined;
  readonly maxRejects?: number | undefined;
  readonly allowEmpty?: boolean | undefined;
  readonly format?: "auto" | "marc" | "marcxml" | "turbomarc" | "mij" | "mrk" | undefined;
  /** Stops the run after its batch, as SIGTERM does. */
  readonly signal?: StopSignal | undefined;
  /** Called now and then. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
}

/** How an import ended. */
export interface ImportResult {
  /** The run's name. */
  readonly run: string;
  readonly status: "running" | "done" | "interrupted" | "failed";
  /** As the program's own, see docs/exit-codes.md: 0 for every record handled, 1 for some rejected. */
  readonly exitStatus: number;
  /** What kept the run from its end, null if nothing did. */
  readonly failure: Failure | null;
  /** What must be told of a run that came to its end, a line each. */
  readonly notices: readonly string[];
  readonly files: readonly InputFile[];
  readonly totals: Totals;
  readonly seconds: number;
  readonly dryRun: boolean;
  /** Whether `atomic` has taken all of it back. */
  readonly rolledBack: boolean;
  /** Path of the log, null if none is written. */
  readonly log: string | null;
  /** Path of the file of rejected records, null if none was rejected. */
  readonly rejectsFile: string | null;
}

/** An input of a run. */
export interface InputFile {
  readonly path: string;
  /** null for a pipe. */
  readonly bytes: number | null;
  readonly recordsRead: number;
}

/** A run of the database. */
export interface Run {
  readonly run: string;
  readonly command: string;
  /** `killed`: its process has gone without a word. */
  readonly status: "running" | "done" | "interrupted" | "failed" | "killed";
  readonly exitStatus: number | null;
  /** Absolute path of its configuration. */
  readonly config: string;
  readonly foreignSource: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly seconds: number;
  readonly files: readonly InputFile[];
  readonly totals: Totals;
  /** The run that this one took back, null for an import. */
  readonly undoes: string | null;
  /** The run that took this one back, null if its work stands. */
  readonly undoneBy: string | null;
}

/** What an undo is asked for. */
export interface UndoOptions {
  /** Say what would be done, on a copy, and change nothing. */
  readonly dryRun?: boolean | undefined;
  /** Take back also what a later run or somebody else has touched. */
  readonly force?: boolean | undefined;
  /** Seconds to wait for another run. */
  readonly wait?: number | undefined;
  /** Stops the undo, which then has changed nothing. */
  readonly signal?: StopSignal | undefined;
  /** Called for each row that is taken back, before it is. */
  readonly onTaken?: ((row: UndoneRow) => void) | undefined;
  /** Called for each row that is left as it is. */
  readonly onLeft?: ((row: RowLeft) => void) | undefined;
}

/** A row as it reads before it is taken back. */
export interface UndoneRow extends Omit<RowLeft, "reason"> {
  readonly action: "remove" | "restore" | "revive";
}

/** A row that is left as it is. */
export interface RowLeft {
  readonly recordId: number;
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly title: string;
  /** Half a sentence. */
  readonly reason: string;
}

/** What an undo has done. */
export interface UndoResult {
  /** The name of the undo's own run. */
  readonly run: string;
  readonly undoes: string;
  /** Counts of rows. */
  readonly removed: number;
  readonly restored: number;
  readonly revived: number;
  readonly left: number;
  readonly dryRun: boolean;
  /** What to do about a run that had changed nothing, else null. */
  readonly remark: string | null;
}

/** What a run did to one row. */
export interface RowChange {
  readonly recordId: number;
  /** In the order in which the run did them. */
  readonly actions: readonly (
    | "created"
    | "updated"
    | "merged"
    | "withdrawn"
    | "deleted"
    | "noted"
  )[];
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly title: string;
  readonly fields: readonly FieldChange[];
  /** `source id` of what was merged into the row, and of what was withdrawn from it. */
  readonly merged: readonly string[];
  readonly withdrawn: readonly string[];
}

/** One column before and after; null where there was no row, or it is not known any more. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
  /** Somebody else has edited it since, so that `after` is what it is now. */
  readonly edited: boolean;
}

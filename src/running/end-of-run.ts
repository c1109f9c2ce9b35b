/** From how the loop ended to status, exit status and what the user is told. */

import { EXIT, type ExitStatus, Failure, isDiskError } from "../diagnostics/failure.js";
import type { RunStatus } from "../store/model/run-record.js";
import type { Totals } from "../store/model/totals.js";
import type { LoopEnd } from "./import-loop.js";

export interface RunEnd {
  readonly status: RunStatus;
  readonly exitStatus: ExitStatus;
  readonly failure: Failure | null;
  /** Whether what this process did was taken back: an `--atomic` run that did not come to its end. */
  readonly rolledBack: boolean;
}

/** What of a run its end is told with. */
export interface RunState {
  readonly totals: Totals;
  /** Whether the records are local ones, which are new each time they are read. */
  readonly local: boolean;
  /** Whether the work is done on a copy, which is thrown away. */
  readonly dryRun: boolean;
}

function goOn({ local, dryRun }: RunState): string {
  if (dryRun) return "Run the same command again.";
  return local
    ? "Run the same command with --resume to go on."
    : "Run the same command with --resume to go on, or without it to begin again: what has been imported is recognised.";
}

function safe({ totals, dryRun }: RunState): string {
  if (dryRun) return `nothing was changed (--dry-run, ${totals.recordsRead} records tried)`;
  return `${totals.recordsRead} records are done and safe`;
}

/** @param end how the loop ended, or what it threw */
export function endOf(end: LoopEnd | unknown, state: RunState): RunEnd {
  if (isLoopEnd(end)) return endOfLoop(end, state);
  const failure = asFailure(end, state);
  return { status: "failed", exitStatus: failure.exitStatus, failure, rolledBack: false };
}

/**
 * The end of an `--atomic` run that met a reject or an error: its work has been rolled back.
 *
 * @param before records that were committed before this process resumed the run
 */
export function nothingKept(end: RunEnd, before: number, { dryRun }: RunState): RunEnd {
  const { failure, exitStatus } = end;
  const reason = failure?.what ?? "some records were rejected";
  const earlier = before === 0 ? "" : `${before} records are done and safe`;
  const told = new Failure(
    failure?.kind ?? "rejects",
    `nothing ${before === 0 ? "" : "more "}was imported (--atomic): ${reason}`,
    failure?.advice ?? "Mend or remove the rejected records, or run without --atomic.",
    { safe: dryRun ? failure?.safe : earlier, cause: failure?.cause },
  );
  return { status: "failed", exitStatus, failure: told, rolledBack: true };
}

function isLoopEnd(end: unknown): end is LoopEnd {
  return typeof end === "object" && end !== null && "stop" in end && "signal" in end;
}

function endOfLoop({ stop, signal }: LoopEnd, state: RunState): RunEnd {
  if (stop) return endOf(stop, state);
  if (signal) {
    const failure = signalFailure(signal, safe(state), goOn(state));
    const { exitStatus } = failure;
    return { status: "interrupted", exitStatus, failure, rolledBack: false };
  }
  const exitStatus = state.totals.outcomes.rejected > 0 ? EXIT.rejects : EXIT.done;
  return { status: "done", exitStatus, failure: null, rolledBack: false };
}

/** @param reached where the work stands: half a sentence */
export function signalFailure(signal: NodeJS.Signals, reached: string, advice: string): Failure {
  const kind = signal === "SIGHUP" || signal === "SIGINT" ? signal : "SIGTERM";
  return new Failure(kind, `stopped by ${signal}`, advice, { safe: reached });
}

const NO_RIGHT: readonly unknown[] = ["EACCES", "EPERM", "EROFS"];
const NO_PLACE: readonly unknown[] = ["ENOENT", "ENOTDIR", "EEXIST", "EISDIR", "ELOOP", "ESTALE"];

/** What to do about an error of the file system. */
export function diskAdvice(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (NO_RIGHT.includes(code)) return "Give this account the right to write there.";
  return NO_PLACE.includes(code)
    ? "The file or its folder was removed or replaced by something else: put it back, and leave it alone while a run writes there."
    : "Mend the disk or free some space.";
}

/**
 * Turns what went wrong before the first record, where database or disk are at fault, into a failure
 * that says so; any other error is given back as it is.
 *
 * @param safe how things stand: half a sentence
 */
export function asFailureBefore(error: unknown, safe = "nothing was imported"): unknown {
  const told = { safe, cause: error };
  if (isDiskError(error)) {
    return new Failure("disk", error.message, `${diskAdvice(error)} Then run again.`, told);
  }
  const isOfStore = error instanceof Failure && error.safe === null && error.input === null;
  return isOfStore ? new Failure(error.kind, error.what, error.advice, told) : error;
}

/** The input that was changed while the run read it and that has left something behind; null for none. */
export function changedInput({ failure, rolledBack }: RunEnd): string | null {
  return failure?.kind === "changed" && !rolledBack ? failure.input : null;
}

/** Local records are not recognised when they come again. */
const TAKE_BACK =
  "Take this run back with `MARC_import undo CONFIG last`, wait until nobody writes to the file any more, and run again.";

/** What to do about an error in the middle of a run, and how to go on then. */
function onward({ kind, safe: told, advice }: Failure, state: RunState): string {
  if (kind === "changed" && state.local) return TAKE_BACK;
  if (told !== null || advice.includes("--resume")) return advice;
  const first = kind === "locked" ? "Wait until that program has finished." : advice;
  return `${first} ${goOn(state)}`;
}

function asFailure(error: unknown, state: RunState): Failure {
  if (error instanceof Failure) {
    const { kind, message, input } = error;
    const told = { safe: kind === "gone" ? "" : safe(state), input, cause: error };
    return new Failure(kind, message, onward(error, state), told);
  }
  const told = { safe: safe(state), cause: error };
  if (isDiskError(error)) {
    return new Failure("disk", error.message, `${diskAdvice(error)} ${goOn(state)}`, told);
  }
  const what = error instanceof Error ? error.message : String(error);
  return new Failure("internal", `an error of the program: ${what}`, goOn(state), told);
}

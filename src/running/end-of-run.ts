/** From how the loop ended to status, exit status and what the user is told. */

import { EXIT, type ExitStatus, RunFailure } from "../diagnostics/exit-status.js";
import { InputError } from "../input/open.js";
import { StoreError } from "../store/sqlite/file/store-error.js";
import type { RunStatus, Totals } from "../store/sqlite/register/runs.js";
import type { LoopEnd } from "./import-run.js";

export interface RunEnd {
  readonly status: RunStatus;
  readonly exitStatus: ExitStatus;
  readonly failure: RunFailure | null;
  /** Whether what this process did was taken back: an `--atomic` run that did not come to its end. */
  readonly rolledBack: boolean;
}

const SIGNAL_STATUS: Partial<Record<NodeJS.Signals, ExitStatus>> = {
  SIGHUP: EXIT.hangup,
  SIGINT: EXIT.interrupted,
  SIGTERM: EXIT.terminated,
};

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
export function nothingKept(end: RunEnd, before: number): RunEnd {
  const why = end.failure?.message ?? "some records were rejected";
  const reason = why.replace(/; \d+ records are done and safe$/, "");
  const message =
    before === 0
      ? `nothing was imported (--atomic): ${reason}`
      : `nothing more was imported (--atomic): ${reason}; ${before} records are done and safe`;
  const failure = new RunFailure(
    end.exitStatus,
    message,
    end.failure?.advice ?? "Mend or remove the rejected records, or run without --atomic.",
    { cause: end.failure?.cause },
  );
  return { status: "failed", exitStatus: end.exitStatus, failure, rolledBack: true };
}

function isLoopEnd(end: unknown): end is LoopEnd {
  return typeof end === "object" && end !== null && "stop" in end && "signal" in end;
}

function endOfLoop({ stop, signal }: LoopEnd, state: RunState): RunEnd {
  if (stop) {
    const failure = new RunFailure(EXIT.limit, `${stop.message}; ${safe(state)}`, stop.advice);
    return { status: "failed", exitStatus: EXIT.limit, failure, rolledBack: false };
  }
  if (signal) {
    const failure = signalFailure(signal, safe(state), goOn(state));
    const { exitStatus } = failure;
    return { status: "interrupted", exitStatus, failure, rolledBack: false };
  }
  const exitStatus = state.totals.outcomes.rejected > 0 ? EXIT.rejects : EXIT.done;
  return { status: "done", exitStatus, failure: null, rolledBack: false };
}

/** @param reached where the work stands: half a sentence */
export function signalFailure(signal: NodeJS.Signals, reached: string, advice: string): RunFailure {
  const exitStatus = SIGNAL_STATUS[signal] ?? EXIT.terminated;
  return new RunFailure(exitStatus, `stopped by ${signal}; ${reached}`, advice);
}

/** Whether an error comes from the file system: a full disk, a device that fails, a folder gone. */
export function isDiskError(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, syscall } = error as NodeJS.ErrnoException;
  return /^E[A-Z0-9]+$/.test(code ?? "") && typeof syscall === "string";
}

const NO_RIGHT: readonly unknown[] = ["EACCES", "EPERM", "EROFS"];

function diskAdvice(error: unknown): string {
  return NO_RIGHT.includes((error as NodeJS.ErrnoException).code)
    ? "Give this account the right to write there."
    : "Mend the disk or free some space.";
}

/**
 * Turns what went wrong before the first record, where database or disk are at fault, into a failure
 * that says so; any other error is given back as it is.
 */
export function asFailureBefore(error: unknown): unknown {
  if (!(error instanceof StoreError) && !isDiskError(error)) return error;
  const message = `${(error as Error).message}; nothing was imported`;
  if (error instanceof StoreError) {
    return new RunFailure(error.exitStatus, message, error.advice, { cause: error });
  }
  return new RunFailure(EXIT.disk, message, `${diskAdvice(error)} Then run again.`, {
    cause: error,
  });
}

/** The input that was changed while the run read it and that has left something behind; null for none. */
export function changedInput({ failure, rolledBack }: RunEnd): string | null {
  const cause = failure?.cause;
  if (rolledBack || !(cause instanceof InputError)) return null;
  return cause.kind === "changed" ? cause.path : null;
}

/** Local records are not recognised when they come again. */
const TAKE_BACK =
  "Take this run back with `MARC_import undo CONFIG last`, wait until nobody writes to the file any more, and run again.";

/** What to do about an error in the middle of a run, and how to go on then. */
function onward(error: RunFailure | StoreError | InputError, state: RunState): string {
  if (error instanceof RunFailure || error.advice.includes("--resume")) return error.advice;
  const isLocked = error instanceof StoreError && error.kind === "locked";
  const first = isLocked ? "Wait until that program has finished." : error.advice;
  return `${first} ${goOn(state)}`;
}

function asFailure(error: unknown, state: RunState): RunFailure {
  if (error instanceof RunFailure || error instanceof StoreError || error instanceof InputError) {
    const isGone = error instanceof StoreError && error.kind === "gone";
    const message = isGone ? error.message : `${error.message}; ${safe(state)}`;
    const isChanged = error instanceof InputError && error.kind === "changed";
    const advice = isChanged && state.local ? TAKE_BACK : onward(error, state);
    return new RunFailure(error.exitStatus, message, advice, { cause: error });
  }
  if (isDiskError(error)) {
    const message = `${(error as Error).message}; ${safe(state)}`;
    return new RunFailure(EXIT.disk, message, `${diskAdvice(error)} ${goOn(state)}`, {
      cause: error,
    });
  }
  const what = error instanceof Error ? error.message : String(error);
  return new RunFailure(
    EXIT.internal,
    `an error of the program: ${what}; ${safe(state)}`,
    goOn(state),
    {
      cause: error,
    },
  );
}

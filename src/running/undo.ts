/**
 * Taking a run back. An undo is a run itself, with changes of its own, so that it can be undone.
 * All of it is one transaction: whatever stops it, the database is as it was, and the same command
 * begins anew.
 */

import { Failure, isDiskError } from "../diagnostics/failure.js";
import type { RunLog } from "../report/run-log.js";
import { openToLook, openToRead } from "../store/open.js";
import type { Store } from "../store/port.js";
import { diskAdvice } from "./end-of-run.js";
import { findRunToUndo, LAST, otherLaterRuns } from "./find-run.js";
import { openLog } from "./open-log.js";
import { runName } from "./run-name.js";
import { openToWrite, releaseQuietly, takeLease } from "./take-lease.js";
import { type UndoResult, undoText } from "./undo-result.js";
import { AGAIN, Undo, type UndoParts, type UndoRequest } from "./undo-steps.js";

/**
 * Takes a run back, but for the rows that a later run or somebody else has touched since.
 *
 * @throws Failure when it cannot; the database is as it was then
 */
export async function undoRun(asked: UndoRequest): Promise<UndoResult> {
  // `last` is what it was when it was asked for, not what another importer makes of it meanwhile.
  const request = { ...asked, run: await targetOf(asked) };
  const { wait, stopSignal } = request;
  if (request.dryRun) return onCopy(request);
  const store = await openToWrite(request.config, { wait, stopSignal });
  try {
    const name = runName(new Date());
    const lease = await takeLease(store, { run: name, wait, stopSignal });
    try {
      return await underLease(request, store, name);
    } finally {
      releaseQuietly(lease);
    }
  } finally {
    store.close();
  }
}

/** A copy has no other writer, so that the undo itself can be tried on it. */
async function onCopy(request: UndoRequest): Promise<UndoResult> {
  const view = await openToLook(request.config, true);
  try {
    return await underLease(request, view.store, runName(new Date()));
  } finally {
    view.close();
  }
}

/** The name of the run; one that is wrong must not create or migrate a database. */
async function targetOf({ config, run, onTarget }: UndoRequest): Promise<string> {
  const view = await openToRead(config);
  try {
    const { runs } = view.store;
    const target = findRunToUndo(runs, run, config.settings.foreignSource);
    const others = run === LAST ? otherLaterRuns(runs, target) : null;
    if (others !== null) onTarget?.(`${others}; they stay`);
    return target.run;
  } finally {
    view.close();
  }
}

async function underLease(request: UndoRequest, store: Store, name: string): Promise<UndoResult> {
  const { dryRun = false } = request;
  const target = findRunToUndo(store.runs, request.run, request.config.settings.foreignSource);
  const log = logOf(request, name);
  log.add(
    "info",
    `started: ${dryRun ? "dry run of the " : ""}undo of run ${target.run} (${target.command}, ${target.startedAt})`,
    {
      event: "start",
      undoes: target.run,
      ...(dryRun ? { dryRun } : {}),
      database: request.config.database.path,
    },
  );
  const result = await inOneTransaction({ request, store, name, target, log }).catch(
    async (error) => {
      const failure = asFailure(error);
      log.add("error", (failure as Error).message, { event: "failure" });
      await log.close().catch(() => undefined); // The first failure is the one to tell.
      throw failure;
    },
  );
  log.add("total", undoText(result), { event: "end", ...result });
  await log.close().catch((error) => {
    throw new Failure(
      "disk",
      `${undoText(result)}; but the log lacks its last lines: ${(error as Error).message}`,
      `${diskAdvice(error)} The undo itself need not be repeated.`,
      { cause: error },
    );
  });
  return result;
}

function logOf({ config }: UndoRequest, name: string): RunLog {
  try {
    return openLog(config, name);
  } catch (error) {
    throw asFailure(error);
  }
}

async function inOneTransaction(parts: Omit<UndoParts, "plan">): Promise<UndoResult> {
  const { store, target, request } = parts;
  const plan = store.beginUndo(target, request.force);
  try {
    const result = await new Undo({ ...parts, plan }).carryOut();
    plan.settle(true);
    return result;
  } catch (error) {
    throw plan.abandon(error);
  }
}

function asFailure(error: unknown): unknown {
  const ofStore = error instanceof Failure && error.safe === null ? error : null;
  if (!ofStore && !isDiskError(error)) return error;
  const { message } = error as Error;
  return new Failure(ofStore?.kind ?? "disk", message, `Mend what is wrong there. ${AGAIN}`, {
    safe: "nothing was taken back",
    cause: error,
  });
}

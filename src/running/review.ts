/**
 * What a person says of pairs of rows, remembered for good: later imports obey it, and `undo` takes it back as it does
 * any run.
 */

import type { JobConfig } from "../config/job/job-config.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import type { PairDecision } from "../matching/duplicate-query.js";
import type { RowIdentity } from "../store/model/possible-pair.js";
import { noTotals } from "../store/model/totals.js";
import type { Store } from "../store/port.js";
import type { PairView } from "../store/reading-port.js";
import { openLog } from "./open-log.js";
import { isoSeconds, runName } from "./run-name.js";
import { openToWrite, releaseQuietly, takeLease } from "./take-lease.js";

/** One pair, and what is said of it. */
export interface SaidOfPair {
  readonly decision: PairDecision;
  readonly recordId: number;
  readonly otherRecordId: number;
  /** Where it was said: `decisions.txt:3`, `--same 3 4`. */
  readonly at: string;
}

interface ReviewRequest {
  readonly config: JobConfig;
  readonly said: readonly SaidOfPair[];
  /** Seconds to wait for another run. */
  readonly wait: number;
  stopSignal?(): NodeJS.Signals | null;
}

/** A decision with the rows that it is about. */
interface Resolved extends SaidOfPair {
  readonly one: RowIdentity;
  readonly other: RowIdentity;
}

/**
 * Remembers decisions, all of them or none; gives the name of the run that did.
 *
 * @throws Failure (2) that names every row that is not there
 */
export async function rememberDecisions(request: ReviewRequest): Promise<string> {
  const { config, wait } = request;
  const patience = { wait, stopSignal: request.stopSignal };
  const store = await openToWrite(config, patience);
  try {
    const run = runName(new Date());
    const lease = await takeLease(store, { run, ...patience });
    try {
      await remember(request, store, run);
      return run;
    } finally {
      releaseQuietly(lease);
    }
  } finally {
    store.close();
  }
}

async function remember({ config, said }: ReviewRequest, store: Store, run: string): Promise<void> {
  const started = Date.now();
  const resolved = resolveAll(store.pairs, said);
  const at = isoSeconds(new Date());
  const { foreignSource } = config.settings;
  const log = openLog(config, run);
  const entered = { run, command: "review" as const, config: config.path, foreignSource };
  const writer = store.startRun({ ...entered, rulesDigest: "", startedAt: at }, [], []);
  store.transaction((books) => {
    for (const { decision, one, other } of resolved) {
      writer.pairs.decide(one, other, { decision, at });
    }
    const seconds = (Date.now() - started) / 1000;
    books.writeTotals(writer.runId, noTotals(), seconds);
    const finishedAt = isoSeconds(new Date());
    books.finish(writer.runId, { status: "done", exitStatus: EXIT.done, finishedAt, seconds });
  });
  for (const { decision, one, other } of resolved) {
    const { recordId } = one;
    const text = `said to be ${decision}: ${nameOf(one)} and ${nameOf(other)}`;
    log.add("info", text, { event: "decision", decision, recordId, other: other.recordId });
  }
  await log.close();
}

function resolveAll(pairs: PairView, said: readonly SaidOfPair[]): Resolved[] {
  const problems: string[] = [];
  const resolved = said.flatMap((one): Resolved[] => {
    const { recordId, otherRecordId, at } = one;
    const [first, second] = [pairs.identity(recordId), pairs.identity(otherRecordId)];
    if (recordId === otherRecordId) problems.push(`${at}: a row is no pair with itself`);
    if (first === null) problems.push(`${at}: there is no record_id ${recordId}`);
    if (second === null) problems.push(`${at}: there is no record_id ${otherRecordId}`);
    return first === null || second === null ? [] : [{ ...one, one: first, other: second }];
  });
  if (problems.length === 0) return resolved;
  throw new Failure(
    "usage",
    `nothing was decided: ${problems.slice(0, MOST_NAMED).join("; ")}`,
    "`MARC_import review CONFIG` lists the pairs with their record_ids.",
  );
}

/** Problems that one message names. */
const MOST_NAMED = 10;

/** `record_id=12 SCP ocm12`. */
function nameOf({ recordId, foreignSource, foreignId }: RowIdentity): string {
  return printable(`record_id=${recordId} ${foreignSource} ${foreignId}`.trim());
}

/**
 * One night of one repository: what is to be asked for is settled, fetched whole, and only then imported as
 * one run. The position moves in the transaction in which that run is entered as done.
 */

import { Failure, isDiskError } from "../diagnostics/failure.js";
import { fetchedSpool } from "./fetch-night.js";
import type { HarvestFigures } from "./harvest-notes.js";
import { importSpool } from "./import-spool.js";
import { readKnown } from "./known-harvests.js";
import { type HarvestRequest, Night, SAFE_FETCHED } from "./night.js";
import type { RunResult } from "./run-import.js";
import { lockSpool } from "./spool-lock.js";

export interface HarvestResult {
  readonly repository: string;
  /** Null where it did not come to an import. */
  readonly run: RunResult | null;
  readonly failure: Failure | null;
  readonly figures: HarvestFigures;
}

/**
 * Harvests one repository.
 *
 * @returns also where it failed: the failure says what is safe
 * @throws what is no Failure
 */
export async function harvestRepository(request: HarvestRequest): Promise<HarvestResult> {
  const night = new Night(request);
  const result = (run: RunResult | null, failure: Failure | null): HarvestResult => {
    return { repository: request.repository.name, run, failure, figures: night.notes.figures };
  };
  try {
    const run = await alone(night);
    return result(run, run?.failure ?? null);
  } catch (error) {
    const failure = isDiskError(error) ? diskFailure(error) : error;
    if (!(failure instanceof Failure)) throw error;
    await logFailure(night, failure);
    return result(null, failure);
  }
}

function diskFailure(error: Error): Failure {
  return new Failure(
    "disk",
    `the pages cannot be kept: ${error.message}`,
    "Mend the disk or free some space, then run the same command again: it goes on.",
    { safe: SAFE_FETCHED, cause: error },
  );
}

async function logFailure(night: Night, { message, advice }: Failure): Promise<void> {
  try {
    night.openLog();
    night.say(`${message}. ${advice}`, "error", { event: "failure" });
    await night.closeLog();
  } catch {
    // What kept the harvest from its end is the thing to tell.
  }
}

/** No other process harvests the repository meanwhile. */
async function alone(night: Night): Promise<RunResult | null> {
  night.openLog();
  try {
    const unlock = await lockSpool(night.folder, night.options.run.wait);
    try {
      return await fetchAndImport(night);
    } finally {
      unlock();
    }
  } finally {
    await night.closeLog();
  }
}

async function fetchAndImport(night: Night): Promise<RunResult | null> {
  const known = await readKnown(night);
  const spool = await fetchedSpool(night, known);
  if (spool === null) return null;
  try {
    return night.options.fetchOnly ? null : await importSpool(spool, known, night);
  } finally {
    spool.close();
  }
}

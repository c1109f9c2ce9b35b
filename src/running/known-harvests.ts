/** What the database knows of a repository before a night. */

import { existsSync } from "node:fs";
import { basename } from "node:path";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { Failure } from "../diagnostics/failure.js";
import { spoolsIn } from "../harvest/spool.js";
import type { HarvestPosition } from "../store/model/harvest.js";
import { openToRead } from "../store/open.js";
import type { ReadingView } from "../store/port.js";
import type { RunRegister } from "../store/reading-port.js";
import type { Night } from "./night.js";

/** Records that were rejected before and are asked for again in one night. */
const MOST_RETRIES = 100;

/** The run that was made of a spool. */
export interface KnownRun {
  readonly isDone: boolean;
  readonly rulesDigest: string;
  /** Of its checkpoint, null without one. */
  readonly fullLoad: boolean | null;
}

export interface Known {
  readonly positions: readonly HarvestPosition[];
  /** Identifiers that are to be asked for again. */
  readonly retries: readonly string[];
  /** The runs that were made of spools, by the names of both. */
  readonly runs: ReadonlyMap<string, KnownRun>;
}

export async function readKnown({ repository, folder }: Night): Promise<Known> {
  const { name, database } = repository;
  const view = existsSync(database.path) ? await viewOf(repository) : null;
  if (view === null) return { positions: [], retries: [], runs: new Map() };
  try {
    const { harvests, runs } = view.store;
    return {
      positions: harvests.positions(name),
      retries: harvests.retries(name, MOST_RETRIES),
      runs: new Map(spoolsIn(folder).flatMap((spool) => runOf(runs, basename(spool)))),
    };
  } finally {
    view.close();
  }
}

/** Null for a file that is empty still, as an import leaves it that was killed while it made the database. */
async function viewOf(repository: RepositoryConfig): Promise<ReadingView | null> {
  try {
    return await openToRead(repository);
  } catch (error) {
    if (error instanceof Failure && error.kind === "unwritten") return null;
    throw error;
  }
}

function runOf(runs: RunRegister, name: string): [string, KnownRun][] {
  const run = runs.find(name);
  if (run === null) return [];
  const { status, rulesDigest, runId } = run;
  const fullLoad = runs.readCheckpoint(runId)?.fullLoad ?? null;
  return [[name, { isDone: status === "done", rulesDigest, fullLoad }]];
}

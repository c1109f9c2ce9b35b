/** Opening the store of a configuration: the one place where an engine is chosen. */

import type { JobConfig } from "../config/job/job-config.js";
import type { LeaseHolder, LookupView, ReadingView, Store, TrialCopy } from "./port.js";
import * as beside from "./sqlite/file/holder-beside.js";
import * as views from "./sqlite/file/reading-view.js";
import { SqliteStore } from "./sqlite/file/store.js";
import * as copies from "./sqlite/file/trial-copy.js";

/**
 * Opens the configuration's database to write, creating it or bringing it up to date.
 *
 * @throws Failure when it is not usable; nothing was changed then
 */
export function openStore(config: JobConfig): Store {
  return SqliteStore.open(config);
}

/**
 * Opens a copy to try an import on: nobody else's lease counts there.
 *
 * @throws Failure when it is not usable
 */
export function openTrial(config: JobConfig, path: string): Store {
  return SqliteStore.open(config, { path, trial: true });
}

/** As `openTrial` needs it: a copy, which goes with the process if nobody removes it before. */
export const trialCopy: (path: string) => Promise<TrialCopy> = copies.trialCopy;

/** The database as it stands, to be read; it must be there. */
export const openToRead: (config: JobConfig) => Promise<ReadingView> = views.openToRead;

/**
 * The database, brought up to date, to look at what an import would do to it.
 *
 * `trial` says whether the look will try changes, so that it must be a copy.
 */
export const openToLook: (config: JobConfig, trial: boolean) => Promise<ReadingView> =
  views.openToLook;

/** The database as it stands, to ask for rows by their numbers, and some columns of each; it must be there. */
export const openLookup: (config: JobConfig, columns: readonly string[]) => Promise<LookupView> =
  views.openLookup;

/** Who is at work on a database, asked without opening it to write; null for nobody. */
export const holderBeside: (path: string) => LeaseHolder | null = beside.holderBeside;

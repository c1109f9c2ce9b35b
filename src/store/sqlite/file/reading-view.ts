/** The database as a look at it needs it, and nothing left beside it. */

import { existsSync, statSync } from "node:fs";
import { dirname } from "node:path";
import type { JobConfig } from "../../../config/job/job-config.js";
import { Failure } from "../../../diagnostics/failure.js";
import type { LookupView, ReadingView } from "../../port.js";
import { SqliteRowLookup } from "../keys/row-lookup.js";
import { Columns } from "../rows/columns.js";
import { readingLeavesFiles, takeFilesAway } from "./files-beside.js";
import { RUN_FIRST } from "./open-database.js";
import { hasThisSchema } from "./schema.js";
import { SqliteStore } from "./store.js";
import { asStoreFailure, storeFailure } from "./store-failure.js";
import { trialCopy } from "./trial-copy.js";

/**
 * Bytes up to which a database is copied to be looked at. Even a connection that only reads may leave
 * files beside a database, which another account can then not write; only for a very large one the
 * copy costs more than that.
 */
const MOST_COPIED = 1024 ** 3;

/** A view that still knows its engine. */
export interface SqliteView extends ReadingView {
  readonly store: SqliteStore;
}

/**
 * Opens the database to read what is there. An account that may read the file, but nothing more, reads
 * a copy where SQLite would want to write beside it.
 *
 * @throws Failure when the database is not usable, or not there
 */
export async function openToRead(config: JobConfig): Promise<SqliteView> {
  const { path } = config.database;
  if (!readingLeavesFiles(path)) {
    try {
      return asItStands(config);
    } catch (error) {
      const wantsToWrite = error instanceof Failure && /read-only|cannot-open/.test(error.kind);
      if (!wantsToWrite || !existsSync(path)) throw error;
    }
  }
  return onCopy(config, (copy) => {
    // What an importer that died has left half done is taken back on the copy.
    takeFilesAway(copy);
    return SqliteStore.open(config, { path: copy, readOnly: true });
  });
}

/**
 * Opens the database to try on it what an import would do, without a database an empty one: brought up
 * to date. Match keys that are missing are made, on a copy.
 *
 * @param trial whether the look will try changes, so that it must be a copy
 * @throws Failure when the database is not usable
 */
export async function openToLook(config: JobConfig, trial: boolean): Promise<SqliteView> {
  if (!trial && sizeOf(config.database.path) > MOST_COPIED) {
    const view = await openToRead(config);
    if (view.folder === null && isUpToDate(view.store, config)) return view;
    view.close();
  }
  return onCopy(config, (path) => {
    const store = SqliteStore.open(config, { path, trial: true });
    try {
      store.prepareKeys();
      return store;
    } catch (error) {
      store.close();
      throw error;
    }
  });
}

/**
 * Opens the database to ask for rows by their numbers.
 *
 * @param columns the names of the fields that are read of a row that was found
 * @throws Failure when the database is not usable, not there, or no import has been made yet
 */
export async function openLookup(
  config: JobConfig,
  columns: readonly string[],
): Promise<LookupView> {
  const view = await openToRead(config);
  const { store, folder } = view;
  const { path } = config.database;
  try {
    const { db, runs } = store;
    const sources = new Set(runs.list().map(({ foreignSource }) => foreignSource));
    if (sources.size === 0) {
      throw storeFailure("cannot-open", `${path}: no import has been made into it`, RUN_FIRST);
    }
    const lookup = new SqliteRowLookup({ db, path, fields: config.fields, columns });
    return { lookup, isCopy: folder !== null, sources, close: () => view.close() };
  } catch (error) {
    view.close();
    throw error;
  }
}

function asItStands(config: JobConfig): SqliteView {
  const store = SqliteStore.open(config, { readOnly: true });
  return { store, folder: null, close: () => store.close() };
}

async function onCopy(
  { database }: JobConfig,
  open: (path: string) => SqliteStore,
): Promise<SqliteView> {
  const copy = await trialCopy(database.path);
  try {
    const store = open(copy.path);
    const close = () => {
      store.close();
      copy.remove();
    };
    return { store, folder: dirname(copy.path), close };
  } catch (error) {
    copy.remove();
    throw asStoreFailure(error, database.path);
  }
}

/** Whether every table, column and match key that the configuration asks for is there already. */
function isUpToDate({ db, keys }: SqliteStore, config: JobConfig): boolean {
  if (!hasThisSchema(db) || keys.areMissing) return false;
  const columns = Columns.namesIn(db);
  const kept = db.prepare("SELECT match_method FROM keyed_methods").pluck().all();
  const edited = db.prepare("SELECT 1 FROM edited_records LIMIT 1").get();
  return (
    config.fields.every(({ name }) => columns.includes(name)) &&
    [...config.matchMethods, ...config.database.keepKeys].every(
      (method) => method === "NONE" || kept.includes(method),
    ) &&
    edited === undefined
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

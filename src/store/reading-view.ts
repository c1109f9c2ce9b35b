/** The database as a look at it needs it: brought up to date, and nothing beside it touched. */

import { statSync } from "node:fs";
import { dirname } from "node:path";
import type { ImportConfig } from "../config/import-config.js";
import { Columns } from "./columns.js";
import { Store } from "./store.js";
import { trialCopy } from "./trial-copy.js";

/**
 * Bytes up to which a database is copied to be looked at. Even a connection that only reads may leave
 * files beside a database, which another account can then not write; only for a very large one the
 * copy costs more than that.
 */
const MOST_COPIED = 1024 ** 3;

export interface ReadingView {
  readonly store: Store;
  /** The folder of the copy, null where the database itself is read. */
  readonly folder: string | null;
  close(): void;
}

/**
 * Opens the database to look at it, without a database an empty one. Match keys that are missing are
 * made, on a copy.
 *
 * @param trial whether the look will try changes, so that it must be a copy
 * @throws StoreError when the database is not usable
 */
export async function openToLook(config: ImportConfig, trial: boolean): Promise<ReadingView> {
  if (!trial && sizeOf(config.database.path) > MOST_COPIED) {
    const store = Store.open(config, { readOnly: true });
    if (isUpToDate(store, config)) return { store, folder: null, close: () => store.close() };
    store.close();
  }
  const copy = await trialCopy(config.database.path);
  try {
    const store = Store.open(config, { path: copy.path, trial: true });
    const close = () => {
      store.close();
      copy.remove();
    };
    try {
      store.prepareKeys();
      return { store, folder: dirname(copy.path), close };
    } catch (error) {
      store.close();
      throw error;
    }
  } catch (error) {
    copy.remove();
    throw error;
  }
}

/** Whether every column and match key that the configuration asks for is there already. */
function isUpToDate({ db }: Store, config: ImportConfig): boolean {
  const columns = Columns.namesIn(db);
  const kept = db.prepare("SELECT match_method FROM keyed_methods").pluck().all();
  const edited = db.prepare("SELECT 1 FROM edited_records LIMIT 1").get();
  return (
    config.fields.every(({ name }) => columns.includes(name)) &&
    config.matchMethods.every((method) => method === "NONE" || kept.includes(method)) &&
    edited === undefined
  );
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

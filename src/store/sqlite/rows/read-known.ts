/** Reading which records need no look if they come again. */

import type { Database } from "better-sqlite3";
import { KnownRecords } from "../../model/known-records.js";

/** The records that rows were last made from, and those last merged into rows if asked for. */
export function readKnown(db: Database, { withMerged }: { withMerged: boolean }): KnownRecords {
  const known = KnownRecords.withRoomFor(
    db
      .prepare<[], number>(
        "SELECT (SELECT count(*) FROM record_state) + (SELECT count(*) FROM merged_sources)",
      )
      .pluck()
      .get() ?? 0,
  );
  const addAll = (table: string, isMerged: boolean) => {
    const rows = db.prepare<[], [number, number]>(
      `SELECT input_digest, record_id FROM ${table} WHERE input_digest IS NOT NULL`,
    );
    for (const [digest, recordId] of rows.raw().iterate()) {
      known.add(digest, { recordId, isMerged });
    }
  };
  addAll("record_state", false);
  if (withMerged) addAll("merged_sources", true);
  return known;
}

/** Reading which records need no look if they come again. */

import type { Database } from "better-sqlite3";
import { KnownRecords, type KnownSource, LAST_RECORD_ID } from "../../model/known-records.js";

type Add = Parameters<KnownSource["read"]>[0];

/** The records that rows were last made from, and those last merged into rows if asked for. */
export function knownRecords(db: Database, { withMerged }: { withMerged: boolean }): KnownRecords {
  const count = db
    .prepare<[], number>(
      "SELECT (SELECT count(*) FROM record_state) + (SELECT count(*) FROM merged_sources)",
    )
    .pluck()
    .get();
  return KnownRecords.of({
    count: count ?? 0,
    read: (add) => {
      addAll(db, add, { table: "record_state", isMerged: false });
      if (withMerged) addAll(db, add, { table: "merged_sources", isMerged: true });
    },
  });
}

/** Rows that are handed over at once: by the row they would take three times as long. */
const PAGE_ROWS = 4096;

interface KnownTable {
  readonly table: "record_state" | "merged_sources";
  readonly isMerged: boolean;
}

function addAll(db: Database, add: Add, { table, isMerged }: KnownTable): void {
  const bound = db
    .prepare<[number], number>(
      `SELECT record_id FROM ${table} WHERE record_id > ? ORDER BY record_id LIMIT 1 OFFSET ${PAGE_ROWS - 1}`,
    )
    .pluck();
  const page = db
    .prepare<[number, number], [string, string]>(
      `SELECT json_group_array(input_digest), json_group_array(record_id) FROM ${table}
       WHERE record_id > ? AND record_id <= ? AND typeof(input_digest) = 'integer'`,
    )
    .raw();
  let last = 0;
  while (last < LAST_RECORD_ID) {
    const end = bound.get(last) ?? LAST_RECORD_ID;
    const [digests, recordIds] = (page.get(last, end) ?? ["[]", "[]"]).map(numbers);
    digests.forEach((digest, at) => {
      add(digest, { recordId: recordIds[at], isMerged });
    });
    last = end;
  }
}

function numbers(json: string): number[] {
  return JSON.parse(json);
}

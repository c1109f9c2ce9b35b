/** What numbers rows may have. Other programs may number rows from where they like. */

import type { Database } from "better-sqlite3";
import { storeFailure } from "../file/store-failure.js";

/** Whole numbers are exact up to 2^53 here; this leaves room for rows to come. */
const LAST = 9e15;

/**
 * Numbers of 64 bits would be taken for one another.
 *
 * @throws Failure if a row has a number that is too large, or the next one would get one
 */
export function refuseLargeNumbers(db: Database, path: string): void {
  const numbers = db.prepare<[], [number | null, number | null]>(`SELECT
    max(coalesce((SELECT max(record_id) FROM record_info), 0),
      coalesce((SELECT max(seq) FROM sqlite_sequence WHERE name = 'record_info'), 0)),
    (SELECT min(record_id) FROM record_info)`);
  const [last, first] = numbers.raw().get() ?? [];
  if ((last ?? 0) <= LAST && (first ?? 0) >= -LAST) return;
  throw storeFailure(
    "cannot-open",
    `${path}: record_info has, or had, a record_id beyond ${LAST}, the largest that can be told from its neighbours`,
    "Give such rows smaller numbers, and set seq in sqlite_sequence to the largest that is left.",
  );
}

/**
 * `keep_changes`: what runs changed is forgotten after so many days, and with it the kept records that an undo would
 * bring back; the register of runs stays.
 */

import type { Database } from "better-sqlite3";

/** Changes deleted in one transaction, so that no other writer waits long. */
const PAGE = 20_000;

/**
 * Forgets the changes of runs that ended before a time, not those of one that is still under way. The
 * runs are marked first, so that none can be undone by half whenever this is stopped; the next call
 * goes on.
 *
 * @param endedBefore UTC, ISO 8601
 * @returns how many changes were forgotten
 */
export function pruneChanges(db: Database, endedBefore: string): number {
  db.prepare(
    `UPDATE runs SET pruned_changes =
       (SELECT max(change_number) FROM changes c WHERE c.run_id = runs.run_id)
     WHERE status <> 'running' AND coalesce(finished_at, started_at) < ?
       AND EXISTS (SELECT 1 FROM changes c WHERE c.run_id = runs.run_id)`,
  ).run(endedBefore);
  const marked = db
    .prepare<[], number>(
      `SELECT run_id FROM runs WHERE pruned_changes IS NOT NULL
       AND EXISTS (SELECT 1 FROM changes c WHERE c.run_id = runs.run_id)`,
    )
    .pluck();
  const page = `SELECT change_number FROM changes WHERE run_id = :run ORDER BY change_number LIMIT ${PAGE}`;
  const forget = db.prepare(
    `DELETE FROM kept_records WHERE record_id IN
       (SELECT record_id FROM changes WHERE run_id = :run AND change_number IN (${page}))
     AND (run_id < (SELECT max(later.run_id) FROM kept_records later
         WHERE later.record_id = kept_records.record_id AND later.run_id <= :run)
       OR run_id <= :run
         AND NOT EXISTS (SELECT 1 FROM record_info r WHERE r.record_id = kept_records.record_id))`,
  );
  const remove = db.prepare(
    `DELETE FROM changes WHERE run_id = :run AND change_number IN
       (${page})`,
  );
  let pruned = 0;
  for (const run of marked.all()) {
    for (let gone = 1; gone > 0; pruned += gone) {
      forget.run({ run });
      gone = remove.run({ run }).changes;
    }
  }
  return pruned;
}

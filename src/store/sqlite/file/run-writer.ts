/** What writes the rows of one run, put together from the rooms of the engine. */

import type { JobConfig } from "../../../config/job/job-config.js";
import { RowPlanner } from "../../model/row-planner.js";
import type { RunWriter } from "../../run-port.js";
import { ChangeWriter } from "../history/changes.js";
import { RowRestorer } from "../history/row-restorer.js";
import { RunRows } from "../history/run-rows.js";
import type { DuplicatePairs } from "../register/duplicate-pairs.js";
import { ImportWriter } from "../rows/import-writer.js";
import { KeptRecords } from "../rows/kept-records.js";
import { RowWriter } from "../rows/row-writer.js";
import type { WriterParts } from "../rows/writer-parts.js";
import { SqliteSideRows } from "../side/side-rows.js";
import type { Transactions } from "./transactions.js";

/** What writes the rows of one run, with the rooms of the engine open. */
export interface SqliteRun extends RunWriter {
  readonly records: RowWriter;
  readonly side: SqliteSideRows;
}

interface RunWriterParts {
  readonly config: JobConfig;
  readonly parts: WriterParts;
  readonly transactions: Transactions;
  readonly pairs: DuplicatePairs;
}

/**
 * Opens what writes the rows of a run that has been entered.
 *
 * @param managed by the configuration's fields whether the run writes them
 */
export function openRunWriter(
  { config, parts, transactions, pairs }: RunWriterParts,
  runId: number,
  managed: readonly boolean[],
): SqliteRun {
  const { db, rows, keys, merged, columns } = parts;
  const changes = ChangeWriter.open(db, runId);
  transactions.writeLate(changes);
  const records = new RowWriter(parts, changes, transactions);
  rows.beginRun(managed);
  keys.beginRun();
  pairs.refresh();
  const planner = new RowPlanner(config, columns, managed);
  return {
    runId,
    merged,
    records,
    imports: new ImportWriter(parts, records, planner, {
      runId,
      kept: KeptRecords.open(db, runId, config.database.keepRecords),
      isAnySaid: () => pairs.isAnySaid(),
    }),
    side: new SqliteSideRows({
      store: parts,
      transactions,
      writer: records,
      foreignSource: config.settings.foreignSource,
    }),
    restorer: new RowRestorer(parts, records),
    pairs: {
      note: (recordId, possible) => pairs.note(runId, recordId, possible),
      decide: (one, other, said) => pairs.decide(runId, one, other, said),
      forgetSettled: () => pairs.forgetSettled(runId),
    },
    touched: new RunRows(db, runId, "touched"),
    held: new RunRows(db, runId, "held"),
  };
}

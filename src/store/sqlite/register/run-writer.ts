/** What one run writes with. */

import type { RowRestorer } from "../history/row-restorer.js";
import type { RunRows } from "../history/run-rows.js";
import type { ImportWriter } from "../rows/import-writer.js";
import type { MergedSources } from "../rows/merged-sources.js";
import type { RecordWriter } from "../rows/record-writer.js";

/** The writers of a run, and the rows that it must remember to its end. */
export interface RunWriter {
  readonly runId: number;
  readonly merged: MergedSources;
  readonly records: RecordWriter;
  readonly imports: ImportWriter;
  readonly restorer: RowRestorer;
  /** Rows that the run created, refreshed or found unchanged. */
  readonly touched: RunRows;
  /** Rows whose record the input held, whatever became of it. */
  readonly held: RunRows;
}

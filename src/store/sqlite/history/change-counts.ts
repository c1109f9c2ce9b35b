/** How many rows there were before a run, by what it has changed so far. */

import type { Database } from "better-sqlite3";
import type { RowCounts } from "../../reading-port.js";
import type { Runs } from "../register/runs.js";
import type { MergedSources } from "../rows/merged-sources.js";
import type { Rows } from "../rows/rows.js";
import { countChanges } from "./changes.js";

interface Counted {
  readonly db: Database;
  readonly runs: Runs;
  readonly rows: Rows;
  readonly merged: MergedSources;
}

export class ChangeCounts implements RowCounts {
  /** @param writeAll has changes written that are not yet */
  constructor(
    private readonly parts: Counted,
    private readonly writeAll: () => void,
  ) {}

  deletedBy(runId: number): number {
    this.writeAll();
    const { db } = this.parts;
    return countChanges(db, runId, "deleted");
  }

  rowsBefore(runId: number, foreignSource: string): number {
    this.writeAll();
    const { db, runs, rows } = this.parts;
    const created = countChanges(db, runId, "created");
    const deleted = countChanges(db, runId, "deleted", foreignSource);
    const doubtful = runs.createdBeforeLimit(runId, foreignSource);
    return Math.max(0, rows.countOfSource(foreignSource) - created + deleted - doubtful);
  }

  mergedBefore(runId: number, foreignSource: string): number {
    this.writeAll();
    const { db } = this.parts;
    const merged = countChanges(db, runId, "merged");
    const withdrawn = countChanges(db, runId, "withdrawn");
    const now = this.parts.merged.countOfSource(foreignSource);
    return Math.max(0, now - merged + withdrawn);
  }
}

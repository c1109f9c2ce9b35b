/** What the report page is made from: a run that has just ended, or one of the register. */

import type { RunStatistics } from "../../store/model/run-statistics.js";
import type { RunSummary } from "../summary.js";

export interface RunReport {
  readonly summary: Omit<RunSummary, "status" | "exitStatus" | "failure">;
  /** As the register has it, or `killed`. */
  readonly status: string;
  readonly exitStatus: number | null;
  /** One clause on the exit status, "" if there is none. */
  readonly meaning: string;
  /** Why the run did not reach its end, null if it did or if that is no longer known. */
  readonly failure: { readonly message: string; readonly advice: string } | null;
  /** `import` or `undo`. */
  readonly command: string;
  readonly foreignSource: string;
  /** UTC, ISO 8601. */
  readonly startedAt: string;
  /** The run that this one took back, null for an import. */
  readonly undoes: string | null;
  /** The run that took this one back, null if its work stands. */
  readonly undoneBy: string | null;
  /** null for a run that kept none. */
  readonly statistics: RunStatistics | null;
}

/** Where the statistics of runs are kept. */

import type { Database } from "better-sqlite3";
import {
  type ContentCounts,
  noContent,
  noExamples,
  type RunExamples,
  type RunStatistics,
} from "../../model/run-statistics.js";

/** The table of statistics: the counts, which grow with every batch, apart from the examples. */
export class RunStatisticsTable {
  constructor(private readonly db: Database) {}

  /** @returns null for a run that kept none, such as an undo */
  read(runId: number): RunStatistics | null {
    const rows = this.db
      .prepare("SELECT part, content FROM run_statistics WHERE run_id = ?")
      .all(runId) as { part: string; content: string }[];
    const part = (name: string) => rows.find((row) => row.part === name)?.content ?? "{}";
    if (rows.length === 0) return null;
    return {
      counts: { ...noContent(), ...(JSON.parse(part("counts")) as Partial<ContentCounts>) },
      examples: { ...noExamples(), ...(JSON.parse(part("examples")) as Partial<RunExamples>) },
    };
  }

  /** Call inside the batch's transaction. */
  saveCounts(runId: number, counts: ContentCounts): void {
    this.save(runId, "counts", counts);
  }

  /** Call inside the batch's transaction. */
  saveExamples(runId: number, examples: RunExamples): void {
    this.save(runId, "examples", examples);
  }

  private save(runId: number, part: string, content: unknown): void {
    this.db
      .prepare(
        "INSERT INTO run_statistics VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content",
      )
      .run(runId, part, JSON.stringify(content));
  }
}

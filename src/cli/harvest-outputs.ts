/** What a harvest writes when it is over: `--summary` and `--report`. */

import { rmSync } from "node:fs";
import { extname } from "node:path";
import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import { EXIT } from "../diagnostics/failure.js";
import { fileName } from "../harvest/spool.js";
import { summaryObject } from "../report/summary.js";
import { reportOf } from "../running/gather-report.js";
import type { HarvestResult } from "../running/harvest-night.js";
import { filesInUse, outputPath, writeOutput } from "./output-file.js";

interface OutputFlags {
  readonly summary?: string;
  readonly report?: string;
}

interface OutputParts {
  readonly config: HarvestConfig;
  readonly repositories: readonly RepositoryConfig[];
  readonly cwd: string;
}

export class HarvestOutputs {
  private readonly summary: string | null;
  /** By the name of the repository. */
  private readonly reports = new Map<string, string>();

  /**
   * Looks at where they will be written, and takes away what an earlier harvest has written there.
   *
   * @throws Failure (2) where one cannot be written
   */
  constructor(
    { summary, report }: OutputFlags,
    private readonly parts: OutputParts,
  ) {
    const { config, repositories, cwd } = parts;
    const kept = filesInUse(config);
    const place = (file: string): string => {
      const path = outputPath(file, cwd, kept);
      kept.push(path);
      return path;
    };
    this.summary = summary === undefined ? null : place(summary);
    for (const { name } of repositories) {
      if (report === undefined) break;
      const file = repositories.length === 1 ? report : withName(report, name);
      this.reports.set(name, place(file));
    }
    for (const path of [this.summary ?? [], ...this.reports.values()].flat()) {
      rmSync(path, { force: true });
    }
  }

  /** Writes the page of a repository, if it came to a run. */
  async writeReport({ repository, run }: HarvestResult): Promise<void> {
    const path = this.reports.get(repository);
    const config = this.parts.repositories.find(({ name }) => name === repository);
    if (path === undefined || run === null || config === undefined) return;
    const { reportPage } = await import("../report/html/page.js");
    writeOutput(path, reportPage(reportOf(run, config)));
  }

  writeSummary(results: readonly HarvestResult[], status: number): void {
    if (this.summary === null) return;
    const text = JSON.stringify(harvestSummary(results, status), null, 2);
    writeOutput(this.summary, `${text}\n`);
  }
}

/** `report-CaltechETD.html`. */
function withName(file: string, name: string): string {
  const ending = extname(file);
  return `${file.slice(0, file.length - ending.length)}-${fileName(name)}${ending}`;
}

/** The content of `--summary`. */
function harvestSummary(results: readonly HarvestResult[], status: number): object {
  return {
    schema_version: 1,
    status:
      status === EXIT.done || status === EXIT.rejects
        ? "done"
        : status > 128
          ? "interrupted"
          : "failed",
    exit_status: status,
    repositories: results.map(({ repository, run, failure, figures }) => ({
      ...(run === null
        ? {
            status: failure === null ? "done" : "failed",
            exit_status: failure?.exitStatus ?? 0,
            failure: failure?.message ?? null,
          }
        : summaryObject(run.summary)),
      harvest: {
        repository,
        base_url: figures.baseUrl,
        metadata_prefix: figures.metadataPrefix,
        mode: figures.mode,
        deleted_record: figures.deletedRecord,
        granularity: figures.granularity,
        lists: figures.lists.map(({ responseDate, listSize, ...list }) => ({
          ...list,
          response_date: responseDate,
          list_size: listSize,
        })),
        splits: figures.splits,
        requests: figures.requests,
        retries: figures.retries,
        waited_seconds: figures.waitedSeconds,
        bytes: figures.bytes,
        position_before: figures.positionBefore,
        position_after: figures.positionAfter,
        retried_records: figures.retriedRecords,
      },
    })),
  };
}

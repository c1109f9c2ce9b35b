/** What a run writes beside the database where it is asked to: `--summary` and `--report`. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { summaryObject } from "../report/summary.js";
import { type EndedRun, reportOf } from "../running/gather-report.js";
import type { Console } from "./console.js";
import { reportFailure } from "./failures.js";
import { outputPath, writeOutput } from "./output-file.js";

export interface OutputFlags {
  readonly summary?: string;
  readonly report?: string;
}

/** Absolute paths of what is to be written after the run, null for what is not. */
interface Outputs {
  readonly summary: string | null;
  readonly report: string | null;
}

/** @param kept files that must not be written over */
export function outputPaths(
  { summary: summaryFile, report }: OutputFlags,
  { cwd }: Console,
  kept: readonly string[],
): Outputs {
  const summary = summaryFile === undefined ? null : outputPath(summaryFile, cwd, kept);
  const besides = summary === null ? kept : [...kept, summary];
  return { summary, report: report === undefined ? null : outputPath(report, cwd, besides) };
}

/** @throws Failure for the last of them that cannot be written; one before it is told here */
export async function writeOutputs(
  { summary, report }: Outputs,
  result: EndedRun,
  { config, to }: { readonly config: MarcConfig; readonly to: Console },
): Promise<void> {
  const failures: unknown[] = [];
  const write = (path: string, text: string) => {
    try {
      writeOutput(path, text);
    } catch (error) {
      failures.push(error);
    }
  };
  if (summary !== null) {
    write(summary, `${JSON.stringify(summaryObject(result.summary), null, 2)}\n`);
  }
  if (report !== null) {
    const { reportPage } = await import("../report/html/page.js");
    write(report, reportPage(reportOf(result, config)));
  }
  const last = failures.pop();
  for (const failure of failures) reportFailure(failure, to);
  if (last !== undefined) throw last;
}

/** `MARC_import report CONFIG RUN [--html FILE]`. */

import type { JobConfig } from "../config/job/job-config.js";
import { EXIT } from "../diagnostics/failure.js";
import { reportPage } from "../report/html/page.js";
import { findRun, LAST, otherLaterRuns } from "../running/find-run.js";
import { storedReport } from "../running/gather-report.js";
import { openToRead } from "../store/open.js";
import type { Console } from "./console.js";
import { filesInUse, outputPath, writeOutput } from "./output-file.js";

export interface ReportFlags {
  readonly html?: string;
}

/**
 * Writes the page of a run of the register to a file, or prints it.
 *
 * @param run its name, or `last`; undefined is refused with the names that there are
 * @throws Failure (2) if there is no such run, or the file cannot be written
 */
export async function writeReport(
  config: JobConfig,
  run: string | undefined,
  flags: ReportFlags,
  to: Console,
): Promise<number> {
  const view = await openToRead(config);
  const { store } = view;
  try {
    const page = reportPage(storedReport(store, config, run));
    if (run === LAST) {
      const { foreignSource } = config.settings;
      const others = otherLaterRuns(store.runs, findRun(store.runs, run, foreignSource));
      // Standard output may be the page.
      if (others !== null) to.error(others);
    }
    if (flags.html === undefined) to.out(page.trimEnd());
    else writeOutput(outputPath(flags.html, to.cwd, filesInUse(config)), page);
  } finally {
    view.close();
  }
  return EXIT.done;
}

/** The main job: `MARC_import CONFIG FILE…`. */

import type { InputFormat, RunOptions } from "../config/job/run-options.js";
import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { printable } from "../diagnostics/format.js";
import { openIdLists } from "../reading/id-list.js";
import { openInputs } from "../reading/open-inputs.js";
import { beginFeedAhead, watchedFeed } from "../reading/watched-feed.js";
import { LEVELS } from "../report/run-log.js";
import { type RunSummary, summaryText } from "../report/summary.js";
import { notBegun } from "../running/not-begun.js";
import { runImport } from "../running/run-import.js";
import type { Console } from "./console.js";
import { deletionLists } from "./delete-ids.js";
import { reportFailure } from "./failures.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { filesInUse } from "./output-file.js";
import { Progress, wantsProgress } from "./progress.js";
import { type OutputFlags, outputPaths, writeOutputs } from "./run-outputs.js";
import { watchSignals } from "./signals.js";

/** The options of the main job, as commander gives them. */
export interface ImportFlags extends ConfigFlags, OutputFlags {
  readonly dryRun?: boolean;
  readonly atomic?: boolean;
  readonly resume?: boolean;
  readonly again?: boolean;
  readonly fullLoad?: boolean;
  readonly deleteIds?: readonly string[];
  readonly wait: number;
  readonly skip: number;
  readonly limit?: number;
  readonly maxRejects?: number;
  readonly allowEmpty?: boolean;
  readonly format: InputFormat;
  /** undefined: as the terminal suggests. */
  readonly progress?: boolean;
  readonly quiet?: boolean;
}

/** Imports the files and gives the exit status. */
export async function importFiles(
  configPath: string,
  files: readonly string[],
  flags: ImportFlags,
  to: Console,
): Promise<number> {
  await beginFeedAhead(files);
  const config = loadConfiguration(configPath, flags, to);
  const lists = deletionLists(config, files, flags);
  const inputs = [...lists, ...files].filter((file) => file !== "-");
  const outputs = outputPaths(flags, to, [...filesInUse(config), ...inputs]);
  const signals = watchSignals();
  const shown = !flags.quiet && (flags.progress ?? to.errorIsTerminal);
  const progress = shown && wantsProgress(flags, process.env) ? new Progress(process.stderr) : null;
  const options = runOptions(flags);
  try {
    const result = await runImport({
      config,
      command: "import",
      inputs: async () => [
        ...(await openIdLists(config, lists, options)),
        ...(await openInputs(config, files, options, watchedFeed)),
      ],
      options,
      hooks: {
        stopSignal: signals.received,
        onPortion: (state) => progress?.show(state),
      },
    }).catch(async (error) => {
      const left = await notBegun(config, error, { command: "import", ...options });
      if (left)
        await writeOutputs(outputs, left, { config, to }).catch((e) => reportFailure(e, to));
      throw error;
    });
    progress?.end();
    const { summary, failure, notices } = result;
    if (shown) to.error(summaryText(summary));
    if (failure) to.error(`MARC_import: ${printable(failure.message)}.\n  ${failure.advice}`);
    else if (!shown && !flags.quiet) tellRejects(summary, config, flags, to);
    if (!flags.quiet) for (const notice of notices) to.error(`MARC_import: ${notice}.`);
    await writeOutputs(outputs, result, { config, to });
    return summary.exitStatus;
  } finally {
    progress?.end();
    signals.stop();
  }
}

/** Without a terminal a run is silent, unless somebody should look at what was rejected. */
function tellRejects(
  summary: RunSummary,
  { logging }: MarcConfig,
  { fullLoad }: ImportFlags,
  to: Console,
): void {
  const { rejected } = summary.totals.outcomes;
  if (rejected === 0) return;
  const besides = LEVELS.info <= logging.verbosity ? " and in the log" : "";
  to.error(
    `MARC_import: ${rejected} of ${summary.totals.recordsRead} records rejected; their bytes are in ${summary.rejectsFile}, the reasons beside them (.jsonl)${besides}.${fullLoad ? " So --full-load deleted nothing." : ""}`,
  );
}

function runOptions(flags: ImportFlags): RunOptions {
  return {
    dryRun: flags.dryRun ?? false,
    atomic: flags.atomic ?? false,
    resume: flags.resume ?? false,
    again: flags.again ?? false,
    fullLoad: flags.fullLoad ?? false,
    wait: flags.wait,
    skip: flags.skip,
    limit: flags.limit ?? null,
    maxRejects: flags.maxRejects ?? null,
    allowEmpty: flags.allowEmpty ?? false,
    format: flags.format,
  };
}

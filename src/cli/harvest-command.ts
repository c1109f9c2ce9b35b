/** The main job of OAI-PMH-importer: the repositories of a configuration, one after another. */

import type { HarvestConfig, RepositoryConfig } from "../config/harvest/harvest-config.js";
import { DEFAULT_RUN_OPTIONS } from "../config/job/run-options.js";
import { EXIT, Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import { watchedLists } from "../harvest/list-feed.js";
import { grouped, summaryText } from "../report/summary.js";
import { type HarvestResult, harvestRepository } from "../running/harvest-night.js";
import type { HarvestOptions } from "../running/night.js";
import type { Console } from "./console.js";
import { loadHarvests, repositoryNamed } from "./harvest-configuration.js";
import { HarvestOutputs } from "./harvest-outputs.js";
import type { SharedFlags } from "./options.js";
import { Progress, wantsProgress } from "./progress.js";
import { watchSignals } from "./signals.js";

export interface HarvestFlags extends SharedFlags {
  readonly repository?: readonly string[];
  readonly oaiSet?: readonly string[];
  readonly full?: boolean;
  readonly fullLoad?: boolean;
  readonly from?: string;
  readonly until?: string;
  readonly fetchOnly?: boolean;
  readonly importOnly?: boolean;
  readonly restart?: boolean;
  readonly dryRun?: boolean;
  readonly atomic?: boolean;
  readonly wait: number;
  readonly limit?: number;
  readonly maxRejects?: number;
  readonly strict?: boolean;
  readonly summary?: string;
  readonly report?: string;
  /** undefined: as the terminal suggests. */
  readonly progress?: boolean;
  readonly quiet?: boolean;
}

/** The worst first; a signal is worse than all. */
const WORST: readonly number[] = [
  EXIT.internal,
  EXIT.disk,
  EXIT.database,
  EXIT.limit,
  EXIT.input,
  EXIT.rejects,
];
/** After these the next repository would fare no better. */
const STOPS: readonly number[] = [EXIT.usage, EXIT.database, EXIT.disk, EXIT.internal];

/** Harvests the repositories and gives the exit status. */
export async function harvest(
  path: string | undefined,
  flags: HarvestFlags,
  to: Console,
): Promise<number> {
  refuseTogether(flags);
  const config = loadHarvests(path, flags, to);
  const repositories = chosen(config, flags);
  const outputs = new HarvestOutputs(flags, { config, repositories, cwd: to.cwd });
  const signals = watchSignals();
  const shown = !flags.quiet && (flags.progress ?? to.errorIsTerminal);
  const results: HarvestResult[] = [];
  try {
    for (const repository of repositories) {
      const result = await one(repository, flags, { to, shown, stopSignal: signals.received });
      results.push(result);
      await outputs.writeReport(result);
      const status = statusOf(result);
      if (STOPS.includes(status) || status > 128) break;
    }
  } finally {
    signals.stop();
  }
  const status = worst(results.map(statusOf));
  outputs.writeSummary(results, status);
  return status;
}

/** The repositories that are to be harvested, as the command line wants them. */
function chosen(config: HarvestConfig, flags: HarvestFlags): RepositoryConfig[] {
  const { repository: names, oaiSet: sets, strict } = flags;
  const repositories =
    names === undefined
      ? [...config.repositories]
      : [...new Set(names)].map((name) => repositoryNamed(config, name));
  if (sets !== undefined && repositories.length !== 1) {
    refuse("--oai-set is about one repository", "Name it with --repository.");
  }
  return repositories.map((repository) => {
    const { harvest } = repository;
    return {
      ...repository,
      harvest: {
        ...harvest,
        strict: strict ?? harvest.strict,
        // What is in other sets is not absent.
        ...(sets === undefined ? {} : { sets: [...new Set(sets)], deleteAbsent: false }),
      },
    };
  });
}

function refuse(what: string, advice: string): never {
  throw new Failure("usage", what, advice);
}

function refuseTogether(flags: HarvestFlags): void {
  const { fullLoad, from, until, limit, oaiSet, fetchOnly, importOnly } = flags;
  const isPart = [from, until, limit, oaiSet].some((value) => value !== undefined);
  if (fullLoad && isPart) {
    refuse(
      "--full-load with --from, --until, --limit or --oai-set would delete the rows of what is left out",
      "Leave one of them out.",
    );
  }
  if (fetchOnly && importOnly) {
    refuse("--fetch-only and --import-only leave nothing to do", "Give one of them.");
  }
}

interface Surroundings {
  readonly to: Console;
  readonly shown: boolean;
  readonly stopSignal: () => NodeJS.Signals | null;
}

async function one(
  repository: RepositoryConfig,
  flags: HarvestFlags,
  { to, shown, stopSignal }: Surroundings,
): Promise<HarvestResult> {
  const drawn = shown && wantsProgress(flags, process.env);
  const progress = drawn ? new Progress(process.stderr) : null;
  const pages = drawn && process.stderr.isTTY ? pageLine(repository.name) : null;
  try {
    const result = await harvestRepository({
      lists: watchedLists,
      repository,
      options: harvestOptions(flags),
      hooks: {
        stopSignal,
        onPortion: (state) => {
          pages?.end();
          progress?.show(state);
        },
      },
      onPage: (page) => pages?.show(page),
    });
    pages?.end();
    progress?.end();
    tell(result, { flags, to, shown });
    return result;
  } finally {
    pages?.end();
    progress?.end();
  }
}

/** `CaltechETD: 4 pages, 733 of 733 records`, drawn over itself. */
function pageLine(name: string) {
  let visible = false;
  return {
    show({
      pages,
      records,
      size,
    }: {
      readonly pages: number;
      readonly records: number;
      readonly size: number | null;
    }): void {
      const of = size === null ? "" : ` of ${grouped(size)}`;
      process.stderr.write(
        `\r\u001b[K${printable(name)}: ${grouped(pages)} pages, ${grouped(records)}${of} records`,
      );
      visible = true;
    },
    end(): void {
      if (visible) process.stderr.write("\r\u001b[K");
      visible = false;
    },
  };
}

function harvestOptions(flags: HarvestFlags): HarvestOptions {
  return {
    full: flags.full ?? false,
    fetchOnly: flags.fetchOnly ?? false,
    importOnly: flags.importOnly ?? false,
    restart: flags.restart ?? false,
    from: flags.from ?? null,
    until: flags.until ?? null,
    run: {
      ...DEFAULT_RUN_OPTIONS,
      dryRun: flags.dryRun ?? false,
      atomic: flags.atomic ?? false,
      fullLoad: flags.fullLoad ?? false,
      wait: flags.wait,
      limit: flags.limit ?? null,
      maxRejects: flags.maxRejects ?? null,
    },
  };
}

function tell(
  { repository, run, failure }: HarvestResult,
  {
    flags,
    to,
    shown,
  }: { readonly flags: HarvestFlags; readonly to: Console; readonly shown: boolean },
): void {
  if (run !== null && shown) to.error(`${repository}: ${summaryText(run.summary)}`);
  if (failure !== null) {
    // Going on is the rule here, and no option.
    const advice = failure.advice.includes("--resume")
      ? "Run the same command again: it goes on."
      : failure.advice;
    to.error(`OAI-PMH-importer: ${printable(failure.message)}.\n  ${advice}`);
    return;
  }
  if (run === null || flags.quiet) return;
  const { rejected } = run.summary.totals.outcomes;
  if (rejected > 0 && !shown) {
    to.error(
      `OAI-PMH-importer: ${repository}: ${rejected} of ${run.summary.totals.recordsRead} records rejected; their bytes are in ${run.summary.rejectsFile}, the reasons beside them (.jsonl). They are asked for again each night.`,
    );
  }
  for (const notice of run.notices) to.error(`OAI-PMH-importer: ${repository}: ${notice}.`);
}

function statusOf({ run, failure }: HarvestResult): number {
  return failure?.exitStatus ?? run?.summary.exitStatus ?? EXIT.done;
}

function worst(statuses: readonly number[]): number {
  const other = statuses.find((status) => status === EXIT.usage || status > 128);
  return other ?? WORST.find((status) => statuses.includes(status)) ?? EXIT.done;
}

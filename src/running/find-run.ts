/** Finding a run of the register by the name that the user gave. */

import { nearestName } from "../config/language/suggest.js";
import { Failure } from "../diagnostics/failure.js";
import { printable } from "../diagnostics/format.js";
import type { PastRun } from "../report/run-text.js";
import type { RunRecord } from "../store/model/run-record.js";
import type { Store } from "../store/port.js";
import type { RunRegister } from "../store/reading-port.js";

/** The name that stands for the last import of a configuration's foreign source. */
export const LAST = "last";

/** Runs that a sentence names. */
const NAMED = 3;

/**
 * @param name of the run, or `last` for the last import of the source
 * @param source the foreign source that `last` is about; a name finds runs of every source
 * @throws Failure (2) naming the nearest run if there is none of that name
 */
export function findRun(runs: RunRegister, name: string, source: string): RunRecord {
  if (name === LAST) return lastImport(runs, source, () => true) ?? refuseLast(runs, source);
  const run = runs.find(name);
  if (run) return run;
  const names = runs.list().map((known) => known.run);
  // Names end in letters that nobody remembers; their beginning is a time.
  const nearest = nearestName(name, names) ?? names.findLast((known) => known.startsWith(name));
  const advice =
    nearest === undefined
      ? "`MARC_import runs CONFIG` lists the runs of this database."
      : `Did you mean ${nearest}? \`MARC_import runs CONFIG\` lists all of them.`;
  throw new Failure("usage", `this database has no run "${name}"`, advice);
}

/**
 * The run that is to be taken back.
 *
 * @param name of the run, or `last` for the last import of the source that has not been taken back whole
 * @param source the foreign source that `last` is about
 * @throws Failure (2) if there is none, or what it changed has been forgotten
 */
export function findRunToUndo(runs: RunRegister, name: string, source: string): RunRecord {
  const stands = ({ run }: RunRecord) => !runs.isTakenBack(run);
  const run =
    name === LAST
      ? (lastImport(runs, source, stands) ?? refuseLastToUndo(runs, source))
      : findRun(runs, name, source);
  mustHaveChanges(run);
  return run;
}

function lastImport(
  runs: RunRegister,
  source: string,
  fits: (run: RunRecord) => boolean,
): RunRecord | undefined {
  return importsOf(runs, source).findLast(fits);
}

function importsOf(runs: RunRegister, source: string): RunRecord[] {
  return runs
    .list()
    .filter(({ kind, foreignSource }) => kind === "records" && foreignSource === source);
}

function refuseLast(runs: RunRegister, source: string): never {
  const others = runs.list().filter(({ kind }) => kind === "records");
  const what = `this database has no run ${others.length === 0 ? "yet" : `of ${sourceText(source)}`}`;
  throw new Failure("usage", what, insteadOfLast(others));
}

function refuseLastToUndo(runs: RunRegister, source: string): never {
  if (importsOf(runs, source).length === 0) return refuseLast(runs, source);
  const others = runs
    .list()
    .filter(({ kind, run }) => kind === "records" && !runs.isTakenBack(run));
  const what = `this database has no import of ${sourceText(source)} left to undo`;
  throw new Failure("usage", what, insteadOfLast(others));
}

/** @param others imports of other sources */
function insteadOfLast(others: readonly RunRecord[]): string {
  const last = others.at(-1);
  if (last === undefined) {
    return "`MARC_import CONFIG FILE` makes a run, and `MARC_import runs CONFIG` lists them.";
  }
  return `\`${LAST}\` is the last import of the configuration's own foreign_source. The last one here is run ${last.run}, of ${sourceText(last.foreignSource)}; \`MARC_import runs CONFIG\` lists all.`;
}

/** `foreign_source SCP`, or what stands for an empty one. */
function sourceText(source: string): string {
  return source === "" ? "local records" : `foreign_source ${printable(source)}`;
}

/**
 * What is to be said of a run that was named `last`: which one that is, where imports of other sources
 * have come after it.
 *
 * @returns null where it is the last of all
 */
export function otherLaterRuns(runs: RunRegister, run: RunRecord): string | null {
  const later = runs
    .list()
    .filter((one) => one.runId > run.runId && one.kind === "records" && !runs.isTakenBack(one.run))
    .filter(({ foreignSource }) => foreignSource !== run.foreignSource);
  if (later.length === 0) return null;
  const named = later
    .slice(-NAMED)
    .map((one) => `${one.run} (${sourceText(one.foreignSource)})`)
    .join(", ");
  const more = later.length > NAMED ? ` and ${later.length - NAMED} before them` : "";
  return `${LAST} is run ${run.run}, the last of ${sourceText(run.foreignSource)}; runs of other sources have come after it: ${named}${more}`;
}

/** The last import of the same source before a run that changed rows and stands; null if there is none. */
function makerBefore(runs: RunRegister, { runId, foreignSource }: RunRecord): RunRecord | null {
  const before = importsOf(runs, foreignSource).filter((one) => one.runId < runId);
  return before.findLast((one) => runs.hasChanged(one.runId) && !runs.isTakenBack(one.run)) ?? null;
}

/** @throws Failure (2) if what the run changed has been forgotten */
export function mustHaveChanges(run: RunRecord): void {
  if (!run.changesPruned) return;
  throw new Failure(
    "usage",
    `what run ${run.run} changed is no longer kept ([Database] keep_changes)`,
    "Its totals are; `MARC_import runs CONFIG RUN` prints them.",
  );
}

/** A run with what stands around it in the register. */
export function pastRun(store: Store, record: RunRecord): PastRun {
  const lives = record.status !== "running" || store.leaseHolder() === record.run;
  return {
    record,
    files: store.runs.files(record.runId),
    status: lives ? record.status : "killed",
    undoneBy: store.runs.undoneBy(record.run)?.run ?? null,
  };
}

/** What is to be known of an import that left all rows as they were, so that its undoing changes nothing. */
export function remarkOnIdle(runs: RunRegister, target: RunRecord): string | null {
  const maker = target.kind === "records" ? makerBefore(runs, target) : null;
  if (maker === null) return null;
  return `run ${target.run} had left every row as it was; the rows of ${sourceText(target.foreignSource)} are as run ${maker.run} (${maker.startedAt}) left them, and stay: MARC_import undo CONFIG ${maker.run} takes that one back`;
}

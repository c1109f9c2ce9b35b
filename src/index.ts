/**
 * The library: what another program needs to read damaged MARC, to map it, and to run imports. SQLite is
 * loaded by what needs a database, when it is called.
 */

import type { Configuration } from "./library/configuration.js";
import type {
  ImportOptions,
  ImportResult,
  RowChange,
  Run,
  UndoOptions,
  UndoResult,
} from "./library/run-types.js";

export { ConfigErrors, type ConfigProblem } from "./config/language/problems.js";
export { Failure, type FailureKind } from "./diagnostics/failure.js";
export { version } from "./diagnostics/version.js";
export {
  type Column,
  type Configuration,
  type ConfigurationOptions,
  type Doubt,
  type Line,
  loadConfiguration,
  type Setting,
} from "./library/configuration.js";
export { createRecordMapper, type MappedRow, type RecordMapper } from "./library/map-records.js";
export { type ByteStream, type ReadOptions, readRecords } from "./library/read-records.js";
export type {
  ControlField,
  DataField,
  Field,
  Finding,
  Place,
  ReadPadding,
  ReadPiece,
  ReadRecord,
  ReadReject,
  Subfield,
} from "./library/record.js";
export type {
  FieldChange,
  ImportOptions,
  ImportResult,
  InputFile,
  Progress,
  RowChange,
  RowLeft,
  Run,
  StopSignal,
  UndoneRow,
  UndoOptions,
  UndoResult,
} from "./library/run-types.js";
export type { Outcome, Totals, UndoTotals } from "./store/model/totals.js";

/**
 * Imports files, in order, as one run: logs, rejects and all, as the program does.
 *
 * @param files paths relative to the working directory; `-` is standard input
 * @returns how the run ended, be it at its end or not
 * @throws Failure when it could not begin; nothing was touched then
 */
export async function importFiles(
  configuration: Configuration,
  files: readonly string[],
  options: ImportOptions = {},
): Promise<ImportResult> {
  const runs = await import("./library/runs.js");
  return runs.importFiles(configuration, files, options);
}

/**
 * The runs of a configuration's database, oldest first.
 *
 * @throws Failure when the database is not usable
 */
export async function listRuns(configuration: Configuration): Promise<readonly Run[]> {
  const runs = await import("./library/runs.js");
  return runs.listRuns(configuration);
}

/**
 * One run.
 *
 * @param name as a result or `listRuns` has it; `last` is the last import of the configuration's source
 * @throws Failure if there is none of that name, or the database is not usable
 */
export async function findRun(configuration: Configuration, name: string): Promise<Run> {
  const runs = await import("./library/runs.js");
  return runs.runNamed(configuration, name);
}

/**
 * What a run changed, row by row. The database is read as of one moment until the last of them, or until
 * the loop is left.
 *
 * @param name as for `findRun`
 * @throws Failure if there is no such run, what it changed is no longer kept, or the database is not usable
 */
export async function* changesOf(
  configuration: Configuration,
  name: string,
): AsyncGenerator<RowChange, void, undefined> {
  const runs = await import("./library/runs.js");
  yield* runs.changesOf(configuration, name);
}

/**
 * Takes a run back, but for the rows that a later run or somebody else has touched since.
 *
 * @param name as for `findRun`; `last` is the last import that still stands
 * @throws Failure when it cannot; the database is as it was then
 */
export async function undoRun(
  configuration: Configuration,
  name: string,
  options: UndoOptions = {},
): Promise<UndoResult> {
  const runs = await import("./library/runs.js");
  return runs.undoRun(configuration, name, options);
}

/** Files that a command writes beside its work: looked at before, written after. */

import { accessSync, constants, type Stats, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import type { JobConfig } from "../config/job/job-config.js";
import { Failure, isDiskError } from "../diagnostics/failure.js";
import { fileOf } from "../input/archive.js";
import { rangeOf } from "../input/range.js";
import { openHandle, writeAll } from "../output/open-handle.js";
import { RunLog } from "../report/run-log.js";

/** What no command may overwrite: the files of its configuration, the database, the log. */
export function filesInUse({
  files,
  database,
  logging,
}: Pick<JobConfig, "files" | "database" | "logging">): string[] {
  const besides = ["", "-wal", "-shm", "-journal"].map((end) => database.path + end);
  return [...files, ...besides, RunLog.path(logging)];
}

/** The name of standard output, as it is that of standard input. */
export const STANDARD = "-";

/**
 * Where a file will be written.
 *
 * @param file `-` is standard output
 * @param cwd absolute; the file is relative to it
 * @param kept files that the command reads or fills, be it in part (FILE:OFFSET:LENGTH), and must not
 *   overwrite; relative to `cwd` too
 * @throws Failure (2) if it cannot be written there, or would overwrite one of `kept`
 */
export function outputPath(file: string, cwd: string, kept: readonly string[] = []): string {
  const path = file === STANDARD ? "/dev/stdout" : resolve(cwd, file);
  refuseOverwriting(
    path,
    kept.map((other) => wholeFile(resolve(cwd, other))),
  );
  try {
    const stats = statSync(path, { throwIfNoEntry: false });
    if (stats?.isDirectory()) throw new Error("it is a directory");
    if (stats?.isSocket() && openHandle(path) === null) throw new Error("it is a socket");
    const folder = dirname(path);
    if (!statSync(folder).isDirectory()) throw new Error(`${folder} is not a directory`);
    accessSync(stats === undefined ? folder : path, constants.W_OK);
    return path;
  } catch (error) {
    throw new Failure(
      "usage",
      `${path} cannot be written: ${(error as Error).message}`,
      "Name a file in a directory that exists and that you may write to. Nothing was touched.",
    );
  }
}

function wholeFile(named: string): string {
  return fileOf(rangeOf(named)?.path ?? named);
}

function refuseOverwriting(path: string, kept: readonly string[]): void {
  const overwritten = kept.find((other) => other === path || isSameFile(other, path));
  if (overwritten === undefined) return;
  throw new Failure(
    "usage",
    `${path} cannot be written: that would overwrite ${overwritten}, which this command uses itself`,
    "Name another file. Nothing was touched.",
  );
}

/** Nothing for a path that leads nowhere, be it through a file or round in a circle. */
function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

/** Whether two names are one file, by a link or otherwise. */
function isSameFile(one: string, other: string): boolean {
  const [a, b] = [one, other].map(statsOf);
  return a?.isFile() === true && b !== undefined && a.dev === b.dev && a.ino === b.ino;
}

/**
 * Writes a file that `outputPath` has looked at.
 *
 * @throws Failure (6 or 70) saying that the work itself is done
 */
export function writeOutput(path: string, text: string): void {
  try {
    const given = openHandle(path);
    // A device may lead to a file in which something stands already.
    if (given === null) writeFileSync(path, text, { flag: path.startsWith("/dev/") ? "a" : "w" });
    else writeAll(given, Buffer.from(text));
  } catch (error) {
    throw new Failure(
      isDiskError(error) ? "disk" : "internal",
      `${path} could not be written: ${(error as Error).message}`,
      "The run itself is over and its work is safe; `MARC_import runs` and `MARC_import report` tell of it.",
      { cause: error },
    );
  }
}

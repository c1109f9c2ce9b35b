/** Opening the log of a run, whose place the user has named. */

import type { JobConfig } from "../config/job/job-config.js";
import { Failure } from "../diagnostics/failure.js";
import { RunLog } from "../report/run-log.js";

/** What the file system says of a place where nobody may write; ENOENT is a link that leads nowhere. */
const WRONG_PLACE = new Set([
  "EACCES",
  "EEXIST",
  "EISDIR",
  "ELOOP",
  "ENAMETOOLONG",
  "ENOENT",
  "ENOTDIR",
  "ENXIO",
  "EPERM",
  "EROFS",
]);

/** @throws Failure (2) where it cannot be written; errors of the disk as they are */
export function openLog(config: JobConfig, name: string): RunLog {
  try {
    return RunLog.open(config.logging, name);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === undefined || !WRONG_PLACE.has(code)) throw error;
    throw new Failure(
      "usage",
      `the log cannot be written: ${message}`,
      "Name a directory that this account may write in [Logging] directory or with --log-dir.",
      { cause: error },
    );
  }
}

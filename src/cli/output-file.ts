/** Files that a command writes beside its work: looked at before, written after. */

import { accessSync, constants, existsSync, statSync, writeFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isDiskError } from "../run/end-of-run.js";
import { EXIT, RunFailure } from "../run/exit-status.js";

/**
 * Where a file will be written.
 *
 * @param cwd absolute; the file is relative to it
 * @throws RunFailure (2) if it cannot be written there
 */
export function outputPath(file: string, cwd: string): string {
  const path = resolve(cwd, file);
  try {
    if (existsSync(path) && statSync(path).isDirectory()) throw new Error("it is a directory");
    accessSync(existsSync(path) ? path : dirname(path), constants.W_OK);
    return path;
  } catch (error) {
    throw new RunFailure(
      EXIT.usage,
      `${path} cannot be written: ${(error as Error).message}`,
      "Name a file in a directory that exists and that you may write to. Nothing was touched.",
    );
  }
}

/**
 * Writes a file that `outputPath` has looked at.
 *
 * @throws RunFailure (6 or 70) saying that the work itself is done
 */
export function writeOutput(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new RunFailure(
      isDiskError(error) ? EXIT.disk : EXIT.internal,
      `${path} could not be written: ${(error as Error).message}`,
      "The run itself is over and its work is safe; `MARC_import runs` and `MARC_import report` tell of it.",
      { cause: error },
    );
  }
}

/** What a user is shown when a command cannot do its work, and the exit status that goes with it. */

import { ConfigErrors, formatProblems } from "../config/language/problems.js";
import { EXIT, RunFailure } from "../diagnostics/exit-status.js";
import { printable } from "../diagnostics/format.js";
import { InputError } from "../input/open.js";
import { StoreError } from "../store/sqlite/file/store-error.js";
import type { Console } from "./console.js";
import { brokenInstallation } from "./installation.js";

/** Prints a failure in the user's terms and gives its exit status. */
export function reportFailure(error: unknown, to: Console): number {
  if (error instanceof ConfigErrors) {
    to.error(formatProblems(error, to.cwd));
    return EXIT.usage;
  }
  if (error instanceof RunFailure || error instanceof StoreError || error instanceof InputError) {
    // A file's name may hold anything.
    to.error(`MARC_import: ${printable(error.message)}\n  ${error.advice}`);
    return error.exitStatus;
  }
  const broken = brokenInstallation(error);
  if (broken !== null) {
    to.error(broken);
    return EXIT.internal;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  to.error(
    `MARC_import: an error of the program itself. Please report it with these lines:\n${what}`,
  );
  return EXIT.internal;
}

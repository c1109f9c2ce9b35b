/** What a user is shown when a command cannot do its work, and the exit status that goes with it. */

import { EXIT, Failure } from "../diagnostics/failure.js";
import type { Console } from "./console.js";
import { brokenInstallation } from "./installation.js";

/** Prints a failure in the user's terms and gives its exit status. */
export function reportFailure(error: unknown, to: Console): number {
  if (error instanceof Failure) {
    to.error(error.report(to.cwd));
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

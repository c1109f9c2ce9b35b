/** What a user is shown when a command cannot do its work, and the exit status that goes with it. */

import { fileURLToPath } from "node:url";
import { EXIT, Failure } from "../diagnostics/failure.js";
import type { Console } from "./console.js";

/**
 * Prints a failure in the user's terms and gives its exit status.
 *
 * @param program the name of the one that has failed
 */
export function reportFailure(error: unknown, to: Console, program = "MARC_import"): number {
  if (error instanceof Failure) {
    to.error(error.report(to.cwd));
    return error.exitStatus;
  }
  const broken = brokenInstallation(error, program);
  if (broken !== null) {
    to.error(broken);
    return EXIT.internal;
  }
  const what = error instanceof Error ? (error.stack ?? error.message) : String(error);
  to.error(
    `${program}: an error of the program itself. Please report it with these lines:\n${what}`,
  );
  return EXIT.internal;
}

/**
 * What is to be said of an error that a part of the installation has made, null for any other error.
 *
 * A package's compiled part fits one line of Node versions only, and says so when it is loaded:
 * `ERR_DLOPEN_FAILED` is Node's word for that, the sentence is that of the package `bindings`.
 */
function brokenInstallation(error: unknown, program: string): string | null {
  if (!(error instanceof Error)) return null;
  const { code } = error as NodeJS.ErrnoException;
  const isUnfit = code === "ERR_DLOPEN_FAILED";
  const isMissing =
    code === "MODULE_NOT_FOUND" || error.message.startsWith("Could not locate the bindings file");
  if (!isUnfit && !isMissing) return null;
  const what = isUnfit
    ? "was not made for the Node that runs it"
    : "is not whole for the Node that runs it";
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const reason = error.message.replace(/\.?( Tried:)?\n.*/s, "");
  return `${program}: this installation of the program ${what} (${process.versions.node}): ${reason}. Run \`npm ci\` in ${root} with this Node, or install it again.`;
}

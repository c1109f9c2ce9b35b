/** From the command line to an exit status. Commands are loaded when they are asked for. */

import { version } from "../config/version.js";
import { EXIT } from "../diagnostics/failure.js";
import { type Console, processConsole } from "./console.js";

/**
 * Runs one command.
 *
 * @param args the command line without program and script
 * @returns the exit status
 */
export async function main(
  args: readonly string[],
  to: Console = processConsole(),
): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    to.out(version());
    return 0;
  }
  const { runCommandLine } = await import("./program.js");
  const status = await runCommandLine(args, to);
  return to.outIsLost?.() ? EXIT.disk : status;
}

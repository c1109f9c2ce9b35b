/** From the command line to an exit status. Commands are loaded when they are asked for. */

import { EXIT } from "../diagnostics/failure.js";
import { version } from "../diagnostics/version.js";
import { type Console, processConsole } from "./console.js";

/** As `main`, for OAI-PMH-importer. */
export async function harvestMain(
  args: readonly string[],
  to: Console = processConsole(),
  imported: () => void = () => undefined,
): Promise<number> {
  const { runHarvestCommandLine } = await import("./harvest-program.js");
  const status = await runHarvestCommandLine(args, to);
  imported();
  return to.outIsLost?.() ? EXIT.disk : status;
}

/**
 * Runs one command.
 *
 * @param args the command line without program and script
 * @param imported called when an import has come to an end, whatever it is: by then all that imports need
 *   is loaded
 * @returns the exit status
 */
export async function main(
  args: readonly string[],
  to: Console = processConsole(),
  imported: () => void = () => undefined,
): Promise<number> {
  if (args.length === 1 && (args[0] === "--version" || args[0] === "-V")) {
    to.out(version());
    return 0;
  }
  const { runCommandLine } = await import("./program.js");
  const status = await runCommandLine(args, to, imported);
  return to.outIsLost?.() ? EXIT.disk : status;
}

/** `MARC_import undo CONFIG RUN`. */

import { leftText, undoRun, undoText } from "../run/undo.js";
import type { Console } from "./console.js";
import { type ConfigFlags, loadConfiguration } from "./load.js";
import { watchSignals } from "./signals.js";

/** Rows left that are named on the terminal; the log names all of them. */
const NAMED = 100;

export interface UndoFlags extends ConfigFlags {
  readonly force?: boolean;
  readonly wait: number;
}

/** Takes a run back, says what came of it, and gives the exit status. */
export async function undo(
  configPath: string,
  run: string,
  flags: UndoFlags,
  to: Console,
): Promise<number> {
  const config = loadConfiguration(configPath, flags, to);
  const signals = watchSignals();
  let left = 0;
  try {
    const result = await undoRun({
      config,
      run,
      force: flags.force ?? false,
      wait: flags.wait,
      stopSignal: signals.received,
      onLeft: (row) => {
        left++;
        if (left <= NAMED) to.out(leftText(row));
      },
    });
    if (left > NAMED) to.out(`… and ${left - NAMED} more, all of them named in the log`);
    to.out(undoText(result));
    return result.exitStatus;
  } finally {
    signals.stop();
  }
}

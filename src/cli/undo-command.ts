/** `MARC_import undo CONFIG RUN`. */

import type { JobConfig } from "../config/job/job-config.js";
import { undoRun } from "../running/undo.js";
import { leftText, undoText, wouldText } from "../running/undo-result.js";
import type { Console } from "./console.js";
import { watchSignals } from "./signals.js";

/** Rows of a kind that are named on the terminal; the log names all of them. */
const NAMED = 100;

export interface UndoFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly wait: number;
}

/** Prints the first lines of a kind, and at the end how many more there were. */
function listing(to: Console) {
  let count = 0;
  return {
    add(line: string): void {
      count++;
      if (count <= NAMED) to.out(line);
    },
    end(): void {
      if (count > NAMED) to.out(`… and ${count - NAMED} more, all of them named in the log`);
    },
  };
}

/** Takes a run back, says what came of it, and gives the exit status. */
export async function undo(
  config: JobConfig,
  run: string,
  flags: UndoFlags,
  to: Console,
): Promise<number> {
  const signals = watchSignals();
  const left = listing(to);
  const lost = listing(to);
  const taken = listing(to);
  const dryRun = flags.dryRun ?? false;
  try {
    const result = await undoRun({
      config,
      run,
      dryRun,
      force: flags.force ?? false,
      wait: flags.wait,
      stopSignal: signals.received,
      onTarget: (text) => to.out(text),
      ...(dryRun ? { onStep: (row) => taken.add(wouldText(row)) } : {}),
      onLeft: (row) => left.add(leftText(row)),
      onLoss: lost.add,
    });
    taken.end();
    left.end();
    lost.end();
    to.out(undoText(result));
    if (result.remark !== null) to.out(result.remark);
    return result.exitStatus;
  } finally {
    signals.stop();
  }
}

/** Where the program speaks to a person: replaced in tests, and deaf to a reader who has gone away. */

import { once } from "node:events";
import { EXIT } from "../diagnostics/failure.js";

export interface Console {
  /** Current directory, absolute. */
  readonly cwd: string;
  /** Whether standard error is a terminal, for progress and the closing summary. */
  readonly errorIsTerminal: boolean;
  /** Whether standard output is a terminal, for colour; not if absent. */
  readonly outIsTerminal?: boolean;
  /** Whether a disk has not taken what was written to standard output. */
  outIsLost?(): boolean;
  /** Whether nobody reads standard output any more. */
  outIsClosed?(): boolean;
  /** Waits until what was written to standard output has gone on its way, so that it does not heap up. */
  drained?(): Promise<void>;
  /** Prints a line, or lines. */
  out(text: string): void;
  /** Prints bytes as they are. */
  write(bytes: Buffer): void;
  error(text: string): void;
}

/**
 * The process's own streams. A closed pipe ends the talking, never the import; nor does a full disk
 * behind standard error. One behind standard output, which may be a page that somebody waits for, is
 * told, and is the exit status.
 */
export function processConsole(): Console {
  let outIsLost = false;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE" || outIsLost) return;
    outIsLost = true;
    process.exitCode = EXIT.disk;
    process.stderr.write(
      `MARC_import: standard output cannot be written: ${error.message}\n  What was printed is not whole, though what was to be done may be done: look (\`MARC_import runs\`) before you repeat it. Make room, or print to another place.\n`,
    );
  });
  process.stderr.on("error", () => undefined);
  return {
    cwd: process.cwd(),
    errorIsTerminal: process.stderr.isTTY === true,
    outIsTerminal: process.stdout.isTTY === true,
    outIsLost: () => outIsLost,
    outIsClosed: () => !process.stdout.writable,
    drained: async () => {
      const { stdout } = process;
      // Who closes the pipe is told by `outIsClosed`.
      if (stdout.writableNeedDrain) await once(stdout, "drain").catch(() => undefined);
    },
    out: (text) => process.stdout.write(`${text}\n`),
    write: (bytes) => process.stdout.write(bytes),
    error: (text) => process.stderr.write(`${text}\n`),
  };
}

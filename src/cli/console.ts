/** Where the program speaks to a person: replaced in tests, and deaf to a reader who has gone away. */

export interface Console {
  /** Current directory, absolute. */
  readonly cwd: string;
  /** Whether standard error is a terminal, for progress and the closing summary. */
  readonly errorIsTerminal: boolean;
  /** Whether standard output is a terminal, for colour; not if absent. */
  readonly outIsTerminal?: boolean;
  /** Whether nobody reads standard output any more. */
  outIsClosed?(): boolean;
  out(text: string): void;
  error(text: string): void;
}

/**
 * The process's own streams. A closed pipe ends the talking, never the import; nor does a full disk
 * behind standard error.
 */
export function processConsole(): Console {
  const ignoreClosedPipe = (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  };
  process.stdout.on("error", ignoreClosedPipe);
  process.stderr.on("error", () => undefined);
  return {
    cwd: process.cwd(),
    errorIsTerminal: process.stderr.isTTY === true,
    outIsTerminal: process.stdout.isTTY === true,
    outIsClosed: () => !process.stdout.writable,
    out: (text) => process.stdout.write(`${text}\n`),
    error: (text) => process.stderr.write(`${text}\n`),
  };
}

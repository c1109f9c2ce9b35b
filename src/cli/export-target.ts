/** Where an export goes: a file that is there whole or not at all, or standard output. */

import { setImmediate as nextTurn } from "node:timers/promises";
import { OutputStream } from "../output/output-stream.js";
import type { Console } from "./console.js";
import { outputPath, STANDARD } from "./output-file.js";
import { stoppedBy, watchSignals } from "./signals.js";

/** Pieces between two looks at who waits: a signal, a reader who is slow or has gone away. */
const PIECES = 500;

/** What takes an export. */
interface Target {
  write(piece: string | Buffer): void;
  /** Waits for a slow reader; false where nobody reads any more. */
  isRead(): Promise<boolean>;
  finish(): void;
  /** Leaves nothing that is not whole. */
  discard(): void;
}

/**
 * Writes pieces as they come.
 *
 * @param output a file, relative to the console's directory; undefined or `-` for standard output
 * @param kept what must not be overwritten
 * @returns false where nobody reads standard output any more
 * @throws Failure (2) if it cannot be written there, (6) if the disk does not take it, or for a signal;
 *   no part of a file is left then
 */
export async function writePieces(
  pieces: Iterable<string | Buffer> | AsyncIterable<string | Buffer>,
  { output, kept }: { readonly output: string | undefined; readonly kept: readonly string[] },
  to: Console,
): Promise<boolean> {
  const isPrinted = output === undefined || output === STANDARD;
  const target = isPrinted ? printed(to) : filed(outputPath(output, to.cwd, kept));
  // What is printed needs no clearing away: there a signal does at once what it does everywhere.
  const signals = isPrinted ? null : watchSignals();
  let count = 0;
  try {
    for await (const piece of pieces) {
      target.write(piece);
      if (++count % PIECES !== 0) continue;
      if (!(await target.isRead())) return false;
      await nextTurn();
      const signal = signals?.received() ?? null;
      if (signal !== null) throw stoppedBy(signal, "the export");
    }
    target.finish();
    return true;
  } finally {
    signals?.stop();
    target.discard();
  }
}

function filed(path: string): Target {
  const file = new OutputStream(path);
  return {
    write: (piece) => file.write(piece),
    isRead: async () => true,
    finish: () => file.finish(),
    discard: () => file.discard(),
  };
}

function printed(to: Console): Target {
  let pieces: Buffer[] = [];
  const flush = () => {
    if (pieces.length > 0) to.write(Buffer.concat(pieces));
    pieces = [];
  };
  return {
    write: (piece) => pieces.push(Buffer.from(piece)),
    isRead: async () => {
      flush();
      await to.drained?.();
      return !to.outIsClosed?.();
    },
    finish: flush,
    discard: () => undefined,
  };
}

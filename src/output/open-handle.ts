/** Streams that the process was given open: standard output and its like, whatever they lead to. */

import { writeSync } from "node:fs";

const NAMED: Readonly<Record<string, number>> = { "/dev/stdout": 1, "/dev/stderr": 2 };
const NUMBERED = /^\/(?:dev|proc\/self)\/fd\/(\d+)$/;
/** Milliseconds between two tries to write to a reader who is slow. */
const PATIENCE = 5;

/**
 * The number of an open stream by its name, such as `/dev/stdout`; null for the name of a file. By its number
 * a socket can be written to as well, which nobody can open by its name.
 */
export function openHandle(path: string): number | null {
  const number = NUMBERED.exec(path)?.[1];
  return number === undefined ? (NAMED[path] ?? null) : Number(number);
}

/**
 * Writes all of some bytes, however slow the reader.
 *
 * @throws the error of the system
 */
export function writeAll(handle: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(handle, bytes, at);
    } catch (error) {
      // A pipe or a socket that does not wait by itself.
      if ((error as NodeJS.ErrnoException).code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PATIENCE);
    }
  }
}

/** The first bytes of a file. */

import { closeSync, openSync, readSync } from "node:fs";

const LENGTH = 512;

/** @returns at most 512 bytes; none if the file cannot be read */
export function fileHead(path: string): Buffer {
  const bytes = Buffer.alloc(LENGTH);
  try {
    const handle = openSync(path, "r");
    try {
      return bytes.subarray(0, readSync(handle, bytes, 0, LENGTH, 0));
    } finally {
      closeSync(handle);
    }
  } catch {
    // Whoever reads the file in earnest says why it cannot be read.
    return bytes.subarray(0, 0);
  }
}

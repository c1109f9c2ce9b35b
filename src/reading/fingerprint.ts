/** What tells one input file from another without reading all of it. */

import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { fileOf } from "../input/archive.js";

const HEAD = 64 * 1024;
const SAMPLE = 4096;
/** Samples spread over a file; with head and tail they tell a corrected file from the one before. */
const SAMPLES = 64;

/** Digest of the bytes `from` to `to` (exclusive) of an open file. */
function digestRange(handle: number, ranges: readonly (readonly [number, number])[]): string {
  const hash = createHash("sha256");
  for (const [from, to] of ranges) {
    const bytes = Buffer.allocUnsafe(Math.max(0, to - from));
    const read = readSync(handle, bytes, 0, bytes.length, from);
    hash.update(bytes.subarray(0, read));
  }
  return hash.digest("hex");
}

function withFile<T>(path: string, work: (handle: number, size: number) => T): T {
  const handle = openSync(path, "r");
  try {
    return work(handle, fstatSync(handle).size);
  } finally {
    closeSync(handle);
  }
}

/** The archive that was looked at last: each file in it asks for that. */
let last = { of: "", print: "" };

/** What tells an input from another: its file, and the place in it if that is an archive. */
export function inputPrint(path: string): string {
  const file = fileOf(path);
  if (file === path) return fingerprint(path);
  const { size, mtimeNs, ctimeNs, ino } = statSync(file, { bigint: true });
  const of = `${file} ${size} ${mtimeNs} ${ctimeNs} ${ino}`;
  if (last.of !== of) last = { of, print: fingerprint(file) };
  return `${last.print}:${path.slice(file.length + 1)}`;
}

/** Size, head, tail and samples between: equal for a file that comes again. */
function fingerprint(path: string): string {
  return withFile(path, (handle, size) => {
    const ranges: [number, number][] = [[0, Math.min(HEAD, size)]];
    for (let i = 1; i < SAMPLES; i++) {
      const from = Math.floor((size / SAMPLES) * i);
      ranges.push([from, Math.min(size, from + SAMPLE)]);
    }
    ranges.push([Math.max(0, size - HEAD), size]);
    return `${size}:${digestRange(handle, ranges)}`;
  });
}

/** Digest of the file's head and of the 64 KiB before `offset`: equal as long as the file only grew. */
export function bytesBefore(path: string, offset: number): string {
  return withFile(path, (handle) =>
    digestRange(handle, [
      [0, Math.min(HEAD, offset)],
      [Math.max(0, offset - HEAD), offset],
    ]),
  );
}

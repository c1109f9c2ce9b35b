/** Inputs as streams of blocks: plain files, pipes, and either of them unzipped. */

import { closeSync, openSync, readSync } from "node:fs";
import { pipeline, Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { asInputFailure } from "./input-failure.js";

export const BLOCK_SIZE = 64 * 1024;

/**
 * Reads a file from a byte offset on. Blocks are never written to again.
 *
 * @throws Failure if the file cannot be opened or read
 */
export function* fileBlocks(path: string, from: number): Generator<Buffer> {
  let handle: number | null = null;
  try {
    handle = openSync(path, "r");
    for (let at = from; ; ) {
      const block = Buffer.allocUnsafeSlow(BLOCK_SIZE);
      const read = readSync(handle, block, 0, BLOCK_SIZE, at);
      if (read === 0) return;
      at += read;
      yield block.subarray(0, read);
    }
  } catch (error) {
    throw asInputFailure(error, path);
  } finally {
    if (handle !== null) closeSync(handle);
  }
}

/** The blocks of a pipe, with errors of the device as failures of the input. */
export async function* streamBlocks(
  stream: AsyncIterable<Uint8Array>,
  path: string,
): AsyncGenerator<Buffer> {
  try {
    for await (const block of stream) yield asBuffer(block);
  } catch (error) {
    throw asInputFailure(error, path);
  }
}

/** @throws TypeError for a block of text: what bytes it was made of cannot be told any more */
function asBuffer(block: Uint8Array): Buffer {
  if (Buffer.isBuffer(block)) return block;
  if (block instanceof Uint8Array) {
    return Buffer.from(block.buffer, block.byteOffset, block.byteLength);
  }
  throw new TypeError("a stream of records must give bytes: Buffer or Uint8Array, not text");
}

/**
 * Unzips blocks; several gzip members one behind another are one stream.
 *
 * @throws Failure for data that is damaged or ends too early
 */
export async function* unzipped(
  blocks: AsyncIterable<Buffer> | Iterable<Buffer>,
  path: string,
): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: BLOCK_SIZE });
  // Errors reach the loop below through `gunzip`, which the pipeline destroys with them.
  pipeline(Readable.from(blocks), gunzip, () => {});
  yield* streamBlocks(gunzip, path);
}

/** Leaves out the first `count` bytes. */
export async function* withoutFirst(
  blocks: AsyncIterable<Buffer>,
  count: number,
): AsyncGenerator<Buffer> {
  let left = count;
  for await (const block of blocks) {
    if (left < block.length) yield left === 0 ? block : block.subarray(left);
    left = Math.max(0, left - block.length);
  }
}

/** Takes blocks until `size` bytes are there or none are left. */
export async function takeHead(
  blocks: AsyncIterator<Buffer> | Iterator<Buffer>,
  size: number,
): Promise<{ head: Buffer; complete: boolean }> {
  const taken: Buffer[] = [];
  let length = 0;
  while (length < size) {
    const next = await blocks.next();
    if (next.done) return { head: Buffer.concat(taken), complete: true };
    taken.push(next.value);
    length += next.value.length;
  }
  return { head: Buffer.concat(taken), complete: false };
}

/** Bodies as they were sent, unzipped by what their first bytes say; a stream that ends early is noticed. */

import type { Transform } from "node:stream";
import { createGunzip, createInflate } from "node:zlib";

/** The first two bytes of gzip (RFC 1952). */
const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

export type Coding = "identity" | "gzip" | "deflate";

/**
 * The coding of a body: its bytes count more than its header, since servers zip without saying so,
 * and say so without zipping.
 *
 * @param head at least the first two bytes, or the whole body if it is shorter
 * @param stated the Content-Encoding header, "" if there is none
 */
export function codingOf(head: Buffer, stated: string): Coding {
  if (head.subarray(0, 2).equals(GZIP_MAGIC)) return "gzip";
  // zlib's header: 32 KiB window, and a check sum over both bytes (RFC 1950).
  const zlib = head.length >= 2 && (head[0] & 0x0f) === 8 && ((head[0] << 8) | head[1]) % 31 === 0;
  return stated.trim().toLowerCase() === "deflate" && zlib ? "deflate" : "identity";
}

const CHUNK = 64 * 1024;

/** A stream that decodes, or null where nothing is to be decoded. A body that breaks off makes it fail. */
export function decoderOf(coding: Coding): Transform | null {
  if (coding === "gzip") return createGunzip({ chunkSize: CHUNK });
  return coding === "deflate" ? createInflate({ chunkSize: CHUNK }) : null;
}

/**
 * Numeric character references, the lossless way of writing in MARC-8 what its repertoire lacks
 * (MARC 21 specifications, part 4): `&#x`, hexadecimal digits, semicolon.
 */

import { isControl } from "./controls.js";

const LONGEST = "&#x10FFFF;".length;
const REFERENCE = /^&#x([0-9A-Fa-f]{1,6});/;

/** Whether `&#x` stands at `at`. */
export function startsReference(bytes: Buffer, at: number, end: number): boolean {
  return at + 2 < end && bytes[at + 1] === 0x23 && bytes[at + 2] === 0x78;
}

/** The character that the reference at `at` names, and its length in bytes; null if it names none. */
export function readReference(
  bytes: Buffer,
  at: number,
  end: number,
): { readonly code: number; readonly length: number } | null {
  const match = REFERENCE.exec(bytes.toString("latin1", at, Math.min(end, at + LONGEST)));
  if (match === null) return null;
  const code = Number.parseInt(match[1], 16);
  const isText = !isControl(code) && (code < 0xd800 || code > 0xdfff) && code !== 0xfeff;
  return isText && code <= 0x10ffff ? { code, length: match[0].length } : null;
}

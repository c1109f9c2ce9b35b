/**
 * Bytes on their way through a parser of text. XML and JSON are parsed as text; bytes that are not to
 * be decoded before that (MARC-8, or what is not UTF-8) pass the parser as private characters and are
 * bytes again in the record, where each text is judged and decoded as in ISO 2709.
 */

import { sequenceLength } from "./utf8.js";

/** Plus the byte it stands for: U+10F700 to U+10F7FF, far from what anybody uses. */
const KEPT = 0x10f700;
const ESCAPE = 0x1b;
const BEYOND_ASCII = /[^\0-\x7f]/gu;

function kept(byte: string): string {
  return String.fromCodePoint(KEPT + byte.charCodeAt(0));
}

/** Text in which every byte beyond ASCII, and every escape character, is kept. */
export function withBytesKept(bytes: Buffer): string {
  return bytes.latin1Slice(0, bytes.length).replace(/[\x1b\x80-\xff]/g, kept);
}

/** UTF-8 in which the bytes that are not, and escape characters, are kept. */
export function withBadBytesKept(bytes: Buffer): string {
  let text = "";
  let from = 0;
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] < 0x80 ? 1 : sequenceLength(bytes, at, bytes.length);
    const end = at + Math.abs(length);
    if (length < 0 || bytes[at] === ESCAPE) {
      text += bytes.toString("utf8", from, at) + withBytesKept(bytes.subarray(at, end));
      from = end;
    }
    at = end;
  }
  return text + bytes.toString("utf8", from);
}

/** What other characters beyond ASCII become beside kept bytes. */
export type OthersAs = "utf-8" | "references";

/** Bytes of text with kept ones; `references` are those of MARC-8 (`&#x20AC;`). */
export function restoredBytes(text: string, others: OthersAs): Buffer {
  const latin1 = text.replace(BEYOND_ASCII, (character) => {
    const code = character.codePointAt(0) ?? 0;
    if (code >= KEPT && code < KEPT + 0x100) return String.fromCharCode(code - KEPT);
    if (others === "references") return `&#x${code.toString(16).toUpperCase()};`;
    return Buffer.from(character).toString("latin1");
  });
  return Buffer.from(latin1, "latin1");
}

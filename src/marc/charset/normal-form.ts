/** Unicode Normalization Form C (UAX #15), done only where it can change anything. */

import type { Findings } from "./findings.js";

/** UAX #15, Stream-Safe Text Format: at most 30 marks in a row, else U+034F comes between. */
const LONG_RUN = /\p{M}{30}(?=\p{M})/gu;

/**
 * Whether a code point may take part in normalisation. False is certain: in a text of such
 * characters alone every one is a starter that NFC leaves as it is and composes with no other.
 */
export function mayCompose(code: number): boolean {
  if (code < 0x300) return false;
  if (code >= 0x4e00 && code <= 0x9fff) return false;
  if (code >= 0xac00 && code <= 0xd7a3) return false;
  if (code >= 0x391 && code <= 0x3ce) return false;
  if (code >= 0x400 && code <= 0x47f) return false;
  if (code >= 0x5d0 && code <= 0x5ea) return false;
  if (code >= 0x621 && code <= 0x64a) return false;
  if (code >= 0x2002 && code <= 0x20cf) return false;
  if (code >= 0x309b && code <= 0x30ff) return false;
  return code < 0x3000 || code > 0x3029 ? code < 0x3030 || code > 0x3098 : false;
}

/** Up to this many units even a text of nothing but marks takes no time. */
const HARMLESS = 500;

/**
 * NFC of a text. ICU sorts a run of marks in quadratic time, and a hostile record may hold nothing
 * else, so in long texts long runs are parted (M417 at `offset`, of `length` bytes).
 */
export function toNfc(text: string, findings: Findings, offset: number, length: number): string {
  const normal = text.length > HARMLESS ? text.replace(LONG_RUN, "$&\u034F") : text;
  if (normal.length !== text.length) findings.note("M417", offset, length);
  return normal.normalize("NFC");
}

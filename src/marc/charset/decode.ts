/** How the bytes of a record become text. */

import { isUtf8 } from "node:buffer";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import { Findings } from "./findings.js";
import { decodeLatin1 } from "./latin1.js";
import { decodeMarc8 } from "./marc8.js";
import { UnitBuffer } from "./unit-buffer.js";
import { decodeUtf8 } from "./utf8.js";

/**
 * The reading chosen for a record; `ascii` when no byte needs another, `mixed` when each subfield
 * is to be taken for UTF-8 if it is valid UTF-8 without escape sequences, and for MARC-8 otherwise.
 */
export type Encoding = "ascii" | "utf-8" | "marc-8" | "latin-1" | "mixed";

const ESCAPE = 0x1b;
const AMPERSAND = 0x26;

/** Bytes that are what ASCII says, everywhere and in MARC-8, where `&` may begin a reference. */
const PLAIN = new Uint8Array(256).fill(1, 0x20, 0x7f);
const PLAIN_MARC8 = PLAIN.slice();
PLAIN_MARC8[AMPERSAND] = 0;

const buffer = new UnitBuffer();

/**
 * Decodes bytes `start` to `end` (exclusive), one control field or subfield, into well-formed NFC
 * text without control characters. Never throws: what cannot be decoded becomes U+FFFD, and what
 * was found is added to `diagnostics`, once a code, with zero-based offsets in `bytes`.
 *
 * In MARC-8 each call begins with ASCII and ANSEL designated: the escape sequences of a subfield
 * end with it (docs/character-sets.md has the reason).
 */
export function decodeText(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  diagnostics: Diagnostic[],
): string {
  const plain = encoding === "marc-8" ? PLAIN_MARC8 : PLAIN;
  let at = start;
  while (at < end && plain[bytes[at]] === 1) at++;
  if (at === end) return bytes.latin1Slice(start, end);
  const findings = new Findings(bytes, diagnostics);
  const text = decodeWithCare(bytes, start, end, encoding, findings);
  findings.flush();
  return text;
}

function decodeWithCare(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  findings: Findings,
): string {
  switch (encoding) {
    case "utf-8":
      return decodeUtf8(bytes, start, end, buffer, findings);
    case "marc-8":
      return decodeMarc8(bytes, start, end, buffer, findings);
    case "mixed": {
      const piece = bytes.subarray(start, end);
      const unicode = !piece.includes(ESCAPE) && isUtf8(piece);
      return (unicode ? decodeUtf8 : decodeMarc8)(bytes, start, end, buffer, findings);
    }
    default:
      return decodeLatin1(bytes, start, end, buffer, findings);
  }
}

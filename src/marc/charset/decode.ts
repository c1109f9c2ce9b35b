/** How the bytes of a record become text. */

import { isUtf8 } from "node:buffer";
import type { Diagnostic } from "../../diagnostics/diagnostic.js";
import type { NonSort } from "./controls.js";
import { Findings } from "./findings.js";
import { decodeLatin1 } from "./latin1.js";
import { decodeMarc8 } from "./marc8.js";
import { encodedOnce } from "./twice.js";
import { LATIN_SETS, unimarcSets } from "./unimarc-sets.js";
import { UnitBuffer } from "./unit-buffer.js";
import { decodeUtf8 } from "./utf8.js";

/**
 * The reading chosen for a record; `ascii` when no byte needs another, `mixed` when each subfield
 * is to be taken for UTF-8 if it is valid UTF-8 without escape sequences, and for MARC-8 otherwise,
 * `utf-8-twice` for text that was encoded two times over (partly: not all of it), `unimarc` with the codes of 100 $a for the
 * sets of UNIMARC other than ISO 5426 alone.
 */
export type Encoding =
  | "ascii"
  | "utf-8"
  | "marc-8"
  | "latin-1"
  | "mixed"
  | "utf-8-twice"
  | "utf-8-partly-twice"
  | "iso5426"
  | `unimarc ${string}`;

/** Before the codes in the name of an encoding. */
export const UNIMARC = "unimarc ";

const ESCAPE = 0x1b;
const AMPERSAND = 0x26;

/** Bytes that are what ASCII says, in Unicode and where `&` may begin a reference. */
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
 *
 * @param nonSort whether U+0098 and U+009C, the marks around words that do not sort, are kept
 */
export function decodeText(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  diagnostics: Diagnostic[],
  nonSort: NonSort = "dropped",
): string {
  const unicode = encoding === "utf-8" || encoding === "ascii";
  const plain = unicode ? PLAIN : PLAIN_MARC8;
  let at = start;
  while (at < end && plain[bytes[at]] === 1) at++;
  if (at === end) return bytes.latin1Slice(start, end);
  if (encoding === "utf-8-twice" || encoding === "utf-8-partly-twice") {
    const piece = bytes.subarray(start, end);
    if (isUtf8(piece)) {
      const once = encodedOnce(piece.toString("utf8"), encoding === "utf-8-twice");
      return decodedAt(start, Buffer.from(once), diagnostics, nonSort);
    }
  }
  const findings = new Findings(bytes, diagnostics);
  const text = decodeWithCare(bytes, start, end, encoding, findings, nonSort);
  findings.flush();
  return text;
}

/** Decodes UTF-8 that stands in the place of what begins at `start`, where its findings are told. */
function decodedAt(
  start: number,
  once: Buffer,
  diagnostics: Diagnostic[],
  nonSort: NonSort,
): string {
  const from = diagnostics.length;
  const text = decodeText(once, 0, once.length, "utf-8", diagnostics, nonSort);
  for (let i = from; i < diagnostics.length; i++) {
    const { offset } = diagnostics[i];
    diagnostics[i] = { ...diagnostics[i], offset: offset === null ? null : start + offset };
  }
  return text;
}

function decodeWithCare(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  findings: Findings,
  nonSort: NonSort,
): string {
  switch (encoding) {
    case "utf-8":
    case "utf-8-twice":
    case "utf-8-partly-twice":
      return decodeUtf8(bytes, start, end, buffer, findings, nonSort);
    case "marc-8":
      return decodeMarc8(bytes, start, end, buffer, findings, null, nonSort);
    case "mixed": {
      const piece = bytes.subarray(start, end);
      const unicode = !piece.includes(ESCAPE) && isUtf8(piece);
      return decodeWithCare(bytes, start, end, unicode ? "utf-8" : "marc-8", findings, nonSort);
    }
    case "iso5426":
      return decodeMarc8(bytes, start, end, buffer, findings, LATIN_SETS, nonSort);
    case "ascii":
    case "latin-1":
      return decodeLatin1(bytes, start, end, buffer, findings);
    default: {
      const sets = unimarcSets(encoding.slice(UNIMARC.length));
      return decodeMarc8(bytes, start, end, buffer, findings, sets, nonSort);
    }
  }
}

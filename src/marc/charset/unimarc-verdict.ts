/** Which encoding a UNIMARC record is in: 100 $a, checked against the bytes. */

import { isAscii, isUtf8 } from "node:buffer";
import { diagnostic } from "../../diagnostics/diagnostic.js";
import { UNIMARC } from "./decode.js";
import { type UnimarcScheme, unimarcScheme } from "./unimarc-sets.js";
import { doubtful, firstHighByte, judgeEncoding, type Verdict } from "./verdict.js";

const UNICODE = 0x61;
const ISO_646_AND_5426 = "0103";

/**
 * Judges bytes `start` to `end` (exclusive), the fields of a record whose leader/09 UNIMARC leaves
 * undefined. They hold more than ASCII without escape sequences.
 *
 * @param codes of the character sets in 100 $a
 */
export function judgeUnimarc(bytes: Buffer, start: number, end: number, codes: string): Verdict {
  const scheme = unimarcScheme(codes);
  const text = bytes.subarray(start, end);
  const ascii = isAscii(text);
  if (scheme.kind === "unicode" || (!ascii && isUtf8(text))) {
    const verdict = judgeEncoding(bytes, start, end, UNICODE, "auto");
    return scheme.kind === "sets" ? denied(verdict, start + firstHighByte(text), codes) : verdict;
  }
  const offset = ascii ? start : start + firstHighByte(text);
  return bySets(scheme, offset, codes);
}

/** The sets that 100 $a names are not those of the text, which is UTF-8. */
function denied(verdict: Verdict, offset: number, codes: string): Verdict {
  const told = diagnostic("M418", { offset, found: codes.trimEnd(), expected: "50" });
  return { encoding: verdict.encoding, diagnostics: [told, ...verdict.diagnostics] };
}

function bySets(scheme: UnimarcScheme, offset: number, codes: string): Verdict {
  if (scheme.kind !== "sets") {
    return doubtful("iso5426", "M419", offset, "01, 02, 03, 04, 05 or 50");
  }
  const encoding =
    scheme.codes === ISO_646_AND_5426 ? "iso5426" : (`${UNIMARC}${scheme.codes}` as const);
  if (scheme.complete) return { encoding, diagnostics: [] };
  const found = codes.trimEnd();
  const told = diagnostic("M419", { offset, found, expected: "01, 02, 03, 04, 05 or 50" });
  return { encoding, diagnostics: [told] };
}

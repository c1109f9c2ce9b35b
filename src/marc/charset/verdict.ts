/** Which encoding the text of a record is in: leader/09, checked against the bytes. */

import { isAscii, isUtf8 } from "node:buffer";
import type { ConfiguredEncoding } from "../../config/marc/marc-mapping.js";
import type { Code } from "../../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.js";
import type { Encoding } from "./decode.js";
import { type Evidence, gatherEvidence, hasDesignation } from "./evidence.js";
import { isSurelyAnsel } from "./likely-marks.js";
import { findTwice } from "./twice.js";

/** How the text of a record is to be read. */
export interface Verdict {
  readonly encoding: Encoding;
  /** Offsets are zero-based in the buffer that was judged. */
  readonly diagnostics: readonly Diagnostic[];
}

/** leader/09 of a Unicode record; anything else is taken for the blank of MARC-8. */
const UNICODE = 0x61;
const AMPERSAND = 0x26;
const ESCAPE = 0x1b;

type Plain = "ascii" | "mixed" | Exclude<ConfiguredEncoding, "auto">;

/** Verdicts without a finding, shared by nearly all records. */
const PLAIN: Readonly<Record<Plain, Verdict>> = {
  ascii: { encoding: "ascii", diagnostics: [] },
  "utf-8": { encoding: "utf-8", diagnostics: [] },
  "marc-8": { encoding: "marc-8", diagnostics: [] },
  "latin-1": { encoding: "latin-1", diagnostics: [] },
  iso5426: { encoding: "iso5426", diagnostics: [] },
  mixed: { encoding: "mixed", diagnostics: [] },
};

/**
 * Judges bytes `start` to `end` (exclusive), a whole record or its fields.
 *
 * @param leader09 the byte at leader/09
 * @param configured the reading that the configuration demands, or `auto`
 */
export function judgeEncoding(
  bytes: Buffer,
  start: number,
  end: number,
  leader09: number,
  configured: ConfiguredEncoding,
): Verdict {
  const whole = start === 0 && end === bytes.length;
  const text = whole ? bytes : bytes.subarray(start, end);
  const marc8Asked = configured === "marc-8" || (configured === "auto" && leader09 !== UNICODE);
  if (isAscii(text)) {
    if (marc8Asked) return PLAIN[isPlain(text) ? "ascii" : "marc-8"];
    if (configured === "iso5426") return PLAIN[isPlain(text) ? "ascii" : "iso5426"];
    if (configured !== "auto" || !hasDesignation(text)) return PLAIN.ascii;
    return doubtful("marc-8", "M410", start + text.indexOf(ESCAPE), "a blank leader/09");
  }
  const valid = isUtf8(text);
  if (valid && (configured === "utf-8" || (configured === "auto" && !marc8Asked))) {
    return configured === "auto" ? unicode(text, start) : PLAIN["utf-8"];
  }
  const first = start + firstHighByte(text);
  if (configured !== "auto") {
    return valid ? doubtful(configured, "M415", first, "encoding = auto") : PLAIN[configured];
  }
  if (valid) return mislabelled(text, first);
  if (marc8Asked && isSurelyAnsel(text)) return PLAIN["marc-8"];
  const evidence = gatherEvidence(text);
  return marc8Asked ? notUnicode(evidence, first) : brokenUnicode(evidence, first);
}

/** Whether ASCII bytes need no MARC-8 decoding: no escape sequence, no character reference. */
function isPlain(text: Buffer): boolean {
  if (text.includes(ESCAPE)) return false;
  return !text.includes(AMPERSAND) || !text.includes("&#x");
}

/** Valid UTF-8: once, or by the evidence twice over. */
function unicode(text: Buffer, start: number): Verdict {
  const twice = findTwice(text);
  if (twice === null) return PLAIN["utf-8"];
  const offset = start + twice.first;
  if (!twice.certain) return doubtful("utf-8", "M421", offset, "UTF-8 once");
  return doubtful(twice.pure ? "utf-8-twice" : "utf-8-partly-twice", "M420", offset, "UTF-8 once");
}

/** Where the first byte beyond ASCII stands, which must be there. */
export function firstHighByte(text: Buffer): number {
  let at = 0;
  while (text[at] <= 0x7f) at++;
  return at;
}

/** A verdict with one finding. */
export function doubtful(
  encoding: Encoding,
  code: Code,
  offset: number,
  expected: string,
): Verdict {
  return { encoding, diagnostics: [diagnostic(code, { offset, expected })] };
}

/** leader/09 is not `a`, but the bytes are UTF-8. */
function mislabelled(text: Buffer, first: number): Verdict {
  if (hasDesignation(text)) return doubtful("mixed", "M403", first, "one encoding");
  const { encoding, diagnostics } = unicode(text, first - firstHighByte(text));
  const told = diagnostic("M402", { offset: first, expected: "a in leader/09" });
  return { encoding, diagnostics: [told, ...diagnostics] };
}

/** leader/09 is not `a`, and the bytes are not UTF-8: MARC-8, unless parts of it say otherwise. */
function notUnicode(evidence: Evidence, first: number): Verdict {
  const unicodePieces = evidence.unicodePieces + evidence.brokenUnicodePieces;
  const otherPieces = evidence.marc8Pieces + evidence.plainPieces;
  if (unicodePieces > 0 && evidence.marc8Pieces === 0 && evidence.plainPieces <= unicodePieces) {
    return doubtful("utf-8", "M402", first, "a in leader/09");
  }
  if (unicodePieces > 0 && otherPieces > 0) {
    return doubtful("mixed", "M403", first, "one encoding");
  }
  if (evidence.oddMarks > evidence.likelyMarks) {
    return doubtful("marc-8", "M416", first, "MARC-8");
  }
  return PLAIN["marc-8"];
}

/** leader/09 is `a`, but the bytes are not UTF-8. What stays UTF-8 is reported when it is decoded. */
function brokenUnicode(evidence: Evidence, first: number): Verdict {
  const { badSequences, goodSequences } = evidence;
  // A few bad bytes are damage, not another encoding (marc4j's measure).
  const few = badSequences < 5 && badSequences * 10 < badSequences + goodSequences;
  // One mark alone might as well be a letter of Latin-1.
  if (!few && goodSequences === 0 && evidence.marc8Pieces > 0 && evidence.likelyMarks === 1) {
    return doubtful("utf-8", "M422", first, "UTF-8");
  }
  if (!few && evidence.marc8Pieces > 0 && evidence.likelyMarks > 1) {
    const mixed = evidence.unicodePieces + evidence.brokenUnicodePieces > 0;
    return mixed
      ? doubtful("mixed", "M403", first, "one encoding")
      : doubtful("marc-8", "M410", first, "a blank leader/09");
  }
  if (goodSequences === 0) return doubtful("utf-8", "M416", first, "UTF-8");
  return PLAIN["utf-8"];
}

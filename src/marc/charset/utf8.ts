/** Strict UTF-8 (Unicode 3.9, table 3-7). */

import { isControl, isDamage, isSeparator, type NonSort } from "./controls.js";
import type { Findings } from "./findings.js";
import { mayCompose, toNfc } from "./normal-form.js";
import type { UnitBuffer } from "./unit-buffer.js";

const REPLACEMENT = 0xfffd;
const BYTE_ORDER_MARK = 0xfeff;

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** Whether `second` may follow the lead byte of a sequence of three or four. */
function isSecond(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0 && second <= 0xbf;
  if (lead === 0xed) return second >= 0x80 && second <= 0x9f;
  if (lead === 0xf0) return second >= 0x90 && second <= 0xbf;
  if (lead === 0xf4) return second >= 0x80 && second <= 0x8f;
  return isContinuation(second);
}

/**
 * Length of the well-formed sequence at `at`, which holds a byte above 7F; if there is none, minus
 * the length of its longest well-formed beginning (at least 1), which makes one U+FFFD.
 */
export function sequenceLength(bytes: Buffer, at: number, end: number): number {
  const lead = bytes[at];
  if (lead < 0xc2 || lead > 0xf4) return -1;
  const second = at + 1 < end ? bytes[at + 1] : 0;
  if (lead < 0xe0) return isContinuation(second) ? 2 : -1;
  if (!isSecond(lead, second)) return -1;
  const third = at + 2 < end ? bytes[at + 2] : 0;
  if (!isContinuation(third)) return -2;
  if (lead < 0xf0) return 3;
  const fourth = at + 3 < end ? bytes[at + 3] : 0;
  return isContinuation(fourth) ? 4 : -3;
}

function codePoint(bytes: Buffer, at: number, length: number): number {
  if (length === 2) return ((bytes[at] & 0x1f) << 6) | (bytes[at + 1] & 0x3f);
  const middle = ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f);
  if (length === 3) return ((bytes[at] & 0x0f) << 12) | middle;
  return ((bytes[at] & 0x07) << 18) | (middle << 6) | (bytes[at + 3] & 0x3f);
}

/** Notes a character that text should not hold. Returns what stands for it, or -1 for nothing. */
function unwanted(
  code: number,
  at: number,
  length: number,
  findings: Findings,
  nonSort: NonSort,
): number {
  if (code === REPLACEMENT) {
    findings.note("M414", at, length);
    return code;
  }
  if (code === BYTE_ORDER_MARK) findings.note("M412", at, length);
  else if (code === 0x1b) findings.note("M408", at, length);
  else if (isDamage(code)) findings.note("M411", at, length);
  else if (nonSort === "kept") return code;
  return isSeparator(code) ? 0x20 : -1;
}

/** Decodes bytes `start` to `end` (exclusive) into NFC text; what is not UTF-8 becomes U+FFFD (M401). */
export function decodeUtf8(
  bytes: Buffer,
  start: number,
  end: number,
  buffer: UnitBuffer,
  findings: Findings,
  nonSort: NonSort = "dropped",
): string {
  const units = buffer.reserve(end - start);
  let count = 0;
  let compose = false;
  for (let at = start; at < end; ) {
    let length = 1;
    let code = bytes[at];
    if (code > 0x7f) {
      length = sequenceLength(bytes, at, end);
      if (length < 0) {
        length = -length;
        findings.note("M401", at, length);
        units[count++] = REPLACEMENT;
        at += length;
        continue;
      }
      code = codePoint(bytes, at, length);
      compose ||= mayCompose(code);
    }
    if (isControl(code) || code === BYTE_ORDER_MARK || code === REPLACEMENT) {
      code = unwanted(code, at, length, findings, nonSort);
    }
    at += length;
    if (code > 0xffff) {
      units[count++] = 0xd7c0 + (code >> 10);
      units[count++] = 0xdc00 | (code & 0x3ff);
    } else if (code >= 0) units[count++] = code;
  }
  const text = buffer.text(count);
  return compose ? toNfc(text, findings, start, end - start) : text;
}

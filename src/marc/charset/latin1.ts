/** Latin-1 as files have it: Windows code page 1252. Also plain ASCII with control characters. */

import { isControl, isDamage, isSeparator } from "./controls.js";
import type { Findings } from "./findings.js";
import { WINDOWS_1252 } from "./single-byte.js";
import type { UnitBuffer } from "./unit-buffer.js";

const REPLACEMENT = 0xfffd;

/** Decodes bytes `start` to `end` (exclusive); every character of the code page is NFC by itself. */
export function decodeLatin1(
  bytes: Buffer,
  start: number,
  end: number,
  buffer: UnitBuffer,
  findings: Findings,
): string {
  const units = buffer.reserve(end - start);
  let count = 0;
  for (let at = start; at < end; at++) {
    const byte = bytes[at];
    if (byte >= 0x80 && byte <= 0x9f) {
      const unit = WINDOWS_1252.charCodeAt(byte - 0x80);
      if (isControl(unit)) findings.note("M409", at, 1);
      units[count++] = isControl(unit) ? REPLACEMENT : unit;
    } else if (!isControl(byte)) {
      units[count++] = byte;
    } else {
      if (byte === 0x1b) findings.note("M408", at, 1);
      else if (isDamage(byte)) findings.note("M411", at, 1);
      if (isSeparator(byte)) units[count++] = 0x20;
    }
  }
  return buffer.text(count);
}

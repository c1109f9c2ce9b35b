/** Latin-1 as files have it: Windows code page 1252. Also plain ASCII with control characters. */

import { isControl, isDamage, isSeparator } from "./controls.js";
import type { Findings } from "./findings.js";
import type { UnitBuffer } from "./unit-buffer.js";

/**
 * Code page 1252, bytes 80 to 9F; U+FFFD where it defines nothing. A table of our own, since the
 * platform's decoder of that name leaves some of them as C1 controls.
 */
const CP1252 = "€\uFFFD‚ƒ„…†‡ˆ‰Š‹Œ\uFFFDŽ\uFFFD" + "\uFFFD‘’“”•–—˜™š›œ\uFFFDžŸ";

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
      const unit = CP1252.charCodeAt(byte - 0x80);
      if (unit === 0xfffd) findings.note("M409", at, 1);
      units[count++] = unit;
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

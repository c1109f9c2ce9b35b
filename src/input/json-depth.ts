/** How deep brackets stand in one another in JSON text. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A record has six. */
export const DEEPEST = 64;
/** Bytes below which no depth costs much. */
const SMALL = 16_384;

/** Whether brackets and braces stand so deep in one another that parsing them takes much memory and time. */
export function isTooDeep(bytes: Buffer): boolean {
  if (bytes.length < SMALL) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at];
    if (byte === QUOTE) inString = !inString;
    else if (inString) {
      if (byte === BACKSLASH) at++;
    } else if (byte === 0x7b || byte === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (byte === 0x7d || byte === 0x5d) depth--;
  }
  return false;
}

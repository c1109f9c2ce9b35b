/** What values of JSON are, where they should be something else; and text of JSON that is too deep to be parsed. */

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
/** A record has six. */
export const DEEPEST = 64;
/** Bytes below which no depth costs much. */
const SMALL = 16_384;

export type JsonObject = Readonly<Record<string, unknown>>;

/** Why a value is not what it should be, as a clause. */
export class ShapeError extends Error {}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

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

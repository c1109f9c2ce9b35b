/** Backslash escapes for single characters, which patterns, classes and replacements share. */

import type { Cursor } from "./source-text.js";

const SIMPLE: Readonly<Record<string, number>> = { n: 10, t: 9, r: 13, f: 12, a: 7, e: 27 };

/**
 * Reads the rest of an escape that stands for one character; the cursor stands behind the
 * backslash. Returns the code point, or null, nothing read, if it is not such an escape.
 */
export function readCharacterEscape(cursor: Cursor): number | null {
  const start = cursor.at - 1;
  const one = cursor.peek();
  if (one === "") throw cursor.refuse("escape", start);
  if (!/^[A-Za-z0-9]$/.test(one)) {
    cursor.next();
    return one.codePointAt(0) ?? 0;
  }
  const simple = SIMPLE[one];
  if (simple !== undefined) {
    cursor.next();
    return simple;
  }
  if (one === "0") return Number.parseInt(cursor.takeMatch(/^[0-7]{1,3}/)?.[0] ?? "0", 8);
  if (one === "x") return readHex(cursor, start);
  if (one === "o") return checked(cursor, start, cursor.takeMatch(/^o\{([0-7]+)\}/)?.[1], 8);
  if (one === "c") return readControl(cursor, start);
  if (one === "N" && cursor.peek(1) === "{") return readCodePoint(cursor, start);
  return null;
}

function readHex(cursor: Cursor, start: number): number {
  const braced = cursor.takeMatch(/^x\{([0-9A-Fa-f]+)\}/)?.[1];
  const digits = braced ?? cursor.takeMatch(/^x([0-9A-Fa-f]{1,2})/)?.[1];
  return checked(cursor, start, digits, 16);
}

function readControl(cursor: Cursor, start: number): number {
  const control = cursor.takeMatch(/^c([A-Za-z[\]^_?])/)?.[1];
  if (control === undefined) throw cursor.refuse("escape", start);
  return control.toUpperCase().charCodeAt(0) ^ 0x40;
}

function readCodePoint(cursor: Cursor, start: number): number {
  const digits = cursor.takeMatch(/^N\{U\+([0-9A-Fa-f]+)\}/)?.[1];
  if (digits !== undefined) return checked(cursor, start, digits, 16);
  throw cursor.refuse("named-character", start);
}

function checked(cursor: Cursor, start: number, digits: string | undefined, base: number): number {
  const code = Number.parseInt(digits ?? "", base);
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (Number.isNaN(code) || code > 0x10ffff || surrogate) throw cursor.refuse("escape", start);
  return code;
}

/** Mends what XML 1.0 forbids in a text, as far as what was meant is plain: characters, and references to them. */

const FORBIDDEN = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g;
const REFERENCES = /(?:&#(?:x[0-9a-f]{1,8}|\d{1,10});)+/gi;
const ONE_REFERENCE = /&#(?:x([0-9a-f]+)|(\d+));/gi;
const LAST_CODE = 0x10ffff;

/**
 * Forbidden characters become blanks, references to the two halves of a pair one character, half a pair
 * U+FFFD.
 *
 * @returns the same text where there is nothing to mend
 */
export function repairedXml(text: string): string {
  return text.replace(FORBIDDEN, " ").replace(REFERENCES, repairedReferences);
}

function repairedReferences(references: string): string {
  const codes = Array.from(references.matchAll(ONE_REFERENCE), ([, hexadecimal, decimal]) =>
    hexadecimal === undefined ? Number(decimal) : Number.parseInt(hexadecimal, 16),
  );
  // What lies beyond the last character is nobody's slip.
  if (codes.every(isXmlCharacter) || codes.some((code) => code > LAST_CODE)) return references;
  const units = codes.map((code) => {
    if (isXmlCharacter(code)) return String.fromCodePoint(code);
    return isHalf(code) ? String.fromCharCode(code) : " ";
  });
  // As UTF-8 pairs are one character, and what has no other half U+FFFD.
  const text = Buffer.from(units.join(""), "utf8").toString("utf8");
  return Array.from(text, (one) => `&#${one.codePointAt(0)};`).join("");
}

/** Whether XML 1.0 has a character of that code (production [2]). */
export function isXmlCharacter(code: number): boolean {
  if (code < 0x20) return code === 0x9 || code === 0xa || code === 0xd;
  return code <= LAST_CODE && !isHalf(code) && code !== 0xfffe && code !== 0xffff;
}

function isHalf(code: number): boolean {
  return code >= 0xd800 && code <= 0xdfff;
}

/** Letters and the combining marks that MARC-8 puts before them. */

/** Memo of ASCII character and mark U+0300 to U+033F: 0 not known yet, else the composed one. */
const composed = new Uint16Array(64 * 128);
const DOES_NOT_COMPOSE = 0xffff;

/** The precomposed form of an ASCII character and a mark of the code tables, or 0 if there is none. */
export function composeAscii(base: number, mark: number): number {
  if (mark > 0x33f) return 0;
  const key = ((mark & 0x3f) << 7) | base;
  if (composed[key] === 0) {
    const text = String.fromCharCode(base, mark).normalize("NFC");
    composed[key] = text.length === 1 ? text.charCodeAt(0) : DOES_NOT_COMPOSE;
  }
  return composed[key] === DOES_NOT_COMPOSE ? 0 : composed[key];
}

/** Above this number marks are left as they stand; no writing system needs more. */
const MOST_ORDERED = 4;

/**
 * MARC-8 puts the marks of one letter from top to bottom or from left to right, Unicode from the
 * letter outwards. So the acute over the circumflex of a Vietnamese letter comes first in the one
 * and last in the other. They are turned round if that alone makes one character of them.
 */
export function inUnicodeOrder(base: number, marks: number[]): number[] {
  if (marks.length > MOST_ORDERED || base >= 0xd800) return marks;
  const compose = (order: number[]): boolean =>
    String.fromCharCode(base, ...order).normalize("NFC").length === 1;
  const reversed = marks.toReversed();
  return !compose(marks) && compose(reversed) ? reversed : marks;
}

/** The elements of an answer that its cutter looks at, and how it comes from one to the next. */

import { OTHER, RECORD } from "../input/xml-dialect.js";

export const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
const EXCLAMATION = 0x21;
const QUESTION = 0x3f;

/** Elements that matter beside records; whole tags are read of them, too. */
export const HEADER = RECORD + 1;
export const TOKEN = RECORD + 2;
/** What ends only behind the last record. */
export const AROUND = RECORD + 3;
/** Any other one outside the records, and behind one that stands in another. */
export const OF_ENVELOPE = RECORD + 4;

const ELEMENTS = new Map<string, number>([
  ["record", RECORD],
  ["header", HEADER],
  ["resumptionToken", TOKEN],
  ["ListRecords", AROUND],
  ["GetRecord", AROUND],
  ["OAI-PMH", AROUND],
]);
const LONGEST = Math.max(...Array.from(ELEMENTS.keys(), ({ length }) => length));
/** By the length of a name and its first byte whether it may be one of them: most tags are told by that. */
const MAY_MATTER = new Uint8Array((LONGEST + 1) * 256);
for (const name of ELEMENTS.keys()) MAY_MATTER[name.length * 256 + name.charCodeAt(0)] = 1;

function mayMatter(bytes: Buffer, from: number, to: number): boolean {
  return to - from <= LONGEST && MAY_MATTER[(to - from) * 256 + bytes[from]] === 1;
}

/** The element that a local name between two places means. */
export function elementOf(bytes: Buffer, from: number, to: number): number {
  if (!mayMatter(bytes, from, to)) return OTHER;
  return ELEMENTS.get(bytes.latin1Slice(from, to)) ?? OTHER;
}

/**
 * The first `<` from `from` on that may be more than the beginning of a tag of any other element: of one of
 * those above, of what is no tag, or of what is cut off. -1 where there is none.
 */
export function nextThatMatters(bytes: Buffer, from: number): number {
  const { length } = bytes;
  let start = bytes.indexOf(LESS, from);
  while (start >= 0) {
    let at = start + 1;
    const first = bytes[at];
    if (first === EXCLAMATION || first === QUESTION) return start;
    if (first === SLASH) at++;
    let local = at;
    for (let byte = bytes[at]; !endsName(byte); byte = bytes[++at]) {
      if (byte === COLON) local = at + 1;
    }
    if (at >= length || mayMatter(bytes, local, at)) return start;
    start = nextLess(bytes, at);
  }
  return -1;
}

/** Bytes of text that are looked through here: a longer one is worth a call of what is faster. */
const SHORT_TEXT = 32;

function nextLess(bytes: Buffer, from: number): number {
  const end = Math.min(bytes.length, from + SHORT_TEXT);
  for (let at = from; at < end; at++) if (bytes[at] === LESS) return at;
  return bytes.indexOf(LESS, end);
}

/** Whether a name has ended, be it with the bytes. */
function endsName(byte: number | undefined): boolean {
  return byte === undefined || byte <= 0x20 || byte === GREATER || byte === SLASH || byte === LESS;
}

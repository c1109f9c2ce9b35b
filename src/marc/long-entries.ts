/** Directories in which entries grew to 13 bytes, since a length or a start did not fit its digits. */

import {
  digitsAt,
  type Entries,
  type EntryShape,
  FIELD_TERMINATOR,
  type FieldArea,
  LEADER_LENGTH,
  type Reading,
  readEntries,
  type Span,
  STANDARD_ENTRY,
  tagAt,
} from "./directory.js";
import { byBytes } from "./directory-strategies.js";

const LONG_START: EntryShape = { lengthDigits: 4, startDigits: 6 };
const LONG_LENGTH: EntryShape = { lengthDigits: 5, startDigits: 5 };

/** Every entry has 13 bytes, or each has the size that makes it follow the one before it. */
export function byLongEntries(area: FieldArea): Reading | null {
  for (const shape of [LONG_START, LONG_LENGTH]) {
    if ((area.base - 1 - LEADER_LENGTH) % 13 !== 0) break;
    const entries: Entries = readEntries(area.bytes, area.base - 1, shape);
    const reading = byBytes(area, entries);
    if (reading) return { ...reading, code: "M212" };
  }
  return byMixedEntries(area);
}

function byMixedEntries({ bytes, base, end }: FieldArea): Reading | null {
  const spans: Span[] = [];
  let at = LEADER_LENGTH;
  let start = base;
  while (at < base - 1) {
    const shape = [STANDARD_ENTRY, LONG_LENGTH, LONG_START].find((one) => {
      const length = digitsAt(bytes, at + 3, one.lengthDigits);
      const fits = digitsAt(bytes, at + 3 + one.lengthDigits, one.startDigits) === start - base;
      return (
        fits &&
        length > 0 &&
        start + length <= end &&
        bytes[start + length - 1] === FIELD_TERMINATOR
      );
    });
    if (!shape) return null;
    const length = digitsAt(bytes, at + 3, shape.lengthDigits);
    spans.push({ tag: tagAt(bytes, at), start, end: start + length - 1 });
    start += length;
    at += 3 + shape.lengthDigits + shape.startDigits;
  }
  return at === base - 1 && start === end ? { spans, code: "M212" } : null;
}

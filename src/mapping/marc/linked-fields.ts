/** Field 880, alternate graphic representation: which field a `$6` links it to. */

import { type MarcRecord, tagCode } from "../../marc/marc-record.js";

export const ALTERNATE_GRAPHIC = tagCode("880");

const BLANK = 0x20;
/** Marks of direction and other marks without width, as they begin in UTF-8, and the no-break space. */
const INVISIBLE = /^(?:\u00a0|\u00ad|\u061c|[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff])/;

/** Behind blanks and invisible marks, which cataloguing clients set before a linkage. */
function behindMarks(bytes: Buffer, start: number, end: number): number {
  let at = start;
  while (at < end) {
    const byte = bytes[at];
    // MARC-8 has the joiners as single bytes.
    if (byte === BLANK || byte === 0x8d || byte === 0x8e) at++;
    else if (byte < 0x80) break;
    else {
      const mark = INVISIBLE.exec(bytes.toString("utf8", at, Math.min(at + 3, end)));
      if (mark === null) break;
      at += Buffer.byteLength(mark[0]);
    }
  }
  return at;
}

/** The offset of the linkage in the first `$6` of a data field, -1 if there is none. */
function linkageStart(record: MarcRecord, field: number): number {
  const { bytes } = record;
  const end = record.end(field);
  for (let at = record.start(field) + 2; at + 1 < end; at++) {
    if (bytes[at] === 0x1f && bytes[at + 1] === 0x36 /* 6 */)
      return behindMarks(bytes, at + 2, end);
  }
  return -1;
}

/** The tag code at the start of the field's `$6` (`245-01/$1`), 0 if it has none. */
export function linkedTag(record: MarcRecord, field: number): number {
  const start = linkageStart(record, field);
  if (start < 0 || start + 3 > record.end(field)) return 0;
  const { bytes } = record;
  return (bytes[start] << 16) | (bytes[start + 1] << 8) | bytes[start + 2];
}

/** The occurrence number of the field's `$6` as two bytes in one number, 0 for `00` or none. */
function linkedOccurrence(record: MarcRecord, field: number): number {
  const start = linkageStart(record, field);
  if (start < 0 || start + 6 > record.end(field)) return 0;
  const { bytes } = record;
  const number = (bytes[start + 4] << 8) | bytes[start + 5];
  return bytes[start + 3] !== 0x2d /* - */ || number === 0x3030 ? 0 : number;
}

/** Whether two fields are a pair: one is the 880 of the other, by tag and occurrence number. */
export function arePaired(record: MarcRecord, one: number, other: number): boolean {
  const alternate = record.tag(one) === ALTERNATE_GRAPHIC ? one : other;
  const regular = alternate === one ? other : one;
  if (record.tag(alternate) !== ALTERNATE_GRAPHIC || record.isControl(regular)) return false;
  const occurrence = linkedOccurrence(record, alternate);
  return (
    occurrence !== 0 &&
    linkedTag(record, alternate) === record.tag(regular) &&
    linkedOccurrence(record, regular) === occurrence
  );
}

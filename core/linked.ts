/** Field 880, alternate graphic representation; `src/mapping/marc/linked-fields.ts` says what links it. */

import { RECORD } from "./layout";
import { endOfField, firstSubfield, isControl, subfieldAt, tagOf } from "./record";

/** The tag code of 880. */
export const ALTERNATE_GRAPHIC: i32 = 0x383830;
const LINKAGE: i32 = 0x36;
const BLANK: u8 = 0x20;
const HYPHEN: u8 = 0x2d;
const NO_OCCURRENCE: u16 = 0x3030;

/** Not certain: a mark without width may stand before the linkage. */
const DOUBTFUL: i32 = -1;

/** Where the linkage of a field begins, 0 if it has none; DOUBTFUL. */
function linkageStart(field: i32): i32 {
  const last = firstSubfield(field + 1);
  const end = endOfField(field);
  for (let number = firstSubfield(field); number < last; number++) {
    const subfield = subfieldAt(number);
    if (load<i32>(subfield, 8) !== LINKAGE) continue;
    // Where it has been read, its text lies elsewhere.
    let at = load<i32>(subfield) as usize;
    if (at < RECORD || at > end) return DOUBTFUL;
    while (at < end && load<u8>(at) === BLANK) at++;
    return at < end && load<u8>(at) >= 0x80 ? DOUBTFUL : (at as i32);
  }
  return 0;
}

/** The tag code that a field is linked to, 0 if there is none; below 0 if that is not certain. */
export function linkedTag(field: i32): i32 {
  const start = linkageStart(field);
  if (start <= 0) return start;
  const at = start as usize;
  if (at + 3 > endOfField(field)) return 0;
  return ((load<u8>(at) as i32) << 16) | ((load<u8>(at, 1) as i32) << 8) | (load<u8>(at, 2) as i32);
}

/** The occurrence number of a linkage, 0 for `00` or none; below 0 if that is not certain. */
function linkedOccurrence(field: i32): i32 {
  const start = linkageStart(field);
  if (start <= 0) return start;
  const at = start as usize;
  if (at + 6 > endOfField(field) || load<u8>(at, 3) !== HYPHEN) return 0;
  const number = load<u16>(at, 4);
  return number === NO_OCCURRENCE ? 0 : (number as i32);
}

/** Whether two fields are a pair: 1, 0, or below 0 if that is not certain. */
export function arePaired(one: i32, other: i32): i32 {
  // The leader is nobody's pair.
  if (one < 0) return 0;
  const alternate = tagOf(one) === ALTERNATE_GRAPHIC ? one : other;
  const regular = alternate === one ? other : one;
  if (tagOf(alternate) !== ALTERNATE_GRAPHIC || isControl(regular)) return 0;
  const occurrence = linkedOccurrence(alternate);
  const tag = linkedTag(alternate);
  if (occurrence <= 0 || tag < 0) return occurrence < 0 || tag < 0 ? DOUBTFUL : 0;
  if (tag !== tagOf(regular)) return 0;
  const back = linkedOccurrence(regular);
  return back < 0 ? DOUBTFUL : back === occurrence ? 1 : 0;
}

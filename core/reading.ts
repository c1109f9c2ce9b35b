/** The texts of subfields and control fields: their bytes as they are, or what the caller makes of them. */

import { isSound } from "./characters";
import { ANSWER, DECODED, DECODED_END } from "./layout";
import { decodeMarc8, MOST_OF_BYTE } from "./marc8";
import {
  firstOfTag,
  firstSubfield,
  PLAIN,
  READ,
  subfieldAt,
  UNREADABLE,
  WITH_REFERENCE,
} from "./record";
import { lengthOf, NOTHING, startOf, Text, textOf, UNSURE } from "./text";

/**
 * Answered by the caller: the text of bytes of the record, in UTF-8 and NFC, at ANSWER.
 *
 * @returns its length, -1 where there is something to tell
 */
declare function decode(at: usize, length: usize): i32;

/** How the bytes of a record are read: ASCII or UTF-8, in which `&` is nothing but that; or MARC-8; or else as the caller says. */
const UNICODE: i32 = 1;
const MARC_8: i32 = 2;

let encoding: i32 = 0;
let used: usize = DECODED;

/** Begins with a record. */
export function beginReading(its: i32): void {
  encoding = its;
  used = DECODED;
}

function keep(subfield: usize, start: usize, end: usize): Text {
  store<i32>(subfield, start as i32);
  store<i32>(subfield, end as i32, 4);
  store<i32>(subfield, READ, 12);
  return textOf(start, end - start);
}

/** A text of MARC-8; UNSURE if it is for the caller. */
function ofMarc8(start: usize, end: usize): Text {
  if (used + (end - start) * MOST_OF_BYTE > DECODED_END) return UNSURE;
  const behind = decodeMarc8(start, end, used);
  if (behind <= used || !isSound(used, behind, true)) return UNSURE;
  const text = textOf(used, behind - used);
  used = behind;
  return text;
}

function decoded(start: usize, end: usize): Text {
  if (encoding === MARC_8) {
    const text = ofMarc8(start, end);
    if (text !== UNSURE) return text;
  }
  const length = decode(start, end - start);
  if (length <= 0 || used + (length as usize) > DECODED_END) return UNSURE;
  const text = textOf(used, length as usize);
  memory.copy(used, ANSWER, length as usize);
  used += length as usize;
  return isSound(startOf(text), startOf(text) + lengthOf(text), true) ? text : UNSURE;
}

/** Reads a text once for all rules. */
function read(subfield: usize, kind: i32): Text {
  const start = load<i32>(subfield) as usize;
  const end = load<i32>(subfield, 4) as usize;
  if (encoding === UNICODE && (kind === WITH_REFERENCE || isSound(start, end, false))) {
    return keep(subfield, start, end);
  }
  const text = decoded(start, end);
  if (text !== UNSURE) return keep(subfield, startOf(text), startOf(text) + lengthOf(text));
  store<i32>(subfield, UNREADABLE, 12);
  return UNSURE;
}

/** The text of a subfield; UNSURE if it is not for the core. */
export function textOfSubfield(subfield: usize): Text {
  const kind = load<i32>(subfield, 12);
  if (kind === PLAIN || kind === READ) {
    const start = load<i32>(subfield) as usize;
    return textOf(start, (load<i32>(subfield, 4) as usize) - start);
  }
  return kind === UNREADABLE ? UNSURE : read(subfield, kind);
}

/** The text of a control field. */
export function textOfControl(field: i32): Text {
  return textOfSubfield(subfieldAt(firstSubfield(field)));
}

/** Whether each byte of a control field is a character. */
export function isOfBytes(field: i32): bool {
  return load<i32>(subfieldAt(firstSubfield(field)), 12) === PLAIN;
}

/** The text of the first control field of a tag. */
export function controlText(tag: i32): Text {
  const field = firstOfTag(tag);
  return field < 0 ? NOTHING : textOfControl(field);
}

/** What is kept of the kind of a record; `src/mapping/marc/kind-evidence.ts` says what it is made from. */

import { ASK_EXTENT, ASK_KIND, asked, askedAnew } from "./memo";
import { isOfBytes, textOfSubfield } from "./reading";
import {
  endOfField,
  firstOfTag,
  firstSubfield,
  levelOfRecord,
  nextOfTag,
  startOfField,
  subfieldAt,
  typeOfRecord,
} from "./record";
import {
  appendByte,
  begin,
  endOf,
  finished,
  lengthOf,
  NOTHING,
  startOf,
  Text,
  UNSURE,
} from "./text";

const TITLE: i32 = 245;
const CODE_A: i32 = 0x61;
const CODE_B: i32 = 0x62;
const CODE_H: i32 = 0x68;
const CODE_N: i32 = 0x6e;
const CODE_P: i32 = 0x70;
const ZERO: u8 = 0x30;
const HEX_DIGITS: u32 = 16;

const START: u64 = 0xcbf29ce484222325;
const PRIME: u64 = 0x100000001b3;

/** Digest of all that the kind is made from (FNV-1a). */
let digest: u64 = START;

function addNumber(number: i32): void {
  digest = (digest ^ (number as u64)) * PRIME;
  digest ^= digest >> 32;
}

function addText(text: Text): void {
  const end = endOf(text);
  for (let at = startOf(text); at < end; at++) addNumber(load<u8>(at));
  addNumber(0x100 + (lengthOf(text) as i32));
}

/** Adds two positions of the control fields of a tag; false if they are not certain. */
function addPositions(tag: i32, one: usize, other: usize): bool {
  for (let field = firstOfTag(tag); field >= 0; field = nextOfTag(field)) {
    if (!isOfBytes(field)) return false;
    const start = startOfField(field);
    const length = endOfField(field) - start;
    addNumber(tag);
    addNumber(one < length ? load<u8>(start + one) : 0);
    addNumber(other < length ? load<u8>(start + other) : 0);
  }
  return true;
}

/** Adds the subfields of two codes. */
function addSubfields(tag: i32, one: i32, other: i32): bool {
  for (let field = firstOfTag(tag); field >= 0; field = nextOfTag(field)) {
    const last = firstSubfield(field + 1);
    for (let number = firstSubfield(field); number < last; number++) {
      const subfield = subfieldAt(number);
      const code = load<i32>(subfield, 8);
      if (code !== one && code !== other) continue;
      const text = textOfSubfield(subfield);
      if (text === UNSURE) return false;
      addNumber(tag);
      addText(text);
    }
  }
  return true;
}

/** A text with each of its numbers as one digit: what an extent tells does not depend on how many pages it names. */
function withoutNumbers(text: Text): Text {
  begin();
  const end = endOf(text);
  let inNumber: bool = false;
  for (let at = startOf(text); at < end; at++) {
    const byte = load<u8>(at);
    const isDigit = byte >= ZERO && byte <= 0x39;
    if (!isDigit) appendByte(byte);
    else if (!inNumber) appendByte(ZERO);
    inNumber = isDigit;
  }
  return finished();
}

function addExtents(): bool {
  for (let field = firstOfTag(300); field >= 0; field = nextOfTag(field)) {
    const last = firstSubfield(field + 1);
    for (let number = firstSubfield(field); number < last; number++) {
      const subfield = subfieldAt(number);
      if (load<i32>(subfield, 8) !== CODE_A) continue;
      const extent = textOfSubfield(subfield);
      const plain = extent === UNSURE ? UNSURE : withoutNumbers(extent);
      const form = plain === UNSURE ? UNSURE : asked(ASK_EXTENT, plain);
      if (form === UNSURE) return false;
      addNumber(300);
      addText(form);
    }
  }
  return true;
}

/** Whether the title says which part of a work it is. */
function namesPart(): bool {
  const title = firstOfTag(TITLE);
  if (title < 0) return false;
  const last = firstSubfield(title + 1);
  for (let number = firstSubfield(title); number < last; number++) {
    const code = load<i32>(subfieldAt(number), 8);
    if (code === CODE_N || code === CODE_P) return true;
  }
  return false;
}

/** The digest as a text. */
function digestText(): Text {
  begin();
  for (let i: u32 = 0; i < HEX_DIGITS; i++) {
    appendByte((0x41 + ((digest >> (i << 2)) & 0xf)) as u8);
  }
  return finished();
}

/** What is kept; UNSURE if that is not certain. */
export function kindOfRecord(): Text {
  if (namesPart()) return askedAnew(ASK_KIND, NOTHING);
  digest = START;
  addNumber(typeOfRecord());
  addNumber(levelOfRecord());
  const isCertain =
    addPositions(7, 0, 1) &&
    addPositions(8, 23, 29) &&
    addSubfields(TITLE, CODE_H, CODE_H) &&
    addExtents() &&
    addSubfields(337, CODE_A, CODE_B) &&
    addSubfields(338, CODE_A, CODE_B) &&
    addSubfields(533, CODE_A, CODE_A);
  if (!isCertain) return UNSURE;
  const key = digestText();
  return key === UNSURE ? UNSURE : asked(ASK_KIND, key);
}

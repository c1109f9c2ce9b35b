/** The record at hand: its fields and subfields, found in one pass, if nothing at all is out of order. */

import {
  FIELD_SIZE,
  FIRST_OF_TAG,
  FIRST_SUBFIELD,
  MOST_SUBFIELDS,
  NEXT_OF_TAG,
  RECORD,
  SUBFIELD_SIZE,
  SUBFIELDS,
  TABLE,
  TAGS,
} from "./layout";
import { bytesThatAre, HIGHEST_BITS, placeOfFirst } from "./text";

const UPPER_HALVES: u64 = 0xf0f0f0f0f0f0f0f0;
const LEADER_LENGTH: i32 = 24;
const ENTRY_LENGTH: i32 = 12;
const RECORD_TERMINATOR: u8 = 0x1d;
const FIELD_TERMINATOR: u8 = 0x1e;
const DELIMITER: u8 = 0x1f;
const ESCAPE: u8 = 0x1b;
const NUMBER_SIGN: u8 = 0x23;
const AMPERSAND: u8 = 0x26;

/** What `locate` has found. */
export const DOUBTFUL: i32 = 0;
export const ASCII: i32 = 1;
/** Sound in its structure; which characters its bytes are is to be judged. */
export const TO_BE_JUDGED: i32 = 2;

/** How the text of a subfield is to be had: not at all; its bytes are it; or they must be read first. */
export const UNREADABLE: i32 = 0;
export const PLAIN: i32 = 1;
/** ASCII in which a character reference may stand, for encodings that have such. */
export const WITH_REFERENCE: i32 = 2;
export const TO_BE_READ: i32 = 3;
/** Read: where the subfield says, it lies as text beyond ASCII. */
export const READ: i32 = 4;

export let fieldCount: i32 = 0;
let subfields: i32 = 0;
let judged: bool = false;

/** The number that digits say. */
function digitsAt(at: usize, count: i32): i32 {
  let value: i32 = 0;
  for (let i = 0; i < count; i++) value = value * 10 + ((load<u8>(at + i) & 0xf) as i32);
  return value;
}

/** Whether each of eight bytes is a digit. */
function areDigits(eight: u64): bool {
  const above = eight + 0x0606060606060606;
  return (
    (eight & UPPER_HALVES) === 0x3030303030303030 && (above & UPPER_HALVES) === 0x3030303030303030
  );
}

export function tagOf(field: i32): i32 {
  return load<i32>(TABLE + (field as usize) * FIELD_SIZE);
}

export function startOfField(field: i32): usize {
  return RECORD + (load<i32>(TABLE + (field as usize) * FIELD_SIZE, 4) as usize);
}

export function endOfField(field: i32): usize {
  return RECORD + (load<i32>(TABLE + (field as usize) * FIELD_SIZE, 8) as usize);
}

export function isControl(field: i32): bool {
  return load<i32>(TABLE + (field as usize) * FIELD_SIZE, 12) === 1;
}

export function firstOfTag(tag: i32): i32 {
  return load<i32>(FIRST_OF_TAG + ((tag as usize) << 2));
}

export function nextOfTag(field: i32): i32 {
  return load<i32>(NEXT_OF_TAG + ((field as usize) << 2));
}

/** The numbers of a field's subfields: of the first, and behind the last. */
export function firstSubfield(field: i32): i32 {
  return load<i32>(FIRST_SUBFIELD + ((field as usize) << 2));
}

export function subfieldAt(number: i32): usize {
  return SUBFIELDS + (number as usize) * SUBFIELD_SIZE;
}

/** Tag codes of three digits as a number from 0 to 999. */
export function numberOfTag(code: i32): i32 {
  return ((code >> 16) & 0xf) * 100 + ((code >> 8) & 0xf) * 10 + (code & 0xf);
}

/** Whether a byte may be an indicator: graphic ASCII or the blank, but not what is written for one. */
function isIndicator(byte: u8): bool {
  if (byte < 0x20 || byte > 0x7e) return false;
  return !(
    byte === 0x5c ||
    byte === 0x23 ||
    byte === 0x7c ||
    byte === 0x5e ||
    byte === 0x5f ||
    byte === 0x2d
  );
}

/** The first byte that is a control, `&`, DEL or beyond ASCII; the end if there is none. */
function nextSpecial(start: usize, end: usize): usize {
  for (let at = start; at < end; at += 8) {
    const eight = load<u64>(at);
    // A byte below the one that is taken away borrows from its highest bit.
    const control = (eight - 0x2020202020202020) & ~eight;
    const special =
      ((eight | control) & HIGHEST_BITS) |
      bytesThatAre(eight, 0x2626262626262626) |
      bytesThatAre(eight, 0x7f7f7f7f7f7f7f7f);
    if (special !== 0) return placeOfFirst(special, at, end);
  }
  return end;
}

function addSubfield(start: usize, end: usize, code: i32, plain: i32): bool {
  if (subfields === MOST_SUBFIELDS) return false;
  const at = subfieldAt(subfields++);
  store<i32>(at, start as i32);
  store<i32>(at, end as i32, 4);
  store<i32>(at, code, 8);
  store<i32>(at, plain, 12);
  return true;
}

/** What a special byte makes of the text that it stands in. */
function weighed(kind: i32, at: usize): i32 {
  const byte = load<u8>(at);
  if (byte === AMPERSAND) {
    if (load<u8>(at + 1) !== NUMBER_SIGN) return kind;
    judged = true;
    return kind === PLAIN ? WITH_REFERENCE : kind;
  }
  if (byte >= 0x80 || byte === ESCAPE) judged = true;
  return TO_BE_READ;
}

/** A control field is one text. */
function readControl(start: usize, end: usize): bool {
  let plain = PLAIN;
  for (let at = nextSpecial(start, end); at < end; at = nextSpecial(at + 1, end)) {
    const byte = load<u8>(at);
    if (byte >= RECORD_TERMINATOR && byte < 0x20) return false;
    plain = weighed(plain, at);
  }
  return addSubfield(start, end, 0, plain);
}

/** A data field is two indicators, then subfields that each have a graphic code. */
function readData(start: usize, end: usize): bool {
  if (end - start < 4 || load<u8>(start + 2) !== DELIMITER) return false;
  if (!isIndicator(load<u8>(start)) || !isIndicator(load<u8>(start + 1))) return false;
  let at = start + 2;
  while (at < end) {
    // A delimiter stands at `at`.
    if (at + 1 === end) return false;
    const code = load<u8>(at + 1);
    if (code <= 0x20 || code >= 0x7f) return false;
    const text = at + 2;
    let plain = PLAIN;
    // The code may be an ampersand that begins a reference.
    if (code === AMPERSAND && text < end && load<u8>(text) === NUMBER_SIGN) judged = true;
    at = nextSpecial(text, end);
    while (at < end) {
      const byte = load<u8>(at);
      if (byte === DELIMITER) break;
      if (byte >= RECORD_TERMINATOR && byte < 0x20) return false;
      plain = weighed(plain, at);
      at = nextSpecial(at + 1, end);
    }
    if (!addSubfield(text, at, code as i32, plain)) return false;
  }
  return true;
}

/** Leader/06 and leader/07. */
export function typeOfRecord(): u8 {
  return load<u8>(RECORD, 6);
}

export function levelOfRecord(): u8 {
  return load<u8>(RECORD, 7);
}

/** Whether the leader says what that of every sound record says. */
function isUsualLeader(): bool {
  for (let i = 0; i < LEADER_LENGTH; i++) {
    const byte = load<u8>(RECORD + i);
    if (byte < 0x20 || byte > 0x7e) return false;
  }
  return load<u16>(RECORD, 10) === 0x3232 && load<u32>(RECORD, 20) === 0x30303534;
}

/** Lists the fields by their tags, in the order of the record. */
function listByTag(): void {
  memory.fill(FIRST_OF_TAG, 0xff, (TAGS as usize) << 2);
  for (let field = fieldCount - 1; field >= 0; field--) {
    const first = FIRST_OF_TAG + ((numberOfTag(tagOf(field)) as usize) << 2);
    store<i32>(NEXT_OF_TAG + ((field as usize) << 2), load<i32>(first));
    store<i32>(first, field);
  }
}

/**
 * Finds the fields of the record that lies at RECORD.
 *
 * @param length in bytes, as its leader and the place of its terminator say
 * @returns DOUBTFUL if anything at all is out of order
 */
export function locate(length: i32): i32 {
  judged = false;
  subfields = 0;
  fieldCount = 0;
  const dataEnd = length - 1;
  if (!areDigits((load<u64>(RECORD, 12) & 0xffffffffff) | 0x3030300000000000)) return DOUBTFUL;
  const base = digitsAt(RECORD + 12, 5);
  if (base <= LEADER_LENGTH || base > dataEnd || load<u8>(RECORD + dataEnd) !== RECORD_TERMINATOR) {
    return DOUBTFUL;
  }
  if (load<u8>(RECORD + base - 1) !== FIELD_TERMINATOR || !isUsualLeader()) return DOUBTFUL;
  const size = base - 1 - LEADER_LENGTH;
  if (size === 0 || size % ENTRY_LENGTH !== 0) return DOUBTFUL;
  let start = base;
  for (let at = LEADER_LENGTH; at < base - 1; at += ENTRY_LENGTH) {
    const entry = RECORD + at;
    if (!areDigits(load<u64>(entry)) || !areDigits(load<u64>(entry, 4))) return DOUBTFUL;
    const long = digitsAt(entry + 3, 4);
    if (digitsAt(entry + 7, 5) !== start - base || long < 2) return DOUBTFUL;
    const a = load<u8>(entry) as i32;
    const b = load<u8>(entry, 1) as i32;
    const c = load<u8>(entry, 2) as i32;
    const end = start + long - 1;
    if (end >= dataEnd || load<u8>(RECORD + end) !== FIELD_TERMINATOR) return DOUBTFUL;
    const control = a === 0x30 && b === 0x30;
    store<i32>(FIRST_SUBFIELD + ((fieldCount as usize) << 2), subfields);
    const sound = control
      ? readControl(RECORD + start, RECORD + end)
      : readData(RECORD + start, RECORD + end);
    if (!sound) return DOUBTFUL;
    const place = TABLE + (fieldCount as usize) * FIELD_SIZE;
    store<i32>(place, (a << 16) | (b << 8) | c);
    store<i32>(place, start, 4);
    store<i32>(place, end, 8);
    store<i32>(place, control ? 1 : 0, 12);
    fieldCount++;
    start = end + 1;
  }
  if (start !== dataEnd) return DOUBTFUL;
  store<i32>(FIRST_SUBFIELD + ((fieldCount as usize) << 2), subfields);
  listByTag();
  return judged ? TO_BE_JUDGED : ASCII;
}

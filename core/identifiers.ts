/**
 * The normal forms of identifiers in their usual spellings; everything else, and every number that is not
 * valid, is for the caller (`src/fields/identifiers`).
 */

import { ASK_IDENTIFIERS, asked } from "./memo";
import { controlText } from "./reading";
import {
  append,
  appendByte,
  begin,
  endOf,
  finished,
  isAscii,
  lengthOf,
  NOTHING,
  same,
  startOf,
  Text,
  textOf,
  trimmed,
  UNSURE,
} from "./text";

export const ISBN: i32 = 1;
export const ISSN: i32 = 2;
export const LCCN: i32 = 3;
export const OCLC: i32 = 4;

const BLANK: u8 = 0x20;
const HYPHEN: u8 = 0x2d;
const ZERO: u8 = 0x30;
const LARGE_X: u8 = 0x58;

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

function digitAt(at: usize): i32 {
  return (load<u8>(at) as i32) - 0x30;
}

/** How many digits stand from a place on. */
function digitsFrom(start: usize, end: usize): usize {
  let at = start;
  while (at < end && isDigit(load<u8>(at))) at++;
  return at - start;
}

/** Whether behind a number nothing stands, or a sign or blank and then words without digits. */
function endsNumber(start: usize, end: usize): bool {
  if (start === end) return true;
  const sign = load<u8>(start);
  // ` (:;,.`
  if (
    sign !== BLANK &&
    sign !== 0x28 &&
    sign !== 0x3a &&
    sign !== 0x3b &&
    sign !== 0x2c &&
    sign !== 0x2e
  ) {
    return false;
  }
  for (let at = start + 1; at < end; at++) if (isDigit(load<u8>(at))) return false;
  return true;
}

/** Whether all digits are the same, which stands for "no number". */
function isOneDigit(at: usize, length: usize): bool {
  for (let i: usize = 1; i < length; i++) if (load<u8>(at + i) !== load<u8>(at)) return false;
  return true;
}

/** The check digit of twelve digits, weights 1 and 3 in turn. */
function checkThirteen(at: usize): i32 {
  let sum: i32 = 0;
  for (let i = 0; i < 12; i++) sum += (i % 2 === 0 ? 1 : 3) * digitAt(at + i);
  return (10 - (sum % 10)) % 10;
}

/** ISBN-10 and ISBN-13 without hyphens. */
function isbn(text: Text): Text {
  const at = startOf(text);
  const end = endOf(text);
  const digits = digitsFrom(at, end);
  if (digits === 13) {
    if (!endsNumber(at + 13, end)) return UNSURE;
    const isBook = digitAt(at) === 9 && digitAt(at + 1) === 7;
    const third = digitAt(at + 2);
    if (!isBook || !(third === 8 || (third === 9 && digitAt(at + 3) !== 0))) return UNSURE;
    return digitAt(at + 12) === checkThirteen(at) ? textOf(at, 13) : UNSURE;
  }
  const withX = digits === 9 && at + 9 < end && (load<u8>(at + 9) | 0x20) === 0x78;
  if (digits !== 10 && !withX) return UNSURE;
  if (!endsNumber(at + 10, end) || isOneDigit(at, 10)) return UNSURE;
  let sum: i32 = 0;
  for (let i = 0; i < 9; i++) sum += (i + 1) * digitAt(at + i);
  if (sum % 11 !== (withX ? 10 : digitAt(at + 9))) return UNSURE;
  begin();
  appendByte(0x39);
  appendByte(0x37);
  appendByte(0x38);
  append(at, 9);
  const body = finished();
  if (body === UNSURE) return UNSURE;
  appendByte(((ZERO as i32) + checkThirteen(startOf(body))) as u8);
  return finished();
}

/** `1234-567X`. */
function issn(text: Text): Text {
  const at = startOf(text);
  const end = endOf(text);
  if (end - at < 9 || load<u8>(at + 4) !== HYPHEN || digitsFrom(at, end) !== 4) return UNSURE;
  const second = digitsFrom(at + 5, end);
  const withX = second === 3 && load<u8>(at + 8) === LARGE_X;
  if (!(second === 4 || withX) || !endsNumber(at + 9, end)) return UNSURE;
  let sum: i32 = 0;
  for (let i = 0; i < 4; i++) sum += (8 - i) * digitAt(at + i);
  for (let i = 4; i < 7; i++) sum += (8 - i) * digitAt(at + 1 + i);
  const check = (11 - (sum % 11)) % 11;
  if (check !== (withX ? 10 : digitAt(at + 8))) return UNSURE;
  return sum === 0 ? UNSURE : textOf(at, 9);
}

/** Eight or ten digits behind a prefix of at most two letters and blanks. */
function lccn(text: Text): Text {
  const end = endOf(text);
  let at = startOf(text);
  const prefix = at;
  while (at < end && (load<u8>(at) | 0x20) >= 0x61 && (load<u8>(at) | 0x20) <= 0x7a) at++;
  const letters = at - prefix;
  while (at < end && load<u8>(at) === BLANK) at++;
  const digits = digitsFrom(at, end);
  if (letters > 2 || (digits !== 8 && digits !== 10) || at + digits !== end) return UNSURE;
  if (load<u8>(at) === ZERO && isOneDigit(at, digits)) return UNSURE;
  if (letters === 0) return textOf(at, digits);
  begin();
  for (let i: usize = 0; i < letters; i++) appendByte(load<u8>(prefix + i) | 0x20);
  append(at, digits);
  return finished();
}

/** Whether these bytes stand at a place, the first one lowest. */
function isAt(at: usize, end: usize, word: u64, length: usize): bool {
  if (at + length > end) return false;
  for (let i: usize = 0; i < length; i++) {
    if (load<u8>(at + i) !== (((word >> (i << 3)) & 0xff) as u8)) return false;
  }
  return true;
}

const PREFIX: u64 = 0x29434c6f434f28; // (OCoLC)
const PREFIX_LENGTH: usize = 7;

/** The number without its leading zeros and a blank at its end; UNSURE if it is not that. */
function bareNumber(start: usize, end: usize): Text {
  let at = start;
  while (at < end && load<u8>(at) === ZERO) at++;
  const digits = digitsFrom(at, end);
  return digits === 0 || digits > 12 || at + digits !== end ? UNSURE : textOf(at, digits);
}

/**
 * `(OCoLC)`, then or alone `ocm`, `ocn`, `on`, then the number.
 *
 * @param isFirst whether no number stands before it
 */
function oclc(text: Text, isFirst: bool): Text {
  const start = startOf(text);
  const end = endOf(text);
  let at = start;
  if (isAt(at, end, PREFIX, PREFIX_LENGTH)) at += PREFIX_LENGTH;
  if (isAt(at, end, 0x6d636f, 3) || isAt(at, end, 0x6e636f, 3)) at += 3;
  else if (isAt(at, end, 0x6e6f, 2)) at += 2;
  if (at > start) return bareNumber(at, end);
  if (digitsFrom(start, end) === lengthOf(text)) return isFirst ? numbered(text) : NOTHING;
  for (; at + 1 < end; at++) {
    const second = load<u8>(at + 1) | 0x20;
    if ((load<u8>(at) | 0x20) === 0x6f && (second === 0x63 || second === 0x6e)) return UNSURE;
  }
  return NOTHING;
}

/** Digits alone are an OCLC number where they are 001 and 003 says OCoLC. */
function numbered(text: Text): Text {
  const agency = controlText(3);
  const number = controlText(1);
  if (agency === UNSURE || number === UNSURE) return UNSURE;
  const name = trimmed(agency);
  if (lengthOf(name) !== 5) return NOTHING;
  const at = startOf(name);
  const isOclc = (load<u32>(at) | 0x20202020) === 0x6c6f636f && (load<u8>(at + 4) | 0x20) === 0x63;
  if (!isOclc || !same(trimmed(number), text)) return NOTHING;
  return bareNumber(startOf(text), endOf(text));
}

/**
 * The normal forms of an element, a semicolon between; UNSURE where there is something to tell.
 *
 * @param isFirst whether none is known before it
 */
export function normalForms(kind: i32, element: Text, isFirst: bool): Text {
  let normal: Text = UNSURE;
  if (!isAscii(element)) return asked(ASK_IDENTIFIERS + kind, element);
  if (kind === ISBN) normal = isbn(element);
  else if (kind === ISSN) normal = issn(element);
  else if (kind === LCCN) normal = lccn(element);
  else normal = oclc(element, isFirst);
  if (normal !== UNSURE) return normal;
  // What digits alone are depends on the record.
  if (kind === OCLC && digitsFrom(startOf(element), endOf(element)) === lengthOf(element))
    return UNSURE;
  return asked(ASK_IDENTIFIERS + kind, element);
}

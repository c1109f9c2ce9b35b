/** The rule table as the caller has written it (`src/mapping/bytes/program.ts`): 32-bit numbers and texts. */

import { Text, textOf } from "./text";

export const RULE_SIZE: usize = 64;
export const COLUMN_SIZE: usize = 96;

/** Which fields a rule wants. */
export const NO_FIELD: i32 = 0;
export const BY_TAG: i32 = 1;
export const BY_PATTERN: i32 = 2;
export const LEADER: i32 = 3;

/** What becomes of a text. */
export const IS_LIST: i32 = 1;
export const SKIP_NONFILING: i32 = 2;
export const TRIM_PUNCTUATION: i32 = 4;
/** Each text is to be asked for. */
export const ASK_ALWAYS: i32 = 8;
/** The fields 880 that are linked to its own belong to it. */
export const ALTERNATE: i32 = 16;
export const SEPARATE: i32 = 32;
export const ANY_CODE: i32 = 64;
/** There are substitutions, of each of which a test tells whether it does anything. */
export const TESTED: i32 = 128;

/** Tests: kind, then place and length of a text that is needed, or the place of a machine. */
export const TEST_SIZE: usize = 12;
export const NEEDS_TEXT: i32 = 0;
/** What begins as the machine says is dropped. */
export const DROPS_THESE: i32 = 1;
/** All else is dropped. */
export const DROPS_OTHERS: i32 = 2;

/** Kinds of columns. */
export const CONSTANT: i32 = 0;
export const TEXT_COLUMN: i32 = 1;
export const LIST_COLUMN: i32 = 2;
export const NOTES_COLUMN: i32 = 3;
export const URL_COLUMN: i32 = 4;
export const RECORD_TYPE: i32 = 5;
/** One that is worked out elsewhere. */
export const FOREIGN_COLUMN: i32 = 6;

export const FIRST_ONLY: i32 = 1;
export const UNIQUE: i32 = 2;
/** The joins separate elements: each finding goes into the list by itself. */
export const SEPARATES: i32 = 4;
/** Where nothing is found, the value is known. */
export const KNOWS_NOTHING: i32 = 8;
/** The further URLs of the url column belong to it. */
export const WITH_OTHER_URLS: i32 = 16;
/** A URL is stored as it is cleaned. */
export const CLEAN_URL: i32 = 32;

export function wants(rule: usize): i32 {
  return load<i32>(rule);
}

/** The tag's number, or the three bytes of a pattern. */
export function tagWanted(rule: usize): i32 {
  return load<i32>(rule, 4);
}

export function ruleFlags(rule: usize): i32 {
  return load<i32>(rule, 8);
}

/** First and last position of a fixed field, -1 for all of it. */
export function rangeFrom(rule: usize): i32 {
  return load<i32>(rule, 12);
}

export function rangeTo(rule: usize): i32 {
  return load<i32>(rule, 16);
}

/** 256 flags, 0 for any. */
export function indicator1(rule: usize): usize {
  return load<i32>(rule, 20) as usize;
}

export function indicator2(rule: usize): usize {
  return load<i32>(rule, 24) as usize;
}

export function codes(rule: usize): usize {
  return load<i32>(rule, 28) as usize;
}

/** A text of the program: its place and its length. */
export function textAt(place: usize): Text {
  return textOf(load<i32>(place) as usize, load<i32>(place, 4) as usize);
}

export function subfieldJoin(rule: usize): Text {
  return textAt(rule + 32);
}

/** What a semicolon becomes; of length 0 where it stays. */
export function semicolon(rule: usize): Text {
  return textAt(rule + 40);
}

/** The tests of the substitutions, in order: their number, then they. */
export function tests(rule: usize): usize {
  return load<i32>(rule, 48) as usize;
}

/** One-based. */
export function numberOf(rule: usize): i32 {
  return load<i32>(rule, 52);
}

/** The three bytes of its pattern, in which `X` is any digit. */
export function patternOf(rule: usize): i32 {
  return load<i32>(rule, 56);
}

/** Of a rule of the notes: the number of its part. */
export function partOf(rule: usize): i32 {
  return load<i32>(rule, 60);
}

export function columnKind(column: usize): i32 {
  return load<i32>(column);
}

export function rulesOf(column: usize): usize {
  return load<i32>(column, 4) as usize;
}

export function ruleCount(column: usize): i32 {
  return load<i32>(column, 8);
}

export function columnFlags(column: usize): i32 {
  return load<i32>(column, 12);
}

export function initial(column: usize, serial: bool): Text {
  return textAt(column + (serial ? 16 : 24));
}

export function fieldJoin(column: usize): Text {
  return textAt(column + 32);
}

/** What is stored where the value is empty; of a constant its value. */
export function fallback(column: usize): Text {
  return textAt(column + 40);
}

export function nothingFound(column: usize, serial: bool): Text {
  return textAt(column + (serial ? 48 : 56));
}

/** NUMBERS_… of identifiers.ts, 0 for none. */
export function identifierKind(column: usize): i32 {
  return load<i32>(column, 64);
}

/** The number by which the caller knows the kind of identifiers. */
export function columnNumber(column: usize): i32 {
  return load<i32>(column, 68);
}

/** Of the url: the parts of the fallback pattern, their number, then they. */
export function fallbackParts(column: usize): usize {
  return load<i32>(column, 72) as usize;
}

/** The text that a rule chooses from one field: subfields chosen and joined, or positions of a fixed field. */

import { RECORD } from "./layout";
import {
  ANY_CODE,
  codes,
  indicator1,
  indicator2,
  rangeFrom,
  rangeTo,
  ruleFlags,
  SEPARATE,
  SKIP_NONFILING,
  semicolon,
  subfieldJoin,
} from "./program";
import {
  endOfField,
  firstSubfield,
  isControl,
  numberOfTag,
  PLAIN,
  startOfField,
  subfieldAt,
  tagOf,
} from "./record";
import {
  append,
  appendText,
  begin,
  endOf,
  finished,
  indexOf,
  lengthOf,
  NOTHING,
  startOf,
  Text,
  textOf,
  UNSURE,
} from "./text";

const LEADER_LENGTH: i32 = 24;
const SEMICOLON: u8 = 0x3b;

/** The highest kind of plain bytes that may be taken as they are: an ampersand is not, in MARC-8. */
let readable: i32 = PLAIN;
/** Where the next value of the field begins, as the number of a subfield; -1 behind the last. */
export let nextSubfield: i32 = -1;

export function setReadable(kind: i32): void {
  readable = kind;
}

/** Whether the bytes of a subfield are its text. */
export function isReadable(subfield: usize): bool {
  const plain = load<i32>(subfield, 12);
  return plain !== 0 && plain <= readable;
}

/** Blanks and fill characters alone: a coded position that says nothing. */
function orNothing(text: Text): Text {
  const end = endOf(text);
  for (let at = startOf(text); at < end; at++) {
    const byte = load<u8>(at);
    if (byte !== 0x20 && byte !== 0x7c) return text;
  }
  return NOTHING;
}

export function chosenOfLeader(rule: usize): Text {
  nextSubfield = -1;
  const from = rangeFrom(rule);
  if (from < 0) return orNothing(textOf(RECORD, LEADER_LENGTH));
  const to = rangeTo(rule);
  return to >= LEADER_LENGTH ? NOTHING : orNothing(textOf(RECORD + from, to + 1 - from));
}

function chosenOfControl(rule: usize, field: i32): Text {
  if ((ruleFlags(rule) & ANY_CODE) === 0) return NOTHING;
  const start = startOfField(field);
  const length = endOfField(field) - start;
  const from = rangeFrom(rule);
  if (!isReadable(subfieldAt(firstSubfield(field)))) return UNSURE;
  if (from < 0) return orNothing(textOf(start, length));
  const to = rangeTo(rule) as usize;
  return to >= length ? NOTHING : orNothing(textOf(start + from, to + 1 - from));
}

/** The number of the indicator that counts nonfiling characters, 0 for none. */
function countingIndicator(tag: i32): i32 {
  if (tag === 245 || tag === 240 || tag === 440 || tag === 830) return 2;
  return tag === 130 || tag === 630 || tag === 730 || tag === 740 ? 1 : 0;
}

function isInWord(byte: u8): bool {
  const lower = byte | 0x20;
  return (lower >= 0x61 && lower <= 0x7a) || (byte >= 0x30 && byte <= 0x39);
}

/** Without the nonfiling characters that an indicator counts. */
function filingForm(field: i32, text: Text): Text {
  const indicator = countingIndicator(numberOfTag(tagOf(field)));
  if (indicator === 0) return text;
  const count = (load<u8>(startOfField(field) + indicator - 1) as i32) - 0x30;
  if (count < 1 || count > 9 || lengthOf(text) <= (count as usize)) return text;
  const start = startOf(text);
  let cut = start + count;
  while (cut > start && isInWord(load<u8>(cut - 1)) && isInWord(load<u8>(cut))) cut--;
  return textOf(cut, endOf(text) - cut);
}

/** Adds a text; its semicolons become what the rule says. */
function appendSafely(rule: usize, text: Text): void {
  const safe = semicolon(rule);
  if (lengthOf(safe) === 0) {
    appendText(text);
    return;
  }
  const end = endOf(text);
  let at = startOf(text);
  for (;;) {
    const stop = indexOf(SEMICOLON, at, end);
    append(at, stop - at);
    if (stop === end) return;
    appendText(safe);
    at = stop + 1;
  }
}

/** Whether a text can be taken where it lies. */
function liesSafely(rule: usize, text: Text): bool {
  if (lengthOf(semicolon(rule)) === 0) return true;
  return indexOf(SEMICOLON, startOf(text), endOf(text)) === endOf(text);
}

/**
 * The text of the subfields from `from` on; of a rule whose subfields are values of their own the
 * first that is chosen, and `nextSubfield` says where to go on.
 */
function chosenOfSubfields(rule: usize, field: i32, from: i32): Text {
  const flags = ruleFlags(rule);
  const set = codes(rule);
  const last = firstSubfield(field + 1);
  nextSubfield = -1;
  let counting = (flags & SKIP_NONFILING) !== 0;
  let pieces = 0;
  let only: Text = NOTHING;
  for (let number = from; number < last; number++) {
    const subfield = subfieldAt(number);
    const code = load<i32>(subfield, 8);
    const start = load<i32>(subfield) as usize;
    const end = load<i32>(subfield, 4) as usize;
    const filing = counting && (code < 0x30 || code > 0x39);
    if (filing) counting = false;
    if (start === end || load<u8>(set + code) === 0) continue;
    if (!isReadable(subfield)) return UNSURE;
    const text = textOf(start, end - start);
    const piece = filing ? filingForm(field, text) : text;
    pieces++;
    if (pieces === 1) only = piece;
    else {
      if (pieces === 2) {
        begin();
        appendSafely(rule, only);
      }
      appendText(subfieldJoin(rule));
      appendSafely(rule, piece);
    }
    if ((flags & SEPARATE) !== 0) {
      if (number + 1 < last) nextSubfield = number + 1;
      break;
    }
  }
  if (pieces === 0) return NOTHING;
  if (pieces === 1 && liesSafely(rule, only)) return only;
  if (pieces === 1) {
    begin();
    appendSafely(rule, only);
  }
  return finished();
}

/** The text that a rule chooses from a field: NOTHING if the rule does not fit, UNSURE if it is not certain. */
export function chosenOfField(rule: usize, field: i32): Text {
  nextSubfield = -1;
  if (isControl(field)) return chosenOfControl(rule, field);
  const start = startOfField(field);
  const first = indicator1(rule);
  if (first !== 0 && load<u8>(first + load<u8>(start)) === 0) return NOTHING;
  const second = indicator2(rule);
  if (second !== 0 && load<u8>(second + load<u8>(start, 1)) === 0) return NOTHING;
  if (rangeFrom(rule) >= 0) return NOTHING;
  return chosenOfSubfields(rule, field, firstSubfield(field));
}

/** The next value of a field whose subfields are values of their own. */
export function chosenNext(rule: usize, field: i32): Text {
  return chosenOfSubfields(rule, field, nextSubfield);
}

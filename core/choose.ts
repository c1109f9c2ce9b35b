/** The text that a rule chooses from one field: subfields chosen and joined, or positions of a fixed field. */

import { before, codeAt, isInWord, width } from "./characters";
import { RECORD } from "./layout";
import { ALTERNATE_GRAPHIC, linkedTag } from "./linked";
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
import { isOfBytes, textOfControl, textOfSubfield } from "./reading";
import { endOfField, firstSubfield, isControl, startOfField, subfieldAt, tagOf } from "./record";
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

/** Where the next value of the field begins, as the number of a subfield; -1 behind the last. */
export let nextSubfield: i32 = -1;

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
  const from = rangeFrom(rule);
  if (from < 0) {
    const text = textOfControl(field);
    return text === UNSURE ? UNSURE : orNothing(text);
  }
  if (!isOfBytes(field)) return UNSURE;
  const start = startOfField(field);
  const to = rangeTo(rule) as usize;
  if (to >= endOfField(field) - start) return NOTHING;
  return orNothing(textOf(start + from, to + 1 - from));
}

/** The number of the indicator that counts nonfiling characters, 0 for none. */
function countingIndicator(tag: i32): i32 {
  // 245, 240, 440, 830
  if (tag === 0x323435 || tag === 0x323430 || tag === 0x343430 || tag === 0x383330) return 2;
  // 130, 630, 730, 740
  const counts = tag === 0x313330 || tag === 0x363330 || tag === 0x373330 || tag === 0x373430;
  return counts ? 1 : 0;
}

/** The tag whose indicator counts: of a field in another script that of its original. */
function countedTag(field: i32): i32 {
  const tag = tagOf(field);
  return tag === ALTERNATE_GRAPHIC ? linkedTag(field) : tag;
}

/** Without the nonfiling characters that an indicator counts. */
function filingForm(field: i32, text: Text): Text {
  const tag = countedTag(field);
  if (tag < 0) return UNSURE;
  const indicator = countingIndicator(tag);
  if (indicator === 0) return text;
  const count = (load<u8>(startOfField(field) + indicator - 1) as i32) - 0x30;
  if (count < 1 || count > 9) return text;
  const start = startOf(text);
  const end = endOf(text);
  let cut = start;
  for (let i = 0; i < count && cut < end; i++) {
    codeAt(cut, end);
    cut += width;
  }
  if (cut >= end) return text;
  while (cut > start && isInWord(codeAt(before(cut), end)) && isInWord(codeAt(cut, end))) {
    cut = before(cut);
  }
  return textOf(cut, end - cut);
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
    const filing = counting && (code < 0x30 || code > 0x39);
    if (filing) counting = false;
    if (load<i32>(subfield) === load<i32>(subfield, 4) || load<u8>(set + code) === 0) continue;
    const text = textOfSubfield(subfield);
    const piece = filing && text !== UNSURE ? filingForm(field, text) : text;
    if (piece === UNSURE) return UNSURE;
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

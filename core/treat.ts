/** What becomes of a chosen text: substitutions and translation by the caller, punctuation here. */

import { MOST_PIECES, PIECES } from "./layout";
import { asked } from "./memo";
import { begins } from "./prefix";
import {
  ASK_ALWAYS,
  DROPS_THESE,
  IS_LIST,
  NEEDS_TEXT,
  numberOf,
  ruleFlags,
  TEST_SIZE,
  TESTED,
  TRIM_PUNCTUATION,
  tests,
  textAt,
} from "./program";
import { withoutPunctuation } from "./punctuation";
import {
  appendByte,
  appendText,
  begin,
  endOf,
  finished,
  holds,
  indexOf,
  isAscii,
  lengthOf,
  NOTHING,
  startOf,
  Text,
  textOf,
  trimmed,
  UNSURE,
} from "./text";

const SEMICOLON: u8 = 0x3b;

/** What substitutions make of a text. */
const NO_CHANGE: i32 = 0;
const DROPPED: i32 = 1;
const TO_BE_ASKED: i32 = 2;

/** What the substitutions of a rule make of a text, as far as their tests tell. */
function tested(rule: usize, text: Text): i32 {
  const list = tests(rule);
  const count = load<i32>(list);
  for (let i = 0; i < count; i++) {
    const test = list + 4 + (i as usize) * TEST_SIZE;
    const kind = load<i32>(test);
    if (kind === NEEDS_TEXT) {
      if (holds(text, textAt(test + 4))) return TO_BE_ASKED;
      continue;
    }
    const so = begins(load<i32>(test, 4) as usize, text);
    if (so < 0) return TO_BE_ASKED;
    // Whether a pattern takes all that follows is certain of ASCII alone.
    if ((so === 1) === (kind === DROPS_THESE)) return isAscii(text) ? DROPPED : TO_BE_ASKED;
  }
  return NO_CHANGE;
}

/** What stands between semicolons is trimmed, and treated if anything is left. */
function eachWithoutPunctuation(text: Text): Text {
  const end = endOf(text);
  let start = startOf(text);
  let stop = indexOf(SEMICOLON, start, end);
  if (stop === end) {
    const only = trimmed(text);
    return lengthOf(only) === 0 ? NOTHING : withoutPunctuation(only);
  }
  // Answers about abbreviations are put together in the same place, so that each value comes first.
  let pieces: i32 = 0;
  for (;;) {
    const value = trimmed(textOf(start, stop - start));
    if (lengthOf(value) > 0) {
      const treated = withoutPunctuation(value);
      if (treated === UNSURE || pieces === MOST_PIECES) return UNSURE;
      store<u64>(PIECES + ((pieces as usize) << 3), treated);
    } else store<u64>(PIECES + ((pieces as usize) << 3), NOTHING);
    pieces++;
    if (stop === end || pieces === MOST_PIECES) break;
    start = stop + 1;
    stop = indexOf(SEMICOLON, start, end);
  }
  if (stop !== end) return UNSURE;
  begin();
  for (let i = 0; i < pieces; i++) {
    if (i > 0) appendByte(SEMICOLON);
    appendText(load<u64>(PIECES + ((i as usize) << 3)));
  }
  return finished();
}

/** The text that a rule makes of what it has chosen; UNSURE if that is not certain. */
export function treated(rule: usize, chosen: Text): Text {
  const flags = ruleFlags(rule);
  if ((flags & ASK_ALWAYS) !== 0) return asked(numberOf(rule), chosen);
  if ((flags & TESTED) !== 0) {
    const made = tested(rule, chosen);
    if (made === TO_BE_ASKED) return asked(numberOf(rule), chosen);
    // Nothing more can come of it.
    if (made === DROPPED) return NOTHING;
  }
  if ((flags & TRIM_PUNCTUATION) === 0) return chosen;
  return (flags & IS_LIST) !== 0 ? eachWithoutPunctuation(chosen) : withoutPunctuation(chosen);
}

/**
 * What is asked of the caller, and what it has answered before: texts come again, codes and terms in
 * record after record. What has been answered depends on the question and its text alone.
 */

import { isSound } from "./characters";
import { ANSWER, MEMO, MEMO_TEXTS, MEMO_TEXTS_END, MEMO_USE, MOST_RULES } from "./layout";
import {
  append,
  begin,
  endOf,
  finished,
  hashOf,
  lengthOf,
  sameBytes,
  startOf,
  Text,
  textOf,
  UNSURE,
} from "./text";

/** Answers whether a word is an abbreviation: a text of length 0 if it is none. */
export const ASK_ABBREVIATION: i32 = 0;
/** Of a kind of identifiers, 1 to 4: their normal forms, a semicolon between. */
export const ASK_IDENTIFIERS: i32 = MOST_RULES - 8;
/** The form that an extent tells, and what is kept of the kind of the record at hand. */
export const ASK_EXTENT: i32 = MOST_RULES - 3;
export const ASK_KIND: i32 = MOST_RULES - 2;

/**
 * Answered by the caller: what becomes of the text. The answer lies at ANSWER.
 *
 * @param question the number of a rule, one-based, or one of the above
 * @returns its length, -1 if it cannot be said here
 */
declare function answer(question: i32, at: usize, length: usize): i32;

const LONGEST: usize = 120;
const LONGEST_ANSWER: usize = 400;
const SLOTS: u32 = 0x8000;
/** Question, hash, text, length, answer, length; a question of -1 is none. */
const SLOT_SIZE: usize = 32;
/** So many questions tell whether remembering is worth it. */
const TRIAL: i32 = 512;

let textsUsed: usize = MEMO_TEXTS;
let slotsUsed: u32 = 0;

export function forget(): void {
  memory.fill(MEMO, 0xff, (SLOTS as usize) * SLOT_SIZE);
  textsUsed = MEMO_TEXTS;
  slotsUsed = 0;
}

/** Asks about a text, whether that was asked before or not; the answer is copied to where texts are put together. */
export function askedAnew(question: i32, text: Text): Text {
  const length = answer(question, startOf(text), lengthOf(text));
  if (length < 0) return UNSURE;
  begin();
  append(ANSWER, length as usize);
  const answered = finished();
  const isGood = answered !== UNSURE && isSound(startOf(answered), endOf(answered), false);
  return isGood ? answered : UNSURE;
}

/** Whether the texts of a question come again often enough. */
function isWorthwhile(use: usize): bool {
  const questions = load<i32>(use);
  return questions < TRIAL || load<i32>(use, 4) * 4 > questions;
}

/** The answer to a question about a text; UNSURE if there is none. */
export function asked(question: i32, text: Text): Text {
  const length = lengthOf(text);
  const use = MEMO_USE + ((question as usize) << 3);
  if (length > LONGEST || !isWorthwhile(use)) return askedAnew(question, text);
  store<i32>(use, load<i32>(use) + 1);
  const hash = hashOf(text, question);
  let slot = hash & (SLOTS - 1);
  for (;;) {
    const place = MEMO + (slot as usize) * SLOT_SIZE;
    const known = load<i32>(place);
    if (known === -1) break;
    if (
      known === question &&
      load<u32>(place, 4) === hash &&
      load<u32>(place, 12) === (length as u32) &&
      sameBytes(load<u32>(place, 8) as usize, startOf(text), length)
    ) {
      store<i32>(use, load<i32>(use, 4) + 1, 4);
      return textOf(load<u32>(place, 16) as usize, load<u32>(place, 20) as usize);
    }
    slot = (slot + 1) & (SLOTS - 1);
  }
  const answered = askedAnew(question, text);
  if (answered === UNSURE || lengthOf(answered) > LONGEST_ANSWER) return answered;
  return remembered(question, hash, text, answered);
}

/** Remembers an answer; what is full is emptied, but not under what the record at hand has taken of it. */
function remembered(question: i32, hash: u32, text: Text, answered: Text): Text {
  const length = lengthOf(text);
  const size = length + lengthOf(answered);
  if (slotsUsed * 2 >= SLOTS || textsUsed + size > MEMO_TEXTS_END) {
    isFull = true;
    return answered;
  }
  memory.copy(textsUsed, startOf(text), length);
  memory.copy(textsUsed + length, startOf(answered), lengthOf(answered));
  let slot = hash & (SLOTS - 1);
  while (load<i32>(MEMO + (slot as usize) * SLOT_SIZE) !== -1) slot = (slot + 1) & (SLOTS - 1);
  const place = MEMO + (slot as usize) * SLOT_SIZE;
  store<i32>(place, question);
  store<u32>(place, hash, 4);
  store<u32>(place, textsUsed as u32, 8);
  store<u32>(place, length as u32, 12);
  store<u32>(place, (textsUsed + length) as u32, 16);
  store<u32>(place, lengthOf(answered) as u32, 20);
  textsUsed += size;
  slotsUsed++;
  return answered;
}

let isFull: bool = false;

/** To be called between records, when nothing points into what is remembered. */
export function forgetIfFull(): void {
  if (!isFull) return;
  isFull = false;
  forget();
}

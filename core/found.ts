/** One rule on the record at hand, and what the rules of a column have found so far. */

import { chosenNext, chosenOfField, chosenOfLeader, nextSubfield } from "./choose";
import { FOUND, FOUND_SIZE, MATCHED, MOST_FOUND, PENDING } from "./layout";
import { ALTERNATE_GRAPHIC, arePaired, linkedTag } from "./linked";
import {
  ALTERNATE,
  BY_TAG,
  IS_LIST,
  LEADER,
  NO_FIELD,
  numberOf,
  patternOf,
  ruleFlags,
  tagWanted,
  wants,
} from "./program";
import { fieldCount, firstOfTag, nextOfTag, tagOf } from "./record";
import { endOf, lengthOf, same, startOf, Text, UNSURE } from "./text";
import { treated } from "./treat";

const ALTERNATE_TAG: i32 = 880;
/** The leader stands for a field that has no number. */
const OF_LEADER: i32 = -1;
const DIGIT_OF_PATTERN: i32 = 0x58;

export let found: i32 = 0;
let firstOnly: bool = false;
let unique: bool = false;

export function clearFound(onlyFirst: bool, eachOnce: bool): void {
  found = 0;
  firstOnly = onlyFirst;
  unique = eachOnce;
}

export function foundText(number: i32): Text {
  return load<u64>(FOUND + (number as usize) * FOUND_SIZE);
}

/** Whether nothing can be taken any more but the first one's own 880. */
export function isSatisfied(): bool {
  return firstOnly && found > 0;
}

let pending: i32 = 0;

export function clearPending(): void {
  pending = 0;
}

/** How many rules are noted, to go back to. */
export function pendingRules(): i32 {
  return pending;
}

/** Takes back what the rules of a column were noted for. */
export function forgetPending(to: i32): void {
  pending = to;
}

/** Counts the rules that have given something to the record. */
export function countPending(): void {
  for (let i = 0; i < pending; i++) {
    const place = MATCHED + ((load<i32>(PENDING + ((i as usize) << 2)) as usize) << 2);
    store<i32>(place, load<i32>(place) + 1);
  }
  pending = 0;
}

/** Whether a text counts as nothing: blanks, and in a list semicolons. */
function isNothing(rule: usize, text: Text): bool {
  const list = (ruleFlags(rule) & IS_LIST) !== 0;
  const end = endOf(text);
  for (let at = startOf(text); at < end; at++) {
    const byte = load<u8>(at);
    if (byte !== 0x20 && !(list && byte === 0x3b)) return false;
  }
  return true;
}

function has(text: Text): bool {
  for (let i = 0; i < found; i++) if (same(foundText(i), text)) return true;
  return false;
}

/** Treats what was chosen and keeps it; false if that is not certain. */
function settle(rule: usize, field: i32, chosen: Text): bool {
  if (chosen === UNSURE) return false;
  if (lengthOf(chosen) === 0) return true;
  const text = treated(rule, chosen);
  if (text === UNSURE) return false;
  if (isNothing(rule, text) || (unique && has(text))) return true;
  if (found === MOST_FOUND) return false;
  const place = FOUND + (found as usize) * FOUND_SIZE;
  store<u64>(place, text);
  store<i32>(place, field, 8);
  found++;
  return true;
}

function applyToField(rule: usize, field: i32): bool {
  if (isSatisfied()) {
    const pair = hasAlternates() ? arePaired(load<i32>(FOUND, 8), field) : 0;
    if (pair <= 0) return pair === 0;
  }
  if (!settle(rule, field, chosenOfField(rule, field))) return false;
  while (nextSubfield >= 0) if (!settle(rule, field, chosenNext(rule, field))) return false;
  return true;
}

function hasAlternates(): bool {
  return firstOfTag(ALTERNATE_TAG) >= 0;
}

/** Whether a tag fits a pattern in which `X` is any digit. */
function fits(pattern: i32, tag: i32): bool {
  for (let shift = 0; shift < 24; shift += 8) {
    const wanted = (pattern >> shift) & 0xff;
    const byte = (tag >> shift) & 0xff;
    if (wanted === DIGIT_OF_PATTERN ? byte < 0x30 || byte > 0x39 : wanted !== byte) return false;
  }
  return true;
}

/** Applies a rule to its fields and to those of other scripts that are linked to such, as they stand in the record. */
function applyToLinked(rule: usize): bool {
  const pattern = patternOf(rule);
  const isRegular = wants(rule) !== NO_FIELD;
  for (let field = 0; field < fieldCount; field++) {
    const tag = tagOf(field);
    if (!isRegular || !fits(pattern, tag)) {
      if (tag !== ALTERNATE_GRAPHIC) continue;
      const linked = linkedTag(field);
      if (linked < 0) return false;
      if (!fits(pattern, linked)) continue;
    }
    if (!applyToField(rule, field)) return false;
  }
  return true;
}

function applyToRecord(rule: usize): bool {
  const kind = wants(rule);
  if (kind === LEADER) return settle(rule, OF_LEADER, chosenOfLeader(rule));
  if ((ruleFlags(rule) & ALTERNATE) !== 0 && hasAlternates()) return applyToLinked(rule);
  if (kind === NO_FIELD) return true;
  const wanted = tagWanted(rule);
  if (kind === BY_TAG) {
    for (let field = firstOfTag(wanted); field >= 0; field = nextOfTag(field)) {
      if (!applyToField(rule, field)) return false;
    }
    return true;
  }
  for (let field = 0; field < fieldCount; field++) {
    if (fits(wanted, tagOf(field)) && !applyToField(rule, field)) return false;
  }
  return true;
}

/** Applies a rule; false if what it finds is not certain. */
export function applyRule(rule: usize): bool {
  const before = found;
  if (!applyToRecord(rule)) return false;
  if (found !== before) {
    store<i32>(PENDING + ((pending as usize) << 2), numberOf(rule));
    pending++;
  }
  return true;
}

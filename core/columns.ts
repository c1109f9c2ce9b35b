/** The columns of a row, each worked out by its rules, or given up where anything is not certain. */

import { applyRule, clearFound, found, foundText, isSatisfied } from "./found";
import { normalForms } from "./identifiers";
import { LIST, NORMAL } from "./layout";
import { addToList, beginList, elementOf, elements, writeList } from "./lists";
import { lengthOut, trimOut, writeSqueezed, writeText } from "./out";
import {
  columnFlags,
  FIRST_ONLY,
  fallback,
  fieldJoin,
  identifierKind,
  initial,
  KNOWS_NOTHING,
  nothingFound,
  partOf,
  RULE_SIZE,
  ruleCount,
  rulesOf,
  SEPARATES,
  UNIQUE,
  WITH_OTHER_URLS,
} from "./program";
import { appendText, begin, finished, Text, UNSURE } from "./text";
import { knowsOtherUrls, otherUrl, otherUrls } from "./urls";

/** Applies the rules of a column. */
function applyRules(column: usize): bool {
  const flags = columnFlags(column);
  clearFound((flags & FIRST_ONLY) !== 0, (flags & UNIQUE) !== 0);
  const rules = rulesOf(column);
  const count = ruleCount(column);
  for (let i = 0; i < count && !isSatisfied(); i++) {
    if (!applyRule(rules + (i as usize) * RULE_SIZE)) return false;
  }
  return true;
}

/** Writes plain text: what comes first, then the findings, a join between. */
function writeJoined(first: Text, join: Text): void {
  writeSqueezed(first);
  for (let i = 0; i < found; i++) {
    if (i > 0) writeSqueezed(join);
    writeSqueezed(foundText(i));
  }
  trimOut();
}

/** Everything that was found as one text, as a list is made of it. */
function joined(first: Text, join: Text): Text {
  begin();
  appendText(first);
  for (let i = 0; i < found; i++) {
    if (i > 0) appendText(join);
    appendText(foundText(i));
  }
  return finished();
}

/** Makes the list of what was found. */
function gather(column: usize, first: Text): bool {
  beginList(LIST);
  if ((columnFlags(column) & SEPARATES) !== 0) {
    if (!addToList(first)) return false;
    for (let i = 0; i < found; i++) if (!addToList(foundText(i))) return false;
  } else {
    const all = joined(first, fieldJoin(column));
    if (all === UNSURE || !addToList(all)) return false;
  }
  if ((columnFlags(column) & WITH_OTHER_URLS) !== 0) {
    if (!knowsOtherUrls()) return false;
    for (let i = 0; i < otherUrls(); i++) if (!addToList(otherUrl(i))) return false;
  }
  return true;
}

/** Makes a list of the normal forms of the elements of the other. */
function normalize(kind: i32): bool {
  const count = elements;
  beginList(NORMAL);
  for (let i = 0; i < count; i++) {
    const normal = normalForms(kind, elementOf(LIST, i), elements === 0);
    if (normal === UNSURE || !addToList(normal)) return false;
  }
  return true;
}

/** Writes a column of a section; false if it is not certain. */
export function writeSection(column: usize, serial: bool, isList: bool): bool {
  if (!applyRules(column)) return false;
  if (found === 0 && (columnFlags(column) & KNOWS_NOTHING) !== 0) {
    writeText(nothingFound(column, serial));
    return true;
  }
  const first = initial(column, serial);
  if (isList) {
    if (!gather(column, first)) return false;
    const kind = identifierKind(column);
    if (kind !== 0 && !normalize(kind)) return false;
    writeList();
  } else writeJoined(first, fieldJoin(column));
  if (lengthOut() === 0) writeText(fallback(column));
  return true;
}

/** Writes the notes of a description: of each part the first alternative that gives text. */
export function writeNotes(column: usize): bool {
  clearFound(false, false);
  const rules = rulesOf(column);
  const count = ruleCount(column);
  let part = -1;
  let before = 0;
  for (let i = 0; i < count; i++) {
    const rule = rules + (i as usize) * RULE_SIZE;
    if (partOf(rule) !== part) {
      part = partOf(rule);
      before = found;
    }
    if (found === before && !applyRule(rule)) return false;
  }
  writeJoined(0, fieldJoin(column));
  if (lengthOut() === 0) writeText(fallback(column));
  return true;
}

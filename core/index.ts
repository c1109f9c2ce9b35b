/**
 * The byte core: one ISO 2709 record in memory to the texts of its row. It takes sound records and texts in
 * which every character is a common one; of everything else it says that it is not certain, and TypeScript
 * does that part.
 */

import { forgetCharacters } from "./characters";
import { writeNotes, writeSection } from "./columns";
import { clearPending, countPending, forgetPending, pendingRules } from "./found";
import { kindOfRecord } from "./kind";
import { GIVEN, PROGRAM, RECORD } from "./layout";
import { forgetMarc8 } from "./marc8";
import { forget, forgetIfFull } from "./memo";
import {
  clearOut,
  endOut,
  giveUpOut,
  isBeyondAscii,
  isOverflown,
  writeText,
  writtenOut,
} from "./out";
import {
  COLUMN_SIZE,
  CONSTANT,
  columnKind,
  FOREIGN_COLUMN,
  fallback,
  LIST_COLUMN,
  NOTES_COLUMN,
  RECORD_TYPE,
  TEXT_COLUMN,
  textAt,
  URL_COLUMN,
} from "./program";
import { beginReading, controlText, textOfSubfield } from "./reading";
import {
  DOUBTFUL,
  endOfField,
  fieldCount,
  firstOfTag,
  firstSubfield,
  isControl,
  levelOfRecord,
  locate,
  nextOfTag,
  startOfField,
  subfieldAt,
  typeOfRecord,
} from "./record";
import { clearScratch, lengthOf, NOTHING, Text, trimmed, UNSURE } from "./text";
import { clearUrls, isFallback, otherUrls, writeUrl } from "./urls";

const CONTROL_NUMBER: i32 = 1;
const LATEST_TRANSACTION: i32 = 5;
const FIXED_DATA: i32 = 8;
const TITLE: i32 = 245;
const UNIMARC_TITLE: i32 = 200;

/** A record that the core does not take. */
const NOT_USUAL: i32 = -1;
/** One of which too little is certain: to finish it elsewhere costs more than to begin it there. */
const GIVEN_UP: i32 = -2;
const MOST_UNCERTAIN: i32 = 2;

/** Makes the core ready for the rule table that was written to PROGRAM. */
export function begin(): void {
  forget();
  forgetCharacters();
  forgetMarc8();
}

/**
 * Takes the record that lies at RECORD, and finds its fields.
 *
 * @param length in bytes, as its leader and the place of its terminator say
 * @returns as `locate` of record.ts; the rest lies at GIVEN
 */
export function take(length: i32): i32 {
  const state = locate(length);
  if (state === DOUBTFUL) return state;
  store<i32>(GIVEN, fieldCount);
  const fixed = firstOfTag(FIXED_DATA);
  store<i32>(GIVEN, fixed < 0 ? 0 : ((startOfField(fixed) - RECORD) as i32), 4);
  store<i32>(GIVEN, fixed < 0 ? 0 : ((endOfField(fixed) - RECORD) as i32), 8);
  return state;
}

/** A bibliographic record of MARC 21 that stands, its control number once. */
function isUsual(): bool {
  const status = load<u8>(RECORD, 5);
  const type = typeOfRecord();
  if (status === 0x64) return false;
  // q, and u to z
  if (type === 0x71 || (type >= 0x75 && type <= 0x7a)) return false;
  const number = firstOfTag(CONTROL_NUMBER);
  if (number >= 0 && nextOfTag(number) >= 0) return false;
  return firstOfTag(TITLE) >= 0 || firstOfTag(UNIMARC_TITLE) < 0;
}

function isSerial(): bool {
  const level = levelOfRecord();
  return level === 0x73 || level === 0x62 || level === 0x69;
}

/** The id in a field, trimmed: of subfields the first one of the codes that has text. */
function idOfField(field: i32, codes: usize): Text {
  const last = firstSubfield(field + 1);
  for (let number = firstSubfield(field); number < last; number++) {
    const subfield = subfieldAt(number);
    if (!isControl(field) && load<u8>(codes + load<i32>(subfield, 8)) === 0) continue;
    const text = textOfSubfield(subfield);
    if (text === UNSURE) return UNSURE;
    const id = trimmed(text);
    if (lengthOf(id) > 0) return id;
  }
  return NOTHING;
}

/** The foreign id by the places that the configuration names: their number, then pattern and codes of each. */
function foreignId(places: usize): Text {
  const count = load<i32>(places);
  for (let i = 0; i < count; i++) {
    const place = places + 4 + ((i as usize) << 3);
    const tag = load<i32>(place);
    const codes = load<i32>(place, 4) as usize;
    for (let field = firstOfTag(tag); field >= 0; field = nextOfTag(field)) {
      const id = idOfField(field, codes);
      if (id === UNSURE || lengthOf(id) > 0) return id;
    }
  }
  return UNSURE;
}

/** Writes one column; false if it is not certain. */
function writeColumn(column: usize, serial: bool, id: Text): bool {
  const kind = columnKind(column);
  if (kind === CONSTANT) writeText(fallback(column));
  else if (kind === RECORD_TYPE) writeText(textAt(column + (serial ? 16 : 24)));
  else if (kind === TEXT_COLUMN) return writeSection(column, serial, false);
  else if (kind === LIST_COLUMN) return writeSection(column, serial, true);
  else if (kind === NOTES_COLUMN) return writeNotes(column);
  else if (kind === URL_COLUMN) return writeUrl(column, id);
  return kind !== FOREIGN_COLUMN;
}

/** Writes what is kept of the record's kind, where that is asked for here; false if it is not certain. */
function writeKind(): bool {
  if (load<i32>(PROGRAM, 12) !== 0) {
    const kind = kindOfRecord();
    if (kind === UNSURE) {
      giveUpOut();
      return false;
    }
    writeText(kind);
  }
  endOut();
  return true;
}

/**
 * Maps the record that `take` has found. The lengths of the texts lie at LENGTHS, -1 for what is not
 * certain; the texts at OUT; the rest at GIVEN.
 *
 * @param encoding how its bytes are read, by reading.ts
 * @returns how many columns are not certain, NOT_USUAL or GIVEN_UP
 */
export function map(encoding: i32): i32 {
  if (!isUsual()) return NOT_USUAL;
  beginReading(encoding);
  forgetIfFull();
  clearOut();
  clearPending();
  clearScratch();
  clearUrls();
  const number = controlText(CONTROL_NUMBER);
  const date = controlText(LATEST_TRANSACTION);
  const places = load<i32>(PROGRAM) as usize;
  const id = places === 0 ? UNSURE : foreignId(places);
  if (number === UNSURE || date === UNSURE || (id === UNSURE && places !== 0)) return NOT_USUAL;
  writeText(trimmed(number));
  endOut();
  if (id === UNSURE) giveUpOut();
  else {
    writeText(id);
    endOut();
  }
  writeText(date);
  endOut();
  let uncertain = writeKind() ? 0 : 1;
  const serial = isSerial();
  const columns = load<i32>(PROGRAM, 4) as usize;
  const count = load<i32>(PROGRAM, 8);
  for (let i = 0; i < count; i++) {
    const noted = pendingRules();
    if (writeColumn(columns + (i as usize) * COLUMN_SIZE, serial, id)) {
      endOut();
      continue;
    }
    forgetPending(noted);
    giveUpOut();
    if (++uncertain > MOST_UNCERTAIN) return GIVEN_UP;
    if (columnKind(columns + (i as usize) * COLUMN_SIZE) === URL_COLUMN) clearUrls();
  }
  if (isOverflown()) return GIVEN_UP;
  countPending();
  store<i32>(GIVEN, writtenOut(), 12);
  store<i32>(GIVEN, isBeyondAscii() ? 1 : 0, 16);
  store<i32>(GIVEN, isFallback ? 1 : 0, 20);
  store<i32>(GIVEN, otherUrls(), 24);
  return uncertain;
}

/** UNIMARC among records of MARC 21, told by its fields: the leader of both looks alike. */

import { DELIMITER } from "./directory.js";
import { FIELD_STRIDE, tagCode } from "./marc-record.js";

/** Fields over bytes, as a view of a record has them. */
export interface FieldTable {
  readonly bytes: Buffer;
  readonly table: Int32Array;
  readonly fieldCount: number;
}

const PROCESSING_DATA = tagCode("100");
const TITLE = tagCode("245");
const FIXED_DATA = tagCode("008");
const UNIMARC_TITLE = tagCode("200");
const SMALL_A = 0x61;
const DATE_LENGTH = 8;
/** Of 100 $a: 36 characters in the bibliographic format, 23 in the format for authorities. */
const BIBLIOGRAPHIC_LENGTH = 30;
const CHARACTER_SETS = { bibliographic: 26, authorities: 13 };
const SETS_LENGTH = 8;

/** Text of $a of a field 100 that begins with a date of eight digits, which no heading does; else "". */
function processingData({ bytes, table }: FieldTable, field: number): string {
  const start = table[field * FIELD_STRIDE + 1] + 2;
  const end = table[field * FIELD_STRIDE + 2];
  for (let at = start; at + 1 < end; at++) {
    if (bytes[at] !== DELIMITER || bytes[at + 1] !== SMALL_A) continue;
    const from = at + 2;
    if (from + DATE_LENGTH > end) return "";
    for (let i = from; i < from + DATE_LENGTH; i++) {
      if (bytes[i] < 0x30 || bytes[i] > 0x39) return "";
    }
    const next = bytes.indexOf(DELIMITER, from);
    return bytes.latin1Slice(from, next < 0 ? end : Math.min(next, end));
  }
  return "";
}

/**
 * MARC 21 has no field 200 and no bibliographic record without 245; UNIMARC has no 008. A record
 * with a 200, without 245, that has either the processing data of UNIMARC or no 008, is UNIMARC.
 */
export function isUnimarc(fields: FieldTable): boolean {
  const { table, fieldCount } = fields;
  let title = false;
  let processed = false;
  let fixedData = false;
  for (let field = 0; field < fieldCount; field++) {
    const tag = table[field * FIELD_STRIDE];
    if (tag === TITLE) return false;
    if (tag === FIXED_DATA) fixedData = true;
    else if (table[field * FIELD_STRIDE + 3] === 1) continue;
    else if (tag === UNIMARC_TITLE) title = true;
    else if (tag === PROCESSING_DATA) processed ||= processingData(fields, field) !== "";
  }
  return title && (processed || !fixedData);
}

/** 100 $a of a record that has neither 245 nor 008, "" if it is not that of UNIMARC. */
function unimarcProcessingData(fields: FieldTable): string {
  const { table, fieldCount } = fields;
  let found = "";
  for (let field = 0; field < fieldCount; field++) {
    const tag = table[field * FIELD_STRIDE];
    if (tag === TITLE || tag === FIXED_DATA) return "";
    if (tag === PROCESSING_DATA && found === "") found = processingData(fields, field);
  }
  return found;
}

/** Whether a record that is no bibliographic one has the processing data of UNIMARC. */
export function isUnimarcAuthority(fields: FieldTable): boolean {
  return unimarcProcessingData(fields) !== "";
}

/**
 * The codes of the character sets that 100 $a names, two digits a set (positions 26 to 33, of an
 * authority 13 to 20); null for a record without the processing data of UNIMARC.
 */
export function characterSetCodes(fields: FieldTable): string | null {
  const data = unimarcProcessingData(fields);
  if (data === "") return null;
  const { bibliographic, authorities } = CHARACTER_SETS;
  const from = data.length >= BIBLIOGRAPHIC_LENGTH ? bibliographic : authorities;
  return data.slice(from, from + SETS_LENGTH);
}

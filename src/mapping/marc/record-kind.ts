/** What a record is, by its leader and, for UNIMARC, by its fields. */

import type { RecordType } from "../../config/marc/marc-mapping.js";
import { type MarcRecord, tagCode } from "../../marc/marc-record.js";

/** The kinds that `record_types` may let in, and the two that it cannot name. */
type RecordKind = RecordType | "classification" | "community information";

/** Leader/07 (bibliographic level): `b` serial component part, `i` integrating resource, `s` serial. */
export function isSerial(leader: string): boolean {
  const level = leader[7];
  return level === "s" || level === "b" || level === "i";
}

/** Leader/05 (record status) is `d`. */
export function isDeleted(leader: string): boolean {
  return leader[5] === "d";
}

const TITLE = tagCode("245");
const UNIMARC_TITLE = tagCode("200");
const UNIMARC_PROCESSING_DATA = tagCode("100");
const FIXED_DATA = tagCode("008");

/** UNIMARC 100 $a begins with the date the record was entered on file, eight digits. */
function holdsProcessingData(record: MarcRecord, field: number): boolean {
  const { bytes } = record;
  for (let at = record.start(field) + 2; at < record.end(field); at++) {
    if (bytes[at] !== 0x1f || bytes[at + 1] !== 0x61 /* a */) continue;
    const first = at + 2;
    if (first + 8 > record.end(field)) return false;
    for (let i = first; i < first + 8; i++) if (bytes[i] < 0x30 || bytes[i] > 0x39) return false;
    return true;
  }
  return false;
}

/**
 * Whether leader/06 says authority, holdings or classification of a record that has a title (245),
 * which those formats of MARC 21 do not have.
 */
export function isMiscoded(record: MarcRecord): boolean {
  const kind = recordKind(record);
  if (kind !== "authority" && kind !== "holdings" && kind !== "classification") return false;
  for (let field = 0; field < record.fieldCount; field++) {
    if (record.tag(field) === TITLE) return true;
  }
  return false;
}

/**
 * MARC 21 has no field 200 and no bibliographic record without 245; UNIMARC has no 008. A record
 * with a 200, without 245, that has either the processing data of UNIMARC or no 008, is UNIMARC.
 */
function isUnimarc(record: MarcRecord): boolean {
  let title = false;
  let processingData = false;
  let fixedData = false;
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    if (tag === TITLE) return false;
    if (tag === FIXED_DATA) fixedData = true;
    else if (record.isControl(field)) continue;
    else if (tag === UNIMARC_TITLE) title = true;
    else if (tag === UNIMARC_PROCESSING_DATA && !processingData) {
      processingData = holdsProcessingData(record, field);
    }
  }
  return title && (processingData || !fixedData);
}

/**
 * The kind by leader/06 (type of record): `z` authority, `u v x y` holdings, `w` classification,
 * `q` community information. Everything else is bibliographic, also a letter that no standard
 * knows: a damaged byte is no reason to leave a book out.
 */
export function recordKind(record: MarcRecord): RecordKind {
  if (isUnimarc(record)) return "unimarc";
  switch (record.leader[6]) {
    case "z":
      return "authority";
    case "u":
    case "v":
    case "x":
    case "y":
      return "holdings";
    case "w":
      return "classification";
    case "q":
      return "community information";
    default:
      return "bibliographic";
  }
}

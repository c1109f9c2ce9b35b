/** What a record is, by its leader and, for UNIMARC, by its fields. */

import type { RecordType } from "../../config/marc/marc-mapping.js";
import { type MarcRecord, tagCode } from "../../marc/marc-record.js";
import { isUnimarc, isUnimarcAuthority } from "../../marc/unimarc.js";

/** The kinds that `record_types` may let in, and the two that it cannot name. */
type RecordKind = RecordType | "classification" | "community information";

/** Leader/07 (bibliographic level): `b` serial component part, `i` integrating resource, `s` serial. */
export function isSerial(leader: string): boolean {
  const level = leader[7];
  return level === "s" || level === "b" || level === "i";
}

/**
 * Leader/05 (record status) is `d`; of authorities also `s` and `x`: the heading was split or replaced,
 * and the record with it.
 */
export function isDeleted(leader: string): boolean {
  const status = leader[5];
  return status === "d" || (leader[6] === "z" && (status === "s" || status === "x"));
}

const TITLE = tagCode("245");

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
 * The kind by leader/06 (type of record): `z` authority, `u v x y` holdings, `w` classification,
 * `q` community information. Everything else is bibliographic, also a letter that no standard
 * knows: a damaged byte is no reason to leave a book out. In UNIMARC `x` and `y` are authorities.
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
      return isUnimarcAuthority(record) ? "authority" : "holdings";
    case "w":
      return "classification";
    case "q":
      return "community information";
    default:
      return "bibliographic";
  }
}

/** A record as every format is written from: a sound leader, and fields whose text is Unicode in NFC. */

import type { PlainField } from "../marc/build-record.js";
import { type MarcRecord, tagCode, tagText } from "../marc/marc-record.js";
import { characterSetCodes, isUnimarc, isUnimarcAuthority } from "../marc/unimarc.js";

/** What a writer is given. */
export interface SoundParts {
  /** 24 characters of graphic ASCII. */
  readonly leader: string;
  readonly fields: readonly PlainField[];
}

const UNICODE = "a";
const NO_LENGTH = "00000";
const FIVE_DIGITS = /^\d{5}$/;
const PROCESSING_DATA = tagCode("100");
/** ISO 10646, and no further set. */
const UNICODE_SETS = "50      ";
/** Length of 100 $a of the bibliographic format, and where the sets stand in it; of authorities the other. */
const SETS_FROM = { bibliographic: 26, authority: 13 };
const BIBLIOGRAPHIC_LENGTH = 30;
const FIXED_POSITIONS = new Set(["006", "007", "008"]);
const BLANK = 0x20;
const ESCAPE = 0x1b;
const NOT_GRAPHIC = /[^!-~]/g;

/**
 * The parts of a record, decoded. What it says of its own encoding becomes true of UTF-8: leader/09 of MARC
 * 21, the character sets in 100 $a of UNIMARC. Control fields without any text have no place in it; what is no graphic ASCII in a tag is
 * written as `?`, so that every format can carry it.
 */
export function soundParts(record: MarcRecord): SoundParts {
  const isOfUnimarc = isUnimarc(record) || isUnimarcAuthority(record);
  const namesSets = isOfUnimarc && characterSetCodes(record) !== null;
  const resets = namesSets && record.encoding !== "ascii";
  const fields: PlainField[] = [];
  for (let field = 0; field < record.fieldCount; field++) {
    const part = fieldOf(record, field);
    if ("text" in part && part.text === "") continue;
    fields.push(resets && record.tag(field) === PROCESSING_DATA ? withUnicodeSets(part) : part);
  }
  const scheme = namesSets ? record.leader[9] : UNICODE;
  return { leader: soundLeader(record.leader, scheme, isOfUnimarc), fields };
}

function fieldOf(record: MarcRecord, field: number): PlainField {
  const tag = tagText(record.tag(field)).replace(NOT_GRAPHIC, "?");
  const start = record.start(field);
  if (record.isControl(field)) return { tag, text: controlText(record, field, tag) };
  const subfields: [string, string][] = [];
  record.eachSubfield(field, (code, from, to) => {
    subfields.push([String.fromCharCode(code), record.textWithMarks(from, to)]);
  });
  const [indicator1, indicator2] = record.bytes.latin1Slice(start, start + 2);
  return { tag, indicator1, indicator2, subfields };
}

/** In a field of fixed positions a control character takes one, so a blank stands in for it. */
function controlText(record: MarcRecord, field: number, tag: string): string {
  const end = record.end(field);
  let from = record.start(field);
  let text = "";
  for (let at = from; FIXED_POSITIONS.has(tag) && at < end; at++) {
    const byte = record.bytes[at];
    if (byte >= BLANK || byte === ESCAPE) continue;
    text += `${record.textWithMarks(from, at)} `;
    from = at + 1;
  }
  return text + record.textWithMarks(from, end);
}

/** What the structure fixes is put right; lengths are left to who knows them. */
function soundLeader(leader: string, scheme: string, isOfUnimarc: boolean): string {
  const number = (from: number) => {
    const stated = leader.slice(from, from + 5);
    return FIVE_DIGITS.test(stated) ? stated : NO_LENGTH;
  };
  const map = isOfUnimarc && leader.endsWith("450 ") ? "450 " : "4500";
  return `${number(0)}${leader.slice(5, 9)}${scheme}22${number(12)}${leader.slice(17, 20)}${map}`;
}

function withUnicodeSets(field: PlainField): PlainField {
  if ("text" in field) return field;
  const subfields = field.subfields.map(([code, text]): readonly [string, string] => {
    if (code !== "a" || !/^\d{8}/.test(text)) return [code, text];
    const isLong = text.length >= BIBLIOGRAPHIC_LENGTH;
    const from = isLong ? SETS_FROM.bibliographic : SETS_FROM.authority;
    if (text.length < from) return [code, text];
    return [code, text.slice(0, from) + UNICODE_SETS + text.slice(from + UNICODE_SETS.length)];
  });
  return { ...field, subfields };
}

/**
 * The fields of a MARC 21 record by tag, for who asks for many of them. Texts are made of what is asked for alone, and
 * plain loops go over numbers of fields: of lists that are mapped and filtered the engine makes so much code, again for
 * each kind of list, that a file is read before it has come to an end.
 */

import { DELIMITER } from "../../marc/directory.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { ALTERNATE_GRAPHIC, linkedTag } from "./linked-fields.js";

/** No field. */
export const NO_FIELD = -1;

const TAGS = 1000;
/** Where in the table of first fields those of a kind begin. */
const DATA = 0;
const PAIRED = TAGS;
const CONTROL = 2 * TAGS;

const DIGIT_0 = 0x30;
const LETTER_A = 0x61;
const LETTERS = 26;

/** Codes of subfields, small letters, as a number with a bit for each. */
export function codeBits(codes: string): number {
  let bits = 0;
  for (let at = 0; at < codes.length; at++) bits |= 1 << (codes.charCodeAt(at) - LETTER_A);
  return bits;
}

/** The number of a tag code of three digits, -1 for any other. */
function tagNumber(code: number): number {
  const hundreds = (code >> 16) - DIGIT_0;
  const tens = ((code >> 8) & 0xff) - DIGIT_0;
  const ones = (code & 0xff) - DIGIT_0;
  const isNumber =
    hundreds >= 0 && hundreds <= 9 && tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9;
  return isNumber ? 100 * hundreds + 10 * tens + ones : -1;
}

/** Asked by tags as numbers; fields are numbers of the record's own, in its order. */
export class FieldsByTag {
  private record: MarcRecord | null = null;
  /** The first field of each tag: of data fields, of those in 880 by the tag that they are a pair with, of control fields. */
  private readonly firsts = new Int32Array(3 * TAGS);
  private nexts = new Int32Array(256);
  /** The subfields of the field that was asked last. */
  private located = NO_FIELD;
  private count = 0;
  private readonly codes: number[] = [];
  private readonly starts: number[] = [];
  private readonly ends: number[] = [];

  /** Takes the place of the record before. */
  load(record: MarcRecord): this {
    this.record = record;
    this.located = NO_FIELD;
    const { fieldCount } = record;
    if (fieldCount > this.nexts.length) this.nexts = new Int32Array(2 * fieldCount);
    const { firsts, nexts } = this;
    firsts.fill(NO_FIELD);
    for (let field = fieldCount - 1; field >= 0; field--) {
      const place = placeOf(record, field);
      if (place < 0) continue;
      nexts[field] = firsts[place];
      firsts[place] = field;
    }
    return this;
  }

  /** The first data field of a tag, NO_FIELD if there is none. */
  first(tag: number): number {
    return this.firsts[DATA + tag];
  }

  /** The first of the same in the other script of the record (880). */
  firstInOtherScript(tag: number): number {
    return this.firsts[PAIRED + tag];
  }

  firstControl(tag: number): number {
    return this.firsts[CONTROL + tag];
  }

  /** The next field of the same kind and tag. */
  next(field: number): number {
    return this.nexts[field];
  }

  /** The text of a control field, "" for none. */
  controlText(field: number): string {
    const { record } = this;
    return record === null || field < 0 ? "" : record.text(record.start(field), record.end(field));
  }

  /** The byte of a data field's second indicator. */
  secondIndicator(field: number): number {
    const { record } = this;
    return record === null ? 0 : record.bytes[record.start(field) + 1];
  }

  /** The texts of a field's subfields with these codes as one; "" for no field. */
  joined(field: number, codes: number): string {
    const { record } = this;
    if (record === null || field < 0) return "";
    this.locate(record, field);
    let text = "";
    let isFirst = true;
    for (let at = 0; at < this.count; at++) {
      if ((this.codes[at] & codes) === 0) continue;
      const one = record.text(this.starts[at], this.ends[at]);
      text = isFirst ? one : `${text} ${one}`;
      isFirst = false;
    }
    return text;
  }

  /** Adds the texts of a field's subfields with these codes. */
  addTexts(field: number, codes: number, texts: string[]): void {
    const { record } = this;
    if (record === null || field < 0) return;
    this.locate(record, field);
    for (let at = 0; at < this.count; at++) {
      if ((this.codes[at] & codes) !== 0) {
        texts.push(record.text(this.starts[at], this.ends[at]));
      }
    }
  }

  /** The same of all data fields of a tag. */
  addAll(tag: number, codes: number, texts: string[]): void {
    for (let field = this.first(tag); field >= 0; field = this.next(field)) {
      this.addTexts(field, codes, texts);
    }
  }

  private locate(record: MarcRecord, field: number): void {
    if (field === this.located) return;
    this.located = field;
    const { bytes } = record;
    const end = record.end(field);
    let count = 0;
    let at = record.start(field) + 2;
    while (at + 1 < end) {
      const letter = bytes[at + 1] - LETTER_A;
      const start = at + 2;
      at = start;
      while (at < end && bytes[at] !== DELIMITER) at++;
      if (letter < 0 || letter >= LETTERS) continue;
      this.codes[count] = 1 << letter;
      this.starts[count] = start;
      this.ends[count] = at;
      count++;
    }
    this.count = count;
  }
}

/** Where the first field of its kind and tag stands, -1 for a tag that nobody asks for. */
function placeOf(record: MarcRecord, field: number): number {
  const code = record.tag(field);
  const isControl = record.isControl(field);
  const isPaired = code === ALTERNATE_GRAPHIC && !isControl;
  const tag = tagNumber(isPaired ? linkedTag(record, field) : code);
  if (tag < 0) return -1;
  return tag + (isControl ? CONTROL : isPaired ? PAIRED : DATA);
}

/**
 * The record view that mapping reads: a leader and fields over bytes, text made only on demand.
 *
 * The view is always well formed, whatever the input was: a control field is text; a data field is
 * two indicator bytes, then subfields, each 0x1F, one code byte and text. Whoever makes a view
 * repairs the bytes first (and says so in `diagnostics`).
 */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { decodeText, type Encoding } from "./charset/decode.js";
import { DELIMITER } from "./directory.js";

/** Numbers per field in the field table: tag code, start, end, 1 for a control field else 0. */
export const FIELD_STRIDE = 4;

/** Packs three tag bytes into one number, for comparison and dispatch. */
export function tagCode(tag: string): number {
  return (tag.charCodeAt(0) << 16) | (tag.charCodeAt(1) << 8) | tag.charCodeAt(2);
}

/** The three characters of a tag code. */
export function tagText(code: number): string {
  return String.fromCharCode((code >> 16) & 0xff, (code >> 8) & 0xff, code & 0xff);
}

export class MarcRecord {
  /**
   * @param bytes the bytes that `table` points into
   * @param leader 24 characters, one a byte (Latin-1)
   * @param table FIELD_STRIDE numbers a field, in record order; `start` and `end` (exclusive) are
   *   offsets in `bytes`, without the field terminator
   * @param fieldCount how many fields of the table are filled
   * @param encoding how the text of this record is to be read
   * @param diagnostics what was found and mended while the view was made, and while text is decoded
   */
  constructor(
    readonly bytes: Buffer,
    readonly leader: string,
    readonly table: Int32Array,
    readonly fieldCount: number,
    readonly encoding: Encoding,
    readonly diagnostics: Diagnostic[],
  ) {}

  tag(field: number): number {
    return this.table[field * FIELD_STRIDE];
  }

  start(field: number): number {
    return this.table[field * FIELD_STRIDE + 1];
  }

  end(field: number): number {
    return this.table[field * FIELD_STRIDE + 2];
  }

  isControl(field: number): boolean {
    return this.table[field * FIELD_STRIDE + 3] === 1;
  }

  /** Calls `visit` with the code byte and the text's start and end of each subfield of a data field. */
  eachSubfield(field: number, visit: (code: number, start: number, end: number) => void): void {
    const { bytes } = this;
    const end = this.end(field);
    let at = this.start(field) + 2;
    while (at + 1 < end) {
      const code = bytes[at + 1];
      const start = at + 2;
      at = start;
      while (at < end && bytes[at] !== DELIMITER) at++;
      visit(code, start, at);
    }
  }

  /** The text of bytes `start` to `end` (exclusive) of `bytes`, in NFC. */
  text(start: number, end: number): string {
    return decodeText(this.bytes, start, end, this.encoding, this.diagnostics);
  }

  /** The same with the marks around words that do not sort, which belong into a MARC record. */
  textWithMarks(start: number, end: number): string {
    return decodeText(this.bytes, start, end, this.encoding, this.diagnostics, "kept");
  }

  /** The text of the first control field with that tag, "" if there is none. */
  controlField(tag: number): string {
    for (let field = 0; field < this.fieldCount; field++) {
      if (this.tag(field) === tag && this.isControl(field)) {
        return this.text(this.start(field), this.end(field));
      }
    }
    return "";
  }
}

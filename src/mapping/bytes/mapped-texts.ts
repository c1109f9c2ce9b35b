/** What the core has made of a record: texts one behind another in its memory, until the next record comes. */

import type { MappedRecord } from "../../fields/mapped-record.js";
import { EVIDENCE_TEXT, LENGTHS, OUT, SIZES, TEXTS_BEFORE_COLUMNS } from "./layout.js";

const NO_DIAGNOSTICS: MappedRecord["diagnostics"] = Object.freeze([]);

export class MappedTexts {
  /**
   * In UTF-16 units, of control number, foreign id, 005, what is kept beside the row, then of each column; -1 for
   * a text that the core has not made.
   */
  readonly lengths: Int32Array;
  /** The same in bytes, 0 for a text that the core has not made. */
  readonly sizes: Int32Array;
  /** The core's memory; the texts begin at `from`, in UTF-8. */
  readonly bytes: Uint8Array;
  readonly from = OUT;
  private readonly buffer: Buffer;
  /** Bytes of all texts. */
  length = 0;
  /** Whether there is more than ASCII, so that units are not bytes. */
  beyondAscii = false;
  urlIsFallback = false;
  private further = "";

  constructor(memory: ArrayBuffer, columns: number) {
    this.lengths = new Int32Array(memory, LENGTHS, TEXTS_BEFORE_COLUMNS + columns);
    this.sizes = new Int32Array(memory, SIZES, this.lengths.length);
    this.bytes = new Uint8Array(memory);
    this.buffer = Buffer.from(memory);
  }

  /** What is kept of the record beside its row, if the core has not made it. */
  get evidence(): string {
    return this.further;
  }

  set evidence(text: string) {
    this.further = text;
    if (text !== "") this.lengths[EVIDENCE_TEXT] = text.length;
  }

  /** Units of the texts before what is kept beside the row. */
  get beforeEvidence(): number {
    let before = 0;
    for (let i = 0; i < EVIDENCE_TEXT; i++) before += this.lengths[i];
    return before;
  }

  /** All texts as one. */
  joined(): string {
    const { buffer, from, length, further } = this;
    const all = this.beyondAscii
      ? buffer.utf8Slice(from, from + length)
      : buffer.latin1Slice(from, from + length);
    if (further === "") return all;
    const before = this.beforeEvidence;
    return all.slice(0, before) + further + all.slice(before);
  }

  /** The texts as strings, those that the core has not made as "". */
  texts(): string[] {
    const { lengths } = this;
    const all = this.joined();
    const texts = new Array<string>(lengths.length);
    let at = 0;
    for (let i = 0; i < texts.length; i++) {
      const length = lengths[i];
      texts[i] = length <= 0 ? "" : all.substring(at, at + length);
      if (length > 0) at += length;
    }
    return texts;
  }

  /** The same record as other code has it. */
  record(): MappedRecord {
    return recordOfTexts(this.texts(), this.urlIsFallback);
  }
}

/** A record of which nothing is to be told, of its texts in the order in which the core writes them. */
export function recordOfTexts(
  texts: readonly string[],
  urlIsFallback: boolean,
): MappedRecord & { readonly evidence: string } {
  const [controlNumber, foreignId, marcDate, evidence] = texts;
  return {
    controlNumber,
    foreignId,
    deleted: false,
    marcDate,
    values: texts.slice(TEXTS_BEFORE_COLUMNS),
    urlIsFallback,
    evidence,
    ignore: null,
    diagnostics: NO_DIAGNOSTICS,
  };
}

/** What the core has made of a record: texts one behind another in its memory, until the next record comes. */

import type { MappedRecord } from "../../fields/mapped-record.js";
import { LENGTHS, OUT, TEXTS_BEFORE_COLUMNS } from "./layout.js";

const NO_DIAGNOSTICS: MappedRecord["diagnostics"] = Object.freeze([]);

export class MappedTexts {
  /** Of control number, foreign id, 005, then of each column; -1 for a text that the core has not made. */
  readonly lengths: Int32Array;
  /** The core's memory; the texts begin at `from`, a byte a character. */
  readonly bytes: Uint8Array;
  readonly from = OUT;
  private readonly buffer: Buffer;
  /** Bytes of all texts. */
  length = 0;
  urlIsFallback = false;
  /** What is kept of the record beside its row. */
  evidence = "";

  constructor(memory: ArrayBuffer, columns: number) {
    this.lengths = new Int32Array(memory, LENGTHS, TEXTS_BEFORE_COLUMNS + columns);
    this.bytes = new Uint8Array(memory);
    this.buffer = Buffer.from(memory);
  }

  /** The texts as strings, those that the core has not made as "". */
  texts(): string[] {
    const { lengths, buffer, from } = this;
    const all = buffer.latin1Slice(from, from + this.length);
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
    const [controlNumber, foreignId, marcDate, ...values] = this.texts();
    const { urlIsFallback, evidence } = this;
    return {
      controlNumber,
      foreignId,
      deleted: false,
      marcDate,
      values,
      urlIsFallback,
      evidence,
      ignore: null,
      diagnostics: NO_DIAGNOSTICS,
    };
  }
}

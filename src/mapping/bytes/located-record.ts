/** The record that the core has taken: its bytes, how they are read, and its fields. */

import type { Encoding } from "../../marc/charset/decode.js";
import { MarcRecord } from "../../marc/marc-record.js";
import { GIVEN, GIVES, TABLE, TABLE_SIZE } from "./layout.js";

const LEADER_LENGTH = 24;
const NUMBER = Int32Array.BYTES_PER_ELEMENT;

export class LocatedRecord {
  bytes: Buffer = Buffer.alloc(0);
  encoding: Encoding = "ascii";
  /** The field table in the core's memory. */
  readonly table: Int32Array;
  /** What the core gives, by GIVES. */
  readonly given: Int32Array;

  constructor(memory: ArrayBuffer) {
    this.table = new Int32Array(memory, TABLE, TABLE_SIZE / NUMBER);
    this.given = new Int32Array(memory, GIVEN, Object.keys(GIVES).length);
  }

  /** The record as other code has it, good until the next one is taken. */
  view(): MarcRecord {
    const { bytes, table, given, encoding } = this;
    const leader = bytes.latin1Slice(0, LEADER_LENGTH);
    return new MarcRecord(bytes, leader, table, given[GIVES.fields], encoding, []);
  }

  /** Offset of the first byte of the first field's text. */
  get dataStart(): number {
    return this.table[1];
  }
}

/**
 * Items as they travel between threads. What is sent is copied object by object and text by text; so
 * the records that are as most are (nothing to tell, nothing left out) are written into memory that
 * both threads see, and made again on the other side one by one. The memories are used in turn.
 */

import type { KeptRecord } from "../../store/model/kept-record.js";
import type { RowHashes } from "../../store/model/row-hashes.js";
import type { InputItem, InputRecord, KnownItem } from "../portion.js";

/** Plain data; its numbers and bytes stand in shared memory. */
export interface PackedItems {
  /** The input file of all packed items. */
  readonly file: string;
  /** The items that were not packed, in order. */
  readonly unpacked: readonly InputItem[];
  /** By item: its kind, then the numbers of that kind. */
  readonly numbers: Float64Array;
  /** The length of each text in UTF-16 units, in order. */
  readonly lengths: Int32Array;
  /** The texts one behind another: a byte or two a unit, as the kind of the record says. */
  readonly texts: Uint8Array;
}

export const UNPACKED = 0;
export const KNOWN = 1;
export const RECORD = 2;
/** Flags of a record, added to its kind. */
export const WIDE = 4;
export const FALLBACK_URL = 8;
/** The record itself stands behind its texts, and its length behind theirs. */
export const KEPT_MARC = 16;
export const KEPT_XML = 32;
/** Behind its numbers stand those of its hashes. */
export const HASHED = 64;

/** Kind, number, offset, length, what it is known as. */
const NUMBERS_OF_KNOWN = 5;
/** Kind, number, offset, length, digest, units of all its texts. */
const NUMBERS_OF_RECORD = 6;
/** Foreign id, fallback url or NaN, how many keys; the keys follow. */
const NUMBERS_OF_HASHES = 3;
/** Texts of a record before its values: control number, foreign id, 005, evidence. */
export const TEXTS_BEFORE_VALUES = 4;
export const ID_TEXT = 1;
export const EVIDENCE_TEXT = 3;

/**
 * The items that were packed, made one by one.
 *
 * @param fieldCount how many values a record has
 */
export function unpack(packed: PackedItems, fieldCount: number): Iterable<InputItem> {
  return new Unpacker(packed, fieldCount).items();
}

/** Bytes lose their class on the way between threads. */
function withBuffer(item: InputItem): InputItem {
  const buffer = ({ buffer, byteOffset, byteLength }: Uint8Array) =>
    Buffer.from(buffer, byteOffset, byteLength);
  if (item.kind === "reject") {
    return { kind: "reject", reject: { ...item.reject, bytes: buffer(item.reject.bytes) } };
  }
  if (item.kind !== "record" || item.record.kept === undefined) return item;
  const { kept } = item.record;
  return {
    kind: "record",
    record: { ...item.record, kept: { ...kept, bytes: buffer(kept.bytes) } },
  };
}

class Unpacker {
  /** Indexes of the next number, length, byte of text, and unpacked item. */
  private at = 0;
  private lengthAt = 0;
  private textAt = 0;
  private unpackedAt = 0;
  private readonly bytes: Buffer;

  constructor(
    private readonly packed: PackedItems,
    private readonly fieldCount: number,
  ) {
    const { buffer, byteOffset, length } = packed.texts;
    this.bytes = Buffer.from(buffer, byteOffset, length);
  }

  *items(): Generator<InputItem> {
    const { numbers, unpacked } = this.packed;
    while (this.at < numbers.length) {
      const kind = numbers[this.at];
      if (kind === UNPACKED) {
        this.at++;
        yield withBuffer(unpacked[this.unpackedAt++]);
      } else if (kind === KNOWN) {
        yield { kind: "known", known: this.known() };
      } else {
        yield { kind: "record", record: this.record(kind) };
      }
    }
  }

  private known(): KnownItem {
    const { file, numbers } = this.packed;
    const first = this.at;
    this.at += NUMBERS_OF_KNOWN;
    return {
      file,
      number: numbers[first + 1],
      offset: numbers[first + 2],
      length: numbers[first + 3],
      knownAs: numbers[first + 4],
    };
  }

  private record(kind: number): InputRecord {
    const { file, numbers } = this.packed;
    const first = this.at;
    const digest = numbers[first + 4];
    this.at += NUMBERS_OF_RECORD;
    const hashes = (kind & HASHED) === 0 ? undefined : this.hashes();
    const texts = this.texts((kind & WIDE) !== 0, numbers[first + 5]);
    const [controlNumber, foreignId, marcDate, evidence] = texts;
    const kept = (kind & (KEPT_MARC | KEPT_XML)) === 0 ? undefined : this.kept(kind);
    return {
      kept,
      hashes,
      file,
      number: numbers[first + 1],
      offset: numbers[first + 2],
      length: numbers[first + 3],
      inputDigest: Number.isNaN(digest) ? null : digest,
      mapped: {
        controlNumber,
        foreignId,
        marcDate,
        values: texts.slice(TEXTS_BEFORE_VALUES),
        deleted: false,
        urlIsFallback: (kind & FALLBACK_URL) !== 0,
        evidence,
        ignore: null,
        diagnostics: [],
      },
    };
  }

  private hashes(): RowHashes {
    const { numbers } = this.packed;
    const first = this.at;
    const fallbackUrl = numbers[first + 1];
    const keys: number[] = [];
    this.at += NUMBERS_OF_HASHES;
    for (let left = numbers[first + 2]; left > 0; left--) keys.push(numbers[this.at++]);
    return {
      foreignId: numbers[first],
      fallbackUrl: Number.isNaN(fallbackUrl) ? null : fallbackUrl,
      keys,
    };
  }

  /** A copy: the memory will be written over. */
  private kept(kind: number): KeptRecord {
    const length = this.packed.lengths[this.lengthAt++];
    const bytes = Buffer.from(this.bytes.subarray(this.textAt, this.textAt + length));
    this.textAt += length;
    return { format: (kind & KEPT_MARC) === 0 ? "marcxml" : "marc", bytes };
  }

  /** The texts of a record that has `units` of them. */
  private texts(isWide: boolean, units: number): string[] {
    const { bytes, textAt } = this;
    const count = TEXTS_BEFORE_VALUES + this.fieldCount;
    const { lengths } = this.packed;
    this.textAt += isWide ? 2 * units : units;
    const text = isWide
      ? bytes.ucs2Slice(textAt, this.textAt)
      : bytes.latin1Slice(textAt, this.textAt);
    const texts = new Array<string>(count);
    let at = 0;
    for (let i = 0; i < count; i++) {
      const length = lengths[this.lengthAt + i];
      texts[i] = length === 0 ? "" : text.substring(at, at + length);
      at += length;
    }
    this.lengthAt += count;
    return texts;
  }
}

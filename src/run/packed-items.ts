/**
 * Items as they travel between threads. What is sent is copied object by object and text by text; so
 * the records that are as most are (nothing to tell, nothing left out) are written into memory that
 * both threads see, and made again on the other side one by one. The memories are used in turn.
 */

import type { MappedRecord } from "../mapping/mapped-record.js";
import type { InputRecord } from "./importer.js";
import type { InputItem, ItemSink, KnownItem } from "./portion.js";

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

const UNPACKED = 0;
const KNOWN = 1;
const RECORD = 2;
/** Flags of a record, added to its kind. */
const WIDE = 4;
const FALLBACK_URL = 8;

/** Kind, number, offset, length, record_id. */
const NUMBERS_OF_KNOWN = 5;
/** Kind, number, offset, length, digest, units of all its texts. */
const NUMBERS_OF_RECORD = 6;
/** Texts of a record before its values: control number, foreign id, 005. */
const TEXTS_BEFORE_VALUES = 3;

/** What a memory holds at first; one of more than sixteen times that is not kept. */
const FEW_NUMBERS = 2048;
const FEW_LENGTHS = 16_384;
const FEW_BYTES = 262_144;
const MOST_GROWTH = 16;

const BEYOND_LATIN_1 = /[^\0-\xff]/;

/** A record that is sent as texts and numbers: everything else in it is as in most records. */
function isPlain(record: InputRecord): boolean {
  const { mapped, trace } = record;
  return (
    trace === undefined &&
    mapped.diagnostics.length === 0 &&
    mapped.ignore === null &&
    !mapped.deleted
  );
}

type Numeric = Float64Array | Int32Array | Uint8Array;

/** Shared memory that is filled from its beginning, and grows. */
class Sheet<T extends Numeric> {
  used = 0;
  memory: T;

  constructor(
    private readonly kind: { new (memory: SharedArrayBuffer): T; BYTES_PER_ELEMENT: number },
    private readonly least: number,
  ) {
    this.memory = this.allocate(least);
  }

  private allocate(length: number): T {
    return new this.kind(new SharedArrayBuffer(length * this.kind.BYTES_PER_ELEMENT));
  }

  /** Begins anew, in the same memory unless it has grown very large. */
  clear(): void {
    this.used = 0;
    if (this.memory.length > MOST_GROWTH * this.least) this.memory = this.allocate(this.least);
  }

  /** Makes room for `count` elements more. */
  reserve(count: number): void {
    const needed = this.used + count;
    if (needed <= this.memory.length) return;
    const larger = this.allocate(Math.max(needed, 2 * this.memory.length));
    larger.set(this.memory);
    this.memory = larger;
  }

  add(number: number): void {
    if (this.used === this.memory.length) this.reserve(1);
    this.memory[this.used++] = number;
  }

  get filled(): T {
    return this.memory.subarray(0, this.used) as T;
  }
}

/** The texts of a portion. */
class TextSheet extends Sheet<Uint8Array> {
  private bytes: Buffer = Buffer.alloc(0);

  constructor() {
    super(Uint8Array, FEW_BYTES);
  }

  addText(text: string, isWide: boolean): void {
    this.reserve(isWide ? 2 * text.length : text.length);
    if (this.bytes.buffer !== this.memory.buffer) this.bytes = Buffer.from(this.memory.buffer);
    const { bytes, used } = this;
    this.used += isWide ? bytes.ucs2Write(text, used) : bytes.latin1Write(text, used);
  }
}

/** What one portion is packed into. */
class Sheets {
  readonly numbers = new Sheet(Float64Array, FEW_NUMBERS);
  readonly lengths = new Sheet(Int32Array, FEW_LENGTHS);
  readonly texts = new TextSheet();

  clear(): void {
    this.numbers.clear();
    this.lengths.clear();
    this.texts.clear();
  }
}

/** Packs the items of one input. */
export class ItemPacker implements ItemSink<PackedItems> {
  count = 0;
  private file = "";
  private unpacked: InputItem[] = [];
  private readonly all: readonly Sheets[];
  private turn = 0;
  private sheets: Sheets;

  /**
   * @param inUse how many packed portions may be in use at the same time: what was taken so many
   *   times ago is written over
   */
  constructor(inUse: number) {
    this.all = Array.from({ length: inUse + 1 }, () => new Sheets());
    this.sheets = this.all[0];
  }

  take(): PackedItems {
    const { file, unpacked, sheets } = this;
    const numbers = sheets.numbers.filled;
    const packed = {
      file,
      unpacked,
      numbers,
      lengths: sheets.lengths.filled,
      texts: sheets.texts.filled,
    };
    this.count = 0;
    this.unpacked = [];
    this.turn = (this.turn + 1) % this.all.length;
    this.sheets = this.all[this.turn];
    this.sheets.clear();
    return packed;
  }

  add(item: InputItem): void {
    const { numbers } = this.sheets;
    this.count++;
    if (item.kind === "record" && isPlain(item.record)) {
      this.record(item.record);
    } else if (item.kind === "known") {
      const { file, number, offset, length, recordId } = item.known;
      this.file = file;
      numbers.add(KNOWN);
      numbers.add(number);
      numbers.add(offset);
      numbers.add(length);
      numbers.add(recordId);
    } else {
      numbers.add(UNPACKED);
      this.unpacked.push(withOwnBytes(item));
    }
  }

  private record(record: InputRecord): void {
    const { mapped } = record;
    const { numbers, texts } = this.sheets;
    this.file = record.file;
    const text = this.joined(mapped);
    const isWide = BEYOND_LATIN_1.test(text);
    numbers.add(RECORD + (isWide ? WIDE : 0) + (mapped.urlIsFallback ? FALLBACK_URL : 0));
    numbers.add(record.number);
    numbers.add(record.offset);
    numbers.add(record.length);
    numbers.add(record.inputDigest ?? Number.NaN);
    numbers.add(text.length);
    texts.addText(text, isWide);
  }

  /** The texts of a record one behind another, their lengths noted. */
  private joined({ controlNumber, foreignId, marcDate, values }: MappedRecord): string {
    const { lengths } = this.sheets;
    lengths.add(controlNumber.length);
    lengths.add(foreignId.length);
    lengths.add(marcDate.length);
    let text = controlNumber + foreignId + marcDate;
    for (const value of values) {
      lengths.add(value.length);
      if (value !== "") text += value;
    }
    return text;
  }
}

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
  if (item.kind !== "reject") return item;
  const { bytes } = item.reject;
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { kind: "reject", reject: { ...item.reject, bytes: buffer } };
}

/** Copies what points into a block of the file: sending a view would send the whole block. */
function withOwnBytes(item: InputItem): InputItem {
  if (item.kind !== "reject") return item;
  const bytes = Buffer.allocUnsafeSlow(item.reject.bytes.length);
  item.reject.bytes.copy(bytes);
  return { kind: "reject", reject: { ...item.reject, bytes } };
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
      recordId: numbers[first + 4],
    };
  }

  private record(kind: number): InputRecord {
    const { file, numbers } = this.packed;
    const first = this.at;
    const digest = numbers[first + 4];
    this.at += NUMBERS_OF_RECORD;
    const texts = this.texts((kind & WIDE) !== 0, numbers[first + 5]);
    const [controlNumber, foreignId, marcDate] = texts;
    return {
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
        ignore: null,
        diagnostics: [],
      },
    };
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

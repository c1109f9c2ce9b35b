/**
 * A portion as it travels between threads. What is sent is copied object by object and text by text;
 * so the records that are as most are (nothing to tell, nothing left out) go as one long text, cut
 * again on the other side. Texts that fit one byte a character stay apart from the others, which
 * would double them.
 */

import type { MappedRecord } from "../mapping/mapped-record.js";
import type { InputRecord } from "./importer.js";
import type { InputItem, KnownItem, Portion } from "./portion.js";

/** Plain data. */
export interface PackedPortion {
  readonly rest: Omit<Portion, "items">;
  /** The input file of all packed items. */
  readonly file: string;
  /** The items that were not packed, in order. */
  readonly unpacked: readonly InputItem[];
  /** By item: its kind, then the numbers of that kind. */
  readonly numbers: Float64Array;
  /** The length of each text, in order. */
  readonly lengths: Int32Array;
  /** The texts of records in which no character is beyond U+00FF, one behind another. */
  readonly narrow: string;
  readonly wide: string;
}

const UNPACKED = 0;
const KNOWN = 1;
const RECORD = 2;
/** Flags of a record, added to its kind. */
const WIDE = 4;
const FALLBACK_URL = 8;

/** Kind, number, offset, length, record_id. */
const NUMBERS_OF_KNOWN = 5;
/** Kind, number, offset, length, digest. */
const NUMBERS_OF_RECORD = 5;
/** Texts of a record before its values: control number, foreign id, 005. */
const TEXTS_BEFORE_VALUES = 3;

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

/** Numbers one behind another, in memory that is used again. */
class Sheet<T extends Int32Array | Float64Array> {
  private used = 0;

  constructor(private memory: T) {}

  add(number: number): void {
    if (this.used === this.memory.length) this.grow();
    this.memory[this.used++] = number;
  }

  private grow(): void {
    const larger = new (this.memory.constructor as new (length: number) => T)(2 * this.used);
    larger.set(this.memory);
    this.memory = larger;
  }

  /** What was added since the last call. */
  take(): T {
    const taken = this.memory.slice(0, this.used) as T;
    this.used = 0;
    return taken;
  }
}

/** Packs the portions of one input. */
export class PortionPacker {
  private file = "";
  private unpacked: InputItem[] = [];
  private readonly numbers = new Sheet(new Float64Array(4096));
  private readonly lengths = new Sheet(new Int32Array(16384));
  private narrow = "";
  private wide = "";

  /** Packs a portion. */
  pack({ items, ...rest }: Portion): PackedPortion {
    for (const item of items) this.add(item);
    const { file, unpacked, narrow, wide } = this;
    this.unpacked = [];
    this.narrow = "";
    this.wide = "";
    const numbers = this.numbers.take();
    return { rest, file, unpacked, numbers, lengths: this.lengths.take(), narrow, wide };
  }

  private add(item: InputItem): void {
    const { numbers } = this;
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
    const { numbers } = this;
    this.file = record.file;
    const isWide = this.texts(mapped);
    numbers.add(RECORD + (isWide ? WIDE : 0) + (mapped.urlIsFallback ? FALLBACK_URL : 0));
    numbers.add(record.number);
    numbers.add(record.offset);
    numbers.add(record.length);
    numbers.add(record.inputDigest ?? Number.NaN);
  }

  /** Adds the texts of a record; gives whether they are wide. */
  private texts({ controlNumber, foreignId, marcDate, values }: MappedRecord): boolean {
    const { lengths } = this;
    lengths.add(controlNumber.length);
    lengths.add(foreignId.length);
    lengths.add(marcDate.length);
    let text = controlNumber + foreignId + marcDate;
    for (const value of values) {
      lengths.add(value.length);
      if (value !== "") text += value;
    }
    const isWide = BEYOND_LATIN_1.test(text);
    if (isWide) this.wide += text;
    else this.narrow += text;
    return isWide;
  }
}

/**
 * The portion that was packed.
 *
 * @param fieldCount how many values a record has
 */
export function unpack(packed: PackedPortion, fieldCount: number): Portion {
  return { ...packed.rest, items: new Unpacker(packed, fieldCount).items() };
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
  /** Indexes of the next number, length, and unpacked item. */
  private at = 0;
  private textAt = 0;
  private unpackedAt = 0;
  /** Where the next text begins. */
  private readonly cut = { narrow: 0, wide: 0 };

  constructor(
    private readonly packed: PackedPortion,
    private readonly fieldCount: number,
  ) {}

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
    const [controlNumber, foreignId, marcDate] = this.texts(
      (kind & WIDE) !== 0,
      TEXTS_BEFORE_VALUES,
    );
    const values = this.texts((kind & WIDE) !== 0, this.fieldCount);
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
        values,
        deleted: false,
        urlIsFallback: (kind & FALLBACK_URL) !== 0,
        ignore: null,
        diagnostics: [],
      },
    };
  }

  private texts(isWide: boolean, count: number): string[] {
    const { lengths, narrow, wide } = this.packed;
    const text = isWide ? wide : narrow;
    const texts = new Array<string>(count);
    let at = isWide ? this.cut.wide : this.cut.narrow;
    for (let i = 0; i < count; i++) {
      const end = at + lengths[this.textAt + i];
      texts[i] = text.substring(at, end);
      at = end;
    }
    this.textAt += count;
    if (isWide) this.cut.wide = at;
    else this.cut.narrow = at;
    return texts;
  }
}

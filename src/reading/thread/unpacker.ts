/** The receiving side of items that travel between threads. */

import type { RecordField } from "../../fields/record-fields.js";
import { recordOfTexts } from "../../mapping/bytes/mapped-texts.js";
import type { MatchMethod } from "../../matching/methods.js";
import type { KeptRecord } from "../../store/model/kept-record.js";
import { RowHasher } from "../../store/model/row-hashes.js";
import type { FinishedRecord, InputItem, InputRecord, KnownItem, Portion } from "../portion.js";
import { type FinishedForm, type FinishedPortion, PackedFinished } from "./finished-records.js";
import {
  FALLBACK_URL,
  FINISHED,
  KEPT_MARC,
  KEPT_XML,
  KIND,
  KNOWN,
  NUMBERS_OF_KNOWN,
  NUMBERS_OF_RECORD,
  type PackedItems,
  TEXTS_BEFORE_VALUES,
  UNPACKED,
  WIDE,
} from "./packed-items.js";

/** Unpacks the portions of one input. */
export class Unpacker {
  private readonly form: FinishedForm | null;

  /** @param hashedBy makes what tells whether a record is new; null where nobody asks */
  constructor(
    private readonly fields: readonly RecordField[],
    hashedBy: readonly MatchMethod[] | null = null,
  ) {
    this.form = hashedBy && {
      hasher: new RowHasher(fields, hashedBy),
      values: fields.map(() => ""),
    };
  }

  /** The portion as it was before it was packed. */
  portion(packed: Portion<PackedItems>): Portion {
    const { form } = this;
    const unpacked = new Unpacked(packed.items, this.fields.length, form);
    // One by one, soon forgotten, unless finished rows are to be gone through before.
    const { finished } = packed.items;
    if (finished === null) return { ...packed, items: unpacked.items() };
    if (finished === 0) return { ...packed, items: unpacked.items(), finished: [] };
    const items = [...unpacked.items()];
    return { ...packed, items, finished: unpacked.finished };
  }
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

class Unpacked {
  /** Indexes of the next number, length, byte of text, and unpacked item. */
  private at = 0;
  private lengthAt = 0;
  private textAt = 0;
  private unpackedAt = 0;
  /** The finished rows that were met. */
  readonly finished: FinishedRecord[] = [];
  private readonly bytes: Buffer;
  private own: FinishedPortion | null = null;

  constructor(
    private readonly packed: PackedItems,
    private readonly fieldCount: number,
    private readonly form: FinishedForm | null,
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
      } else if ((kind & KIND) === FINISHED) {
        if (this.form === null) throw new Error("a finished row that nobody has asked for");
        yield this.finishedAt(this.form);
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

  private finishedAt(form: FinishedForm): FinishedRecord {
    const { packed, bytes, finished, at, lengthAt, textAt } = this;
    this.own ??= { packed, bytes, form };
    const made = new PackedFinished(this.own, at, lengthAt, textAt, finished.length);
    this.at += NUMBERS_OF_RECORD;
    this.lengthAt += made.textCount;
    this.textAt += packed.numbers[at + 5];
    finished.push(made);
    return made;
  }

  private record(kind: number): InputRecord {
    const { file, numbers } = this.packed;
    const first = this.at;
    const digest = numbers[first + 4];
    this.at += NUMBERS_OF_RECORD;
    const texts = this.texts((kind & WIDE) !== 0, numbers[first + 5]);
    const kept = (kind & (KEPT_MARC | KEPT_XML)) === 0 ? undefined : this.kept(kind);
    const mapped = recordOfTexts(texts, (kind & FALLBACK_URL) !== 0);
    return {
      kept,
      hashes: this.form?.hasher.of(mapped),
      file,
      number: numbers[first + 1],
      offset: numbers[first + 2],
      length: numbers[first + 3],
      inputDigest: Number.isNaN(digest) ? null : digest,
      mapped,
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

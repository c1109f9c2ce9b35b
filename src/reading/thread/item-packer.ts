/** The sending side of items that travel between threads. */

import type { MappedRecord } from "../../fields/mapped-record.js";
import type { MappedTexts } from "../../mapping/bytes/mapped-texts.js";
import type { KeptRecord } from "../../store/model/kept-record.js";
import type { InputItem, InputRecord, ItemSink, RecordPlace, TextsPlace } from "../portion.js";
import {
  FALLBACK_URL,
  FINISHED,
  KEPT_MARC,
  KEPT_XML,
  KNOWN,
  NUMBERS_OF_RECORD,
  type PackedItems,
  RECORD,
  UNPACKED,
  WIDE,
} from "./packed-items.js";
import { Sheets } from "./shared-sheets.js";

const BEYOND_LATIN_1 = /[^\0-\xff]/;

/** An item that stands in a stream of bytes. */
type InStream<T extends RecordPlace> = T & { readonly offset: number; readonly length: number };

function isInStream<T extends RecordPlace>(item: T): item is InStream<T> {
  return item.offset !== null && item.length !== null;
}

/** A record that is sent as texts and numbers: everything else in it is as in most records. */
function isPlain(record: InputRecord): record is InStream<InputRecord> {
  const { mapped, trace } = record;
  return (
    isInStream(record) &&
    trace === undefined &&
    mapped.diagnostics.length === 0 &&
    mapped.ignore === null &&
    !mapped.deleted
  );
}

/** Copies what points into a block of the file: sending a view would send the whole block. */
function withOwnBytes(item: InputItem): InputItem {
  if (item.kind === "reject") {
    return { kind: "reject", reject: { ...item.reject, bytes: ownCopy(item.reject.bytes) } };
  }
  if (item.kind !== "record" || item.record.kept === undefined) return item;
  const { kept } = item.record;
  return {
    kind: "record",
    record: { ...item.record, kept: { ...kept, bytes: ownCopy(kept.bytes) } },
  };
}

function ownCopy(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}

function keptKind(kept: KeptRecord | undefined): number {
  return kept === undefined ? 0 : kept.format === "marc" ? KEPT_MARC : KEPT_XML;
}

/** Packs the items of one input. */
export class ItemPacker implements ItemSink<PackedItems> {
  count = 0;
  private file = "";
  private unpacked: InputItem[] = [];
  private readonly all: readonly Sheets[];
  private turn = 0;
  private sheets: Sheets;
  private finished = 0;

  /**
   * @param inUse how many packed portions may be in use at the same time: what was taken so many
   *   times ago is written over
   * @param finishes whether rows are to be finished, since most will be new
   */
  constructor(
    inUse: number,
    private readonly finishes = false,
  ) {
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
      finished: this.finishes ? this.finished : null,
    };
    this.finished = 0;
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
    } else if (item.kind === "known" && isInStream(item.known)) {
      const { file, number, offset, length, knownAs } = item.known;
      this.file = file;
      numbers.add(KNOWN);
      numbers.add(number);
      numbers.add(offset);
      numbers.add(length);
      numbers.add(knownAs);
    } else {
      numbers.add(UNPACKED);
      this.unpacked.push(withOwnBytes(item));
    }
  }

  private record(record: InStream<InputRecord>): void {
    const { mapped } = record;
    const { numbers, texts } = this.sheets;
    this.file = record.file;
    const text = this.joined(mapped);
    const isWide = BEYOND_LATIN_1.test(text);
    const kind = this.kindOf(isWide, mapped.urlIsFallback);
    numbers.add(kind + keptKind(record.kept));
    numbers.add(record.number);
    numbers.add(record.offset);
    numbers.add(record.length);
    numbers.add(record.inputDigest ?? Number.NaN);
    numbers.add(text.length);
    texts.addText(text, isWide);
    if (record.kept === undefined) return;
    this.sheets.lengths.add(record.kept.bytes.length);
    texts.addBytes(record.kept.bytes);
  }

  addTexts(place: TextsPlace, mapped: MappedTexts): void {
    const { lengths, texts } = this.sheets;
    if (this.finishes && mapped.evidence === "") {
      this.finished++;
      const fallback = mapped.urlIsFallback ? FALLBACK_URL : 0;
      this.addPlace(place, FINISHED + fallback, mapped.length);
      lengths.addAll(mapped.sizes, 0, mapped.sizes.length);
      texts.addAll(mapped.bytes, mapped.from, mapped.from + mapped.length);
      return;
    }
    lengths.addAll(mapped.lengths, 0, mapped.lengths.length);
    const { evidence, urlIsFallback, length } = mapped;
    if (mapped.beyondAscii || BEYOND_LATIN_1.test(evidence)) {
      const text = mapped.joined();
      const isWide = BEYOND_LATIN_1.test(text);
      this.addPlace(place, this.kindOf(isWide, urlIsFallback), text.length);
      texts.addText(text, isWide);
    } else {
      this.addPlace(place, this.kindOf(false, urlIsFallback), length + evidence.length);
      this.addAscii(mapped);
    }
  }

  private addAscii(mapped: MappedTexts): void {
    const { texts } = this.sheets;
    const { evidence, bytes, from, length } = mapped;
    if (evidence === "") {
      texts.addAll(bytes, from, from + length);
      return;
    }
    const behind = from + mapped.beforeEvidence;
    texts.addAll(bytes, from, behind);
    texts.addText(evidence, false);
    texts.addAll(bytes, behind, from + length);
  }

  private kindOf(isWide: boolean, urlIsFallback: boolean): number {
    return RECORD + (isWide ? WIDE : 0) + (urlIsFallback ? FALLBACK_URL : 0);
  }

  private addPlace(
    { file, number, offset, length, inputDigest }: TextsPlace,
    kind: number,
    units: number,
  ): void {
    this.count++;
    this.file = file;
    const { numbers } = this.sheets;
    const at = numbers.take(NUMBERS_OF_RECORD);
    const { memory } = numbers;
    memory[at] = kind;
    memory[at + 1] = number;
    memory[at + 2] = offset;
    memory[at + 3] = length;
    memory[at + 4] = inputDigest;
    memory[at + 5] = units;
  }

  /** The texts of a record one behind another, their lengths noted. */
  private joined({
    controlNumber,
    foreignId,
    marcDate,
    evidence = "",
    values,
  }: MappedRecord): string {
    const { lengths } = this.sheets;
    lengths.add(controlNumber.length);
    lengths.add(foreignId.length);
    lengths.add(marcDate.length);
    lengths.add(evidence.length);
    let text = controlNumber + foreignId + marcDate + evidence;
    for (const value of values) {
      lengths.add(value.length);
      if (value !== "") text += value;
    }
    return text;
  }
}

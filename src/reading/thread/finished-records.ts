/** Records whose rows are finished, as they lie in the memory of their portion. */

import { recordOfTexts } from "../../mapping/bytes/mapped-texts.js";
import type { RowHasher, RowHashes } from "../../store/model/row-hashes.js";
import type { FinishedRecord, InputRecord } from "../portion.js";
import {
  EVIDENCE_TEXT,
  FALLBACK_URL,
  ID_TEXT,
  type PackedItems,
  TEXTS_BEFORE_VALUES,
} from "./packed-items.js";

/** What is the same for all records of an input. */
export interface FinishedForm {
  readonly hasher: RowHasher;
  /** By field index; those that no hash is made of stay empty. */
  readonly values: string[];
}

/** What is the same for all records of a portion. */
export interface FinishedPortion {
  readonly packed: PackedItems;
  /** The packed texts. */
  readonly bytes: Buffer;
  readonly form: FinishedForm;
}

/** Reads what it is asked for from the memory: thousands of them are there at a time. */
export class PackedFinished implements FinishedRecord {
  /**
   * @param at where the numbers of the record begin
   * @param nth which of those of its portion it is
   */
  constructor(
    private readonly portion: FinishedPortion,
    private readonly at: number,
    readonly firstSize: number,
    readonly from: number,
    readonly nth: number,
  ) {}

  get kind(): "finished" {
    return "finished";
  }

  get file(): string {
    return this.portion.packed.file;
  }

  private get urlIsFallback(): boolean {
    return (this.portion.packed.numbers[this.at] & FALLBACK_URL) !== 0;
  }

  get number(): number {
    return this.portion.packed.numbers[this.at + 1];
  }

  get offset(): number {
    return this.portion.packed.numbers[this.at + 2];
  }

  get length(): number {
    return this.portion.packed.numbers[this.at + 3];
  }

  get inputDigest(): number {
    return this.portion.packed.numbers[this.at + 4];
  }

  get sizes(): Int32Array {
    return this.portion.packed.lengths;
  }

  get bytes(): Buffer {
    return this.portion.bytes;
  }

  get textCount(): number {
    return TEXTS_BEFORE_VALUES + this.portion.form.values.length;
  }

  get fallbackUrl(): number | null {
    const { hasher } = this.portion.form;
    return this.urlIsFallback ? hasher.fallbackOf((column) => this.value(column)) : null;
  }

  get hashes(): RowHashes {
    const { urlIsFallback } = this;
    const { hasher, values } = this.portion.form;
    const evidence = hasher.needsEvidence ? this.text(EVIDENCE_TEXT) : "";
    for (const column of hasher.columns) values[column] = this.value(column);
    return hasher.of({ foreignId: this.text(ID_TEXT), values, urlIsFallback, evidence });
  }

  holds(index: number): boolean {
    return this.sizes[this.firstSize + TEXTS_BEFORE_VALUES + index] > 0;
  }

  private value(index: number): string {
    return this.text(TEXTS_BEFORE_VALUES + index);
  }

  private text(index: number): string {
    const { firstSize, from } = this;
    const { bytes, packed } = this.portion;
    const sizes = packed.lengths;
    const size = sizes[firstSize + index];
    if (size === 0) return "";
    let at = from;
    for (let before = firstSize + index - 1; before >= firstSize; before--) at += sizes[before];
    return bytes.utf8Slice(at, at + size);
  }

  record(): InputRecord {
    const { file, number, offset, length, inputDigest, hashes, urlIsFallback } = this;
    const texts = Array.from({ length: this.textCount }, (_, index) => this.text(index));
    const mapped = recordOfTexts(texts, urlIsFallback);
    return { file, number, offset, length, inputDigest, hashes, mapped };
  }
}

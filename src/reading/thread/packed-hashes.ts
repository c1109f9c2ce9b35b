/** The hashes of packed records, made of their texts as the writing thread will read them. */

import type { RecordField } from "../../fields/record-fields.js";
import type { MatchMethod } from "../../matching/methods.js";
import { RowHasher } from "../../store/model/row-hashes.js";
import { EVIDENCE_TEXT, FALLBACK_URL, ID_TEXT, TEXTS_BEFORE_VALUES, WIDE } from "./packed-items.js";
import type { SheetPlace, Sheets } from "./shared-sheets.js";

export class PackedHashes {
  /** By field index; those that no hash is made of stay empty. */
  private readonly values: string[];

  private readonly hasher: RowHasher;

  private constructor(fields: readonly RecordField[], methods: readonly MatchMethod[]) {
    this.hasher = new RowHasher(fields, methods);
    this.values = fields.map(() => "");
  }

  /** @param hashedBy methods of which keys are asked for, null where no hashes are */
  static of(
    fields: readonly RecordField[],
    hashedBy: readonly MatchMethod[] | null = null,
  ): PackedHashes | null {
    return hashedBy === null ? null : new PackedHashes(fields, hashedBy);
  }

  /** Adds the numbers of a record that has just been packed, from `start` on. */
  add({ numbers, lengths, texts }: Sheets, start: SheetPlace): void {
    const kind = numbers.memory[start.number];
    const isWide = (kind & WIDE) !== 0;
    let text = 0;
    let at = start.text;
    /** The text of an index, not lower than the one before. */
    const textAt = (index: number): string => {
      for (; text < index; text++) {
        const length = lengths.memory[start.length + text];
        at += isWide ? 2 * length : length;
      }
      const units = lengths.memory[start.length + index];
      return units === 0 ? "" : texts.textAt(at, units, isWide);
    };
    const foreignId = textAt(ID_TEXT);
    const evidence = this.hasher.needsEvidence ? textAt(EVIDENCE_TEXT) : "";
    for (const column of this.hasher.columns) {
      this.values[column] = textAt(TEXTS_BEFORE_VALUES + column);
    }
    const urlIsFallback = (kind & FALLBACK_URL) !== 0;
    const { values } = this;
    const hashes = this.hasher.of({ foreignId, values, urlIsFallback, evidence });
    numbers.add(hashes.foreignId);
    numbers.add(hashes.fallbackUrl ?? Number.NaN);
    numbers.add(hashes.keys.length);
    for (const key of hashes.keys) numbers.add(key);
  }
}

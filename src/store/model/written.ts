/**
 * What was last written to a row, to know edits by other hands. A row that stands as it was written
 * needs no more than that said. Digests of what was written, one for each column, are made when an
 * edit is noticed, from the values that the triggers have kept.
 */

/** A 32-bit digest of a text; 0 for the empty text. */
export function digestText(text: string): number {
  if (text === "") return 0;
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash | 0;
}

/** The text that now stands in the column at a position. */
export type TextAt = (position: number) => string;

/**
 * What was written to the columns of a row, by column position. Positions beyond the digests hold
 * the digest of the empty text, so that columns added later need no rewriting of what is there.
 */
export class Written {
  /** @param digests null for a row that stands as it was written */
  private constructor(private readonly digests: Int32Array | null) {}

  /** Every column stands as it was written. */
  static readonly asItStands = new Written(null);

  /** Nothing was ever written. */
  static nothing(columns: number): Written {
    return new Written(new Int32Array(columns));
  }

  /**
   * Digests of texts.
   *
   * @param count how many columns were written, the first ones
   */
  static texts(textAt: TextAt, count: number, columns: number): Written {
    const digests = new Int32Array(Math.max(columns, count));
    for (let position = 0; position < count; position++) {
      digests[position] = digestText(textAt(position));
    }
    return new Written(digests);
  }

  static fromBlob(blob: Buffer, columns: number): Written {
    const stored = blob.length >> 2;
    // A blob may be longer than we know columns, if another run has added some since we looked.
    const digests = new Int32Array(Math.max(columns, stored));
    for (let i = 0; i < stored; i++) digests[i] = blob.readInt32LE(i * 4);
    return new Written(digests);
  }

  /** null for a row that stands as it was written. */
  toBlob(): Buffer | null {
    const { digests } = this;
    return digests && Buffer.from(digests.buffer, digests.byteOffset, digests.byteLength);
  }

  get standsAsWritten(): boolean {
    return this.digests === null;
  }

  copy(): Written {
    return this.digests ? new Written(this.digests.slice()) : this;
  }

  /** The same in digests, which can be set one by one. */
  inDigests(textAt: TextAt, columns: number): Written {
    return this.digests ? this.copy() : Written.texts(textAt, columns, columns);
  }

  /** Notes a text that is written to a column, or stands there and is now ours. */
  set(position: number, text: string): void {
    if (this.digests) this.digests[position] = digestText(text);
  }

  /** Only in digests. */
  setDigest(position: number, digest: number): void {
    if (!this.digests) throw new Error("a row that stands as it was written has no digests");
    this.digests[position] = digest;
  }

  /**
   * The digest of what was written to a column.
   *
   * @param text what stands there
   */
  digestAt(position: number, text: string): number {
    return this.digests ? (this.digests[position] ?? 0) : digestText(text);
  }

  /** Whether nothing but empty texts was written, or nothing at all. */
  get isBlank(): boolean {
    return this.digests?.every((digest) => digest === 0) ?? false;
  }

  /** Whether the same was written to each of `columns` columns, as far as both tell. */
  equals(other: Written, textAt: TextAt, columns: number): boolean {
    if (this.digests === null && other.digests === null) return true;
    for (let i = 0; i < columns; i++) {
      const text = this.digests && other.digests ? "" : textAt(i);
      if (this.digestAt(i, text) !== other.digestAt(i, text)) return false;
    }
    return true;
  }

  /** @param text what stands in the column now */
  isAsWritten(position: number, text: string): boolean {
    return this.digests === null || this.digestAt(position, text) === digestText(text);
  }
}

/** Digests of what was last written to a row, one for each column, to know edits by other hands. */

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

/**
 * Digests by column position; positions beyond the buffer hold the digest of the empty text, so
 * that columns added later need no rewriting of what is there.
 */
export class WrittenDigests {
  private constructor(private readonly digests: Int32Array) {}

  static of(columns: number): WrittenDigests {
    return new WrittenDigests(new Int32Array(columns));
  }

  /** @param digests by column position */
  static from(digests: Int32Array): WrittenDigests {
    return new WrittenDigests(digests);
  }

  static fromBlob(blob: Buffer | null, columns: number): WrittenDigests {
    const stored = blob === null ? 0 : blob.length >> 2;
    // A blob may be longer than we know columns, if another run has added some since we looked.
    const digests = new Int32Array(Math.max(columns, stored));
    for (let i = 0; i < stored; i++) digests[i] = blob?.readInt32LE(i * 4) ?? 0;
    return new WrittenDigests(digests);
  }

  copy(): WrittenDigests {
    return new WrittenDigests(this.digests.slice());
  }

  set(position: number, text: string): void {
    this.digests[position] = digestText(text);
  }

  setDigest(position: number, digest: number): void {
    this.digests[position] = digest;
  }

  /** The digest at a position, as `digestText` gives it. */
  at(position: number): number {
    return this.digests[position] ?? 0;
  }

  /** Whether nothing but empty texts was written, or nothing at all. */
  get isBlank(): boolean {
    return this.digests.every((digest) => digest === 0);
  }

  equals(other: WrittenDigests): boolean {
    const length = Math.max(this.digests.length, other.digests.length);
    for (let i = 0; i < length; i++) if (this.at(i) !== other.at(i)) return false;
    return true;
  }

  isAsWritten(position: number, text: string): boolean {
    return this.at(position) === digestText(text);
  }

  toBlob(): Buffer {
    return Buffer.from(this.digests.buffer, this.digests.byteOffset, this.digests.byteLength);
  }
}

/**
 * Rows as pages of a table in SQLite's file format (sqlite.org/fileformat2.html): leaves that are filled one
 * after another, and the page above them. A side file has one such table and nothing else.
 */

import type { FinishedRow } from "../../model/finished-row.js";

export const PAGE_SIZE = 16_384;
/** Pages of a file, of which the first is the engine's: it holds what the file is. */
const PAGES = 224;
/** The table begins with its root. */
const ROOT = 1;
const FIRST_LEAF = 2;
/** So that a row's number takes two bytes at most. */
const MOST_ROWS = 16_383;

const LEAF = 0x0d;
const INTERIOR = 0x05;
const LEAF_HEAD = 8;
const INTERIOR_HEAD = 12;
/** A longer payload would go on elsewhere. */
const LONGEST_PAYLOAD = PAGE_SIZE - 35;
/** Serial types: NULL, an integer of eight bytes, and of a text of n bytes this and 2n. */
const NULL = 0;
const INTEGER = 6;
const TEXT = 13;
const TWO_TO_32 = 0x1_0000_0000;
/** Where the first page tells that the file has changed, how many pages it has, and since which change. */
const CHANGES = 24;
const PAGE_COUNT = 28;
const COUNTED_AT = 92;

/** Bytes of a number as a varint, up to three. */
function widthOf(number: number): number {
  return number < 0x80 ? 1 : number < 0x4000 ? 2 : 3;
}

export class RowPages {
  readonly memory = Buffer.alloc(PAGES * PAGE_SIZE);
  private readonly source = Buffer.alloc(LONGEST_PAYLOAD);
  /** The serial types of the texts of a row, and how many bytes they take. */
  private types = new Uint8Array(0);
  private typesSize = 0;
  /** Rows so far. */
  private count = 0;
  /** The page that is being filled, its cells, and where the last of them begins in it. */
  private leaf = FIRST_LEAF;
  private cells = 0;
  private start = PAGE_SIZE;
  /** The last row of each full leaf. */
  private lasts: number[] = [];
  /** Where the next byte is written. */
  private at = 0;

  /** Begins anew. */
  clear(): void {
    this.count = 0;
    this.leaf = FIRST_LEAF;
    this.cells = 0;
    this.start = PAGE_SIZE;
    this.lasts = [];
  }

  /** Adds a row, whose number is the next one from 1 on; false where there is no room for it. */
  add(row: FinishedRow, sourceRecord: string): boolean {
    const { fallbackUrl } = row;
    // Three bytes a unit are the most that UTF-8 takes.
    if (sourceRecord.length * 3 > this.source.length || this.count === MOST_ROWS) return false;
    const sourceSize = this.source.utf8Write(sourceRecord, 0);
    const texts = this.setTypes(row);
    const few = 3 + widthOf(TEXT + 2 * sourceSize) + this.typesSize;
    const head = few + (few < 0x7f ? 1 : 2);
    const payload = head + 8 + (fallbackUrl === null ? 0 : 8) + sourceSize + texts;
    const number = this.count + 1;
    if (payload > LONGEST_PAYLOAD) return false;
    if (!this.makeRoom(widthOf(payload) + widthOf(number) + payload)) return false;
    this.varint(payload);
    this.varint(number);
    this.head(head, sourceSize, fallbackUrl !== null);
    this.integer(row.inputDigest);
    if (fallbackUrl !== null) this.integer(fallbackUrl);
    this.at += this.source.copy(this.memory, this.at, 0, sourceSize);
    const { bytes, from } = row;
    bytes.copy(this.memory, this.at, from, from + texts);
    this.count = number;
    return true;
  }

  /** Notes the serial types of a row's texts, as varints; gives how many bytes the texts have. */
  private setTypes({ sizes, firstSize, textCount }: FinishedRow): number {
    if (this.types.length < 3 * textCount) this.types = new Uint8Array(3 * textCount);
    const { types } = this;
    let all = 0;
    let at = 0;
    for (let text = firstSize; text < firstSize + textCount; text++) {
      const type = TEXT + 2 * sizes[text];
      all += sizes[text];
      if (type >= 0x4000) types[at++] = (type >>> 14) | 0x80;
      if (type >= 0x80) types[at++] = ((type >>> 7) & 0x7f) | 0x80;
      types[at++] = type & 0x7f;
    }
    this.typesSize = at;
    return all;
  }

  /** Makes room for a cell in a leaf, which is the next one where this is full; false if there is none. */
  private makeRoom(size: number): boolean {
    if (this.start - size < LEAF_HEAD + 2 * (this.cells + 1)) {
      if (this.leaf + 1 === PAGES) return false;
      this.endLeaf();
      this.leaf++;
      this.cells = 0;
      this.start = PAGE_SIZE;
    }
    this.start -= size;
    const page = this.leaf * PAGE_SIZE;
    this.memory.writeUInt16BE(this.start, page + LEAF_HEAD + 2 * this.cells);
    this.cells++;
    this.at = page + this.start;
    return true;
  }

  private varint(number: number): void {
    const { memory } = this;
    if (number >= 0x4000) memory[this.at++] = (number >>> 14) | 0x80;
    if (number >= 0x80) memory[this.at++] = ((number >>> 7) & 0x7f) | 0x80;
    memory[this.at++] = number & 0x7f;
  }

  /** The serial types of a row, behind the bytes that they take; its number is the cell's. */
  private head(size: number, sourceSize: number, hasFallback: boolean): void {
    this.varint(size);
    this.varint(NULL);
    this.varint(INTEGER);
    this.varint(hasFallback ? INTEGER : NULL);
    this.varint(TEXT + 2 * sourceSize);
    const { types, typesSize, memory } = this;
    for (let i = 0; i < typesSize; i++) memory[this.at++] = types[i];
  }

  /** A number of 53 bits. */
  private integer(number: number): void {
    this.memory.writeUInt32BE(Math.floor(number / TWO_TO_32), this.at);
    this.memory.writeUInt32BE(number % TWO_TO_32, this.at + 4);
    this.at += 8;
  }

  /** Writes the head of the leaf that is being filled. */
  private endLeaf(): void {
    const page = this.leaf * PAGE_SIZE;
    this.memory.fill(0, page, page + LEAF_HEAD);
    this.memory[page] = LEAF;
    this.memory.writeUInt16BE(this.cells, page + 3);
    this.memory.writeUInt16BE(this.start, page + 5);
    this.lasts.push(this.count);
  }

  /**
   * Ends the table.
   *
   * @param first the first page of the file as the engine has made it; is written to, so that the engine knows that
   *   what it has read of the file before is old
   * @returns the whole file, good until it is begun anew
   */
  file(first: Buffer): Buffer {
    this.endLeaf();
    const leaf = FIRST_LEAF * PAGE_SIZE;
    // A root without cells may not be: a single leaf is the root.
    if (this.lasts.length > 1) this.root();
    else this.memory.copyWithin(ROOT * PAGE_SIZE, leaf, leaf + PAGE_SIZE);
    const pages = this.lasts.length > 1 ? this.leaf + 1 : FIRST_LEAF;
    const changes = (first.readUInt32BE(CHANGES) + 1) >>> 0;
    first.writeUInt32BE(changes, CHANGES);
    first.writeUInt32BE(changes, COUNTED_AT);
    first.writeUInt32BE(pages, PAGE_COUNT);
    first.copy(this.memory);
    return this.memory.subarray(0, pages * PAGE_SIZE);
  }

  /** Pages of a file count from one. */
  private root(): void {
    const { memory, lasts } = this;
    const page = ROOT * PAGE_SIZE;
    const right = lasts.length - 1;
    let start = PAGE_SIZE;
    for (let i = 0; i < right; i++) {
      start -= 4 + widthOf(lasts[i]);
      memory.writeUInt32BE(FIRST_LEAF + i + 1, page + start);
      this.at = page + start + 4;
      this.varint(lasts[i]);
      memory.writeUInt16BE(start, page + INTERIOR_HEAD + 2 * i);
    }
    memory.fill(0, page, page + INTERIOR_HEAD);
    memory[page] = INTERIOR;
    memory.writeUInt16BE(right, page + 3);
    memory.writeUInt16BE(start, page + 5);
    memory.writeUInt32BE(FIRST_LEAF + right + 1, page + 8);
  }
}

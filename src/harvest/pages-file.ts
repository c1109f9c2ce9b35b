/** The file of the pages of one list, cut into its records. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { asInputFailure } from "../input/open.js";
import type { RecordPlace } from "../reading/portion.js";
import { type CutRecord, PageCutter } from "./page-cutter.js";
import { MAX_RECORD_SIZE } from "./page-sink.js";

const BLOCK = 256 * 1024;

/** Where a page stands in its file. */
export interface PageInFile {
  readonly offset: number;
  readonly length: number;
  /** Of the answer's header; counts where the document declares none. */
  readonly charset?: string;
}

/** What a row keeps as the place of its record (`source_record`). */
export function sourceRecord({ file, offset, length }: RecordPlace): string {
  return `${file}:${offset}:${length}`;
}

export class PagesFile {
  /** Of the pages that count. */
  readonly bytes: number;
  bytesRead = 0;
  /** What is declared around the records of the page that was asked for last. */
  private around: { readonly page: PageInFile; readonly first: CutRecord } | null = null;

  /**
   * @param path absolute
   * @param pages those that count, in order
   */
  constructor(
    readonly path: string,
    private readonly pages: readonly PageInFile[],
  ) {
    this.bytes = pages.reduce((sum, { length }) => sum + length, 0);
  }

  /**
   * The records that begin at an offset or behind it, some at a time. The bytes of those are good until the
   * next ones are asked for.
   *
   * @throws Failure where the file cannot be read
   */
  *lots(from = 0): Generator<readonly CutRecord[]> {
    const { pages, path } = this;
    this.bytesRead = 0;
    if (pages.length === 0) return;
    const handle = open(path);
    try {
      for (const page of pages) {
        if (page.offset >= from) yield* this.ofPage(handle, page);
        else if (page.offset + page.length > from) {
          for (const lot of this.ofPage(handle, page)) {
            yield lot.filter(({ offset }) => offset >= from);
          }
        }
        this.bytesRead += page.length;
      }
    } finally {
      closeSync(handle);
    }
  }

  /** The same one by one: the bytes of each are good until the next is asked for. */
  *records(): Generator<CutRecord> {
    for (const lot of this.lots()) yield* lot;
  }

  private *ofPage(
    handle: number,
    { offset, length, charset = "" }: PageInFile,
  ): Generator<readonly CutRecord[]> {
    const cutter = new PageCutter({ offset, maxRecordSize: MAX_RECORD_SIZE, charset });
    let done = 0;
    const read = (room: Buffer): number => {
      const count = readInto(handle, room, offset + done, this.path);
      done += count;
      return count;
    };
    while (done < length) yield cutter.pull(Math.min(BLOCK, length - done), read);
    yield cutter.end();
  }

  /** One of the records that `records` has given before. */
  again(offset: number, length: number): CutRecord {
    const bytes = Buffer.allocUnsafe(length);
    const handle = open(this.path);
    try {
      const first = this.firstOfPage(handle, offset);
      readInto(handle, bytes, offset, this.path);
      return { ...first, offset, bytes, refusal: null };
    } finally {
      closeSync(handle);
    }
  }

  /** The first record of the page in which an offset lies. */
  private firstOfPage(handle: number, offset: number): CutRecord {
    const page = this.pages.find((one) => offset >= one.offset && offset < one.offset + one.length);
    if (page === undefined) throw new Error("a known record of no page");
    if (this.around?.page === page) return this.around.first;
    for (const [first] of this.ofPage(handle, page)) {
      if (first === undefined) continue;
      this.around = { page, first };
      return first;
    }
    throw new Error("a known record of a page without records");
  }
}

function open(path: string): number {
  try {
    return openSync(path, "r");
  } catch (error) {
    throw asInputFailure(error, path);
  }
}

function readInto(handle: number, block: Buffer, at: number, path: string): number {
  try {
    const read = readSync(handle, block, 0, block.length, at);
    if (read > 0) return read;
    throw new Error(`it has only ${fstatSync(handle).size} bytes`);
  } catch (error) {
    throw asInputFailure(error, path);
  }
}

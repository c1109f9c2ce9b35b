/** The file of the pages of one list, cut into its records. */

import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { asInputFailure } from "../input/open.js";
import type { RecordPlace } from "../reading/portion.js";
import { type CutRecord, PageCutter } from "./page-cutter.js";
import { MAX_RECORD_SIZE } from "./page-sink.js";

const NO_BYTES = Buffer.alloc(0);
const BLOCK = 256 * 1024;

/** Where a page stands in its file. */
export interface PageInFile {
  readonly offset: number;
  readonly length: number;
}

/** What a row keeps as the place of its record (`source_record`). */
export function sourceRecord({ file, offset, length }: RecordPlace): string {
  return `${file}:${offset}:${length}`;
}

export class PagesFile {
  /** Of the pages that count. */
  readonly bytes: number;
  bytesRead = 0;
  /** By the offset of a page: what is declared around its records. */
  private readonly around = new Map<number, CutRecord>();

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
   * The records that begin at an offset or behind it.
   *
   * @throws Failure where the file cannot be read
   */
  *records(from = 0): Generator<CutRecord> {
    const { pages, path } = this;
    this.bytesRead = 0;
    if (pages.length === 0) return;
    const handle = open(path);
    try {
      for (const page of pages) {
        if (page.offset + page.length > from) {
          for (const cut of this.ofPage(handle, page)) {
            if (!this.around.has(page.offset))
              this.around.set(page.offset, { ...cut, bytes: NO_BYTES });
            if (cut.offset >= from) yield cut;
          }
        }
        this.bytesRead += page.length;
      }
    } finally {
      closeSync(handle);
    }
  }

  private *ofPage(handle: number, { offset, length }: PageInFile): Generator<CutRecord> {
    const cutter = new PageCutter({ offset, maxRecordSize: MAX_RECORD_SIZE });
    for (let done = 0; done < length; ) {
      const block = Buffer.allocUnsafe(Math.min(BLOCK, length - done));
      const read = readInto(handle, block, offset + done, this.path);
      done += read;
      yield* cutter.push(block.subarray(0, read));
    }
    yield* cutter.end();
  }

  /** One of the records that `records` has given before. */
  again(offset: number, length: number): CutRecord {
    const page = this.pages.find((one) => offset >= one.offset && offset < one.offset + one.length);
    const around = this.around.get(page?.offset ?? -1);
    if (around === undefined) throw new Error("a known record of a page that was not read");
    const bytes = Buffer.allocUnsafe(length);
    const handle = open(this.path);
    try {
      readInto(handle, bytes, offset, this.path);
    } finally {
      closeSync(handle);
    }
    return { ...around, offset, bytes, refusal: null };
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

/** The bytes of an entry of a zip archive. */

import { takeHead, unzipped, withoutFirst } from "./blocks.js";
import { SNIFFED_BYTES } from "./sniff.js";
import type { Source } from "./sources.js";
import { entryBlocks, type ZipEntry } from "./zip.js";

export class ZipSource implements Source {
  readonly isPipe = false;
  bytesRead = 0;
  /** Whether the entry itself is gzipped. */
  private zipped = false;

  /**
   * @param path of the archive
   * @param name of the entry in messages
   */
  constructor(
    private readonly path: string,
    private readonly entry: ZipEntry,
    private readonly name: string,
  ) {}

  get bytes(): number {
    return this.entry.bytes;
  }

  get size(): number | null {
    return this.zipped ? null : this.entry.size;
  }

  async look(unzip: boolean) {
    this.zipped = unzip;
    const blocks = this.all();
    try {
      return await takeHead(blocks, SNIFFED_BYTES);
    } finally {
      await blocks.return(undefined);
    }
  }

  blocks(offset: number): AsyncGenerator<Buffer> {
    return withoutFirst(this.all(), offset);
  }

  private all(): AsyncGenerator<Buffer> {
    const blocks = this.counted();
    return this.zipped ? unzipped(blocks, this.name) : blocks;
  }

  private async *counted(): AsyncGenerator<Buffer> {
    const { bytes, size } = this.entry;
    this.bytesRead = 0;
    let read = 0;
    for await (const block of entryBlocks(this.path, this.entry)) {
      read += block.length;
      // What it takes in the archive, as far as that can be told of a part.
      this.bytesRead = size === 0 ? bytes : Math.round((bytes * read) / size);
      yield block;
    }
  }
}

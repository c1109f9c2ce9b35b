/** Where the bytes of an input come from: a file that can be read again, or a pipe that cannot. */

import { createReadStream } from "node:fs";
import {
  BLOCK_SIZE,
  fileBlocks,
  streamBlocks,
  takeHead,
  unzipped,
  withoutFirst,
} from "./blocks.js";
import { SNIFFED_BYTES } from "./sniff.js";

/** The first bytes of an input, and whether they are all of it. */
interface Head {
  readonly head: Buffer;
  readonly complete: boolean;
}

export interface Source {
  readonly isPipe: boolean;
  /** Bytes on the disk, null for a pipe. */
  readonly bytes: number | null;
  readonly bytesRead: number;
  /** Bytes that `blocks` gives from the beginning, null where that is not known. */
  readonly size: number | null;
  /** The first bytes, from here on unzipped if `unzip` says so. */
  look(unzip: boolean): Promise<Head>;
  /** The bytes from `offset` on, unzipped if they were looked at unzipped. */
  blocks(offset: number): AsyncGenerator<Buffer>;
}

export class FileSource implements Source {
  readonly isPipe = false;
  bytesRead = 0;
  private zipped = false;

  constructor(
    private readonly path: string,
    readonly bytes: number,
  ) {}

  get size(): number | null {
    return this.zipped ? null : this.bytes;
  }

  async look(unzip: boolean): Promise<Head> {
    this.zipped = unzip;
    const raw = fileBlocks(this.path, 0);
    const blocks = unzip ? unzipped(raw, this.path) : raw;
    try {
      return await takeHead(blocks, SNIFFED_BYTES);
    } finally {
      await blocks.return(undefined);
    }
  }

  async *blocks(offset: number): AsyncGenerator<Buffer> {
    if (this.zipped) {
      yield* withoutFirst(unzipped(this.counted(0), this.path), offset);
    } else {
      yield* this.counted(offset);
    }
  }

  private *counted(from: number): Generator<Buffer> {
    this.bytesRead = from;
    for (const block of fileBlocks(this.path, from)) {
      this.bytesRead += block.length;
      yield block;
    }
  }
}

export class PipeSource implements Source {
  readonly isPipe = true;
  readonly bytes = null;
  readonly size = null;
  bytesRead = 0;
  private rest: AsyncGenerator<Buffer>;
  private taken: Buffer[] = [];

  /**
   * @param path of a FIFO, or `-` for standard input
   * @param stream what gives the bytes, where it is neither of them; `path` is its name in messages
   */
  constructor(
    private readonly path: string,
    private readonly stream: AsyncIterable<Uint8Array> | null = null,
  ) {
    this.rest = this.counted();
  }

  async look(unzip: boolean): Promise<Head> {
    if (unzip) this.rest = unzipped(this.all(), this.path);
    const found = await takeHead(this.rest, SNIFFED_BYTES);
    this.taken = [found.head];
    return found;
  }

  async *blocks(offset: number): AsyncGenerator<Buffer> {
    yield* withoutFirst(this.all(), offset);
  }

  /** Closes what the bytes come from, if they will not be read. */
  async close(): Promise<void> {
    await this.rest.return(undefined);
  }

  /** What was taken to be looked at, then the rest. */
  private all(): AsyncGenerator<Buffer> {
    const { taken, rest } = this;
    this.taken = [];
    return joined(taken, rest);
  }

  private async *counted(): AsyncGenerator<Buffer> {
    const { path } = this;
    const stream = this.stream ?? (path === "-" ? process.stdin : pipeAt(path));
    for await (const block of streamBlocks(stream, path)) {
      this.bytesRead += block.length;
      yield block;
    }
  }
}

function pipeAt(path: string): AsyncIterable<Uint8Array> {
  return createReadStream(path, { highWaterMark: BLOCK_SIZE });
}

async function* joined(
  first: readonly Buffer[],
  rest: AsyncGenerator<Buffer>,
): AsyncGenerator<Buffer> {
  try {
    yield* first;
    yield* rest;
  } finally {
    // Whoever stops within the first blocks has not begun with the rest, which must be closed all the same.
    await rest.return(undefined);
  }
}

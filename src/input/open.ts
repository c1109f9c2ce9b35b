/** Opening an input: a file or standard input, zipped or not, as blocks of bytes that nobody reuses. */

import { closeSync, createReadStream, fstatSync, openSync, readSync, statSync } from "node:fs";
import { createGunzip } from "node:zlib";
import type { RecordFormat } from "./record-reader.js";
import { SNIFF_BYTES, sniff } from "./sniff.js";

const BLOCK = 1024 * 1024;

/** An input that cannot be read, or holds no records. */
export class InputError extends Error {
  override readonly name = "InputError";

  constructor(
    /** 3 where the input is at fault, 6 where the disk is. */
    readonly exitStatus: 3 | 6,
    message: string,
    readonly advice: string,
    options?: { cause?: unknown },
  ) {
    super(message, options);
  }
}

export interface OpenRequest {
  /** `auto`: by content. */
  readonly format: "auto" | "marc" | "marcxml" | "mij";
  /** Whether an input without any record is to be accepted. */
  readonly allowEmpty: boolean;
}

const FORMATS = { marc: "iso2709", marcxml: "marcxml", mij: "mij" } as const;

/** One input that has been looked at. */
export class Input {
  /** Bytes of the file (zipped or not) that have been handed out, for a progress line. */
  bytesRead = 0;

  constructor(
    /** As named by the user; `-` is standard input. */
    readonly path: string,
    readonly format: RecordFormat,
    /** Size on the disk, null for a pipe. */
    readonly bytes: number | null,
    private readonly zipped: boolean,
    /** What was read of a pipe to look at it. */
    private readonly begun: AsyncIterator<Buffer> | null,
    private readonly head: readonly Buffer[],
  ) {}

  get isPipe(): boolean {
    return this.bytes === null;
  }

  /** Whether offsets of the stream are offsets of the file. */
  get seekable(): boolean {
    return !this.isPipe && !this.zipped;
  }

  /**
   * The (unzipped) stream from an absolute offset on.
   *
   * @throws InputError when the input cannot be read on
   */
  async *blocks(from: number): AsyncGenerator<Buffer> {
    if (this.seekable) yield* this.fileBlocks(from);
    else yield* dropped(this.streamBlocks(), from);
  }

  private async *fileBlocks(from: number): AsyncGenerator<Buffer> {
    const handle = openSync(this.path, "r");
    try {
      for (let at = from; ; ) {
        const block = Buffer.allocUnsafeSlow(BLOCK);
        const read = readSync(handle, block, 0, BLOCK, at);
        if (read === 0) return;
        at += read;
        this.bytesRead = at;
        yield read === BLOCK ? block : block.subarray(0, read);
      }
    } catch (error) {
      throw readError(this.path, error);
    } finally {
      closeSync(handle);
    }
  }

  private async *streamBlocks(): AsyncGenerator<Buffer> {
    const blocks = this.begun ?? rawBlocks(this.path, (bytes) => this.count(bytes));
    try {
      yield* this.head;
      for (let next = await blocks.next(); !next.done; next = await blocks.next()) yield next.value;
    } catch (error) {
      throw readError(this.path, error);
    }
  }

  private count(bytes: number): void {
    this.bytesRead += bytes;
  }
}

/** Bytes of a file or of standard input, unzipped if they are zipped. */
async function* rawBlocks(path: string, count: (bytes: number) => void): AsyncGenerator<Buffer> {
  const source = path === "-" ? process.stdin : createReadStream(path, { highWaterMark: BLOCK });
  const chunks = source[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
  const first = await chunks.next();
  if (first.done) return;
  const all = (async function* () {
    count(first.value.length);
    yield first.value;
    for (let next = await chunks.next(); !next.done; next = await chunks.next()) {
      count(next.value.length);
      yield next.value;
    }
  })();
  if (isGzip(first.value)) yield* gunzipped(all);
  else yield* all;
}

async function* gunzipped(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const { Readable } = await import("node:stream");
  const gunzip = createGunzip({ chunkSize: BLOCK });
  const source = Readable.from(blocks);
  source.on("error", (error) => gunzip.destroy(error));
  for await (const block of source.pipe(gunzip)) yield block as Buffer;
}

function isGzip(bytes: Buffer): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

async function* dropped(blocks: AsyncIterable<Buffer>, count: number): AsyncGenerator<Buffer> {
  let left = count;
  for await (const block of blocks) {
    if (left >= block.length) left -= block.length;
    else {
      yield left > 0 ? block.subarray(left) : block;
      left = 0;
    }
  }
}

/**
 * Looks at an input.
 *
 * @throws InputError when it is missing, unreadable, empty or not MARC
 */
export async function openInput(path: string, request: OpenRequest): Promise<Input> {
  const bytes = path === "-" ? null : checkFile(path);
  const { head, rest } = await readHead(path);
  const format = formatOf(path, Buffer.concat(head), request);
  const zipped = path !== "-" && isGzip(firstBytes(path));
  if (bytes !== null) {
    await rest.return?.();
    return new Input(path, format, bytes, zipped, null, []);
  }
  return new Input(path, format, null, false, rest, head);
}

/** The size of a regular file; null for a named pipe or a device. */
function checkFile(path: string): number | null {
  try {
    const stat = statSync(path);
    if (stat.isDirectory()) {
      throw new InputError(3, `${path} is a directory`, "Name the files in it.");
    }
    closeSync(openSync(path, "r"));
    return stat.isFile() ? stat.size : null;
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw readError(path, error);
  }
}

function firstBytes(path: string): Buffer {
  const handle = openSync(path, "r");
  try {
    const bytes = Buffer.alloc(Math.min(4, fstatSync(handle).size));
    readSync(handle, bytes, 0, bytes.length, 0);
    return bytes;
  } finally {
    closeSync(handle);
  }
}

async function readHead(path: string): Promise<{ head: Buffer[]; rest: AsyncIterator<Buffer> }> {
  const rest = rawBlocks(path, () => undefined);
  const head: Buffer[] = [];
  let size = 0;
  try {
    while (size < SNIFF_BYTES) {
      const next = await rest.next();
      if (next.done) break;
      head.push(next.value);
      size += next.value.length;
    }
  } catch (error) {
    throw readError(path, error);
  }
  return { head, rest };
}

function formatOf(path: string, head: Buffer, request: OpenRequest): RecordFormat {
  const name = path === "-" ? "standard input" : path;
  const forced = request.format === "auto" ? null : FORMATS[request.format];
  const found = head.length === 0 ? { looksLike: "an empty file", empty: true } : sniff(head);
  if ("format" in found) return forced ?? found.format;
  if (found.empty && request.allowEmpty) return forced ?? "iso2709";
  if (found.empty) {
    throw new InputError(
      3,
      `${name} holds no records: it is ${found.looksLike}`,
      "Look whether the transfer failed. If an empty file is to be expected, give --allow-empty.",
    );
  }
  if (forced) return forced;
  throw new InputError(
    3,
    `${name} is not MARC: it looks like ${found.looksLike}`,
    "Give a file of MARC records: ISO 2709, MARCXML or MARC-in-JSON, zipped with gzip or not.",
  );
}

function readError(path: string, error: unknown): InputError {
  if (error instanceof InputError) return error;
  const { code = "", message } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") {
    return new InputError(3, `${path}: there is no such file`, "Check the path.", { cause: error });
  }
  if (code === "EACCES" || code === "EPERM") {
    const advice = "Give this account the right to read it.";
    return new InputError(3, `${path} may not be read`, advice, { cause: error });
  }
  if (code.startsWith("Z_")) {
    const advice = "The zipped file is damaged or cut off: have it sent again.";
    return new InputError(3, `${path} cannot be unzipped (${message})`, advice, { cause: error });
  }
  return new InputError(
    6,
    `${path} cannot be read (${message})`,
    "Look at the disk or the network.",
    {
      cause: error,
    },
  );
}

/** Zip archives as far as they are read: their directory, and the bytes of one entry at a time. */

import { closeSync, openSync, readSync, statSync } from "node:fs";
import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { Failure } from "../diagnostics/failure.js";
import { asInputFailure, inputFailure } from "./input-failure.js";

/** A file in an archive. */
export interface ZipEntry {
  /** As the archive has it, with `/` between folders. */
  readonly name: string;
  /** Bytes in the archive. */
  readonly bytes: number;
  /** Bytes once it is unpacked. */
  readonly size: number;
  /** Why it is not unpacked, null if it may be. */
  readonly unfit: string | null;
  readonly raw: Entry;
}

const MOST_ENTRIES = 100_000;
/** What archive bombs unpack to, and catalogues do not: so many bytes, so many for each of the archive. */
const BOMB_BYTES = 2 ** 30;
const BOMB_RATIO = 200;
const STORED = 0;
const DEFLATED = 8;
/** Begins each entry of the directory. */
const DIRECTORY_ENTRY = 0x02014b50;
/** What Macs and Windows put beside the files that were meant. */
const LITTER = /^__MACOSX\/|(?:^|\/)(?:\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$/i;

/** The directory that was read last: the files of an archive are opened one after another. */
let known: { readonly of: string; readonly entries: readonly ZipEntry[] } | null = null;

/**
 * The files in an archive, in its order, without folders and what systems leave there for themselves.
 *
 * @throws Failure (3) if it is damaged
 */
export async function zipEntries(path: string): Promise<readonly ZipEntry[]> {
  const { size, mtimeNs, ino } = statSync(path, { bigint: true });
  const of = `${path} ${size} ${mtimeNs} ${ino}`;
  if (known?.of !== of) known = { of, entries: await readDirectory(path, Number(size)) };
  return known.entries;
}

/**
 * The unpacked bytes of an entry.
 *
 * @throws Failure (3) if it cannot or must not be unpacked; behind the bytes that could be had, if it is damaged
 */
export async function* entryBlocks(path: string, entry: ZipEntry): AsyncGenerator<Buffer> {
  if (entry.unfit !== null) throw refused(`${path}/${entry.name}`, entry.unfit);
  let sum = 0;
  try {
    const zip = await openZip(path);
    try {
      for await (const block of await zip.openReadStreamPromise(entry.raw)) {
        sum = crc32(block, sum);
        yield block;
      }
    } finally {
      zip.close();
    }
  } catch (error) {
    throw zipFailure(error, `${path}/${entry.name}`);
  }
  if (sum !== entry.raw.crc32) {
    const detail = "its bytes do not have the checksum (CRC-32) that the archive states";
    throw inputFailure("gzip", `${path}/${entry.name}`, detail, { code: "M015" });
  }
}

async function openZip(path: string): Promise<ZipFile> {
  const { openPromise } = await import("yauzl");
  // Names are judged below, where they can be told.
  return await openPromise(path, { decodeStrings: false });
}

async function readDirectory(path: string, size: number): Promise<ZipEntry[]> {
  const { getFileNameLowLevel, validateFileName } = await import("yauzl");
  const entries = new Map<string, ZipEntry>();
  let packed = 0;
  try {
    const zip = await openZip(path);
    if (zip.entryCount > MOST_ENTRIES) {
      zip.close();
      throw refused(path, `it holds ${zip.entryCount} entries, more than ${MOST_ENTRIES}`);
    }
    for await (const raw of zip.eachEntry()) {
      const { generalPurposeBitFlag: flags, fileNameRaw, extraFields, compressedSize } = raw;
      const name = getFileNameLowLevel(flags, fileNameRaw, extraFields, false);
      const isFolder = name.endsWith("/") && raw.uncompressedSize === 0;
      if (isFolder || LITTER.test(name)) continue;
      packed += compressedSize;
      if (packed > size) throw refused(path, "its entries overlap, as those of archive bombs do");
      const isTwice = entries.has(name);
      const unfit = isTwice ? "two entries have that name" : unfitness(raw, validateFileName(name));
      entries.set(name, { name, bytes: compressedSize, size: raw.uncompressedSize, unfit, raw });
    }
    // The library has it wrong that this is a boolean.
    checkEnd(path, Number(zip.readEntryCursor));
  } catch (error) {
    throw zipFailure(error, path);
  }
  return [...entries.values()];
}

/**
 * The directory states how many entries it has. Where that number is damaged, files would be left out in silence.
 *
 * @param end behind the last of so many
 */
function checkEnd(path: string, end: number): void {
  const next = Buffer.alloc(4);
  const file = openSync(path, "r");
  try {
    readSync(file, next, 0, next.length, end);
  } finally {
    closeSync(file);
  }
  if (next.readUInt32LE(0) !== DIRECTORY_ENTRY) return;
  const detail = "its directory holds more entries than it states";
  throw inputFailure("gzip", path, detail, { code: "M015" });
}

/** Why an entry is not unpacked, null if it may be. */
function unfitness(entry: Entry, wrongName: string | null): string | null {
  const { compressionMethod, compressedSize, uncompressedSize } = entry;
  if (wrongName !== null) return "its name leads out of the archive, or is none";
  if (entry.fileName.toString().endsWith("/"))
    return "its name is that of a folder, but it holds bytes";
  if (entry.isEncrypted()) return "it is encrypted";
  if (compressionMethod !== STORED && compressionMethod !== DEFLATED) {
    return `it is packed by method ${compressionMethod}, of which only 0 (stored) and 8 (deflated) are known here`;
  }
  const isBomb = uncompressedSize > BOMB_BYTES && uncompressedSize / compressedSize > BOMB_RATIO;
  if (!isBomb) return null;
  return `its ${compressedSize} bytes unpack to ${uncompressedSize}, as those of archive bombs do`;
}

function refused(path: string, why: string): Failure {
  return inputFailure("not-marc", path, why, { code: "M016" });
}

/** What the library says of an archive, and what the system says of its file. */
function zipFailure(error: unknown, path: string): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error;
  const isOfSystem = "code" in error && !String(error.code).startsWith("Z_");
  if (isOfSystem) return asInputFailure(error, path);
  if (error.message.includes("encryption")) return refused(path, error.message);
  const detail = error.message.replace(/[^\x20-\x7e]/g, "?");
  return inputFailure("gzip", path, detail, { code: "M015", cause: error });
}

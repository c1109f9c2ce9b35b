/** Inputs that cannot be read as MARC, one or more for each code. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { gzipSync } from "node:zlib";
import type { InputFormat } from "../../src/config/job/run-options.js";
import { asInputFailure, inputFailure } from "../../src/input/input-failure.js";
import { openInput, openStream } from "../../src/input/open.js";
import { soundRecord } from "./sound-record.js";
import { zipOf } from "./zip.js";

export interface FileDefect {
  readonly code: string;
  readonly what: string;
  /** Does what fails, in an empty directory. */
  attempt(directory: string): Promise<unknown>;
  readonly exitStatus: 3 | 6;
  /** What the message must say besides. */
  readonly says?: string;
}

/** Writes the bytes to a file, opens it and reads it to its end. */
async function read(
  directory: string,
  bytes: Buffer | string,
  format: InputFormat = "auto",
): Promise<void> {
  const path = join(directory, "input.mrc");
  writeFileSync(path, bytes);
  await drain(path, format);
}

async function drain(path: string, format: InputFormat = "auto"): Promise<void> {
  const input = await openInput(path, { format, allowEmpty: false });
  for await (const _ of input.blocks(0));
}

function foreign(what: string, bytes: Buffer | string, says: string): FileDefect {
  return { code: "M003", what, attempt: (d) => read(d, bytes), exitStatus: 3, says };
}

function utf16(what: string, text: string): FileDefect {
  const attempt = (d: string) => read(d, Buffer.from(text, "utf16le"));
  return { code: "M709", what: `UTF-16 ${what}`, attempt, exitStatus: 3, says: "it is UTF-16" };
}

/** An error of the system that a test cannot bring about everywhere. */
function systemError(code: string): Promise<never> {
  const error = Object.assign(new Error(`${code}: from the system`), { code });
  return Promise.reject(asInputFailure(error, "input.mrc"));
}

const AUTO = { format: "auto", allowEmpty: false } as const;
const BOOKS = { name: "books.mrc", bytes: soundRecord() };
const zipped = gzipSync(Buffer.concat(Array.from({ length: 50 }, soundRecord)));

export const FILE_DEFECTS: readonly FileDefect[] = [
  { code: "M001", what: "no bytes", attempt: (d) => read(d, ""), exitStatus: 3 },
  {
    code: "M001",
    what: "padding only",
    attempt: (d) => read(d, "\ufeff\r\n \0\x1a"),
    exitStatus: 3,
  },
  { code: "M001", what: "gzip of nothing", attempt: (d) => read(d, gzipSync("")), exitStatus: 3 },
  foreign(
    "a web page",
    "\n<!DOCTYPE html><html></html>",
    'looks like HTML (starts "<!DOCTYPE html>',
  ),
  foreign("other XML", '<?xml version="1.0"?><rss><channel/></rss>', "looks like XML without MARC"),
  foreign("other JSON", '{"books": []}', "looks like JSON without MARC"),
  foreign("PDF", "%PDF-1.7\n%\xe2\xe3", "looks like PDF"),
  foreign("a picture", Buffer.from("89504e470d0a1a0a", "hex"), "looks like a picture"),
  foreign(
    "a spreadsheet",
    zipOf([{ name: "[Content_Types].xml" }]),
    "looks like an Office document",
  ),
  foreign("xz", Buffer.from("fd377a585a000004", "hex"), "xz -dc "),
  foreign("bzip2", "BZh91AY&SY", "bzip2 -dc "),
  foreign("zstd", Buffer.from("28b52ffd04000000", "hex"), "zstd -dc "),
  foreign("7-Zip", Buffer.from("377abcaf271c0004", "hex"), "7z x -so "),
  foreign("tar", `a.mrc${"\0".repeat(252)}ustar${soundRecord()}`, "looks like a tar archive"),
  foreign("Aleph text", "000000001 LDR   L -----nam\n", "looks like Aleph sequential text"),
  utf16("with a mark", "\ufeff00067nam"),
  utf16("without one", "00067nam a22"),
  foreign("a configuration", '[Settings]\nforeign_source = "x"\n', "looks like a configuration"),
  foreign("a table", "id,title\n1,Fänge\n", 'looks like plain text (starts "id,title'),
  {
    code: "M004",
    what: "other bytes",
    attempt: (d) => read(d, Buffer.alloc(3000, 0xc1)),
    exitStatus: 3,
  },
  { code: "M006", what: "no file", attempt: (d) => drain(join(d, "missing.mrc")), exitStatus: 3 },
  {
    code: "M013",
    what: "an address",
    attempt: () => drain("https://example.org/x.mrc"),
    exitStatus: 3,
  },
  {
    code: "M014",
    what: "a range that begins nowhere",
    attempt: (d) => {
      writeFileSync(join(d, "in.mrc"), Buffer.concat(Array.from({ length: 5 }, soundRecord)));
      return drain(join(d, "in.mrc:10:20"));
    },
    exitStatus: 3,
    says: `byte 10; the next begin at bytes ${[1, 2, 3].map((n) => n * soundRecord().length).join(", ")}`,
  },
  { code: "M007", what: "a directory", attempt: (d) => drain(subdirectory(d)), exitStatus: 3 },
  { code: "M008", what: "no right to read", attempt: () => systemError("EACCES"), exitStatus: 3 },
  { code: "M009", what: "a failing disk", attempt: () => systemError("EIO"), exitStatus: 6 },
  {
    code: "M010",
    what: "gzip cut off",
    attempt: (d) => read(d, zipped.subarray(0, -20)),
    exitStatus: 3,
  },
  { code: "M010", what: "gzip damaged", attempt: (d) => read(d, damagedGzip()), exitStatus: 3 },
  {
    code: "M012",
    what: "changed while it was read",
    attempt: (d) => Promise.reject(inputFailure("changed", join(d, "input.mrc"))),
    exitStatus: 3,
  },
  {
    code: "M015",
    what: "the beginning of a zip archive",
    attempt: (d) => read(d, `PK\x03\x04\x14${soundRecord()}`),
    exitStatus: 3,
  },
  {
    code: "M016",
    what: "a zip archive with a password",
    attempt: (d) => read(d, zipOf([{ ...BOOKS, encrypted: true }])),
    exitStatus: 3,
    says: "it is encrypted",
  },
  {
    code: "M017",
    what: "a zip archive from a pipe",
    attempt: () => openStream("-", Readable.from([zipOf([BOOKS])]), AUTO),
    exitStatus: 3,
  },
  {
    code: "M018",
    what: "a zip archive of two files",
    attempt: (d) => read(d, zipOf([BOOKS, { ...BOOKS, name: "more.mrc" }])),
    exitStatus: 3,
    says: "input.mrc/books.mrc",
  },
  otherFormat("ISO 2709", soundRecord(), "marcxml"),
  otherFormat("ISO 2709", zipped, "mij"),
  otherFormat("MARCXML", "<collection><record/></collection>", "marc"),
  otherFormat("TurboMARC", "<r><l>00000nam a2200000 a 4500</l></r>", "marcxml"),
  otherFormat("MARCMaker text (.mrk)", "=LDR  00000nam a2200000 a 4500\n=001  x\n", "marc"),
  otherFormat("MARC-in-JSON", '{"leader": "", "fields": []}', "marcxml"),
];

function otherFormat(what: string, bytes: Buffer | string, format: InputFormat): FileDefect {
  const says = `it is ${what}, and --format says ${format}`;
  return {
    code: "M011",
    what: `${what} as ${format}`,
    attempt: (d) => read(d, bytes, format),
    exitStatus: 3,
    says,
  };
}

function subdirectory(directory: string): string {
  const path = join(directory, "folder.mrc");
  mkdirSync(path);
  return path;
}

function damagedGzip(): Buffer {
  const copy = Buffer.from(zipped);
  copy.fill(0xff, 12, 30);
  return copy;
}

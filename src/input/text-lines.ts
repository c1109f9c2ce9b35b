/** A list in plain text, line by line: what people keep numbers in. */

import { Failure } from "../diagnostics/failure.js";
import { printableBytes } from "../diagnostics/format.js";
import { unzipped } from "./blocks.js";
import { asInputFailure, openSource } from "./open.js";
import { type Sniffed, sniff } from "./sniff.js";

/** Bytes of a line that are kept: nobody writes a number with more around it. */
const LONGEST = 4096;
const MARK = "\ufeff";
const LINE_FEED = 0x0a;
const RETURN = 0x0d;
/** What `sniff` takes such a list for. */
const TEXTS = ["plain text", "Aleph sequential text"];
const BINARY = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/**
 * The lines of a list as they come in, some at a time, without their ends; of a very long one only the
 * beginning. A zipped list is unzipped. Bytes that are not UTF-8 become U+FFFD.
 *
 * @param path `-` is standard input
 * @throws Failure (3) where it is missing, empty, or no text, saying what it looks like
 */
export async function* textLines(path: string): AsyncGenerator<string[]> {
  try {
    const cutter = new LineCutter();
    let isFirst = true;
    for await (const block of unzippedBlocks(path)) {
      if (isFirst) mustBeText(path, block);
      isFirst = false;
      const lines = cutter.push(block);
      if (lines.length > 0) yield lines;
    }
    if (isFirst) throw noList("empty", path, "the list is empty");
    const last = cutter.end();
    if (last.length > 0) yield last;
  } catch (error) {
    throw asInputFailure(error, path);
  }
}

async function* unzippedBlocks(path: string): AsyncGenerator<Buffer> {
  const blocks = openSource(path).blocks(0);
  const first = await blocks.next();
  if (first.done) return;
  const all = joined(first.value, blocks);
  const isZipped = first.value[0] === 0x1f && first.value[1] === 0x8b;
  yield* isZipped ? unzipped(all, path) : all;
}

async function* joined(first: Buffer, rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

function mustBeText(path: string, head: Buffer): void {
  const sniffed = sniff(head, false);
  if (isText(sniffed, head)) return;
  const looks: Partial<Record<Sniffed["kind"], string>> = {
    iso2709: "it holds MARC records",
    marcxml: "it holds MARC records",
    mij: "it holds MARC records",
    "utf-16": "it is UTF-16",
  };
  const isOther = sniffed.kind === "foreign" && !TEXTS.includes(sniffed.name);
  const what = isOther ? `it looks like ${sniffed.name}` : looks[sniffed.kind];
  const start = printableBytes(head, 0, head.length);
  throw noList("not-marc", path, `${what ?? "it is no text"} (starts "${start}")`);
}

function noList(kind: "empty" | "not-marc", path: string, what: string): Failure {
  return new Failure(
    kind,
    `${path}: ${what}`,
    "Name a file of plain text (UTF-8, gzip allowed) with one number a line.",
    { input: path },
  );
}

function isText(sniffed: Sniffed, head: Buffer): boolean {
  if (BINARY.test(head.toString("latin1"))) return false;
  return sniffed.kind === "foreign" ? TEXTS.includes(sniffed.name) : sniffed.kind === "unknown";
}

class LineCutter {
  private line: Buffer[] = [];
  private length = 0;
  private afterReturn = false;
  private isFirst = true;

  push(block: Buffer): string[] {
    const lines: string[] = [];
    let start = 0;
    for (let at = 0; at < block.length; at++) {
      const byte = block[at];
      if (byte !== LINE_FEED && byte !== RETURN) {
        this.afterReturn = false;
        continue;
      }
      const endsWithReturn = byte === LINE_FEED && this.afterReturn;
      this.afterReturn = byte === RETURN;
      if (!endsWithReturn) {
        this.keep(block.subarray(start, at));
        lines.push(this.take());
      }
      start = at + 1;
    }
    this.keep(block.subarray(start));
    return lines;
  }

  end(): string[] {
    return this.length > 0 ? [this.take()] : [];
  }

  private keep(bytes: Buffer): void {
    const room = LONGEST - this.length;
    if (bytes.length === 0 || room <= 0) return;
    // A copy, so that the block can go.
    this.line.push(Buffer.from(bytes.subarray(0, room)));
    this.length += Math.min(room, bytes.length);
  }

  private take(): string {
    let text = Buffer.concat(this.line).toString("utf8");
    if (this.isFirst && text.startsWith(MARK)) text = text.slice(MARK.length);
    this.isFirst = false;
    this.line = [];
    this.length = 0;
    return text;
  }
}

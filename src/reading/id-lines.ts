/** The ids of a list: one on each line. */

import { isUtf8 } from "node:buffer";
import { inputFailure } from "../input/input-failure.js";
import type { ByteInput } from "../input/open.js";
import type { FilePosition } from "./record-input.js";

/** An id, and where it stands. */
export interface IdLine {
  /** Trimmed, NFC. */
  readonly id: string;
  /** Of its line, from 1. */
  readonly number: number;
  /** Of the line's first byte in the (unzipped) stream. */
  readonly offset: number;
  /** Bytes of the line, with what ends it. */
  readonly length: number;
}

const LINE_FEED = 0x0a;
/** Bytes; no id is that long, and what is no list of ids need not have lines at all. */
const LONGEST_LINE = 1000;
const MARK = "\uFEFF";
// Blanks and tabs are trimmed; in the middle of an id no control character has a place.
const CONTROL = /\p{Cc}/u;

/**
 * The ids from a position on. Empty lines, and those that begin with `#`, are passed over, and so are
 * byte order marks, which stand in the middle of files that were joined.
 *
 * @throws Failure M605 at a line that can be no id
 */
export async function* idLines(
  input: ByteInput,
  { offset, recordNumber }: FilePosition,
): AsyncGenerator<IdLine> {
  let rest: Buffer = Buffer.alloc(0);
  let at = offset;
  let number = recordNumber;
  const take = (line: Buffer): IdLine => {
    number++;
    const taken = { id: idOf(input.path, number, line), number, offset: at, length: line.length };
    at += line.length;
    return taken;
  };
  for await (const block of input.blocks(offset)) {
    const bytes = rest.length === 0 ? block : Buffer.concat([rest, block]);
    let from = 0;
    for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, from)) {
      const line = take(bytes.subarray(from, end + 1));
      from = end + 1;
      if (line.id !== "") yield line;
    }
    rest = bytes.subarray(from);
    if (rest.length > LONGEST_LINE) throw notAnId(input.path, number + 1, TOO_LONG);
  }
  if (rest.length === 0) return;
  const line = take(rest);
  if (line.id !== "") yield line;
}

const TOO_LONG = `has more than ${LONGEST_LINE} bytes`;

function idOf(path: string, number: number, line: Buffer): string {
  if (line.length > LONGEST_LINE) throw notAnId(path, number, TOO_LONG);
  if (!isUtf8(line)) throw notAnId(path, number, "is not UTF-8");
  const id = line.toString("utf8").replaceAll(MARK, "").trim().normalize("NFC");
  if (CONTROL.test(id)) throw notAnId(path, number, "holds control characters");
  return id.startsWith("#") ? "" : id;
}

function notAnId(path: string, number: number, what: string) {
  return inputFailure("not-marc", path, `line ${number} ${what}`, { code: "M605" });
}

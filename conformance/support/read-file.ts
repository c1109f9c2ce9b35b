/** Reads a file of the corpora as the program does, down to frames and views. */

import { Framer } from "../../src/input/framer.js";
import { openInput } from "../../src/input/open.js";
import type { Frame } from "../../src/marc/frame.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import type { MarcRecord } from "../../src/marc/marc-record.js";
import { corpusPath } from "./corpora.js";

const MAX_RECORD_SIZE = 16 * 1024 * 1024;

/** The unzipped bytes of an ISO 2709 file, whatever it looks like. */
export async function bytesOf(path: string): Promise<Buffer> {
  const input = await openInput(corpusPath(path), { format: "marc", allowEmpty: true });
  const blocks: Buffer[] = [];
  for await (const block of input.blocks(0)) blocks.push(block);
  return Buffer.concat(blocks);
}

/** Frames of bytes that come in chunks of `size`. */
export function framesOf(bytes: Buffer, size = bytes.length): Frame[] {
  const framer = new Framer({ maxRecordSize: MAX_RECORD_SIZE, strict: false });
  const frames: Frame[] = [];
  for (let at = 0; at < bytes.length; at += size) {
    frames.push(...framer.push(bytes.subarray(at, at + size)));
  }
  return [...frames, ...framer.end()];
}

/** Views of the frames that are records; null where the record is refused. */
export function viewsOf(frames: readonly Frame[]): (MarcRecord | null)[] {
  return frames
    .flatMap((frame) => (frame.kind === "record" ? [frame] : []))
    .map((frame) => {
      const parsed = parseRecord(frame, { encoding: "auto", strict: false });
      return "record" in parsed ? parsed.record : null;
    });
}

/** ISO 2709 for who maps it over its bytes: undamaged records come as they are, unparsed. */

import { Framer } from "../input/framer.js";
import { type Iso2709Options, parseFrame } from "../input/iso2709-reader.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import type { Frame } from "../marc/frame.js";

/** An undamaged record that is not parsed yet. */
export interface FramedRecord {
  readonly kind: "framed";
  /** Zero-based byte offset in the (unzipped) stream. */
  readonly offset: number;
  readonly length: number;
  readonly bytes: Buffer;
}

/** What comes out of a reader. */
export type ReadRecord = ParsedRecord | FramedRecord;

/** Bytes in, what was read out. */
export interface PortionReader {
  push(chunk: Buffer): Iterable<ReadRecord>;
  end(): Iterable<ReadRecord>;
}

export class FramedReader implements PortionReader {
  private readonly framer: Framer;

  constructor(private readonly options: Iso2709Options) {
    this.framer = new Framer(options);
  }

  *push(chunk: Buffer): Generator<ReadRecord> {
    for (const frame of this.framer.push(chunk)) yield this.read(frame);
  }

  *end(): Generator<ReadRecord> {
    for (const frame of this.framer.end()) yield this.read(frame);
  }

  private read(frame: Frame): ReadRecord {
    if (frame.kind !== "record" || frame.diagnostics.length > 0) {
      return parseFrame(frame, this.options);
    }
    const { offset, length, bytes } = frame;
    return { kind: "framed", offset, length, bytes };
  }
}

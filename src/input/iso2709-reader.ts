/** ISO 2709 as the other formats are read: bytes in, parsed records out. */

import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import type { Frame } from "../marc/frame.js";
import { parseRecord, readControlNumber } from "../marc/iso2709.js";
import { Framer, type FramerOptions } from "./framer.js";
import type { ParsedRecord, RecordReader } from "./parsed-record.js";

export interface Iso2709Options extends FramerOptions {
  readonly encoding: ConfiguredEncoding;
  /** The number under which the bytes of an undamaged record are known, 0 if they are not. */
  readonly recognise?: ((bytes: Buffer) => number) | null;
}

export class Iso2709Reader implements RecordReader {
  private readonly framer: Framer;

  constructor(private readonly options: Iso2709Options) {
    this.framer = new Framer(options);
  }

  /** Each record is parsed when it is asked for: thousands at a time would grow old in memory. */
  *push(chunk: Buffer): Generator<ParsedRecord> {
    for (const frame of this.framer.push(chunk)) yield parseFrame(frame, this.options);
  }

  *end(): Generator<ParsedRecord> {
    for (const frame of this.framer.end()) yield parseFrame(frame, this.options);
  }
}

/** What a frame holds: a record, or why there is none. */
export function parseFrame(frame: Frame, options: Iso2709Options): ParsedRecord {
  const { offset, length, bytes } = frame;
  if (frame.kind === "padding") {
    return { kind: "padding", offset, length, diagnostics: frame.diagnostics };
  }
  if (frame.kind === "reject") {
    return { ...frame, further: [], controlNumber: readControlNumber(bytes) };
  }
  const { kind, diagnostics } = frame;
  const knownAs = diagnostics.length === 0 ? (options.recognise?.(bytes) ?? 0) : 0;
  if (knownAs !== 0) return { kind: "known", offset, length, bytes, knownAs };
  const parsed = parseRecord(frame, options);
  if ("record" in parsed) return { kind, offset, length, bytes, record: parsed.record };
  const { reject: reason } = parsed;
  const controlNumber = readControlNumber(bytes);
  const place = { offset, length, bytes, controlNumber };
  return { kind: "reject", ...place, reason, further: diagnostics };
}

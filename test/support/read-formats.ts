/** Feeds the readers of MARCXML and MARC-in-JSON, and puts into words what they give. */

import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import { MarcXmlReader, TurboMarcReader } from "../../src/input/marcxml.js";
import { MijReader } from "../../src/input/mij.js";
import { MrkReader } from "../../src/input/mrk.js";
import type { ParsedRecord, ReaderOptions, RecordReader } from "../../src/input/parsed-record.js";
import { plainOf } from "./plain-record.js";

export const LENIENT: ReaderOptions = {
  encoding: "auto",
  maxRecordSize: 1 << 24,
  strict: false,
};

function fed(reader: RecordReader, bytes: Buffer, chunkSize: number): ParsedRecord[] {
  const parsed: ParsedRecord[] = [];
  for (let at = 0; at < bytes.length; at += chunkSize) {
    parsed.push(...reader.push(bytes.subarray(at, at + chunkSize)));
  }
  return [...parsed, ...reader.end()];
}

/** Everything a MARCXML reader makes of a text or of bytes. */
export function readXml(input: string | Buffer, options = LENIENT, chunkSize = 1 << 20) {
  return fed(new MarcXmlReader(options), Buffer.from(input), chunkSize);
}

/** Everything a MARC-in-JSON reader makes of a text or of bytes. */
export function readMij(input: string | Buffer, options = LENIENT, chunkSize = 1 << 20) {
  return fed(new MijReader(options), Buffer.from(input), chunkSize);
}

/** Everything a TurboMARC reader makes of a text or of bytes. */
export function readTurbo(input: string | Buffer, options = LENIENT, chunkSize = 1 << 20) {
  return fed(new TurboMarcReader(options), Buffer.from(input), chunkSize);
}

/** Everything a reader of MARCMaker text makes of a text or of bytes. */
export function readMrk(input: string | Buffer, options = LENIENT, chunkSize = 1 << 20) {
  return fed(new MrkReader(options), Buffer.from(input), chunkSize);
}

export function recordsOf(parsed: readonly ParsedRecord[]) {
  return parsed.flatMap((one) => (one.kind === "record" ? [one.record] : []));
}

export function rejectsOf(parsed: readonly ParsedRecord[]) {
  return parsed.flatMap((one) => (one.kind === "reject" ? [one] : []));
}

/** What was found in one piece; of a reject the reason first. */
export function findingsIn(one: ParsedRecord): readonly Diagnostic[] {
  if (one.kind === "known") return [];
  if (one.kind === "reject") return [one.reason, ...one.further];
  return one.kind === "record" ? one.record.diagnostics : one.diagnostics;
}

/** The codes of all diagnostics, in order. */
export function codesOf(parsed: readonly ParsedRecord[]): string[] {
  return parsed.flatMap(findingsIn).map(({ code }) => code);
}

/**
 * One word a record or reject: its control number, if rejected the reason before it, in
 * brackets; the number of one that is known.
 */
export function outline(parsed: readonly ParsedRecord[]): string {
  return parsed
    .flatMap((one) => {
      if (one.kind === "padding") return [];
      if (one.kind === "known") return [`(${one.knownAs})`];
      if (one.kind === "reject") return [`[${one.reason.code} ${one.controlNumber}]`];
      const [first] = plainOf(one.record).fields;
      return [first !== undefined && "text" in first ? first.text : "?"];
    })
    .join(" ");
}

/** Plain data that two readings can be compared by. */
export function comparable(parsed: readonly ParsedRecord[]) {
  return parsed.map((one) => {
    if (one.kind !== "record") {
      return { ...one, bytes: one.kind === "reject" ? one.bytes.toString("hex") : "" };
    }
    const diagnostics = [...one.record.diagnostics];
    const { kind, offset, length, bytes, record } = one;
    return { kind, offset, length, bytes: bytes.toString("hex"), diagnostics, ...plainOf(record) };
  });
}

/** The input put together again from the offsets and bytes; padding is taken from the input. */
export function accountFor(parsed: readonly ParsedRecord[], input: Buffer): Buffer {
  let at = 0;
  const parts = parsed.map((one) => {
    if (one.offset !== at) throw new Error(`a piece begins at ${one.offset} instead of ${at}`);
    at += one.length;
    return one.kind === "padding" ? input.subarray(one.offset, at) : one.bytes;
  });
  return Buffer.concat(parts);
}

/** The reader for a format. */

import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import { type Iso2709Options, Iso2709Reader } from "./iso2709-reader.js";
import { JsonCutter } from "./json-cutter.js";
import { MarcXmlReader, TurboMarcReader } from "./marcxml.js";
import { MijReader } from "./mij.js";
import { MrkReader } from "./mrk.js";
import type { Opened, RecordReader } from "./parsed-record.js";
import { XmlCutter } from "./xml-cutter.js";
import { MARCXML, TURBOMARC } from "./xml-dialect.js";

export type { Opened } from "./parsed-record.js";

/** The formats that records are read from. */
export type RecordFormat = "iso2709" | "marcxml" | "turbomarc" | "mij" | "mrk";

/** Bytes of a first block in which all shows that a stream opens. */
const TELLING = 16 * 1024;

/** A reader that begins at `options.offset` of the (unzipped) stream. */
export function recordReader(format: RecordFormat, options: Iso2709Options): RecordReader {
  switch (format) {
    case "iso2709":
      return new Iso2709Reader(options);
    case "marcxml":
      return new MarcXmlReader(options);
    case "turbomarc":
      return new TurboMarcReader(options);
    case "mij":
      return new MijReader(options);
    case "mrk":
      return new MrkReader(options);
  }
}

/**
 * What stands before a place leaves open: what a reader that begins there must be told. The first block
 * tells, unless a list is counted: of such a one all is read.
 *
 * @param before the bytes before the place, in blocks
 */
export async function openedBy(
  format: RecordFormat,
  before: AsyncIterable<Buffer> | Iterable<Buffer>,
): Promise<Opened> {
  const cutter = listCutter(format);
  if (cutter === null) return {};
  for await (const block of before) {
    cutter.push(block);
    if (block.length >= TELLING && cutter.opened.list === undefined) return cutter.opened;
  }
  cutter.end();
  return cutter.opened;
}

/** What finds the lists that a stream of a format opens; null where records stand alone. */
function listCutter(format: RecordFormat): JsonCutter | XmlCutter | null {
  const options = { maxRecordSize: DEFAULT_MAX_RECORD_SIZE, strict: false };
  switch (format) {
    case "iso2709":
    case "mrk":
      return null;
    case "mij":
      return new JsonCutter(options);
    case "marcxml":
      return new XmlCutter(options, MARCXML);
    case "turbomarc":
      return new XmlCutter(options, TURBOMARC);
  }
}

/** The reader for a format. */

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

/** What the first bytes of a stream leave open: what a reader that begins behind them must be told. */
export function openedBy(format: RecordFormat, head: Buffer): Opened {
  if (format === "iso2709" || format === "mrk") return {};
  const options = { maxRecordSize: head.length, strict: false };
  const dialect = format === "turbomarc" ? TURBOMARC : MARCXML;
  const cutter = format === "mij" ? new JsonCutter(options) : new XmlCutter(options, dialect);
  cutter.push(head);
  return cutter.opened;
}

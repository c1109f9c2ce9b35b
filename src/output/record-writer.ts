/** The writer for a format: whatever is read, sound records come out. */

import type { MarcRecord } from "../marc/marc-record.js";
import { iso2709Record } from "./iso2709-text.js";
import { jsonRecord } from "./json-text.js";
import { XML_HEAD, XML_TAIL, xmlRecord } from "./marcxml-text.js";
import { mrkRecord } from "./mrk-text.js";
import { type SoundParts, soundParts } from "./sound-parts.js";

/** The formats that records are written in, as the user names them. */
export const WRITTEN_FORMATS = ["marc", "marcxml", "json", "mrk"] as const;
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

const FORMAT_OF_ENDING: Readonly<Record<string, WrittenFormat>> = {
  xml: "marcxml",
  json: "json",
  jsonl: "json",
  ndjson: "json",
  mrk: "mrk",
};

/** The format that the ending of a file's name stands for: `.mrk`, `.xml`, `.json`; ISO 2709 for any other. */
export function formatOfName(path: string): WrittenFormat {
  const [, ending = ""] = /\.([^./]*)$/.exec(path) ?? [];
  return FORMAT_OF_ENDING[ending.toLowerCase()] ?? "marc";
}

/** Everything is UTF-8. */
export interface RecordWriter {
  /** What stands before the first record, and behind the last. */
  readonly head: string;
  readonly tail: string;
  /** A record, decoded and in NFC; null if the format has no room for it (ISO 2709 alone). */
  record(record: MarcRecord): Buffer | null;
}

const TEXT_OF: Readonly<Record<Exclude<WrittenFormat, "marc">, (parts: SoundParts) => string>> = {
  marcxml: xmlRecord,
  json: jsonRecord,
  mrk: mrkRecord,
};

export function recordWriter(format: WrittenFormat): RecordWriter {
  if (format === "marc") {
    return { head: "", tail: "", record: (record) => iso2709Record(soundParts(record)) };
  }
  const textOf = TEXT_OF[format];
  const isXml = format === "marcxml";
  return {
    head: isXml ? XML_HEAD : "",
    tail: isXml ? XML_TAIL : "",
    record: (record) => Buffer.from(textOf(soundParts(record))),
  };
}

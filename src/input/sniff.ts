/** What an input is, told from its first bytes alone and never from its name. */

import { isUtf8 } from "node:buffer";
import { printableBytes } from "../diagnostics/format.js";
import { FIELD_TERMINATOR, RECORD_TERMINATOR } from "../marc/directory.js";
import { isMark, isPadding, LeaderSearch, MARK_LENGTH, SHORTEST_RECORD } from "./boundaries.js";
import { foreignXml } from "./foreign-xml.js";
import { fiveDigits, isPlausible, PLAUSIBLE, scoreWithoutLength } from "./leader-score.js";
import type { RecordFormat } from "./record-reader.js";
import { Window } from "./window.js";

/** How much of an input is looked at. */
export const SNIFFED_BYTES = 1024 * 1024;

export type Sniffed =
  | { readonly kind: RecordFormat }
  | { readonly kind: "gzip" }
  | { readonly kind: "empty" }
  /** `name` and `start` read as "looks like NAME (starts START)". */
  | {
      readonly kind: "foreign";
      readonly name: string;
      readonly start: string;
      /** Of an archive: the command that writes what is in it to its output. */
      readonly unpack?: string | undefined;
    }
  | { readonly kind: "utf-16"; readonly start: string }
  | { readonly kind: "unknown"; readonly start: string };

/** Kinds that are told by how their text starts; the first that fits counts. */
const BY_START: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/^<!doctype html|^<html|^<head|^<body/i, "HTML"],
  [/^(?:[#;].*\r?\n|\s)*\[[A-Za-z][\w. -]*\][ \t]*[#;\r\n]/, "a configuration"],
  [/^[[{]/, "JSON without MARC records"],
  [/^\d{9} [\dA-Z]{3}/, "Aleph sequential text"],
];

/** As `sniff` names a zip archive. */
export const ZIP = "a zip archive";

/** Kinds that are told by their first bytes, though there may be whole MARC records within. */
const BY_SIGNATURE: readonly (readonly [pattern: RegExp, name: string, unpack?: string])[] = [
  [
    /^PK\x03\x04[\s\S]{26}(?:\[Content_Types\]|_rels\/|docProps\/|mimetypeapplication)/,
    "an Office document",
  ],
  [/^PK(\x03\x04|\x05\x06)/, ZIP, "unzip -p"],
  [/^[^\0]{1,100}\0[\s\S]{156,255}ustar/, "a tar archive", "tar -xOf"],
  [/^BZh[1-9]/, "data packed by bzip2", "bzip2 -dc"],
  [/^\xfd7zXZ\0/, "data packed by xz", "xz -dc"],
  [/^\x28\xb5\x2f\xfd/, "data packed by zstd", "zstd -dc"],
  [/^\x1f\x9d/, "data packed by compress", "gzip -dc"],
  [/^7z\xbc\xaf\x27\x1c/, "a 7-Zip archive", "7z x -so"],
  [/^%PDF-/, "PDF"],
  [/^\{\\rtf/, "RTF"],
  [/^\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1/, "an Office document"],
  [/^(?:\xff\xd8\xff|\x89PNG\r|GIF8|II\*\0|MM\0\*)/, "a picture"],
  [/^SQLite format 3/, "an SQLite database"],
];
/** Where the signature farthest back ends. */
const SIGNATURE_REACH = 262;

/** A leader, or 001 where it was lost. */
const MARC_MAKER = /^=(?:LDR|000|001) {1,2}\S/;
/** A collection by its namespace, or a record with a field in it. */
const TURBO_XML =
  /^[^>]*(?:>[^>]*){0,3}?indexdata\.com\/turbomarc|<(?:[\w.-]+:)?r(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?(?:l|[cd][0-9A-Za-z]{3})[\s>]/i;
const RECORD = /<([\w.-]+:)?(record|leader|controlfield|datafield)[\s>/]/;
const STARTS_XML = /^<\?xml|^<!--|^<[\w:.-]+[\s>/]/;
const MARC_XML = /<([\w.-]+:)?(record|collection|OAI-PMH)[\s>/]/;
/** A list of no records: a delivery in which there is nothing. */
const EMPTY_JSON =
  /^(?:\[\s*\]|\{\s*"(?:sourceR|r)ecords"\s*:\s*\[\s*\]\s*,\s*"totalRecords"\s*:\s*0\s*\})\s*$/;
/**
 * A leader, or fields as MARC has them where the leader comes behind them or not at all: by MARC-in-JSON,
 * NatLibFi and Catmandu; or the envelope of FOLIO; or what tells an edition of Open Library.
 */
const MARC_JSON =
  /^(\[\s*)?\{.*?(?:"leader"\s*:|"fields"\s*:\s*\[\s*\{\s*"(?:[0-9A-Z]{3}"\s*:|tag"\s*:\s*"[0-9A-Z]{3}")|"record"\s*:\s*\[\s*\[\s*"[0-9A-Z]{3}"|"parsedRecord"\s*:|"source_records"\s*:\s*\[|"key"\s*:\s*"\/books\/OL\d+M")/s;
/** How far the words that tell MARCXML and MARC-in-JSON may be from the start. */
const WORDS_REACH = 64 * 1024;

/**
 * Tells what the input is.
 *
 * @param head its first bytes, SNIFFED_BYTES unless it is shorter
 * @param complete whether there is nothing behind them
 */
export function sniff(head: Buffer, complete: boolean): Sniffed {
  if (head[0] === 0x1f && head[1] === 0x8b) return { kind: "gzip" };
  const text = startOfText(head);
  if (text === head.length && complete) return { kind: "empty" };
  const start = `"${printableBytes(head, text, head.length)}"`;
  if (isUtf16(head)) return { kind: "utf-16", start };
  const signature = head.toString("latin1", 0, SIGNATURE_REACH);
  const archive = BY_SIGNATURE.find(([pattern]) => pattern.test(signature));
  if (archive) return { kind: "foreign", name: archive[1], start, unpack: archive[2] };
  if (holdsRecord(head, text)) return { kind: "iso2709" };
  const words = head.toString("latin1", text, text + WORDS_REACH);
  if (MARC_MAKER.test(words)) return { kind: "mrk" };
  if (words.startsWith("<") && TURBO_XML.test(words)) return { kind: "turbomarc" };
  if (words.startsWith("<") && MARC_XML.test(words)) {
    const name = complete && !RECORD.test(words) ? foreignXml(words) : null;
    return name === null ? { kind: "marcxml" } : { kind: "foreign", name, start };
  }
  if (MARC_JSON.test(words) || (complete && EMPTY_JSON.test(words))) return { kind: "mij" };
  if (STARTS_XML.test(words)) {
    const name = foreignXml(words);
    return name === null ? { kind: "marcxml" } : { kind: "foreign", name, start };
  }
  const known = BY_START.find(([pattern]) => pattern.test(words));
  if (known) return { kind: "foreign", name: known[1], start };
  return isPlainText(head)
    ? { kind: "foreign", name: "plain text", start }
    : { kind: "unknown", start };
}

/** The first byte that is neither padding nor a UTF-8 byte order mark. */
function startOfText(head: Buffer): number {
  let at = 0;
  for (;;) {
    if (isPadding(head[at])) at++;
    else if (isMark(head, at)) at += MARK_LENGTH;
    else return at;
  }
}

/** A byte order mark of UTF-16, or ASCII with zero bytes between. */
function isUtf16(head: Buffer): boolean {
  const mark = (head[0] << 8) | head[1];
  if (mark === 0xfeff || mark === 0xfffe) return true;
  const sample = head.subarray(0, 64);
  if (sample.length < 8) return false;
  return [0, 1].some((parity) =>
    sample.every((byte, index) => (byte === 0) === (index % 2 === parity)),
  );
}

/** Whether a record starts here, or anywhere behind junk that stands at the start. */
function holdsRecord(head: Buffer, start: number): boolean {
  // A listing of records for people has leaders too, but no terminators.
  if (!head.includes(FIELD_TERMINATOR)) return false;
  if (isPlausible(head, start)) return true;
  const length = fiveDigits(head, start);
  if (length >= SHORTEST_RECORD && head.indexOf(RECORD_TERMINATOR, start) === start + length - 1) {
    return true;
  }
  for (let at = Math.max(0, start - 6); at < start; at++) {
    if (scoreWithoutLength(head, at) === PLAUSIBLE) return true;
  }
  const window = new Window(0);
  window.append(head, 0);
  return new LeaderSearch({ window, ended: true }, true).find(0, head.length) >= 0;
}

function isPlainText(head: Buffer): boolean {
  const sample = head.subarray(0, 4096);
  const controls = sample.filter((byte) => byte < 0x20 && !isPadding(byte)).length;
  // A character may be cut at the end of the sample.
  return (
    controls === 0 && [0, 1, 2, 3].some((cut) => isUtf8(sample.subarray(0, -cut || undefined)))
  );
}

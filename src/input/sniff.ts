/** What a stream is, from its first bytes: its name says nothing. */

import { findLeader } from "./leader-score.js";
import type { RecordFormat } from "./record-reader.js";

/** Bytes looked at: where no record begins within them, none will. */
export const SNIFF_BYTES = 1024 * 1024;

/** A format that can be read, or what the bytes look like instead. */
export type Sniffed =
  | { readonly format: RecordFormat }
  | { readonly looksLike: string; readonly empty: boolean };

const BOM = Buffer.from([0xef, 0xbb, 0xbf]);

/** What begins with which bytes, after blanks; the first that fits counts. */
const BEGINNINGS: readonly (readonly [pattern: RegExp, what: string])[] = [
  [/^%PDF-/, "a PDF document"],
  [/^PK\x03\x04/, "a ZIP archive"],
  [/^\x1f\x8b/, "gzip inside gzip"],
  [/^BZh[1-9]/, "bzip2"],
  [/^\xfd7zXZ/, "xz"],
  [/^SQLite format 3\x00/, "an SQLite database"],
  [/^\x89PNG|^\xff\xd8\xff|^GIF8/, "an image"],
  [/^(\xff\xfe|\xfe\xff)/, "UTF-16 text"],
  [/^=(LDR|\d{3}) {2}/, "MarcEdit text (.mrk)"],
  [/^\d{9} \d{3}/, "Aleph sequential text"],
  [/^(<!doctype html|<html)/i, "HTML"],
];

/** @param head the first bytes of the (unzipped) stream, SNIFF_BYTES of them or all there are */
export function sniff(head: Buffer): Sniffed {
  const start = head.subarray(0, 3).equals(BOM) ? 3 : 0;
  const text = head.toString("latin1", start, start + 4096);
  const trimmed = text.replace(/^[\s\x00\x1a]+/, "");
  if (trimmed === "") return { looksLike: "nothing but blanks", empty: true };
  const known = BEGINNINGS.find(([pattern]) => pattern.test(trimmed));
  if (known) return { looksLike: `${known[1]} (starts ${shown(trimmed)})`, empty: false };
  if (trimmed.startsWith("<")) return sniffXml(head, trimmed);
  if (/^\[?\s*\{/.test(trimmed)) return sniffJson(head, trimmed);
  if (findLeader(head, 0, head.length) >= 0) return { format: "iso2709" };
  const what = isText(head) ? "text" : "binary data that is not MARC";
  return { looksLike: `${what} (starts ${shown(trimmed)})`, empty: false };
}

function sniffXml(head: Buffer, trimmed: string): Sniffed {
  const text = head.toString("latin1");
  if (/<(?:[\w.-]+:)?(?:leader|controlfield|datafield)[\s>]/.test(text))
    return { format: "marcxml" };
  if (/<(?:[\w.-]+:)?(?:collection|record|OAI-PMH)[\s>]/.test(text)) return { format: "marcxml" };
  if (/<html[\s>]/i.test(text))
    return { looksLike: `HTML (starts ${shown(trimmed)})`, empty: false };
  return { looksLike: `XML without MARC records (starts ${shown(trimmed)})`, empty: false };
}

function sniffJson(head: Buffer, trimmed: string): Sniffed {
  if (/"(?:leader|fields)"\s*:/.test(head.toString("latin1"))) return { format: "mij" };
  return { looksLike: `JSON without MARC records (starts ${shown(trimmed)})`, empty: false };
}

function isText(head: Buffer): boolean {
  const sample = head.subarray(0, 4096);
  return sample.every((byte) => byte >= 0x20 || (byte >= 0x09 && byte <= 0x0d));
}

/** The first characters in quotes, fit for one line. */
function shown(text: string): string {
  const first = text
    .slice(0, 24)
    .replace(/[^\x20-\x7e]+/g, " ")
    .trim();
  return `"${first}"`;
}

/**
 * Records of the generator, `{ leader, fields: [[tag, text], …] }` with text in Unicode (indicators
 * and subfield delimiters included, terminators not), from and to ISO 2709.
 */

import { encodeMarc8 } from "./marc8.mjs";

const FIELD_END = "\x1e";
const RECORD_END = 0x1d;

/**
 * The well-formed records of a file whose text is UTF-8; others are passed over.
 *
 * @param {Buffer} bytes the whole file
 */
export function* readRecords(bytes) {
  let start = 0;
  for (let end = bytes.indexOf(RECORD_END); end >= 0; end = bytes.indexOf(RECORD_END, start)) {
    const record = readRecord(bytes.subarray(start, end + 1));
    if (record) yield record;
    start = end + 1;
  }
}

function readRecord(bytes) {
  const leader = bytes.toString("latin1", 0, 24);
  if (!/^\d{5}[a-z]{3}.{9}.{3}.4500$/.test(leader) && !/^\d{5}/.test(leader)) return null;
  const base = Number(leader.slice(12, 17));
  if (Number(leader.slice(0, 5)) !== bytes.length || !(base > 24) || base >= bytes.length)
    return null;
  const fields = [];
  for (let at = 24; at < base - 1; at += 12) {
    const entry = bytes.toString("latin1", at, at + 12);
    if (!/^[0-9]{12}$/.test(entry)) return null;
    const start = base + Number(entry.slice(7));
    const text = bytes.toString("utf8", start, start + Number(entry.slice(3, 7)) - 1);
    if (text.includes("\ufffd") || text.includes("\x1b")) return null;
    fields.push([entry.slice(0, 3), text]);
  }
  return { leader, fields };
}

/**
 * The bytes of a record in a character set, leader/09 set to match.
 *
 * @param {{ leader: string, fields: [string, string][] }} record
 * @param {"utf-8" | "marc-8"} charset
 * @returns {Buffer}
 */
export function writeRecord({ leader, fields }, charset) {
  const utf8 = charset === "utf-8";
  let directory = "";
  let body = "";
  let start = 0;
  for (const [tag, text] of fields) {
    const data = (utf8 ? text : encodeMarc8(text)) + FIELD_END;
    const length = utf8 ? Buffer.byteLength(data) : data.length;
    directory += tag + digits(length, 4) + digits(start, 5);
    body += data;
    start += length;
  }
  const base = 25 + directory.length;
  const coding = utf8 ? "a" : " ";
  const head = `${digits(base + start + 1, 5)}${leader.slice(5, 9)}${coding}22${digits(base, 5)}`;
  const text = `${head}${leader.slice(17, 20)}4500${directory}${FIELD_END}${body}\x1d`;
  return Buffer.from(text, utf8 ? "utf8" : "latin1");
}

function digits(value, width) {
  return String(value).padStart(width, "0");
}

/** The real records that generated ones are modelled on, and the stock of words and fields in them. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readRecords } from "./iso2709.mjs";

const ROOT = join(import.meta.dirname, "..", "..");
const CORPORA = join(ROOT, "..", "shared", "corpora");

/** Real records of 2 kB, some thousands; may be absent. */
export const REAL_RECORDS = join(CORPORA, "gpo-geographic/MTU_match_records.mrc");
/** Files in UTF-8; the last is what there always is. */
const SOURCES = [
  REAL_RECORDS,
  join(CORPORA, "gpo-cataloging-records/NIST_Collection/UTF8/nistir_utf8.mrc"),
  join(CORPORA, "psulib_traject/solr/sample_data/sample_psucat.mrc"),
];
const FALLBACK = join(ROOT, "samples", "catalog.mrc");

/** Characters of a record after trimming; keeps the mean of the generated files near 1.1 kB. */
const LONGEST = 1350;
/** Characters of a record that is long: with more such records the mean of the generated files is 2 kB and more. */
const LONG = 1700;
/** Local fields, and notes on how a record was made, go; of most tags one field stays. */
const DROPPED = /^(9..|776|588|59.|0[47]0|042|049|05[0-9]|07[0-9])$/;
const REPEATED = new Map([
  ["020", 2],
  ["035", 2],
  ["500", 2],
  ["650", 3],
  ["700", 2],
  ["856", 2],
]);

/**
 * @typedef {object} Stock
 * @property {{ leader: string, fields: [string, string][] }[]} shapes trimmed real records
 * @property {string[]} words words of their titles, as often as they occur
 * @property {Map<string, string[]>} fields whole headings (names and subjects) by tag
 */

/**
 * @param {boolean} long whole records, the longer ones, rather than trimmed ones
 * @returns {Stock}
 */
export function loadStock(long) {
  const present = SOURCES.filter((path) => existsSync(path));
  const paths = present.length > 0 ? present : [FALLBACK];
  const records = paths.flatMap((path) => [...readRecords(readFileSync(path))]);
  const whole = records.filter(isBibliographic);
  if (long) return stockOf(whole.filter((shape) => present.length === 0 || sizeOf(shape) >= LONG));
  const shapes = whole.map(trimmed);
  return stockOf(shapes.filter((shape) => present.length === 0 || sizeOf(shape) <= LONGEST));
}

/** A record of a resource (leader/06), with a title. */
function isBibliographic({ leader, fields }) {
  return /^[ac-gijkmopr-t]$/.test(leader[6]) && fields.some(([tag]) => tag === "245");
}

function trimmed({ leader, fields }) {
  const seen = new Map();
  const kept = fields.filter(([tag]) => {
    const count = (seen.get(tag) ?? 0) + 1;
    seen.set(tag, count);
    return !DROPPED.test(tag) && count <= (REPEATED.get(tag) ?? 1);
  });
  return { leader, fields: kept };
}

function sizeOf({ fields }) {
  return fields.reduce((size, [, text]) => size + text.length + 13, 25);
}

function stockOf(shapes) {
  const words = [];
  const fields = new Map();
  for (const [tag, text] of shapes.flatMap((shape) => shape.fields)) {
    if (tag === "245") words.push(...titleWords(text));
    if (/^(100|110|650|651|700|710)$/.test(tag)) {
      if (!fields.has(tag)) fields.set(tag, []);
      fields.get(tag).push(text);
    }
  }
  return { shapes, words, fields };
}

function titleWords(text) {
  const title = /\x1fa([^\x1f]*)/.exec(text)?.[1] ?? "";
  return title.split(/[\s/:;,.[\]()=]+/).filter((word) => /^\p{L}[\p{L}\p{M}'-]+$/u.test(word));
}

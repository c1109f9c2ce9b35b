#!/usr/bin/env node
/**
 * Makes the files that the measurements read, in bench/data/:
 *
 *     node bench/make-data.mjs [NAME…] [--records N]
 *
 * Each name is a key of DATA_SETS; without one the mixed catalogue is made. The same name and number
 * always give the same bytes, as long as the real records that they are modelled on are the same.
 */

import { closeSync, existsSync, mkdirSync, openSync, renameSync, writeSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Random } from "./generator/random.mjs";
import { Catalogue } from "./generator/records.mjs";
import { loadStock } from "./generator/shapes.mjs";

/** Where everything that the measurements make is kept; may be deleted at any time. */
export const DATA = join(import.meta.dirname, "data");
/** Part of the names, so that files of an earlier generator are not taken for ours. */
const VERSION = "v1";
const BLOCK = 4 << 20;
const MIB = 1 << 20;

const mixed = { charset: "mixed", text: "plain", changed: 0, clean: false };
const clean = { charset: "utf-8", text: "plain", changed: 0, clean: true };

/** What each data set is made of. */
export const DATA_SETS = {
  mixed,
  long: { ...mixed, long: true },
  "mixed-changed-2-percent": { ...mixed, changed: 0.02 },
  "mixed-changed-all": { ...mixed, changed: 1 },
  "ansel-marc8": { ...clean, charset: "marc-8", text: "ansel" },
  "ansel-utf8": { ...clean, text: "ansel" },
  "eacc-marc8": { ...clean, charset: "marc-8", text: "eacc" },
  "eacc-utf8": { ...clean, text: "eacc" },
  "one-title": { ...clean, title: "Annual report" },
};

/** What a byte of a junk file may be. */
const JUNK = {
  "field-ends": "\x1e",
  "record-ends": "\x1d",
  digits: "0123456789",
  leaders: "\x1d\x1e0123456789 nam",
};
export const JUNK_KINDS = Object.keys(JUNK);

/** Real records that the generated ones are modelled on, by whether they are long. */
const stocks = new Map();

function stockFor(long) {
  if (!stocks.has(long)) stocks.set(long, loadStock(long));
  return stocks.get(long);
}

/**
 * Makes a data set unless it is there.
 *
 * @param {keyof typeof DATA_SETS} name
 * @param {number} records
 * @returns {string} its path
 */
export function dataFile(name, records) {
  const flavour = DATA_SETS[name];
  return makeFile(`${VERSION}-${name}-${records}.mrc`, (append) => {
    const catalogue = new Catalogue(stockFor(flavour.long ?? false), flavour);
    for (let i = 0; i < records; i++) append(catalogue.bytes(i));
  });
}

/**
 * Makes a file that begins with one record and goes on with `mebibytes` of bytes that look like
 * structure and are none.
 *
 * @param {keyof typeof JUNK} kind
 * @returns {string} its path
 */
export function junkFile(kind, mebibytes) {
  return makeFile(`${VERSION}-junk-${kind}-${mebibytes}.mrc`, (append) => {
    append(new Catalogue(stockFor(false), clean).bytes(0));
    const alphabet = Buffer.from(JUNK[kind], "latin1");
    const random = new Random(mebibytes);
    const block = Buffer.alloc(MIB);
    for (let made = 0; made < mebibytes; made++) {
      for (let i = 0; i < MIB; i++) block[i] = alphabet[random.int(alphabet.length)];
      append(block);
    }
  });
}

/** Writes a file through `fill`, under another name until it is whole. */
function makeFile(name, fill) {
  const path = join(DATA, name);
  if (existsSync(path)) return path;
  mkdirSync(DATA, { recursive: true });
  const file = openSync(`${path}.part`, "w");
  let waiting = [];
  let size = 0;
  const flush = () => {
    const block = Buffer.concat(waiting);
    for (let at = 0; at < block.length; ) at += writeSync(file, block, at);
    waiting = [];
    size = 0;
  };
  fill((bytes) => {
    waiting.push(Buffer.from(bytes));
    size += bytes.length;
    if (size >= BLOCK) flush();
  });
  flush();
  closeSync(file);
  renameSync(`${path}.part`, path);
  return path;
}

function main() {
  const { values, positionals } = parseArgs({
    options: { records: { type: "string", default: "200000" } },
    allowPositionals: true,
  });
  const names = positionals.length > 0 ? positionals : ["mixed"];
  const unknown = names.filter((name) => !(name in DATA_SETS));
  if (unknown.length > 0) {
    console.error(
      `no data set ${unknown.join(", ")}; there are ${Object.keys(DATA_SETS).join(", ")}`,
    );
    process.exit(2);
  }
  for (const name of names) console.log(dataFile(name, Number(values.records)));
}

if (process.argv[1] === import.meta.filename) main();

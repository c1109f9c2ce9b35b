#!/usr/bin/env node
/**
 * Makes samples/*.mrc and the tables of samples/README.md from the records in scripts/samples/.
 *
 *     node scripts/make-samples.mjs [DIRECTORY]
 *
 * DIRECTORY (default: samples/) must hold a README.md with the marks of the tables. The records hold
 * bibliographic facts about real works; control numbers, vendors' addresses and dates are made up.
 * The output depends on nothing but these files.
 */

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { BOOKS } from "./samples/books.mjs";
import { CASES } from "./samples/cases.mjs";
import { DOCUMENTS } from "./samples/documents.mjs";
import { DUPLICATES, PAIRS } from "./samples/duplicates.mjs";
import { TRIAL, VENDOR } from "./samples/ebooks.mjs";
import { encodeRecord } from "./samples/iso2709.mjs";
import { MATERIALS } from "./samples/materials.mjs";
import { ONLINE } from "./samples/online.mjs";
import { PACKAGE } from "./samples/package.mjs";
import { renewPairs, renewTable } from "./samples/readme.mjs";
import { SCRIPTS } from "./samples/scripts.mjs";
import { SERIALS } from "./samples/serials.mjs";

const FILES = {
  catalog: [...BOOKS, ...DOCUMENTS, ...SERIALS, ...MATERIALS, ...ONLINE, ...SCRIPTS, ...CASES],
  trial: TRIAL,
  vendor: VENDOR,
  duplicates: DUPLICATES,
};

/** The bytes of one sample, with the damage that some are made to show. */
function sampleBytes(sample) {
  const bytes = encodeRecord(sample.lines, sample.encoding ?? "utf-8");
  return sample.damage ? sample.damage(bytes) : bytes;
}

const directory = process.argv[2] ?? fileURLToPath(new URL("../samples/", import.meta.url));
const readmePath = join(directory, "README.md");
let readme = readFileSync(readmePath, "utf8");
for (const [name, samples] of Object.entries(FILES)) {
  writeFileSync(join(directory, `${name}.mrc`), Buffer.concat(samples.map(sampleBytes)));
  readme = renewTable(readme, name, samples);
}
const packed = PACKAGE.map((lines) => encodeRecord(lines, "utf-8"));
writeFileSync(join(directory, "package.mrc"), Buffer.concat(packed));
writeFileSync(readmePath, renewPairs(readme, PAIRS));

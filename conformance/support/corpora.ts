/** Where the real MARC files lie: the directory that MARC_CORPORA names. */

import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** Absolute path of a file of the corpora. */
export function corpusPath(name: string): string {
  return join(process.env.MARC_CORPORA ?? resolve(PROJECT, "../shared/corpora"), name);
}

/** The bytes of a file of the corpora. Throws if it is not there. */
export function corpus(name: string): Buffer {
  return readFileSync(corpusPath(name));
}

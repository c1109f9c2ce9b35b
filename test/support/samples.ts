/** The sample files and the outcomes that samples/README.md promises. */

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cutByLength } from "./marc-builder.js";

/** The directory samples/. */
export const SAMPLES = fileURLToPath(new URL("../../samples/", import.meta.url));

/** One row of a table in samples/README.md. */
export interface SampleRow {
  /** One-based number of the record in its file. */
  readonly number: number;
  /** 001, or "(none)". */
  readonly controlNumber: string;
  readonly shows: string;
  /** Outcome in the first run of the page's commands. */
  readonly first: string;
  /** Outcome when they are run again. */
  readonly second: string;
}

/**
 * The rows of the table about one sample file.
 *
 * @param name the file's name without its ending
 */
export function rowsOf(name: string): SampleRow[] {
  const page = readFileSync(join(SAMPLES, "README.md"), "utf8");
  const table = page.slice(page.indexOf(`<!-- ${name} -->`), page.indexOf(`<!-- end of ${name} `));
  return table
    .split("\n")
    .filter((line) => /^\| \d/.test(line))
    .map((line) => {
      const [, number, controlNumber, shows, first, second] = line.split("|").map((s) => s.trim());
      return { number: Number(number), controlNumber, shows, first, second };
    });
}

/** The records of a sample file. */
export function recordsOf(name: string): Buffer[] {
  return cutByLength(readFileSync(join(SAMPLES, `${name}.mrc`)));
}

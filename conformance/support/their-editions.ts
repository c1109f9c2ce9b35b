/** Open Library's own reading of MARC, out of a checkout of its repository: OPENLIBRARY names the folder. */

import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { corpusPath } from "./corpora.js";

/** What they made of a record, or what they said of it. */
export type Theirs =
  | { readonly edition: Readonly<Record<string, unknown>> }
  | { readonly error: string };

const SAMPLES = "openlibrary/catalog/marc/tests/test_data";
/** What XML forbids. */
const CONTROLS = /[\0-\x08\x0b\x0c\x0e-\x1f]/g;
const MOST_OUTPUT = 2 ** 30;

/** The checkout, null where there is none. */
export function theirCheckout(): string | null {
  const folder = process.env.OPENLIBRARY ?? corpusPath("openlibrary");
  return existsSync(join(folder, "openlibrary/catalog/marc/parse.py")) ? folder : null;
}

/** Runs their reading over a file of MARC, which yaz-marcdump makes MARCXML of first. */
export function theirEditions(checkout: string, file: string): Theirs[] {
  const folder = mkdtempSync(join(tmpdir(), "marc-import-"));
  try {
    const options = { maxBuffer: MOST_OUTPUT };
    let xml = file;
    if (!file.endsWith(".xml")) {
      xml = join(folder, "records.xml");
      const isUnicode = readFileSync(file).toString("latin1", 9, 10) === "a";
      const charset = isUnicode ? [] : ["-f", "marc-8", "-t", "utf-8", "-l", "9=97"];
      const made = execFileSync(
        "yaz-marcdump",
        ["-i", "marc", "-o", "marcxml", ...charset, file],
        options,
      );
      writeFileSync(xml, made.toString("utf8").replace(CONTROLS, ""));
    }
    const script = join(import.meta.dirname, "../openlibrary/editions.py");
    const lines = execFileSync("python3", [script, checkout, xml], options).toString("utf8");
    return lines
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Theirs);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export interface Sample {
  readonly name: string;
  readonly path: string;
  /** What their tests expect of it. */
  readonly edition: Readonly<Record<string, unknown>>;
}

/** The records of their tests that come with the edition that is expected. */
export function theirSamples(checkout: string): Sample[] {
  return ["bin", "xml"].flatMap((kind) => {
    const folder = join(checkout, SAMPLES);
    return readdirSync(join(folder, `${kind}_expect`))
      .sort()
      .map((file) => {
        const name = file.replace(/\.json$/, "");
        const input = kind === "bin" ? `${name}.mrc` : `${name}_marc.xml`;
        return {
          name: input,
          path: join(folder, `${kind}_input`, input),
          edition: JSON.parse(readFileSync(join(folder, `${kind}_expect`, file), "utf8")),
        };
      });
  });
}

/** The records of their tests that come without one. */
export function theirOtherInputs(checkout: string): string[] {
  const samples = new Set(theirSamples(checkout).map(({ path }) => path));
  return ["bin_input", "xml_input"].flatMap((kind) => {
    const folder = join(checkout, SAMPLES, kind);
    const paths = readdirSync(folder).map((file) => join(folder, file));
    return paths.filter((path) => !samples.has(path)).sort();
  });
}

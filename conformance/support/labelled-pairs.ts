/** Labelled pairs of real records: `pairs.jsonl` and `pairs.mrc` in the folder that MATCH_PAIRS names. */

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { RecordDescription } from "../../src/fields/record-description.js";
import { describedTexts } from "../../src/mapping/marc/described-texts.js";
import { parseRecord } from "../../src/marc/iso2709.js";
import { describe as describeRecord } from "../../src/matching/evidence/describe.js";
import { corpusPath } from "./corpora.js";

interface PairLine {
  readonly id: string;
  /** Byte offset and length in `pairs.mrc`. */
  readonly a: readonly [number, number];
  readonly b: readonly [number, number];
  readonly label: 0 | 1;
  readonly source: string;
  readonly use?: string;
}

export interface LabelledPair {
  readonly id: string;
  readonly source: string;
  readonly same: boolean;
  readonly a: RecordDescription;
  readonly b: RecordDescription;
}

/** The folder of the pairs, null where there is none. */
export function pairsFolder(): string | null {
  const folder = process.env.MATCH_PAIRS ?? corpusPath("pairs");
  return existsSync(join(folder, "pairs.jsonl")) ? folder : null;
}

function describedAt(file: Buffer, [offset, length]: readonly [number, number]): RecordDescription {
  const bytes = file.subarray(offset, offset + length);
  const parsed = parseRecord(
    { kind: "record", bytes, offset: 0, length, diagnostics: [] },
    { encoding: "auto", strict: false },
  );
  if ("reject" in parsed) throw new Error(`no record at ${offset}`);
  return describeRecord(describedTexts(parsed.record));
}

/** The pairs whose label counts: those that only a rule labelled are left out. */
export function readLabelledPairs(folder: string): LabelledPair[] {
  const file = readFileSync(join(folder, "pairs.mrc"));
  const lines = readFileSync(join(folder, "pairs.jsonl"), "utf8").split("\n");
  return lines
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as PairLine)
    .filter(({ use = "ok" }) => use === "ok")
    .map(({ id, source, label, a, b }) => ({
      id,
      source,
      same: label === 1,
      a: describedAt(file, a),
      b: describedAt(file, b),
    }));
}

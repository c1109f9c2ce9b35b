/** Duplicates by evidence against people's labels: precision and recall, by source and with each aspect left out. */

import { describe, expect, it } from "vitest";
import {
  compareDescriptions,
  DEFAULT_EVIDENCE,
  type EvidenceSettings,
} from "../src/matching/evidence/compare.js";
import { hash53 } from "../src/matching/hash.js";
import { type LabelledPair, pairsFolder, readLabelledPairs } from "./support/labelled-pairs.js";

interface Figures {
  readonly found: number;
  readonly wrong: number;
  readonly missed: number;
  readonly precision: number;
  readonly recall: number;
}

function figures(pairs: readonly LabelledPair[], settings: EvidenceSettings): Figures {
  let [found, wrong, missed] = [0, 0, 0];
  for (const { a, b, same } of pairs) {
    const taken = compareDescriptions(a, b, settings).verdict === "same";
    if (taken && same) found++;
    else if (taken) wrong++;
    else if (same) missed++;
  }
  const precision = found + wrong === 0 ? 1 : found / (found + wrong);
  const recall = found + missed === 0 ? 1 : found / (found + missed);
  return { found, wrong, missed, precision, recall };
}

function row(name: string, { found, wrong, missed, precision, recall }: Figures): string {
  const shares = `${precision.toFixed(4)}  ${recall.toFixed(4)}`;
  return `${name.padEnd(28)} ${shares}  ${found} found, ${wrong} wrong, ${missed} missed`;
}

const STRICT: EvidenceSettings = { ...DEFAULT_EVIDENCE, strict: true };

function without(aspect: string): EvidenceSettings {
  return { ...DEFAULT_EVIDENCE, points: { ...DEFAULT_EVIDENCE.points, [aspect]: {} } };
}

/** The pairs in two halves by a digest of their ids: a rule that fits one half alone shows in the other. */
function halves(
  name: string,
  pairs: readonly LabelledPair[],
  settings: EvidenceSettings,
): string[] {
  return [0, 1].map((half) => {
    const own = pairs.filter(({ id }) => hash53(id) % 2 === half);
    return row(`${name}, ${half === 0 ? "even" : "odd"} half`, figures(own, settings));
  });
}

function table(pairs: readonly LabelledPair[]): string {
  const sources = [...new Set(pairs.map(({ source }) => source))];
  const ofSource = (name: string) => pairs.filter(({ source }) => source === name);
  return [
    `${"".padEnd(28)} precis.  recall`,
    ...sources.map((name) => row(name, figures(ofSource(name), DEFAULT_EVIDENCE))),
    row("all", figures(pairs, DEFAULT_EVIDENCE)),
    ...sources.flatMap((name) => halves(name, ofSource(name), DEFAULT_EVIDENCE)),
    ...sources.map((name) => row(`${name}, strict`, figures(ofSource(name), STRICT))),
    row("all, strict", figures(pairs, STRICT)),
    ...sources.flatMap((name) => halves(`${name}, strict`, ofSource(name), STRICT)),
    ...Object.keys(DEFAULT_EVIDENCE.points).map((aspect) =>
      row(`without points of ${aspect}`, figures(pairs, without(aspect))),
    ),
  ].join("\n");
}

const folder = pairsFolder();

/** Bars for every source that has both kinds of pairs in number; others are printed alone. */
const ENOUGH = 1000;

describe.runIf(folder !== null)("labelled pairs", () => {
  const pairs = folder === null ? [] : readLabelledPairs(folder);
  const large = [...new Set(pairs.map(({ source }) => source))]
    .map((name) => pairs.filter(({ source }) => source === name))
    .filter((own) => own.filter(({ same }) => same).length >= ENOUGH)
    .filter((own) => own.filter(({ same }) => !same).length >= ENOUGH);

  it("gives the table", () => {
    process.stdout.write(`${table(pairs)}\n`);
    expect(pairs.length).toBeGreaterThan(0);
  });

  it("is right in 99.5 % and finds 95 % by default", () => {
    for (const own of large) {
      const { precision, recall } = figures(own, DEFAULT_EVIDENCE);
      expect(precision, own[0].source).toBeGreaterThanOrEqual(0.995);
      expect(recall, own[0].source).toBeGreaterThanOrEqual(0.95);
    }
  });

  it("is right in 99.9 % and finds 90 % where strict", () => {
    for (const own of large) {
      const { precision, recall } = figures(own, STRICT);
      expect(precision, own[0].source).toBeGreaterThanOrEqual(0.999);
      expect(recall, own[0].source).toBeGreaterThanOrEqual(0.9);
    }
  });

  it("says the same of both orders of a pair", () => {
    for (const { id, a, b } of pairs) {
      expect(compareDescriptions(b, a), id).toEqual(compareDescriptions(a, b));
    }
  });
});

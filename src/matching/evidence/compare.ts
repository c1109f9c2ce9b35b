/** The evidence of two descriptions: what each aspect tells, what forbids, and what comes of it. */

import type { RecordDescription } from "../../fields/record-description.js";
import { bothElectronic, VETOES, type Veto, vetoOf } from "../vetoes.js";
import { CAPS, type Cap, capsOf } from "./caps.js";
import { compareAuthors } from "./compare-names.js";
import { compareNumbers, NUMBER_KINDS } from "./compare-numbers.js";
import {
  compareEditions,
  compareExtents,
  compareImprints,
  compareYears,
} from "./compare-origin.js";
import {
  compareCountries,
  compareLanguages,
  compareParts,
  comparePrelims,
  compareSeries,
  compareSizes,
  compareTitleNumbers,
} from "./compare-rest.js";
import { compareTitles } from "./compare-titles.js";
import { DEFAULT_POINTS, type MatchPoints } from "./points.js";

export interface Outcome {
  readonly aspect: string;
  readonly outcome: string;
  readonly points: number;
}

export type Verdict = "same" | "possible" | "different";

export interface Evidence {
  readonly verdict: Verdict;
  readonly points: number;
  readonly outcomes: readonly Outcome[];
  readonly veto: Veto | null;
  /** Why it is possible at most; empty where nothing holds it back. */
  readonly caps: readonly string[];
}

/** What the configuration says of how two records are compared. */
export interface EvidenceSettings {
  /** Points from which two records are the same. */
  readonly same: number;
  /** Points from which they may be. */
  readonly possible: number;
  /** Whether what contradicts in anything is possible at most, for policies that delete. */
  readonly strict: boolean;
  readonly points: MatchPoints;
  /** In what two records that are the same never differ. */
  readonly neverIf: readonly Veto[];
  /** What makes them possible at most. */
  readonly caps: readonly Cap[];
  /** A number that stands in more records than this says nothing. */
  readonly commonNumber: number;
}

export const DEFAULT_EVIDENCE: EvidenceSettings = {
  same: 100,
  possible: 60,
  strict: false,
  points: DEFAULT_POINTS,
  neverIf: VETOES,
  caps: CAPS,
  commonNumber: 5,
};

type Asked = readonly [aspect: string, outcome: string | null];

function aspects(a: RecordDescription, b: RecordDescription): Asked[] {
  return [
    ["title", compareTitles(a, b)],
    ["year", compareYears(a, b)],
    ["author", compareAuthors(a, b)],
    ["extent", compareExtents(a, b)],
    ["imprint", compareImprints(a, b)],
    ["edition", compareEditions(a, b)],
    ...NUMBER_KINDS.map((kind): Asked => [kind, compareNumbers(kind, a.numbers, b.numbers)]),
    ["language", compareLanguages(a, b)],
    ["country", compareCountries(a, b)],
    ["numbers", compareTitleNumbers(a, b)],
    ["series", compareSeries(a, b)],
    ["size", compareSizes(a, b)],
    ["prelims", comparePrelims(a, b)],
    ["part", compareParts(a, b)],
    ["form", formUnclear(a, b)],
  ];
}

/** Forms that differ without being certain, or a record that contradicts itself beside one that does not. */
function formUnclear(a: RecordDescription, b: RecordDescription): string | null {
  if (a.form === "" || b.form === "") return null;
  const alike = a.form === b.form || bothElectronic(a, b);
  return alike && a.formClear === b.formClear ? null : "unclear";
}

/** Compares two records. Pure and symmetric. */
export function compareDescriptions(
  a: RecordDescription,
  b: RecordDescription,
  settings: EvidenceSettings = DEFAULT_EVIDENCE,
): Evidence {
  const veto = vetoOf(a, b, settings.neverIf);
  if (veto !== null) return { verdict: "different", points: 0, outcomes: [], veto, caps: [] };
  const outcomes: Outcome[] = [];
  let points = 0;
  for (const [aspect, outcome] of aspects(a, b)) {
    if (outcome === null) continue;
    const worth = settings.points[aspect]?.[outcome] ?? 0;
    outcomes.push({ aspect, outcome, points: worth });
    points += worth;
  }
  const byAspect = new Map(outcomes.map(({ aspect, outcome }) => [aspect, outcome]));
  const caps = capsOf(a, b, byAspect, settings);
  const verdict =
    points >= settings.same && caps.length === 0
      ? "same"
      : points >= settings.possible
        ? "possible"
        : "different";
  return { verdict, points, outcomes, veto, caps };
}

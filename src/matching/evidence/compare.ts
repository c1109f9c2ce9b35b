/** The evidence of two descriptions: what each aspect tells, what forbids, and what comes of it. */

import type { RecordDescription } from "../../fields/record-description.js";
import { bothElectronic, VETOES, type Veto, vetoOf } from "../vetoes.js";
import { CAPS, type Cap, capsOf, type Outcomes } from "./caps.js";
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
  /** To share a number that stands in more records than this says nothing. */
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

interface Aspect {
  readonly name: string;
  /** null where it tells nothing */
  readonly compare: (a: RecordDescription, b: RecordDescription) => string | null;
}

/** In the order in which they are told. */
const ASPECTS: readonly Aspect[] = [
  { name: "title", compare: compareTitles },
  { name: "year", compare: compareYears },
  { name: "author", compare: compareAuthors },
  { name: "extent", compare: compareExtents },
  { name: "imprint", compare: compareImprints },
  { name: "edition", compare: compareEditions },
  ...NUMBER_KINDS.map(
    (kind): Aspect => ({
      name: kind,
      compare: ({ numbers: a }, { numbers: b }) => compareNumbers(kind, a, b),
    }),
  ),
  { name: "language", compare: compareLanguages },
  { name: "country", compare: compareCountries },
  { name: "numbers", compare: compareTitleNumbers },
  { name: "series", compare: compareSeries },
  { name: "size", compare: compareSizes },
  { name: "prelims", compare: comparePrelims },
  { name: "part", compare: compareParts },
  { name: "form", compare: formUnclear },
];

/** Aspects whose comparison takes time, the one that tells most first. */
const COSTLY = ["title", "author", "imprint", "numbers", "series"];
const CHEAPEST_FIRST: readonly number[] = ASPECTS.map((_, at) => at).sort(
  (a, b) => COSTLY.indexOf(ASPECTS[a].name) - COSTLY.indexOf(ASPECTS[b].name) || a - b,
);

/** Points as they are looked up. */
interface Weights {
  /** By aspect and outcome. */
  readonly worth: readonly ReadonlyMap<string, number>[];
  /** What the aspects from each of `CHEAPEST_FIRST` on add at most. */
  readonly most: readonly number[];
}

const WEIGHTS = new WeakMap<MatchPoints, Weights>();

function weightsOf(points: MatchPoints): Weights {
  let weights = WEIGHTS.get(points);
  if (weights === undefined) {
    const worth = ASPECTS.map(({ name }) => new Map(Object.entries(points[name] ?? {})));
    let sum = 0;
    const fromEnd = [...CHEAPEST_FIRST].reverse().map((at) => {
      sum += Math.max(0, ...worth[at].values());
      return sum;
    });
    weights = { worth, most: fromEnd.reverse() };
    WEIGHTS.set(points, weights);
  }
  return weights;
}

/** How much of a comparison is wanted: all aspects, or as many as the verdict takes. */
export type Extent = "whole" | "verdict";

/** Forms that differ without being certain, or a record that contradicts itself beside one that does not. */
function formUnclear(a: RecordDescription, b: RecordDescription): string | null {
  if (a.form === "" || b.form === "") return null;
  const alike = a.form === b.form || bothElectronic(a, b);
  return alike && a.formClear === b.formClear ? null : "unclear";
}

/**
 * Compares two records. Pure and symmetric.
 *
 * @param extent `verdict` ends as soon as the records are certain to be different: points are then those that
 *   there were until then, and outcomes are not told
 */
export function compareDescriptions(
  a: RecordDescription,
  b: RecordDescription,
  settings: EvidenceSettings = DEFAULT_EVIDENCE,
  extent: Extent = "whole",
): Evidence {
  const veto = vetoOf(a, b, settings.neverIf);
  if (veto !== null) return different(veto, 0);
  const { most, worth } = weightsOf(settings.points);
  let points = 0;
  FOUND.fill(null);
  for (let asked = 0; asked < CHEAPEST_FIRST.length; asked++) {
    if (extent === "verdict" && points + most[asked] < settings.possible) {
      return different(null, points);
    }
    const at = CHEAPEST_FIRST[asked];
    const outcome = ASPECTS[at].compare(a, b);
    if (outcome === null) continue;
    FOUND[at] = outcome;
    points += worth[at].get(outcome) ?? 0;
  }
  if (points < settings.possible && extent === "verdict") return different(null, points);
  const caps = capsOf(a, b, BY_ASPECT, settings);
  const verdict = verdictOf(points, caps, settings);
  if (verdict === "different" && extent === "verdict") return different(null, points);
  return { verdict, points, outcomes: told(worth), veto, caps };
}

const NONE: readonly never[] = [];

function different(veto: Veto | null, points: number): Evidence {
  return { verdict: "different", points, outcomes: NONE, veto, caps: NONE };
}

/** The outcomes of the comparison under way, by aspect; most are of no use to anybody. */
const FOUND: (string | null)[] = new Array(ASPECTS.length).fill(null);

const PLACES: ReadonlyMap<string, number> = new Map(ASPECTS.map(({ name }, at) => [name, at]));

/** The same by name, until the next comparison. */
const BY_ASPECT: Outcomes = {
  get(aspect) {
    return FOUND[PLACES.get(aspect) as number] ?? undefined;
  },
};

function told(worth: Weights["worth"]): Outcome[] {
  const outcomes: Outcome[] = [];
  for (let at = 0; at < FOUND.length; at++) {
    const outcome = FOUND[at];
    if (outcome === null) continue;
    outcomes.push({ aspect: ASPECTS[at].name, outcome, points: worth[at].get(outcome) ?? 0 });
  }
  return outcomes;
}

/**
 * Sheets of a series are alike in all but their numbers: what is no book, shares no number and has another SuDoc number is
 * another sheet. As possible duplicates thousands of pairs would wait for a person.
 */
const TOGETHER_DIFFERENT: readonly Cap[] = ["no number unless book", "sudoc"];

function verdictOf(
  points: number,
  caps: readonly string[],
  { same, possible }: EvidenceSettings,
): Verdict {
  if (caps.length === 0)
    return points >= same ? "same" : points >= possible ? "possible" : "different";
  if (TOGETHER_DIFFERENT.every((cap) => caps.includes(cap))) return "different";
  return points >= possible ? "possible" : "different";
}

/** The evidence of two descriptions: what each aspect tells, what forbids, and what comes of it. */

import type { RecordDescription } from "../../fields/record-description.js";
import { bothElectronic, type Veto, vetoOf } from "../vetoes.js";
import { compareAuthors } from "./compare-names.js";
import { compareNumbers, NUMBER_KINDS, sharesFirmNumber, sharesNumber } from "./compare-numbers.js";
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

export interface EvidenceSettings {
  readonly same: number;
  readonly possible: number;
  readonly strict: boolean;
  readonly points: MatchPoints;
}

export const DEFAULT_EVIDENCE: EvidenceSettings = {
  same: 100,
  possible: 60,
  strict: false,
  points: DEFAULT_POINTS,
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
  const veto = vetoOf(a, b);
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
  const caps = capsOf(a, b, byAspect, settings.strict);
  const verdict =
    points >= settings.same && caps.length === 0
      ? "same"
      : points >= settings.possible
        ? "possible"
        : "different";
  return { verdict, points, outcomes, veto, caps };
}

const WEAK_TITLES = new Set([
  "variant",
  "same run",
  "most words",
  "word replaced",
  "few words",
  "other",
  "begins, not a book",
]);
/** Weak titles that all else together can make up for. */
const EXPLAINED_TITLES = new Set(["variant", "same run", "most words", "word replaced"]);
const EXACT_EXTENTS = new Set(["same", "same volumes"]);
const SAME_AUTHORS = new Set(["same", "same body", "among added", "named in title", "added same"]);

/** What `strict` never lets pass, however much else agrees. */
const HARD: Readonly<Record<string, readonly string[]>> = {
  extent: ["differ", "other volumes"],
  imprint: ["same publisher, other place"],
  edition: ["one has number", "number and words", "other words"],
  size: ["other"],
  series: ["other volume"],
  lccn: ["other"],
};
/** What it lets pass twice at most. */
const SOFT: Readonly<Record<string, readonly string[]>> = {
  title: ["begins short", "proper only", "variant", "same run", "most words", "word replaced"],
  extent: ["near", "differ much", "volumes and pages"],
  imprint: ["other publisher, same place", "other publisher", "other place"],
  edition: ["one has words"],
  author: ["other", "other forename", "added other"],
  prelims: ["other"],
};
const SOFT_ALLOWED = 2;

function count(outcomes: Outcomes, listed: Readonly<Record<string, readonly string[]>>): number {
  let found = 0;
  for (const [aspect, outcome] of outcomes) if (listed[aspect]?.includes(outcome)) found++;
  return found;
}

/** Whether something contradicts, for policies that delete. */
function contradicted(outcomes: Outcomes): boolean {
  return count(outcomes, HARD) > 0 || count(outcomes, SOFT) > SOFT_ALLOWED;
}

type Outcomes = ReadonlyMap<string, string>;

/** Why two records that agree otherwise are possible duplicates at most. */
function capsOf(
  a: RecordDescription,
  b: RecordDescription,
  outcomes: Outcomes,
  strict: boolean,
): string[] {
  const shared = sharesNumber(a, b);
  const explained = !strict && exact(outcomes) && sharesFirmNumber(a, b);
  const has = (aspect: string, outcome: string): boolean => outcomes.get(aspect) === outcome;
  const conditions: readonly (readonly [cap: string, holds: boolean])[] = [
    ["year", yearHolds(outcomes, shared, strict)],
    ["publisher elsewhere", has("imprint", "other publisher, other place")],
    ["edition number", has("edition", "other number")],
    [
      "title numbers",
      has("numbers", "conflict") &&
        !explained &&
        (strict || !exact(outcomes) || a.extent.pages < MANY_PAGES),
    ],
    ["unclear form", has("form", "unclear")],
    ["isbn qualifier", has("isbn", "shared, other binding")],
    ["part against whole", has("part", "one has") && !exact(outcomes)],
    ["issn", has("issn", "other") && !sharesFirmNumber(a, b)],
    ["sudoc", has("sudoc", "other") && !explained],
    ["weak title", weakTitle(outcomes, shared)],
    ["no number unless book", !shared && !(a.type === "a" && b.type === "a")],
    ["strict", strict && contradicted(outcomes)],
  ];
  return conditions.filter(([, holds]) => holds).map(([cap]) => cap);
}

/** So many pages are no coincidence in two works of one author and year. */
const MANY_PAGES = 40;

/** Same extent, year and author: what is described is one thing, however its title is written. */
function exact(outcomes: Outcomes): boolean {
  return (
    EXACT_EXTENTS.has(outcomes.get("extent") ?? "") &&
    outcomes.get("year") === "same" &&
    SAME_AUTHORS.has(outcomes.get("author") ?? "")
  );
}

/** A year that is off by one is a misprint or a copyright date where a number is shared or all else is the same. */
function yearHolds(outcomes: Outcomes, shared: boolean, strict: boolean): boolean {
  const year = outcomes.get("year") ?? "same";
  if (year === "same" || year === "same decade") return false;
  if (year !== "off by 1" && year !== "off by 2") return true;
  if (shared && year === "off by 1") return false;
  return (
    strict ||
    !["same", "same short", "begins"].includes(outcomes.get("title") ?? "") ||
    !EXACT_EXTENTS.has(outcomes.get("extent") ?? "") ||
    !SAME_AUTHORS.has(outcomes.get("author") ?? "") ||
    outcomes.get("imprint") !== "same" ||
    outcomes.get("prelims") === "other" ||
    outcomes.get("size") === "other" ||
    outcomes.has("edition")
  );
}

function weakTitle(outcomes: Outcomes, shared: boolean): boolean {
  const title = outcomes.get("title") ?? "other";
  if (!WEAK_TITLES.has(title)) return false;
  if (title === "variant" && shared) return false;
  return !EXPLAINED_TITLES.has(title) || !exact(outcomes);
}

/** What makes two records possible duplicates at most, however much of them agrees. */

import type { RecordDescription } from "../../fields/record-description.js";
import { sharesFirmNumber, sharesNumber } from "./compare-numbers.js";

/** The caps, as the configuration names them. */
export const CAPS = [
  "year",
  "publisher elsewhere",
  "edition number",
  "title numbers",
  "unclear form",
  "isbn qualifier",
  "part against whole",
  "issn",
  "sudoc",
  "weak title",
  "no number unless book",
] as const;
export type Cap = (typeof CAPS)[number];

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
  edition: ["one has number", "number and words", "other words"],
  size: ["other"],
  series: ["other volume"],
  lccn: ["other"],
};
/** What it lets pass twice at most. */
const SOFT: Readonly<Record<string, readonly string[]>> = {
  title: ["begins short", "proper only", "variant", "same run", "most words", "word replaced"],
  extent: ["near", "differ much", "volumes and pages"],
  imprint: [
    "same publisher, other place",
    "other publisher, same place",
    "other publisher",
    "other place",
  ],
  edition: ["one has words"],
  author: ["other", "other forename", "added other"],
  prelims: ["other"],
};
const SOFT_ALLOWED = 2;

function count(outcomes: Outcomes, listed: Readonly<Record<string, readonly string[]>>): number {
  let found = 0;
  for (const [aspect, counted] of Object.entries(listed)) {
    if (counted.includes(outcomes.get(aspect) ?? "")) found++;
  }
  return found;
}

/** Whether something contradicts, for policies that delete. */
function contradicted(outcomes: Outcomes): boolean {
  return count(outcomes, HARD) > 0 || count(outcomes, SOFT) > SOFT_ALLOWED;
}

/** The outcome of each aspect that tells something. */
export interface Outcomes {
  get(aspect: string): string | undefined;
}

interface CapSettings {
  /** The caps that are asked for. */
  readonly caps: readonly Cap[];
  readonly strict: boolean;
}

/** Why two records that agree otherwise are possible duplicates at most; `strict` is a reason of its own. */
export function capsOf(
  a: RecordDescription,
  b: RecordDescription,
  outcomes: Outcomes,
  { caps, strict }: CapSettings,
): (Cap | "strict")[] {
  const found: (Cap | "strict")[] = [];
  const pair: Compared = {
    a,
    b,
    outcomes,
    strict,
    shared: sharesNumber(outcomes),
    firm: sharesFirmNumber(outcomes),
    exact: exact(outcomes),
    books: a.type === "a" && b.type === "a",
  };
  for (let at = 0; at < CAPS.length; at++) {
    const cap = CAPS[at];
    if (holds(cap, pair) && caps.includes(cap)) found.push(cap);
  }
  if (strict && contradicted(outcomes)) found.push("strict");
  return found;
}

/** Two records, and what of them more than one cap goes by. */
interface Compared {
  readonly a: RecordDescription;
  readonly b: RecordDescription;
  readonly outcomes: Outcomes;
  readonly strict: boolean;
  /** Whether they share a number. */
  readonly shared: boolean;
  /** Whether they share one that is given to one resource alone. */
  readonly firm: boolean;
  readonly exact: boolean;
  readonly books: boolean;
}

function holds(cap: Cap, pair: Compared): boolean {
  const { outcomes } = pair;
  switch (cap) {
    case "year":
      return yearHolds(pair);
    case "publisher elsewhere":
      return (
        outcomes.get("imprint") === "other publisher, other place" &&
        (pair.strict || !sameCountry(pair.a, pair.b))
      );
    case "edition number":
      return outcomes.get("edition") === "other number";
    case "title numbers":
      return outcomes.get("numbers") === "conflict" && titleNumbersHold(pair);
    case "unclear form":
      return outcomes.get("form") === "unclear";
    case "isbn qualifier":
      return outcomes.get("isbn") === "shared, other binding";
    case "part against whole":
      return outcomes.get("part") === "one has" && !pair.exact;
    case "issn":
      return outcomes.get("issn") === "other" && !pair.firm;
    case "sudoc":
      return outcomes.get("sudoc") === "other" && !isExplained(pair);
    case "weak title":
      return weakTitle(pair);
    case "no number unless book":
      return !pair.shared && !pair.books;
  }
}

/** Whether a firm number and all else account for what differs. */
function isExplained({ strict, exact, firm }: Compared): boolean {
  return !strict && exact && firm;
}

function titleNumbersHold(pair: Compared): boolean {
  if (isExplained(pair)) return false;
  const { a, b, strict, exact } = pair;
  return strict || !exact || Math.min(a.extent.pages, b.extent.pages) < MANY_PAGES;
}

/** Of two publishers who share a book each record may name one; its country is coded alike then. */
function sameCountry(a: RecordDescription, b: RecordDescription): boolean {
  return a.country !== "" && a.country === b.country;
}

/** So many pages are no coincidence in two works of one author and year, where both records state them. */
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
function yearHolds({ outcomes, shared, strict }: Compared): boolean {
  const year = outcomes.get("year") ?? "same";
  if (year === "same" || year === "same decade") return false;
  if (year === "later printing") return !shared;
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
    outcomes.get("edition") !== undefined
  );
}

/** Between maps and films a letter makes another one: sheets of a series, parts of a set. */
const WEAK_UNLESS_BOOKS = new Set(["nearly", "begins nearly"]);

/** Of what is no book the extent explains no title: each sheet of a series is `1 map`. */
function weakTitle({ outcomes, shared, firm, books, exact }: Compared): boolean {
  const title = outcomes.get("title") ?? "other";
  if (!books && WEAK_UNLESS_BOOKS.has(title)) return !firm;
  if (!WEAK_TITLES.has(title)) return false;
  if (title === "variant" && shared) return false;
  return !books || !EXPLAINED_TITLES.has(title) || !exact;
}

/** Numbers of two records: each kind tells for itself. */

import type { DescribedNumbers } from "../../fields/record-description.js";

export const NUMBER_KINDS = [
  "isbn",
  "issn",
  "lccn",
  "oclc",
  "sudoc",
  "publisher",
  "report",
  "standard",
  "url",
] as const;
export type NumberKind = (typeof NUMBER_KINDS)[number];

export type NumberOutcome = "shared" | "shared, other binding" | "other";

/** @returns null where one of them has none of the kind */
export function compareNumbers(
  kind: NumberKind,
  a: DescribedNumbers,
  b: DescribedNumbers,
): NumberOutcome | null {
  const x = a[kind];
  const y = b[kind];
  if (x.length === 0 || y.length === 0) return null;
  if (!haveCommon(x, y)) return "other";
  return kind === "isbn" && otherBinding(a.isbnQualifiers, b.isbnQualifiers)
    ? "shared, other binding"
    : "shared";
}

function haveCommon(a: readonly string[], b: readonly string[]): boolean {
  for (let at = 0; at < a.length; at++) if (b.includes(a[at])) return true;
  return false;
}

/** One ISBN on a set and its parts, or on two bindings, is no sign of one book. */
function otherBinding(a: readonly string[], b: readonly string[]): boolean {
  return a.length > 0 && b.length > 0 && !haveCommon(a, b);
}

/** Kinds of numbers that stand for one resource; one OCLC number may stand on hundreds of sheets, a SuDoc number on a class. */
const FIRM: readonly NumberKind[] = ["isbn", "issn", "lccn", "url"];
const TELLING: readonly NumberKind[] = [...FIRM, "oclc", "report", "standard"];

/** What came of the comparison of two records, by aspect; each kind of number is one. */
interface NumberOutcomes {
  get(aspect: string): string | undefined;
}

/** Whether the records share a number that says that they may be one. */
export function sharesNumber(outcomes: NumberOutcomes): boolean {
  return isShared(outcomes, TELLING);
}

/** Whether they share one of the numbers that are given to one resource alone. */
export function sharesFirmNumber(outcomes: NumberOutcomes): boolean {
  return isShared(outcomes, FIRM);
}

function isShared(outcomes: NumberOutcomes, among: readonly NumberKind[]): boolean {
  for (let at = 0; at < among.length; at++) {
    if (outcomes.get(among[at]) === "shared") return true;
  }
  return false;
}

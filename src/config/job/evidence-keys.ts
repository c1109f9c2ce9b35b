/** How DESCRIPTION compares two records: keys of [Duplicates], and the points of [Match points]. */

import { CAPS, type Cap } from "../../matching/evidence/caps.js";
import { DEFAULT_EVIDENCE, type EvidenceSettings } from "../../matching/evidence/compare.js";
import { DEFAULT_POINTS, type MatchPoints } from "../../matching/evidence/points.js";
import type { Veto } from "../../matching/vetoes.js";
import { type KeyWithDefault, key, keyWithoutDefault } from "../language/key-spec.js";
import { ValueError } from "../language/problems.js";
import type { SectionReader } from "../language/section-reader.js";
import {
  BOOLEAN,
  choices,
  integer,
  nearestIn,
  refuse,
  type ValueType,
  valueType,
} from "../language/value-types.js";

/** No sum of points comes near to it. */
const MOST_POINTS = 1000;

const CAP_NAMES = choices(CAPS);

/** `at_most_possible_if`: some of the caps, or none. */
const CAP_LIST = valueType(
  `${CAP_NAMES.allowed}; empty for none`,
  (text, context): readonly Cap[] => (text.trim() === "" ? [] : CAP_NAMES.parse(text, context)),
);

/** The keys of [Duplicates] that tell how descriptions are compared. */
export const EVIDENCE = {
  same: key(
    "same",
    integer(1, MOST_POINTS),
    String(DEFAULT_EVIDENCE.same),
    "DESCRIPTION: from how many points two records are the same.",
  ),
  possible: key(
    "possible",
    integer(1, MOST_POINTS),
    String(DEFAULT_EVIDENCE.possible),
    "DESCRIPTION: from how many points they may be the same: both rows stay, and `review` lists the pair.",
  ),
  strict: keyWithoutDefault(
    "strict",
    BOOLEAN,
    "`false`; must be stated where the policy deletes",
    "DESCRIPTION: whether records that contradict each other in anything are possible duplicates at most. Of 1,000 pairs that it calls the same one is wrong then, of 10 that are the same it finds nine; without it four are wrong.",
  ),
  at_most_possible_if: key(
    "at_most_possible_if",
    CAP_LIST,
    CAPS.join(", "),
    "DESCRIPTION: what makes two records possible duplicates at most, however many points they have.",
  ),
  common_number: key(
    "common_number",
    integer(2, MOST_POINTS),
    String(DEFAULT_EVIDENCE.commonNumber),
    "DESCRIPTION: to share a number (ISBN, LCCN, OCLC number …) that stands in more rows than this says nothing.",
  ),
};

function tableText(points: Readonly<Record<string, number>>): string {
  return Object.entries(points)
    .map(([outcome, worth]) => `${outcome} ${worth}`)
    .join(", ");
}

/** One outcome with its points; names of outcomes may hold commas and digits. */
const OUTCOME = /^\s*(\S.*?)\s+([+-]?\d{1,4})\s*(?:,|$)/;

/** `same 80, begins 70`: what is not named keeps its points. */
function pointsOf(defaults: Readonly<Record<string, number>>): ValueType<MatchPoints[string]> {
  const outcomes = Object.keys(defaults);
  const allowed = `outcomes with points from -${MOST_POINTS} to ${MOST_POINTS}, separated by commas; outcomes are: ${outcomes.join("; ")}`;
  return valueType(allowed, (text): MatchPoints[string] => {
    const points: Record<string, number> = {};
    for (let rest = text; rest.trim() !== ""; ) {
      const found = OUTCOME.exec(rest);
      if (found === null) {
        throw refuse(rest.trim(), "not an outcome with its points", allowed, "write as in same 80");
      }
      const [whole, name, worth] = found;
      rest = rest.slice(whole.length);
      if (!outcomes.includes(name)) {
        const nearest = nearestIn(name, outcomes);
        throw refuse(name, "no outcome of this aspect", allowed, nearest);
      }
      if (name in points) {
        throw refuse(name, "named twice", "each outcome once", `delete one ${name}`);
      }
      const value = Number(worth);
      if (Math.abs(value) > MOST_POINTS) {
        throw refuse(worth, "out of range", allowed, `write -${MOST_POINTS} to ${MOST_POINTS}`);
      }
      points[name] = value;
    }
    return { ...defaults, ...points };
  });
}

/** What each aspect compares, for the reference. */
const ASPECTS: Readonly<Record<string, string>> = {
  title: "Title and rest of title, in each script in which they are known.",
  year: "Years of publication, by 008 and imprint.",
  extent: "Pages and volumes.",
  author: "Main entry, added entries, statement of responsibility.",
  imprint: "Publisher and place.",
  edition: "Number and words of the edition statement.",
  isbn: "ISBNs, and what is said of their binding.",
  lccn: "LCCNs.",
  oclc: "OCLC numbers.",
  issn: "ISSNs.",
  publisher: "Publisher's numbers (028).",
  report: "Report numbers (027, 088).",
  standard: "Other standard numbers (024).",
  sudoc: "Superintendent of Documents numbers (086).",
  url: "URLs of the resource itself (856, second indicator 0).",
  language: "Language of the text.",
  country: "Country of publication.",
  numbers: "Numbers in both titles.",
  series: "Volume in the same series.",
  size: "Height in centimetres.",
  prelims: "Pages in Roman numerals.",
  part: "Number and name of the part.",
  form: "Form of the carrier, where it contradicts itself.",
};

/** The keys of [Match points]: an aspect each. */
export const MATCH_POINTS: Readonly<Record<string, KeyWithDefault<MatchPoints[string]>>> =
  Object.fromEntries(
    Object.entries(DEFAULT_POINTS).map(([aspect, defaults]) => [
      aspect,
      key(aspect, pointsOf(defaults), tableText(defaults), ASPECTS[aspect] ?? ""),
    ]),
  );

interface EvidenceReaders {
  /** The reader of [Duplicates]. */
  readonly duplicates: SectionReader;
  readonly points: SectionReader;
  readonly neverIf: readonly Veto[];
  /** Whether a method compares descriptions, so that the defaults are settings, too. */
  readonly used: boolean;
}

/** Reads what is stated of comparing descriptions. */
export function readEvidence({
  duplicates,
  points,
  neverIf,
  used,
}: EvidenceReaders): EvidenceSettings {
  points.refuseOthers();
  const read = <T>(reader: SectionReader, spec: KeyWithDefault<T>): T =>
    used || reader.entry(spec) !== null
      ? reader.read(spec)
      : spec.type.parse(spec.initial, reader.reading.context);
  const same = read(duplicates, EVIDENCE.same);
  const possible = read(duplicates, EVIDENCE.possible);
  if (possible > same) refuseOrder(duplicates, possible, same);
  return {
    same,
    possible,
    strict: duplicates.read(EVIDENCE.strict) ?? false,
    points: Object.fromEntries(
      Object.entries(MATCH_POINTS).map(([aspect, spec]) => [aspect, read(points, spec)]),
    ),
    neverIf,
    caps: read(duplicates, EVIDENCE.at_most_possible_if),
    commonNumber: read(duplicates, EVIDENCE.common_number),
  };
}

function refuseOrder(reader: SectionReader, possible: number, same: number): void {
  const entry = reader.entry(EVIDENCE.possible) ?? reader.entry(EVIDENCE.same);
  if (entry === null) return;
  reader.report(
    entry,
    new ValueError(
      `possible = ${possible} is more than same = ${same}, so that no pair is ever possible`,
      "no more than same",
      "lower possible, or raise same; equal numbers where no pair is to be listed",
    ),
  );
}

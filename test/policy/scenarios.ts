/**
 * End-to-end scenarios of the duplicate policies: the rows before, the records of one file, what
 * becomes of each, the rows after, and what a second run over the same file finds. Expectations are
 * written by hand; this file knows nothing of the program but the names of policies.
 *
 * They assume `priority_list = "SCP,vlcrawler,afcrawler"`, `match_method = EXACT_TITLE`, an empty
 * `fields_to_merge`, and a mapping of 001 to the foreign id, 245 $a to title, 650 $a to keywords. What a mapping fills by
 * itself (`record_type`) must stand in the starting rows, or none of them would be `unchanged`.
 */

import { POLICIES, type PolicyName } from "./expected.js";
import { WRITTEN } from "./scenario-list.js";
import { BYSTANDER, CAST, CAST_AFTERWARDS, MATRIX } from "./scenario-matrix.js";
import type { Written } from "./scenario-notation.js";

export const PRIORITY_LIST: readonly string[] = ["SCP", "vlcrawler", "afcrawler"];

export type ScenarioOutcome = "created" | "updated" | "unchanged" | "merged" | "ignored";

export interface ScenarioRow {
  /** Null for a row that one of the scenario's runs creates, whatever number it gets. */
  readonly recordId: number | null;
  /** Both empty for a local row. */
  readonly foreignSource: string;
  readonly foreignId: string;
  readonly title: string;
  /** As stored: `;a;b;`. */
  readonly keywords: string;
}

export interface ScenarioRecord {
  readonly foreignId: string;
  readonly title: string;
  /** The one keyword of the record. */
  readonly keyword: string;
}

export interface Scenario {
  readonly name: string;
  readonly policy: PolicyName;
  /** The source of the import. */
  readonly foreignSource: string;
  /** In ascending order of record_id, which is their age. */
  readonly start: readonly ScenarioRow[];
  /** A run of the same source before the first run of the scenario, or null. */
  readonly earlier: {
    readonly policy: PolicyName;
    readonly records: readonly ScenarioRecord[];
  } | null;
  readonly records: readonly ScenarioRecord[];
  /** One outcome a record. */
  readonly firstRun: readonly ScenarioOutcome[];
  /** The rows after the first run, and again after the second; created rows last. */
  readonly after: readonly ScenarioRow[];
  readonly secondRun: readonly ScenarioOutcome[];
}

const OUTCOMES: readonly ScenarioOutcome[] = [
  "created",
  "updated",
  "unchanged",
  "merged",
  "ignored",
];

function outcomes(text: string): ScenarioOutcome[] {
  return text.split(" ").map((word) => {
    const outcome = OUTCOMES.find((name) => name === word);
    if (outcome === undefined) throw new Error(`no outcome: ${word}`);
    return outcome;
  });
}

/** `21 vlcrawler:s1 Botany ;old;`; the number may be `new`, a local row has `-` for its source. */
function row(text: string): ScenarioRow {
  const [number, origin, title, keywords] = text.split(" ");
  const [foreignSource, foreignId] = origin === "-" ? ["", ""] : origin.split(":");
  const recordId = number === "new" ? null : Number(number);
  return { recordId, foreignSource, foreignId, title, keywords };
}

/** `a Botany`: foreign id and title; the id is the keyword, too. */
function record(text: string): ScenarioRecord {
  const [foreignId, title] = text.split(" ");
  return { foreignId, title, keyword: foreignId };
}

function scenario(written: Written): Scenario {
  const earlier = written.earlier ?? null;
  return {
    name: `${written.policy}: ${written.name}`,
    policy: written.policy,
    foreignSource: written.source ?? "vlcrawler",
    start: written.start.map(row),
    earlier: earlier && { policy: earlier.policy, records: earlier.records.map(record) },
    records: written.records.map(record),
    firstRun: outcomes(written.firstRun),
    after: written.after.map(row),
    secondRun: outcomes(written.secondRun),
  };
}

/** The rows of a word such as `EH+S`, in ascending order, the created one last. */
function rowsOf(word: string, cast: Readonly<Record<string, readonly string[]>>): string[] {
  const rows = (word.match(/[HSLEN]\+?/g) ?? []).flatMap((letter) => cast[letter]);
  const number = (text: string) => (text.startsWith("new") ? Infinity : Number.parseInt(text, 10));
  return [...rows, BYSTANDER].sort((one, other) => number(one) - number(other));
}

interface MatrixCell {
  readonly policy: PolicyName;
  readonly found: string;
  readonly cell: string;
}

function fromCell({ policy, found, cell }: MatrixCell): Written {
  const [outcome, rows, second] = cell.split(/,? /);
  return {
    name: `${found} in the database`,
    policy,
    start: rowsOf(found, CAST),
    records: ["n Botany"],
    firstRun: outcome,
    after: rowsOf(rows, { ...CAST, ...CAST_AFTERWARDS }),
    secondRun: second,
  };
}

/** An existing row that already says what the record says: the same rows, but nothing to write. */
function alreadyCurrent(written: Written): Written {
  return {
    ...written,
    name: `${written.name}, existing row current`,
    start: written.start.map((text) => (text === CAST.E[0] ? CAST_AFTERWARDS.E[0] : text)),
    firstRun: "unchanged",
  };
}

function fromMatrix(): Written[] {
  let policy: PolicyName | undefined;
  return MATRIX.split("\n").flatMap((line) => {
    const [found, asNew, asExisting] = line.split("|").map((part) => part.trim());
    policy = POLICIES.find((name) => name === line) ?? policy;
    if (policy === undefined || asExisting === undefined) return [];
    const existing = fromCell({
      policy,
      found: found === "-" ? "E" : `E${found}`,
      cell: asExisting,
    });
    return [fromCell({ policy, found, cell: asNew }), existing, alreadyCurrent(existing)];
  });
}

/** All scenarios: the matrix of single records, then files of several records. */
export const SCENARIOS: readonly Scenario[] = [...fromMatrix(), ...WRITTEN].map(scenario);

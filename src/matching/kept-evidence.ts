/**
 * What is kept of a record beside its row, so that the next record can be compared with it: its description
 * (`evidence/packed.ts`), or the kind alone. The text stands in databases; what it lacks tells nothing.
 */

import type { CarrierForm, RecordDescription, RecordKind } from "../fields/record-description.js";
import { candidateKeys, keysOf } from "./evidence/candidates.js";
import { describe } from "./evidence/describe.js";
import { type DescribedColumns, rowTexts } from "./evidence/describe-row.js";
import { KeptDescription } from "./evidence/kept-description.js";
import { isPacked } from "./evidence/packed.js";

type Parts = Pick<RecordKind, "partNumbers" | "partNames">;

const NO_KIND: RecordKind = {
  type: "",
  level: "",
  form: "",
  formClear: false,
  partNumbers: [],
  partNames: [],
};

/** Begins the text of a kind. */
const KIND = "k";
/** Stands for a type or level that is not known. */
const UNKNOWN = "-";
/** Behind a form that all of the record tells. */
const CLEAR = "!";

/** The text that is kept of a kind: `kamonline!`, and its parts as JSON behind a blank. */
export function keptText(kind: RecordKind): string {
  const { type, level, form, formClear } = kind;
  const told = `${KIND}${type || UNKNOWN}${level || UNKNOWN}${form}${formClear ? CLEAR : ""}`;
  return keptWithParts(told, kind);
}

/**
 * The text that is kept of a kind with its parts.
 *
 * @param kept of the kind without them
 */
export function keptWithParts(kept: string, { partNumbers, partNames }: Parts): string {
  const isPart = partNumbers.length > 0 || partNames.length > 0;
  return isPart ? `${kept} ${JSON.stringify([partNumbers, partNames])}` : kept;
}

/**
 * The kind of a row.
 *
 * @param evidence what is kept beside it, "" where nothing is: the row was written by another program, or before
 *   anything was kept
 * @param recordType its column record_type, which then tells the level
 */
export function kindOf(evidence: string, recordType: string): RecordKind {
  if (isPacked(evidence)) return new KeptDescription(evidence);
  if (evidence !== "") return knownKind(evidence);
  const level = recordType === "serial" ? "s" : recordType === "monograph" ? "m" : "";
  return { ...NO_KIND, level };
}

/** Kinds that were read: few are in a catalogue, and each is asked for with every row. */
const KNOWN = new Map<string, RecordKind>();
const MOST_KNOWN = 1000;

function knownKind(evidence: string): RecordKind {
  let kind = KNOWN.get(evidence);
  if (kind === undefined) {
    kind = keptKind(evidence);
    if (KNOWN.size < MOST_KNOWN) KNOWN.set(evidence, kind);
  }
  return kind;
}

const KEPT = /^k(.)(.)([a-z ]*?)(!?)(?: (\[.*))?$/su;

function keptKind(evidence: string): RecordKind {
  const [, type, level, form, clear, parts] = KEPT.exec(evidence) ?? [];
  if (type === undefined) return NO_KIND;
  const [partNumbers, partNames] =
    parts === undefined ? [[], []] : (JSON.parse(parts) as [string[], string[]]);
  return {
    type: type === UNKNOWN ? "" : type,
    level: level === UNKNOWN ? "" : level,
    form: form as CarrierForm,
    formClear: clear === CLEAR,
    partNumbers,
    partNames,
  };
}

/** A row as far as it can be described. */
export interface DescribedRow extends DescribedColumns {
  readonly evidence: string;
  readonly urlIsFallback: boolean;
}

/** A kept text that was read. */
interface ReadText {
  readonly evidence: string;
  readonly kept: KeptDescription;
  keys: readonly string[] | null;
}

/** The text that was read last: keys are made of it more than once, then it is compared. */
let last: ReadText | null = null;

function readText(evidence: string): ReadText {
  if (last?.evidence === evidence) return last;
  last = { evidence, kept: new KeptDescription(evidence), keys: null };
  return last;
}

/**
 * The description of a row: what is kept of its record, else what its columns tell.
 *
 * @param rowOf asked for where no description is kept
 */
export function descriptionOf(evidence: string, rowOf: () => DescribedRow): RecordDescription {
  if (isPacked(evidence)) return readText(evidence).kept;
  const row = rowOf();
  const described = describe(rowTexts(row, row.urlIsFallback));
  return evidence === "" ? described : { ...described, ...keptKind(evidence) };
}

/**
 * The candidate keys of a row, by which it is found to be compared.
 *
 * @param row asked for where no description is kept
 */
export function candidateKeysOf(evidence: string, row: () => DescribedRow): readonly string[] {
  if (!isPacked(evidence)) return candidateKeys(descriptionOf(evidence, row));
  const read = readText(evidence);
  read.keys ??= keysOf(read.kept.keyParts());
  return read.keys;
}

/** What is told of one record of a run: its name, its findings, the line on what became of it. */

import type { Treatment } from "../deciding/importer.js";
import { type Diagnostic, diagnostic, type RecordLabel } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import { groundsText } from "../matching/evidence/tell.js";
import type { InputRecord, RecordPlace } from "../reading/portion.js";

/** Told of an id that comes again where the two follow one another directly. */
const PERHAPS_PIECES =
  "another id than that of the record before, or join_split_records = true if both are pieces of one record";

/** Code of the warning for an id of a list of deletions that is not there. */
const NO_SUCH_ID = "M604";

/** How a record is named in messages. */
export function labelOf({ file, number, offset }: RecordPlace, controlNumber: string): RecordLabel {
  return { file, number, offset, controlNumber };
}

/** An id has come again in one run. */
export function repeatedId({ foreignId }: MappedRecord, followsItself: boolean): Diagnostic {
  const expected = followsItself ? PERHAPS_PIECES : null;
  return diagnostic("M601", { found: foreignId, expected });
}

/** A record has come again, as it may, but is another one. */
export function changedMeanwhile({ foreignId }: MappedRecord): Diagnostic {
  return diagnostic("M818", { found: foreignId });
}

/**
 * What is to be told of a record: what reading it found, and what treating it did.
 *
 * @param again what is to be told of its having come before
 */
export function findingsOf(
  { mapped }: InputRecord,
  { losses, considered }: Treatment,
  again: Diagnostic | null,
) {
  if (mapped.idForms !== undefined && considered.shortcut === "no-such-row") {
    return [diagnostic(NO_SUCH_ID, { found: mapped.foreignId })];
  }
  if (again === null && losses.length === 0) return mapped.diagnostics;
  return [...mapped.diagnostics, ...(again === null ? [] : [again]), ...losses];
}

/** The line of the log on what became of a record. */
export function eventOf(record: InputRecord, treatment: Treatment) {
  const { decision, duplicates } = treatment.considered;
  return {
    outcome: treatment.outcome,
    recordId: treatment.recordId,
    foreignId: record.mapped.foreignId,
    reason: treatment.reason,
    method: duplicates.method,
    cell: decision?.cell ?? null,
    duplicates: duplicates.found.map((duplicate) => duplicate.recordId),
    refused: duplicates.refused.map(({ recordId, method, veto }) => ({ recordId, method, veto })),
    possible: duplicates.possible.map(({ recordId, evidence }) => ({
      recordId,
      grounds: groundsText(evidence),
    })),
    removed: treatment.removed,
  };
}

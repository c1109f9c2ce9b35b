/** What of a run that came to its end must be told at once, though its exit status is 0. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { diagnostic } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import type { RecordInput } from "../reading/record-input.js";
import { grouped } from "../report/summary.js";
import { kindsText } from "../report/totals-words.js";
import type { Totals } from "../store/model/totals.js";
import type { RunNotes } from "./run-notes.js";

/** Reasons to ignore a record that, where they hold for all, speak of a wrong file or a wrong rule. */
const NOT_WANTED: readonly string[] = [
  "record-type",
  "filter",
  "not-valid",
  "no-url",
  "several-urls",
];

/**
 * One line each, without a name before it: an input known to be incomplete, a full load that deleted
 * nothing, records that were all left out, ids of which none is there, records without a title all of them.
 */
export function noticesOf(
  totals: Totals,
  notes: RunNotes,
  inputs: readonly RecordInput[],
): string[] {
  return [
    ...incomplete(totals, notes),
    ...allIgnored(totals),
    ...(inputs.every(({ deletesOnly }) => deletesOnly) ? noneThere(totals) : []),
    ...(notes.allUntitled
      ? ["no record has a title: look whether this is the right file, and at the rules of [title]"]
      : []),
  ];
}

function incomplete({ outcomes }: Totals, notes: RunNotes): string[] {
  // Rejects are told by themselves.
  const told = outcomes.rejected > 0 ? [] : ["M603"];
  const codes = Object.keys(notes.examples.findings).filter((code) => {
    return codeEntry(code).incomplete || told.includes(code);
  });
  return codes.sort().map((code) => {
    const [{ field, found, expected, ...label }] = notes.examples.findings[code];
    return formatDiagnostic(diagnostic(codeEntry(code).code, { field, found, expected }), label);
  });
}

/** Ids of which none is there are rather written in another way than gone all of them. */
function noneThere({ recordsRead, ignoredBecause }: Totals): string[] {
  if (recordsRead === 0 || ignoredBecause["no-such-row"] !== recordsRead) return [];
  const none = recordsRead === 1 ? "the id" : `each of the ${grouped(recordsRead)} ids`;
  return [
    `${none} names no row: look how the ids of this source are written (the column foreign_id)`,
  ];
}

function allIgnored({ recordsRead, outcomes, ignoredBecause, ignoredKinds }: Totals): string[] {
  if (recordsRead === 0 || outcomes.ignored < recordsRead) return [];
  const reasons = Object.entries(ignoredBecause);
  if (!reasons.every(([reason]) => NOT_WANTED.includes(reason))) return [];
  const kinds = kindsText(ignoredKinds);
  const why = reasons
    .map(([reason, count]) => `${reason} ${grouped(count)}${reason === "record-type" ? kinds : ""}`)
    .join(", ");
  return [
    `all ${grouped(recordsRead)} records were ignored (${why}): look whether this is the right file, and at record_types, [Filter] and record_must_be_valid`,
  ];
}

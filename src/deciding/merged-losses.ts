/** What goes with a row that is deleted: the records that were merged into it. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { clipped } from "../diagnostics/format.js";
import type { MergedSource } from "../store/model/merged-source.js";

/** Code of the warning for a deletion that took merged records with it. */
const MERGED_RECORDS_GONE = "M602";

/** Records that are named; the rest is counted. */
const NAMED = 5;
/** Characters of a name: an id may be as long as a field. */
const LONGEST = 100;

/**
 * The warning for a row that is deleted, naming the first of the records merged into it; none for a
 * row that is nobody's but its own record's.
 *
 * @param sources what was merged into the row
 */
export function mergedLosses(recordId: number, sources: readonly MergedSource[]): Diagnostic[] {
  if (sources.length === 0) return [];
  const more = sources.length - NAMED;
  const names = sources.slice(0, NAMED).map(nameOf).join(", ");
  const found = `record_id ${recordId} with ${names}${more > 0 ? ` and ${more} more` : ""}`;
  return [diagnostic(MERGED_RECORDS_GONE, { found })];
}

function nameOf({ foreignSource, foreignId }: MergedSource): string {
  if (foreignSource === "") return "a local record";
  return `${clipped(foreignSource, LONGEST)} "${clipped(foreignId, LONGEST)}"`;
}

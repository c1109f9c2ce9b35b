/** Findings of decoding, put into their place in the stream. */

import { areaOf } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";

/**
 * Decoding knows only the bytes of the record's view: its offsets count from there. In a view that
 * had to be rebuilt they tell nothing.
 *
 * @param ofParsing the findings that the record had before it was mapped, which have their places
 * @param recordOffset of the view in the stream, null if it was rebuilt
 */
export function placed(
  mapped: MappedRecord,
  ofParsing: readonly Diagnostic[],
  recordOffset: number | null,
): MappedRecord {
  if (mapped.diagnostics.length === 0) return mapped;
  const diagnostics = mapped.diagnostics.map((found) => {
    if (areaOf(found.code) !== "characters" || ofParsing.includes(found)) return found;
    const known = recordOffset !== null && found.offset !== null;
    return { ...found, offset: known ? recordOffset + found.offset : null };
  });
  return { ...mapped, diagnostics };
}

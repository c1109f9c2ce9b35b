/** When a record that could be read is refused all the same. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import type { MarcRecord } from "../marc/marc-record.js";

/**
 * Why a view is refused: nothing is left in it (M215), or strict reading is asked for and it took a
 * repair.
 *
 * @param offset zero-based byte offset of the record in the stream
 * @returns all diagnostics of the view, the reason first; null if it is not refused
 */
export function refusal(
  { diagnostics, fieldCount }: MarcRecord,
  offset: number,
  strict: boolean,
): Diagnostic[] | null {
  if (fieldCount === 0) return [diagnostic("M215", { offset }), ...diagnostics];
  const isRepair = ({ code }: Diagnostic) => codeEntry(code).severity === "repair";
  const repair = strict ? diagnostics.find(isRepair) : undefined;
  return repair ? [repair, ...diagnostics.filter((other) => other !== repair)] : null;
}

/** When a record that could be read is refused all the same. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import type { MarcRecord } from "../marc/marc-record.js";

/**
 * Why a view is refused: nothing is left in it (M215), or strict reading is asked for and it took a
 * repair.
 *
 * @param offset zero-based byte offset of the record in the stream
 * @returns null if it is not refused
 */
export function refusal(
  { diagnostics, fieldCount }: MarcRecord,
  offset: number,
  strict: boolean,
): Refusal | null {
  if (fieldCount === 0) return { reason: diagnostic("M215", { offset }), further: diagnostics };
  const isRepair = ({ code }: Diagnostic) => codeEntry(code).severity === "repair";
  const reason = strict ? diagnostics.find(isRepair) : undefined;
  if (reason === undefined) return null;
  return { reason, further: diagnostics.filter((other) => other !== reason) };
}

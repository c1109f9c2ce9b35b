/** What `--strict` does to a record that would be repaired. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import { FORMAT_CODES } from "../diagnostics/format-codes.js";

const REPAIRS: ReadonlySet<string> = new Set(
  FORMAT_CODES.filter(({ severity }) => severity === "repair").map(({ code }) => code),
);

/** The diagnostics with the first repair before all others, or null if there is no repair. */
export function firstRepair(diagnostics: readonly Diagnostic[]): Diagnostic[] | null {
  const repair = diagnostics.find(({ code }) => REPAIRS.has(code));
  if (repair === undefined) return null;
  return [repair, ...diagnostics.filter((other) => other !== repair)];
}

/** What `--strict` does to a record that would be repaired. */

import { codeEntry } from "../diagnostics/catalogue.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";

/** The diagnostics with the first repair before all others, or null if there is no repair. */
export function firstRepair(diagnostics: readonly Diagnostic[]): Diagnostic[] | null {
  const repair = diagnostics.find(({ code }) => codeEntry(code).severity === "repair");
  if (repair === undefined) return null;
  return [repair, ...diagnostics.filter((other) => other !== repair)];
}

/** How a code of the catalogue is described. */

/** How grave: `info` and `warning` keep the record; `repair` mended it; `reject` and `stop` do not. */
export type Severity = "info" | "warning" | "repair" | "reject" | "stop";

/** One entry of the catalogue of codes. Codes are stable: never renumbered, never used again. */
export interface CodeEntry<C extends string = string> {
  readonly code: C;
  /** Short kebab-case name. */
  readonly name: string;
  readonly severity: Severity;
  /** What happened, one clause without a full stop. */
  readonly message: string;
  /** One sentence on what to do. */
  readonly advice: string;
  /** Whether it says that the input as a whole does not hold all that it should. */
  readonly incomplete?: boolean;
}

/** Makes an entry of the catalogue. */
export function entry<const C extends string>(
  code: C,
  name: string,
  severity: Severity,
  message: string,
  advice: string,
): CodeEntry<C> {
  return { code, name, severity, message, advice };
}

/** Marks a code whose finding says that the input is known to be incomplete. */
export function ofIncomplete<const C extends string>(code: CodeEntry<C>): CodeEntry<C> {
  return { ...code, incomplete: true };
}

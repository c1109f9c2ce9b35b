/**
 * What is refused of a substitution: the mistakes that Perl refuses too, and what Perl accepts but this
 * program cannot do, or not with the very same meaning.
 */

import { MISTAKES } from "./mistakes.js";
import { UNSUPPORTED } from "./unsupported.js";

/** Every reason for which a substitution or a pattern is refused, by name. */
export const REFUSALS = { ...MISTAKES, ...UNSUPPORTED } as const;

/** The name of a reason. */
export type RefusalName = keyof typeof REFUSALS;

/** A substitution or pattern that is refused: what it is, where, what is allowed, what to do. */
export class PerlSyntaxError extends Error {
  /** The reason, a key of {@link REFUSALS}. */
  readonly reason: RefusalName;
  /** What is wrong, as a noun phrase. */
  readonly problem: string;
  /** Zero-based index into the text that was parsed, in UTF-16 units. */
  readonly column: number;
  /** The text at that place, or "end of text". */
  readonly found: string;
  readonly allowed: string;
  readonly advice: string;

  constructor(reason: RefusalName, column: number, found: string) {
    const { what, allowed, advice } = REFUSALS[reason];
    const shown = found === "" ? "end of text" : found;
    super(
      `${what}, at column ${column + 1}: ${found === "" ? shown : `\`${shown}\``}; allowed: ${allowed}; ${advice}`,
    );
    this.name = "PerlSyntaxError";
    this.reason = reason;
    this.problem = what;
    this.column = column;
    this.found = shown;
    this.allowed = allowed;
    this.advice = advice;
  }
}

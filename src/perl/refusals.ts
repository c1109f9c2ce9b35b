/**
 * What is refused of a substitution, by name: the mistakes that Perl refuses too, and what Perl
 * accepts but this program cannot do, or not with the very same meaning.
 */

import { MISTAKES } from "./mistakes.js";
import { UNSUPPORTED } from "./unsupported.js";

/** One reason for a refusal. `mistake`: Perl does not take it either, or it breaks the notation. */
export interface Refusal {
  readonly kind: "mistake" | "unsupported";
  /** What is refused, as a noun phrase. */
  readonly what: string;
  /** A substitution that is refused for this reason. */
  readonly example: string;
  /** What is allowed in its place. */
  readonly allowed: string;
  /** What to do. */
  readonly advice: string;
}

/** Every reason for which a substitution or a pattern is refused. */
export const REFUSALS = { ...MISTAKES, ...UNSUPPORTED } as const;

/** The name of a reason. */
export type RefusalName = keyof typeof REFUSALS;

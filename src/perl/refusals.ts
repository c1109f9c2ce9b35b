/**
 * What is refused of a substitution, by name: the mistakes that Perl refuses too, and what Perl
 * accepts but this program cannot do, or not with the very same meaning.
 */

import { MISTAKES } from "./mistakes.js";
import { UNSUPPORTED } from "./unsupported.js";

/** Every reason for which a substitution or a pattern is refused. */
export const REFUSALS = { ...MISTAKES, ...UNSUPPORTED } as const;

/** The name of a reason. */
export type RefusalName = keyof typeof REFUSALS;

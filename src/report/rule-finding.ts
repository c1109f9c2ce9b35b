/** What looks like a mistake in a configuration that is valid. */

import type { Location } from "../config/import-config.js";
import { printable } from "../diagnostics/format.js";

export const FINDING_KINDS = [
  "never-matches",
  "term-without-effect",
  "repeated-rule",
  "join-contradicts-kind",
  "method-without-key",
  "policy-without-priorities",
  "policy-without-method",
  "method-without-use",
  "field-never-filled",
  "rule-never-matched",
  "substitution-without-effect",
  "field-always-empty",
] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface RuleFinding {
  readonly kind: FindingKind;
  /** null where no line states it. */
  readonly at: Location | null;
  /** What was found, one clause. */
  readonly what: string;
  /** Why it matters. */
  readonly why: string;
  /** What to do. */
  readonly advice: string;
}

/** Three lines: `file:line: what [kind]`, why, what to do. */
export function findingText(
  { kind, at, what, why, advice }: RuleFinding,
  place: (at: Location | null) => string,
): string {
  return `${place(at)}: ${printable(what)} [${kind}]\n  why:     ${printable(why)}\n  to do:   ${printable(advice)}`;
}

/** Checks the fifth part of a SearchField: substitutions, or a filter's pattern. */

import * as perl from "../perl/substitutions.js";
import { ValueError } from "./problems.js";

/** @throws ValueError if the text is not a comma list of substitutions; "" is none at all */
export function checkSubstitutions(text: string): void {
  if (text !== "") {
    explained(() => PERL.parseSubstitutions?.(text));
  }
}

/** @throws ValueError if the text is not a match pattern; "" is none at all */
export function checkPattern(text: string): void {
  if (text !== "") {
    explained(() => PERL.parsePattern?.(text));
  }
}

function explained(parse: () => unknown): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof Error && isPerl(error)) {
      const place = `at character ${error.column + 1} of the fifth part`;
      throw new ValueError(
        `${error.problem}, ${place}${error.found === "" ? "" : ` (${error.found})`}`,
        error.allowed,
        error.advice,
      );
    }
    throw error;
  }
}

interface PerlError extends Error {
  problem: string;
  column: number;
  found: string;
  allowed: string;
  advice: string;
}
const PERL = perl as {
  parseSubstitutions?(text: string): unknown;
  parsePattern?(text: string): unknown;
};
function isPerl(error: Error): error is PerlError {
  return "column" in error;
}

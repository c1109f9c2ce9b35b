/** Checks the fifth part of a SearchField: substitutions, or a filter's pattern. */

import { PerlSyntaxError, parsePattern, parseSubstitutions } from "../../perl/substitutions.js";
import { ValueError } from "../language/problems.js";

/**
 * @param where what the text is a part of, for messages
 * @throws ValueError if the text is not a comma list of substitutions; "" is none at all
 */
export function checkSubstitutions(text: string, where = "the fifth part"): void {
  if (text !== "") {
    explained(() => parseSubstitutions(text), where);
  }
}

/** @throws ValueError if the text is not a match pattern; "" is none at all */
export function checkPattern(text: string): void {
  if (text !== "") {
    explained(() => parsePattern(text), "the fifth part");
  }
}

function explained(parse: () => unknown, where: string): void {
  try {
    parse();
  } catch (error) {
    if (error instanceof PerlSyntaxError) {
      const place = `at character ${error.column + 1} of ${where} (${error.found})`;
      throw new ValueError(`${error.problem}, ${place}`, error.allowed, error.advice);
    }
    throw error;
  }
}

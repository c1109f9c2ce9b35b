/** A parsed replacement as a function: what takes the place of a match. */

import { lowerCase, lowerFirst, titleFirst, upperCase } from "./case-folding.js";
import type { Match } from "./compiled-pattern.js";
import { checkGrowth } from "./growth.js";
import type { CaseOperator, ReplacementPiece } from "./replacement.js";

const CASE: Readonly<Record<CaseOperator, (text: string) => string>> = {
  U: upperCase,
  L: lowerCase,
  u: titleFirst,
  l: lowerFirst,
};

/**
 * Compiles a replacement to a function from a match to the text that takes its place, which throws
 * TextGrowthError where that is longer than all of the input by too much.
 */
export function compileReplacement(pieces: readonly ReplacementPiece[]): (match: Match) => string {
  const parts = pieces.map(compilePiece);
  const [only] = parts;
  if (only === undefined) return () => "";
  if (parts.length === 1) return only;
  return (match) => {
    let out = "";
    for (const part of parts) {
      out += part(match);
      checkGrowth(out.length - match.input.length);
    }
    return out;
  };
}

function compilePiece(piece: ReplacementPiece): (match: Match) => string {
  if (piece.kind === "text") return () => piece.text;
  if (piece.kind === "case") {
    const change = CASE[piece.operator];
    const inner = compileReplacement(piece.pieces);
    return (match) => change(inner(match));
  }
  const { groups } = piece;
  return (match) => {
    for (const group of groups) {
      const text = group === 0 ? match.input.slice(match.start, match.end) : match.group(group);
      if (text !== undefined) return text;
    }
    return "";
  };
}

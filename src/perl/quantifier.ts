/** Parses quantifiers: how often the piece before them may come. */

import type { RepeatMode } from "./pattern-tree.js";
import type { Cursor } from "./source-text.js";

/** How often and how greedily; `max` may be Infinity. */
interface Quantifier {
  readonly min: number;
  readonly max: number;
  readonly mode: RepeatMode;
}

/** Perl's own limit of a repetition. */
const MOST_REPETITIONS = 65534;

/** Reads `*`, `+`, `?`, `{n}`, `{n,}`, `{n,m}` or `{,m}` with `?` or `+` after it; null if none stands here. */
export function readQuantifier(cursor: Cursor): Quantifier | null {
  const start = cursor.at;
  const bounds = readBounds(cursor);
  if (bounds === null) return null;
  const { min, max } = bounds;
  const most = max === Infinity ? min : max;
  // Perl 5.36 sometimes takes x{0} for x.
  if (max < min || max === 0 || most > MOST_REPETITIONS)
    throw cursor.refuse("quantifier-range", start);
  const mode = cursor.take("?") ? "lazy" : cursor.take("+") ? "possessive" : "greedy";
  return { min, max, mode };
}

function readBounds(cursor: Cursor): { min: number; max: number } | null {
  if (cursor.take("*")) return { min: 0, max: Infinity };
  if (cursor.take("+")) return { min: 1, max: Infinity };
  if (cursor.take("?")) return { min: 0, max: 1 };
  const braced = cursor.takeMatch(/^\{(?:(\d+)(,(\d*))?|,(\d+))\}/);
  if (!braced) return null;
  const [, from, comma, to, upTo] = braced;
  if (upTo !== undefined) return { min: 0, max: Number(upTo) };
  const min = Number(from);
  if (comma === undefined) return { min, max: min };
  return { min, max: to ? Number(to) : Infinity };
}

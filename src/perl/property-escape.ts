/** Parses Unicode properties, `\p{…}` and `\P{…}`, in a pattern or in a class. */

import type { CodePointSet } from "./code-point-set.js";
import type { Cursor } from "./source-text.js";
import { unicodeProperty } from "./unicode-properties.js";

/**
 * Reads `p{…}`, `pL`, `P{…}`, `p{^…}`; the cursor stands behind the backslash. `fold`: case does
 * not count.
 */
export function readProperty(cursor: Cursor, fold: boolean): CodePointSet {
  const start = cursor.at - 1;
  const match = cursor.takeMatch(/^([pP])(?:\{(\^?)([\w&=:-]+)\}|([A-Z]))/i);
  const set = match && unicodeProperty(match[3] ?? match[4] ?? "", fold);
  if (!match || !set) throw cursor.refuse("property", start);
  const negated = (match[1] === "P") !== (match[2] === "^");
  return negated ? set.complement() : set;
}

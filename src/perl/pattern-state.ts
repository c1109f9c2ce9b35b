/** Where the parser of a pattern stands: shared by it and the readers of single constructs. */

import type { PatternFlags } from "./pattern-tree.js";
import type { Cursor } from "./source-text.js";

/** What the readers of single constructs need to know of the pattern around them. */
export interface PatternState {
  readonly cursor: Cursor;
  flags: PatternFlags;
  /** Capturing groups opened so far. */
  groups: number;
  readonly names: Map<string, number[]>;
  /** How many lookarounds are open. */
  lookDepth: number;
  /** How many groups of any kind are open. */
  depth: number;
}

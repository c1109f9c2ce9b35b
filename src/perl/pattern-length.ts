/** What can be told of a pattern's matches without matching: their length, and when they are empty. */

import type { PatternNode } from "./pattern-tree.js";

/** Bounds of a match's length in characters; `max` may be Infinity. */
interface LengthBounds {
  readonly min: number;
  readonly max: number;
}

const NONE: LengthBounds = { min: 0, max: 0 };

/** The shortest and the longest match; a literal counts as one, whatever its case foldings are. */
export function lengthBounds(node: PatternNode): LengthBounds {
  switch (node.kind) {
    case "character":
      return { min: 1, max: 1 };
    case "set": {
      const longest = Math.max(1, ...node.sequences.map((one) => one.length));
      return { min: 1, max: longest };
    }
    case "lineBreak":
      return { min: 1, max: 2 };
    case "assertion":
    case "look":
    case "keep":
      return NONE;
    case "backreference":
      return { min: 0, max: Infinity };
    case "group":
    case "atomic":
      return lengthBounds(node.body);
    case "sequence":
      return node.items
        .map(lengthBounds)
        .reduce((a, b) => ({ min: a.min + b.min, max: a.max + b.max }), NONE);
    case "alternation": {
      const all = node.options.map(lengthBounds);
      return {
        min: Math.min(...all.map((one) => one.min)),
        max: Math.max(...all.map((one) => one.max)),
      };
    }
    case "repeat": {
      const { min, max } = lengthBounds(node.body);
      return { min: min * node.min, max: max === 0 ? 0 : max * node.max };
    }
  }
}

/**
 * Whether a part can match nothing, and when: `never`; `always`, for it matches nothing else;
 * `last`, only after everything longer has been tried; or `early`, before something longer.
 */
type Emptiness = "never" | "always" | "last" | "early";

/** Tells how a part comes to match nothing, in the order in which a backtracking engine tries. */
export function emptiness(node: PatternNode): Emptiness {
  switch (node.kind) {
    case "character":
    case "set":
    case "lineBreak":
      return "never";
    case "assertion":
    case "look":
    case "keep":
      return "always";
    case "backreference":
      return "last";
    case "group":
      return emptiness(node.body);
    case "atomic": {
      // One outcome at most, so that no longer one can come after an empty one.
      const inner = emptiness(node.body);
      return inner === "early" ? "last" : inner;
    }
    case "sequence":
      return emptinessOfSequence(node.items.map(emptiness));
    case "alternation":
      return emptinessOfAlternation(node.options.map(emptiness));
    case "repeat":
      return emptinessOfRepeat(node);
  }
}

function emptinessOfSequence(items: readonly Emptiness[]): Emptiness {
  if (items.includes("never")) return "never";
  if (items.includes("early")) return "early";
  return items.includes("last") ? "last" : "always";
}

function emptinessOfAlternation(options: readonly Emptiness[]): Emptiness {
  const unique = new Set(options);
  const [only] = unique;
  if (only !== undefined && unique.size === 1 && (only === "never" || only === "always"))
    return only;
  const empty = options.findIndex((option) => option !== "never");
  const rest = options.slice(empty + 1);
  const isLast = options[empty] !== "early" && rest.every((option) => option === "always");
  return isLast ? "last" : "early";
}

function emptinessOfRepeat(node: PatternNode & { kind: "repeat" }): Emptiness {
  const body = emptiness(node.body);
  if (node.max === 0 || body === "always") return "always";
  if (body === "never" && node.min > 0) return "never";
  if (node.mode === "possessive") return "last";
  return node.mode === "greedy" && body !== "early" ? "last" : "early";
}

/** The syntax tree of a Perl pattern: only what can be expressed exactly. */

import type { CodePointSet } from "./code-point-set.js";

/** A zero-width assertion, flags already applied: `lineStart` is `^` under `m`. */
export type Assertion =
  | "start"
  | "lineStart"
  | "end"
  | "endOrNewline"
  | "lineEnd"
  | "boundary"
  | "notBoundary";

export type RepeatMode = "greedy" | "lazy" | "possessive";

export type PatternNode =
  /** A literal; `fold`: case does not count, and then ß is also ss. */
  | { readonly kind: "character"; readonly code: number; readonly fold: boolean }
  /** One character of a set, or, tried first, one of these case-folded sequences. */
  | {
      readonly kind: "set";
      readonly set: CodePointSet;
      readonly sequences: readonly (readonly number[])[];
    }
  | { readonly kind: "assertion"; readonly assertion: Assertion }
  | { readonly kind: "lineBreak"; readonly at: number }
  | { readonly kind: "sequence"; readonly items: readonly PatternNode[] }
  | { readonly kind: "alternation"; readonly options: readonly PatternNode[] }
  /** A capturing group, numbered from 1. */
  | { readonly kind: "group"; readonly number: number; readonly body: PatternNode }
  | { readonly kind: "atomic"; readonly body: PatternNode; readonly at: number }
  | {
      readonly kind: "look";
      readonly behind: boolean;
      readonly negative: boolean;
      readonly body: PatternNode;
      readonly at: number;
    }
  /** `max` may be Infinity. */
  | {
      readonly kind: "repeat";
      readonly body: PatternNode;
      readonly min: number;
      readonly max: number;
      readonly mode: RepeatMode;
      readonly at: number;
    }
  | {
      readonly kind: "backreference";
      readonly group: number;
      readonly at: number;
    }
  /** `\K`. */
  | { readonly kind: "keep"; readonly at: number };

/** A parsed pattern. `at` in nodes is an index into the source's characters. */
export interface PatternTree {
  readonly body: PatternNode;
  /** How many capturing groups there are. */
  readonly groups: number;
  /** Group numbers by name; a name may be given more than once. */
  readonly names: ReadonlyMap<string, readonly number[]>;
  /** Whether the pattern begins with `\G`. */
  readonly anchoredAtLastMatch: boolean;
}

/** The flags that a pattern knows. */
export interface PatternFlags {
  readonly i: boolean;
  readonly m: boolean;
  readonly s: boolean;
  readonly x: boolean;
}

/** Joins items into one node; sequences within are merged, as Perl joins adjacent literals. */
export function sequence(items: readonly PatternNode[]): PatternNode {
  const flat = items.flatMap((item) => (item.kind === "sequence" ? item.items : [item]));
  const [first] = flat;
  return first !== undefined && flat.length === 1 ? first : { kind: "sequence", items: flat };
}

/** Reads what a backslash begins in a pattern, outside of classes. */

import { letterClass } from "./character-classes.js";
import { readCharacterEscape } from "./character-escapes.js";
import type { PatternState } from "./pattern-state.js";
import { type Assertion, type PatternNode, sequence } from "./pattern-tree.js";
import { readProperty } from "./property-escape.js";
import { readQuantifier } from "./quantifier.js";

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: "start",
  z: "end",
  Z: "endOrNewline",
  b: "boundary",
  B: "notBoundary",
};

/**
 * Reads an escape; the cursor stands behind the backslash. Null for a `\E` that closes nothing,
 * which Perl drops.
 */
export function readEscape(state: PatternState): PatternNode | null {
  const { cursor } = state;
  const start = cursor.at - 1;
  const one = cursor.peek();
  const assertion = ASSERTIONS[one];
  if (assertion !== undefined) {
    cursor.next();
    if (/[bB]/.test(one) && cursor.peek() === "{") throw cursor.refuse("boundary", start);
    return { kind: "assertion", assertion };
  }
  if (one === "p" || one === "P") {
    return { kind: "set", set: readProperty(cursor, state.flags.i), sequences: [] };
  }
  if (/^[1-9gk]$/.test(one)) return readBackreference(state, start);
  const set = one === "N" && !isNewlineClass(state) ? null : letterClass(one);
  if (set !== null) {
    cursor.next();
    return { kind: "set", set, sequences: [] };
  }
  const code = readCharacterEscape(cursor);
  if (code !== null) return { kind: "character", code, fold: state.flags.i };
  cursor.next();
  return readSpecial(state, one, start);
}

/** `\N` is "no newline" unless a brace follows that is no quantifier. */
function isNewlineClass({ cursor }: PatternState): boolean {
  if (cursor.peek(1) !== "{") return true;
  const at = cursor.at;
  cursor.next();
  const quantified = readQuantifier(cursor) !== null;
  cursor.at = at;
  return quantified;
}

function readSpecial(state: PatternState, one: string, start: number): PatternNode | null {
  const { cursor } = state;
  switch (one) {
    case "K":
      if (state.lookDepth > 0) throw cursor.refuse("keep-in-lookaround", start);
      if (state.depth > 0) throw cursor.refuse("keep-in-group", start);
      return { kind: "keep", at: start };
    case "R":
      return { kind: "lineBreak", at: start };
    case "X":
      throw cursor.refuse("grapheme", start);
    case "G":
      throw cursor.refuse("position", start);
    case "Q":
      return readQuoted(state);
    case "E":
      return null;
    case "U":
    case "L":
    case "F":
    case "u":
    case "l":
      throw cursor.refuse("case-escape", start);
    default:
      throw cursor.refuse("unknown-escape", start);
  }
}

/** Reads literal text up to `\E` or the end of the pattern. */
function readQuoted({ cursor, flags }: PatternState): PatternNode {
  const items: PatternNode[] = [];
  while (!cursor.done && !cursor.take("\\E")) {
    const start = cursor.at;
    const one = cursor.next();
    if (one === "\\") throw cursor.refuse("quoted-backslash", start);
    if (/^[$@]$/.test(one) && cursor.source.interpolates) throw cursor.refuse("variable", start);
    items.push({ kind: "character", code: one.codePointAt(0) ?? 0, fold: flags.i });
  }
  return sequence(items);
}

/** `\1`, `\g1`, `\g{1}`, `\g{-1}`, `\g{name}`, `\k<name>`, `\k'name'`, `\k{name}`. */
function readBackreference(state: PatternState, start: number): PatternNode {
  const { cursor, groups } = state;
  const numbered = cursor.takeMatch(/^(?:g\{(-?\d+)\}|g(-?\d+)|(\d+))/);
  if (numbered) {
    const written = numbered[1] ?? numbered[2] ?? numbered[3] ?? "";
    const group = written.startsWith("-") ? groups + 1 + Number(written) : Number(written);
    if (group >= 1 && group <= groups) return backreference(state, group, start);
    throw cursor.refuse(numbered[3] && written.length > 1 ? "octal" : "no-such-group", start);
  }
  const named = cursor.takeMatch(
    /^(?:g\{([A-Za-z_]\w*)\}|k(?:<([A-Za-z_]\w*)>|'([A-Za-z_]\w*)'|\{([A-Za-z_]\w*)\}))/,
  );
  if (!named) throw cursor.refuse("escape", start);
  return namedBackreference(state, named.slice(1).find((name) => name !== undefined) ?? "", start);
}

/** A backreference by name: the name must be known by now, and of one group only. */
export function namedBackreference(state: PatternState, name: string, start: number): PatternNode {
  const { cursor, names } = state;
  const numbers = names.get(name);
  if (numbers === undefined) throw cursor.refuse("no-such-group", start);
  const [group] = numbers;
  if (group === undefined || numbers.length > 1) throw cursor.refuse("backreference", start);
  return backreference(state, group, start);
}

function backreference({ cursor, flags }: PatternState, group: number, at: number): PatternNode {
  // Full case folding (ß is ss) cannot be asked of a JavaScript backreference.
  if (flags.i) throw cursor.refuse("backreference-case", at);
  return { kind: "backreference", group, at };
}

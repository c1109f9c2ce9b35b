/**
 * Substitutions that drop a text whole or leave it as it is, by how it begins (nothing but `^`, a look ahead
 * or a pattern, and the rest of the text). What they look for becomes an automaton over ASCII (Glushkov's):
 * a bit for each character of the pattern.
 */

import { type Parts, splitSubstitutions } from "./delimiters.js";
import { parsePatternTree } from "./pattern-parser.js";
import type { PatternNode } from "./pattern-tree.js";

/** Behind the last character of a text, for the automaton. */
export const END_OF_TEXT = 0;
const ASCII = 128;
/** One bit is left over, so that the bits are a number without a sign. */
const MOST_PLACES = 63;

/** The automaton of a beginning: sets of places, a bit each. */
export interface Beginning {
  /** Whether every text begins so. */
  readonly always: boolean;
  /** Places that the first character may be at, and those behind which nothing more is asked. */
  readonly first: bigint;
  readonly last: bigint;
  /** By character, 0 to 127, END_OF_TEXT at the end: the places that it fits. */
  readonly fitting: readonly bigint[];
  /** By place: the places that may follow. */
  readonly following: readonly bigint[];
}

export interface DroppingTest {
  readonly beginning: Beginning;
  /** Whether texts that begin so are dropped, or all others. */
  readonly dropsThese: boolean;
}

/** Thrown for what has no such form. */
class NoForm extends Error {}

/** A part of the automaton. */
interface Piece {
  readonly empty: boolean;
  readonly first: bigint;
  readonly last: bigint;
}

const EMPTY: Piece = { empty: true, first: 0n, last: 0n };

class Builder {
  readonly fitting: bigint[] = Array.from({ length: ASCII }, () => 0n);
  readonly following: bigint[] = [];

  piece(node: PatternNode): Piece {
    switch (node.kind) {
      case "character":
        return this.place(cases(node.code, node.fold));
      case "set": {
        if (node.sequences.length > 0) throw new NoForm();
        return this.place(asciiOf(node.set.ranges));
      }
      case "assertion": {
        if (node.assertion !== "end" && node.assertion !== "endOrNewline") throw new NoForm();
        return this.place([END_OF_TEXT]);
      }
      case "group":
        return this.piece(node.body);
      case "sequence":
        return node.items.reduce<Piece>((before, item) => this.joined(before, item), EMPTY);
      case "alternation":
        return node.options.map((option) => this.piece(option)).reduce(either);
      case "repeat":
        return this.repeated(node);
      default:
        throw new NoForm();
    }
  }

  private place(characters: readonly number[]): Piece {
    const place = this.following.length;
    if (place === MOST_PLACES) throw new NoForm();
    const bit = 1n << BigInt(place);
    this.following.push(0n);
    for (const character of characters) this.fitting[character] |= bit;
    return { empty: false, first: bit, last: bit };
  }

  private follow(last: bigint, first: bigint): void {
    for (let place = 0; place < this.following.length; place++) {
      if ((last >> BigInt(place)) & 1n) this.following[place] |= first;
    }
  }

  private joined(before: Piece, item: PatternNode): Piece {
    const after = this.piece(item);
    this.follow(before.last, after.first);
    return {
      empty: before.empty && after.empty,
      first: before.empty ? before.first | after.first : before.first,
      last: after.empty ? before.last | after.last : after.last,
    };
  }

  private repeated({ body, min, max, mode }: Extract<PatternNode, { kind: "repeat" }>): Piece {
    // What a possessive one takes, it does not give back: that is another question.
    if (mode === "possessive") throw new NoForm();
    const endless = max === Number.POSITIVE_INFINITY;
    const times = endless ? Math.max(min, 1) : max;
    let all = EMPTY;
    for (let time = 0; time < times; time++) {
      const before = this.following.length;
      const one: PatternNode = { kind: "group", number: 0, body };
      const made = this.joined(all, one);
      if (this.following.length === before) return EMPTY;
      all = time < min ? made : either(made, all);
    }
    if (endless) this.follow(all.last, all.first);
    return min === 0 ? { ...all, empty: true } : all;
  }
}

function either(one: Piece, other: Piece): Piece {
  return {
    empty: one.empty || other.empty,
    first: one.first | other.first,
    last: one.last | other.last,
  };
}

function cases(code: number, fold: boolean): number[] {
  if (code >= ASCII || code === END_OF_TEXT) return [];
  const character = String.fromCharCode(code);
  const both = fold ? [character.toLowerCase(), character.toUpperCase()] : [character];
  return [...new Set(both.map((one) => one.charCodeAt(0)))];
}

function asciiOf(ranges: readonly number[]): number[] {
  const all: number[] = [];
  for (let at = 0; at < ranges.length; at += 2) {
    for (let code = Math.max(ranges[at], 1); code <= ranges[at + 1] && code < ASCII; code++) {
      all.push(code);
    }
  }
  return all;
}

/** Whether a node takes all printable ASCII that is left. */
function takesTheRest(node: PatternNode | undefined): boolean {
  if (node?.kind !== "repeat" || node.min > 0 || node.max !== Number.POSITIVE_INFINITY)
    return false;
  if (node.body.kind !== "set") return false;
  return asciiOf(node.body.set.ranges).filter((code) => code >= 0x20 && code < 0x7f).length === 95;
}

/** What a pattern asks of the beginning, if it then takes everything. */
function testOf(body: PatternNode): DroppingTest {
  if (body.kind !== "sequence" || !takesTheRest(body.items.at(-1))) throw new NoForm();
  const [start, ...asked] = body.items.slice(0, -1);
  if (start?.kind !== "assertion" || start.assertion !== "start") throw new NoForm();
  const [look] = asked;
  const isLook = look?.kind === "look" && asked.length === 1 && !look.behind;
  const builder = new Builder();
  const wanted: PatternNode = isLook ? look.body : { kind: "sequence", items: asked };
  const { empty, first, last } = builder.piece(wanted);
  const { fitting, following } = builder;
  const beginning = { always: empty, first, last, fitting, following };
  return { beginning, dropsThese: !(isLook && look.negative) };
}

/** What was made of substitutions before: rules share them. */
const known = new Map<string, readonly (DroppingTest | null)[]>();

/**
 * Of each substitution of a SearchField the test that it is over printable ASCII, null if it is none.
 *
 * @throws PerlSyntaxError if they cannot be read
 */
export function droppingTests(transforms: string): readonly (DroppingTest | null)[] {
  if (transforms === "") return [];
  let tests = known.get(transforms);
  if (tests === undefined) {
    tests = splitSubstitutions(transforms).map(droppingTest);
    known.set(transforms, tests);
  }
  return tests;
}

function droppingTest({ pattern, replacement, flags }: Parts): DroppingTest | null {
  if (replacement === null || replacement.characters.length > 0) return null;
  const has = (flag: string) => flags.has(flag);
  // Whatever does not say so at once begins anywhere.
  if (!has("x") && pattern.characters[0] !== "^") return null;
  const tree = parsePatternTree(pattern, { i: has("i"), m: has("m"), s: has("s"), x: has("x") });
  if (tree.anchoredAtLastMatch) return null;
  try {
    return testOf(tree.body);
  } catch (error) {
    if (error instanceof NoForm) return null;
    throw error;
  }
}

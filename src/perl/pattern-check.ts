/**
 * Refuses the well-formed patterns in which Perl and JavaScript would differ: JavaScript forgets the
 * groups of a repeated part with each repetition, takes an unset backreference for an empty text,
 * never repeats an empty match, and reads a lookbehind backwards.
 */

import { emptiness, lengthBounds } from "./pattern-length.js";
import type { PatternNode } from "./pattern-tree.js";
import type { RefusalName } from "./perl-syntax-error.js";

/** A lookbehind that reaches further is refused by Perl. */
const LONGEST_LOOKBEHIND = 255;

/** What is wrong with a pattern, and the index of the character where. */
interface Objection {
  readonly reason: RefusalName;
  readonly at: number;
}

/** The groups of a tree that backreferences name. */
export function backreferenced(node: PatternNode): number[] {
  if (node.kind === "backreference") return [node.group];
  return children(node).flatMap(backreferenced);
}

/** Looks for the first objection; `used`: the groups that the replacement or a backreference takes. */
export function findObjection(body: PatternNode, used: ReadonlySet<number>): Objection | null {
  return new Checker(used).check(body);
}

function children(node: PatternNode): readonly PatternNode[] {
  switch (node.kind) {
    case "sequence":
      return node.items;
    case "alternation":
      return node.options;
    case "group":
    case "atomic":
    case "look":
    case "repeat":
      return [node.body];
    default:
      return [];
  }
}

/** Whether a part may match nothing, and then says nothing of where it stands. */
function mayBeNothing(node: PatternNode): boolean {
  if (node.kind === "group" || node.kind === "atomic") return mayBeNothing(node.body);
  if (node.kind !== "repeat" && node.kind !== "sequence") return false;
  return /last|early/.test(emptiness(node)) && !isSomethingOrEnd(node);
}

/** Whether a part takes a character or asks for an end, whatever way it matches. */
function isSomethingOrEnd(node: PatternNode): boolean {
  if (isEnd(node) || emptiness(node) === "never") return true;
  if (node.kind === "group" || node.kind === "atomic") return isSomethingOrEnd(node.body);
  if (node.kind === "sequence") return node.items.some(isSomethingOrEnd);
  return node.kind === "alternation" && node.options.every(isSomethingOrEnd);
}

function isEnd(node: PatternNode): boolean {
  return (
    node.kind === "assertion" && (node.assertion === "end" || node.assertion === "endOrNewline")
  );
}

class Checker {
  readonly #used: ReadonlySet<number>;
  #objection: Objection | null = null;

  constructor(used: ReadonlySet<number>) {
    this.#used = used;
  }

  check(body: PatternNode): Objection | null {
    this.#flow(body, new Set());
    this.#checkLineBreaks(body, true);
    return this.#objection;
  }

  #object(reason: RefusalName, at: number): void {
    this.#objection ??= { reason, at };
  }

  /** Follows the tree in matching order; takes and returns the groups that are surely set. */
  #flow(node: PatternNode, set: ReadonlySet<number>): ReadonlySet<number> {
    switch (node.kind) {
      case "sequence":
        return node.items.reduce((before, item) => this.#flow(item, before), set);
      case "alternation": {
        const [first = set, ...others] = node.options.map((option) => this.#flow(option, set));
        return new Set([...first].filter((group) => others.every((other) => other.has(group))));
      }
      case "group":
        return new Set(this.#flow(node.body, set)).add(node.number);
      case "atomic":
        return this.#flow(node.body, set);
      case "look":
        if (node.behind) this.#checkLookbehind(node);
        else if (!node.negative && mayBeNothing(node.body))
          this.#object("empty-lookahead", node.at);
        if (!node.negative) return this.#flow(node.body, set);
        this.#checkNegative(node);
        this.#flow(node.body, set);
        return set;
      case "repeat":
        return this.#repeat(node, set);
      case "backreference":
        if (!set.has(node.group)) this.#object("backreference", node.at);
        return set;
      default:
        return set;
    }
  }

  #repeat(node: PatternNode & { kind: "repeat" }, set: ReadonlySet<number>): ReadonlySet<number> {
    const after = this.#flow(node.body, set);
    if (node.max > 1) {
      const groups = this.#usedIn(node.body);
      const fixed = node.min === node.max;
      const empty = emptiness(node.body);
      if (groups.some((group) => !after.has(group))) this.#object("repeated-group", node.at);
      if (groups.length > 0 && empty !== "never") this.#object("repeated-group", node.at);
      if (empty === "always" || (empty === "early" && !fixed))
        this.#object("empty-repetition", node.at);
    }
    return node.min > 0 ? after : set;
  }

  /**
   * Perl gives back a repeated `\R` by the character, and so splits a carriage return from its
   * newline. That cannot be seen where it never has to give back: `last` in the pattern.
   */
  #checkLineBreaks(node: PatternNode, last: boolean): void {
    if (node.kind === "sequence") {
      node.items.forEach((item, at) => {
        this.#checkLineBreaks(item, last && node.items.slice(at + 1).every(isEnd));
      });
      return;
    }
    if (node.kind === "repeat" && node.body.kind === "lineBreak") {
      const fixed = node.min === node.max || node.mode === "possessive";
      if (!fixed && (!last || node.mode === "lazy")) this.#object("line-break-repetition", node.at);
    }
    const closed = node.kind === "atomic" || node.kind === "look";
    const once = node.kind !== "repeat" || node.max === 1;
    for (const child of children(node)) this.#checkLineBreaks(child, closed || (last && once));
  }

  /** What a failed lookaround has in its groups is left to the engine. */
  #checkNegative(node: PatternNode & { kind: "look" }): void {
    const inside = new Set(backreferenced(node.body));
    const outside = this.#usedIn(node.body).filter((group) => !inside.has(group));
    if (outside.length > 0) this.#object("lookbehind-part", node.at);
  }

  #checkLookbehind(node: PatternNode & { kind: "look" }): void {
    if (lengthBounds(node.body).max > LONGEST_LOOKBEHIND)
      this.#object("lookbehind-length", node.at);
    if (this.#usedIn(node.body).length > 0) this.#object("lookbehind-part", node.at);
    this.#findForwardOnly(node.body);
  }

  #findForwardOnly(node: PatternNode): void {
    if (node.kind === "look" && !node.behind) return;
    const possessive = node.kind === "repeat" && node.mode === "possessive";
    if (
      node.kind === "backreference" ||
      node.kind === "lineBreak" ||
      node.kind === "atomic" ||
      possessive
    ) {
      this.#object("lookbehind-part", node.at);
    }
    for (const child of children(node)) this.#findForwardOnly(child);
  }

  #usedIn(node: PatternNode): number[] {
    const inner = children(node).flatMap((child) => this.#usedIn(child));
    return node.kind === "group" && this.#used.has(node.number) ? [node.number, ...inner] : inner;
  }
}

/** Parses a bracketed character class, `[…]`, with everything that Perl allows in it. */

import { caseVariants, closeOverCase, fold } from "./case-folding.js";
import { letterClass, posixClass } from "./character-classes.js";
import { readCharacterEscape } from "./character-escapes.js";
import { CodePointSet } from "./code-point-set.js";
import { refuseVariable } from "./interpolation.js";
import type { PatternNode } from "./pattern-tree.js";
import { readProperty } from "./property-escape.js";
import type { Cursor } from "./source-text.js";

/** What one item of a class stands for: one character, or a set that can not end a range. */
type Item = { readonly code: number } | { readonly set: CodePointSet };

/** Reads a class; the cursor stands behind its `[`. `caseless`: case does not count. */
export function readBracketedClass(cursor: Cursor, caseless: boolean): PatternNode {
  const start = cursor.at - 1;
  const negated = cursor.take("^");
  const members = new Members(caseless && !negated, caseless);
  for (let first = true; first || cursor.peek() !== "]"; first = false) {
    if (cursor.done) throw cursor.refuse("class", start);
    readItemOrRange(cursor, members, caseless);
  }
  cursor.next();
  const node = members.node(negated);
  // Perl stumbles over a class that nothing is in.
  if (node.kind === "set" && node.set.ranges.length === 0) throw cursor.refuse("class", start);
  return node;
}

function readItemOrRange(cursor: Cursor, members: Members, caseless: boolean): void {
  const start = cursor.at;
  const item = readItem(cursor, caseless);
  const ranged = cursor.peek() === "-" && cursor.peek(1) !== "]" && cursor.peek(1) !== "";
  if (!ranged) {
    members.add(item);
    return;
  }
  cursor.next();
  const last = readItem(cursor, caseless);
  if ("code" in item && "code" in last) {
    if (last.code < item.code) throw cursor.refuse("class", start);
    members.addRange(item.code, last.code);
    return;
  }
  // Perl takes the hyphen for itself where a class stands at either end.
  for (const one of [item, { code: 0x2d }, last]) members.add(one);
}

function readItem(cursor: Cursor, caseless: boolean): Item {
  refuseVariable(cursor);
  const start = cursor.at;
  const one = cursor.next();
  if (one === "[") {
    const posix = cursor.takeMatch(/^:(\^?)(\w+):\]/);
    if (posix) {
      const set = posixClass(posix[2] ?? "", caseless);
      if (set === null) throw cursor.refuse("class", start);
      return { set: posix[1] === "^" ? set.complement() : set };
    }
    // [: :], [. .] and [= =] that say nothing known: Perl has its own opinions about them.
    if (/[:.=]/.test(cursor.peek())) throw cursor.refuse("class", start);
  }
  return one === "\\" ? readEscape(cursor, caseless) : { code: one.codePointAt(0) ?? 0 };
}

function readEscape(cursor: Cursor, caseless: boolean): Item {
  const start = cursor.at - 1;
  const one = cursor.peek();
  const octal = cursor.takeMatch(/^[1-7][0-7]{0,2}/)?.[0];
  if (octal !== undefined) return { code: Number.parseInt(octal, 8) };
  if (cursor.take("b")) return { code: 8 };
  const set = one === "N" ? null : letterClass(one);
  if (set !== null) {
    cursor.next();
    return { set };
  }
  if (one === "p" || one === "P") return { set: readProperty(cursor, caseless) };
  const code = readCharacterEscape(cursor);
  if (code !== null) return { code };
  cursor.next();
  if (/[QULFul]/.test(one)) throw cursor.refuse(one === "Q" ? "class" : "case-escape", start);
  throw cursor.refuse("unknown-escape", start);
}

/** The members of a class as they come together. */
class Members {
  readonly #sets: CodePointSet[] = [];
  readonly #sequences: (readonly number[])[] = [];
  readonly #takesSequences: boolean;
  readonly #caseless: boolean;

  constructor(takesSequences: boolean, caseless: boolean) {
    this.#takesSequences = takesSequences;
    this.#caseless = caseless;
  }

  add(item: Item): void {
    if ("set" in item) {
      this.#sets.push(item.set);
      return;
    }
    this.#sets.push(this.#caseless ? caseVariants(item.code) : CodePointSet.single(item.code));
    const folded = fold(item.code);
    if (this.#takesSequences && folded.length > 1) this.#sequences.push(folded);
  }

  addRange(first: number, last: number): void {
    if (first === last) {
      this.add({ code: first });
      return;
    }
    const range = CodePointSet.of([first, last]);
    this.#sets.push(this.#caseless ? closeOverCase(range) : range);
  }

  /** A class of one letter is that letter: Perl joins it to its neighbours. */
  node(negated: boolean): PatternNode {
    const set = CodePointSet.of(this.#sets.flatMap((one) => one.ranges));
    if (negated) return { kind: "set", set: set.complement(), sequences: [] };
    const code = set.ranges[0];
    if (
      code !== undefined &&
      (this.#caseless ? set.equals(caseVariants(code)) : set.only === code)
    ) {
      return { kind: "character", code, fold: this.#caseless };
    }
    return { kind: "set", set, sequences: this.#sequences };
  }
}

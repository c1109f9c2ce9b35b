/**
 * Parses a Perl 5.36 pattern into a tree. Whatever is not on its list is refused by name: nothing
 * that the JavaScript engine would merely tolerate gets past it.
 */

import { readBracketedClass } from "./bracketed-class.js";
import { ANYTHING, NOT_NEWLINE } from "./character-classes.js";
import { readGroupOpening } from "./group-opening.js";
import { refuseVariable } from "./interpolation.js";
import { readEscape } from "./pattern-escapes.js";
import type { PatternState } from "./pattern-state.js";
import { type PatternFlags, type PatternNode, type PatternTree, sequence } from "./pattern-tree.js";
import { readQuantifier } from "./quantifier.js";
import { Cursor, type SourceText } from "./source-text.js";

/** Parses a whole pattern; throws PerlSyntaxError. */
export function parsePatternTree(source: SourceText, flags: PatternFlags): PatternTree {
  return new PatternParser(source, flags).parse();
}

class PatternParser {
  readonly #cursor: Cursor;
  readonly #state: PatternState;
  readonly #anchored: boolean;

  constructor(source: SourceText, flags: PatternFlags) {
    this.#cursor = new Cursor(source);
    this.#state = {
      cursor: this.#cursor,
      flags,
      groups: 0,
      names: new Map(),
      lookDepth: 0,
      depth: 0,
    };
    this.#anchored = this.#cursor.take("\\G");
  }

  parse(): PatternTree {
    if (this.#cursor.source.characters.length === 0) throw this.#cursor.refuse("empty-pattern");
    const body = this.#alternation();
    if (this.#cursor.peek() === ")") throw this.#cursor.refuse("parenthesis");
    if (this.#anchored && body.kind === "alternation") throw this.#cursor.refuse("position", 0);
    return {
      body,
      groups: this.#state.groups,
      names: this.#state.names,
      anchoredAtLastMatch: this.#anchored,
    };
  }

  /** Reads alternatives up to `)` or the end; a flag set within one holds for those after it. */
  #alternation(): PatternNode {
    const options = [this.#sequence()];
    while (this.#cursor.take("|")) options.push(this.#sequence());
    const [only] = options;
    return only !== undefined && options.length === 1 ? only : { kind: "alternation", options };
  }

  #sequence(): PatternNode {
    const items: PatternNode[] = [];
    let previous: number | null = null;
    for (;;) {
      this.#skipIgnored();
      const one = this.#cursor.peek();
      if (one === "" || one === "|" || one === ")") return sequence(items);
      const start = this.#cursor.at;
      const item = this.#item(previous);
      previous = start;
      if (item === null) continue;
      // \Q…\E is text: what follows it quantifies its last character.
      const quoted = one === "\\" && item.kind === "sequence" ? item.items : [];
      items.push(...quoted.slice(0, -1));
      items.push(this.#quantified(quoted.at(-1) ?? item, start));
    }
  }

  /** Skips `(?#…)`, and under `x` what stands behind `#` and Unicode's pattern white space. */
  #skipIgnored(): void {
    for (;;) {
      const start = this.#cursor.at;
      const one = this.#cursor.peek();
      if (this.#cursor.take("(?#")) {
        while (this.#cursor.next() !== ")") {
          if (this.#cursor.done) throw this.#cursor.refuse("parenthesis", start);
        }
      } else if (!this.#state.flags.x || one === "") return;
      else if (one === "#") while (!this.#cursor.done) this.#cursor.next();
      else if ("\u0085\u200e\u200f\u2028\u2029".includes(one)) this.#cursor.next();
      else return;
    }
  }

  #quantified(item: PatternNode, start: number): PatternNode {
    this.#skipIgnored();
    const at = this.#cursor.at;
    const quantifier = readQuantifier(this.#cursor);
    if (quantifier === null) return item;
    if (item.kind === "keep") throw this.#cursor.refuse("keep-in-group", start);
    this.#skipIgnored();
    if (readQuantifier(this.#cursor) !== null) throw this.#cursor.refuse("nested-quantifier", at);
    return { kind: "repeat", body: item, ...quantifier, at: start };
  }

  /** Reads one thing that may be quantified; null for what leaves nothing behind. */
  #item(previous: number | null): PatternNode | null {
    refuseVariable(this.#cursor);
    const start = this.#cursor.at;
    const { flags } = this.#state;
    const one = this.#cursor.next();
    switch (one) {
      case "^":
        return { kind: "assertion", assertion: flags.m ? "lineStart" : "start" };
      case "$":
        return { kind: "assertion", assertion: flags.m ? "lineEnd" : "endOrNewline" };
      case ".":
        return { kind: "set", set: flags.s ? ANYTHING : NOT_NEWLINE, sequences: [] };
      case "[":
        return readBracketedClass(this.#cursor, flags.i);
      case "(":
        return this.#group(start);
      case "\\":
        return readEscape(this.#state);
      case "*":
      case "+":
      case "?":
        throw this.#cursor.refuse("nothing-to-repeat", start);
      case "{":
        this.#checkBrace(start, previous);
        break;
    }
    return { kind: "character", code: one.codePointAt(0) ?? 0, fold: flags.i };
  }

  /** A brace that begins no quantifier is a character, where Perl is certain of it. */
  #checkBrace(start: number, previous: number | null): void {
    this.#cursor.at = start;
    if (readQuantifier(this.#cursor) !== null) {
      throw this.#cursor.refuse("nothing-to-repeat", start);
    }
    const behind = previous === null ? "" : this.#cursor.source.characters[previous];
    if (behind !== undefined && "\\[(.^$".includes(behind) && behind !== "") {
      throw this.#cursor.refuse("brace");
    }
    this.#cursor.at = start + 1;
  }

  #group(start: number): PatternNode | null {
    const opening = readGroupOpening(this.#state, start);
    if (opening.kind === "whole") return opening.node;
    if (opening.kind === "flags") {
      this.#state.flags = opening.flags;
      return null;
    }
    const outer = this.#state.flags;
    if (opening.kind === "plain") this.#state.flags = opening.flags;
    const looks = opening.kind === "look" ? 1 : 0;
    this.#state.lookDepth += looks;
    this.#state.depth += 1;
    const body = this.#alternation();
    this.#state.depth -= 1;
    this.#state.lookDepth -= looks;
    this.#state.flags = outer;
    if (!this.#cursor.take(")")) throw this.#cursor.refuse("parenthesis", start);
    switch (opening.kind) {
      case "plain":
        return body;
      case "capture":
        return { kind: "group", number: opening.number, body };
      case "atomic":
        return { kind: "atomic", body, at: start };
      case "look":
        return {
          kind: "look",
          behind: opening.behind,
          negative: opening.negative,
          body,
          at: start,
        };
    }
  }
}

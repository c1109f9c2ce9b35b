/** Writes a pattern's tree as a JavaScript regular expression of the `u` flag and no other meaning-changing flag. */

import { LINE_ENDS, WORD_CHARACTERS } from "./character-classes.js";
import { CodePointSet } from "./code-point-set.js";
import { foldedSource } from "./folded-source.js";
import { emptiness } from "./pattern-length.js";
import type { Assertion, PatternNode, PatternTree } from "./pattern-tree.js";

/** A pattern in JavaScript. */
interface JavaScriptSource {
  readonly source: string;
  /** Perl's group number to JavaScript's; only groups that are used. */
  readonly groups: ReadonlyMap<number, number>;
  /** The JavaScript groups of which the one that matched holds what stands before `\K`. */
  readonly kept: readonly number[];
}

/**
 * Writes a pattern. `used`: the groups that are captured; the others only group. `outer`: how many
 * groups the caller opens before it. Throws FoldRunError.
 */
export function javaScriptSource(
  tree: PatternTree,
  used: ReadonlySet<number>,
  outer = 0,
): JavaScriptSource {
  const writer = new SourceWriter(used, outer);
  const source = writer.pattern(tree.body);
  return { source, groups: writer.groups, kept: writer.kept };
}

const word = WORD_CHARACTERS.source;

const ASSERTIONS: Readonly<Record<Assertion, string>> = {
  start: "^",
  // Perl finds no line behind the last newline.
  lineStart: "(?:^|(?<=\\n)(?!$))",
  end: "$",
  endOrNewline: "(?=\\n?$)",
  lineEnd: "(?=\\n|$)",
  boundary: `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`,
  notBoundary: `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word}))`,
};

const LINE_BREAK = `(?:\\r\\n|(?!\\r\\n)${CodePointSet.of([...LINE_ENDS.ranges]).source})`;

class SourceWriter {
  readonly groups = new Map<number, number>();
  readonly kept: number[] = [];
  readonly #used: ReadonlySet<number>;
  #opened: number;

  constructor(used: ReadonlySet<number>, outer: number) {
    this.#used = used;
    this.#opened = outer;
  }

  /** The whole pattern: `\K` may stand in its alternatives, and nowhere else. */
  pattern(node: PatternNode): string {
    if (node.kind === "alternation") return node.options.map((one) => this.#keeping(one)).join("|");
    return this.#keeping(node);
  }

  #keeping(node: PatternNode): string {
    const items = node.kind === "sequence" ? node.items : [node];
    const at = items.findLastIndex((item) => item.kind === "keep");
    if (at < 0) return this.#write(node);
    this.#opened += 1;
    this.kept.push(this.#opened);
    const before = this.#write({ kind: "sequence", items: items.slice(0, at) });
    return `(${before})${this.#write({ kind: "sequence", items: items.slice(at + 1) })}`;
  }

  #write(node: PatternNode): string {
    switch (node.kind) {
      case "character":
        return foldedSource([node.code], node.fold);
      case "set":
        return this.#set(node);
      case "assertion":
        return ASSERTIONS[node.assertion];
      case "lineBreak":
        return LINE_BREAK;
      case "sequence":
        return this.#sequence(node.items);
      case "alternation":
        return `(?:${node.options.map((one) => this.#write(one)).join("|")})`;
      case "group":
        return this.#group(node);
      case "atomic":
        return this.#atomic(() => this.#write(node.body));
      case "look":
        return `(?${node.behind ? "<" : ""}${node.negative ? "!" : "="}${this.#write(node.body)})`;
      case "repeat":
        return node.mode === "possessive"
          ? this.#atomic(() => this.#repeat({ ...node, mode: "greedy" }))
          : this.#repeat(node);
      case "backreference":
        return `(?:\\${this.groups.get(node.group) ?? 0})`;
      case "keep":
        return "";
    }
  }

  #set({ set, sequences }: PatternNode & { kind: "set" }): string {
    if (sequences.length === 0) return set.source;
    const longest = [...sequences].sort((a, b) => b.length - a.length);
    return `(?:${[...longest.map((one) => foldedSource(one, true)), set.source].join("|")})`;
  }

  /** Adjacent characters are written together, since ss may be one character where case does not count. */
  #sequence(items: readonly PatternNode[]): string {
    let out = "";
    for (let at = 0; at < items.length; at += 1) {
      const item = items[at];
      if (item?.kind !== "character") {
        out += item ? this.#write(item) : "";
        continue;
      }
      const run = [item.code];
      for (
        let next = items[at + 1];
        next?.kind === "character" && next.fold === item.fold;
        next = items[at + 1]
      ) {
        run.push(next.code);
        at += 1;
      }
      out += foldedSource(run, item.fold);
    }
    return out;
  }

  #group(node: PatternNode & { kind: "group" }): string {
    if (!this.#used.has(node.number)) return `(?:${this.#write(node.body)})`;
    this.#opened += 1;
    this.groups.set(node.number, this.#opened);
    return `(${this.#write(node.body)})`;
  }

  /** A lookahead does not give back what it took; the backreference then takes just that. */
  #atomic(body: () => string): string {
    this.#opened += 1;
    const own = this.#opened;
    return `(?:(?=(${body()}))\\${own})`;
  }

  #repeat({ body, min, max, mode }: PatternNode & { kind: "repeat" }): string {
    const source = `(?:${this.#write(body)})`;
    const lazy = mode === "lazy";
    if (min === 0 && max === 1 && emptiness(body) !== "never") {
      // A JavaScript quantifier would not accept the empty match, as Perl's does.
      return lazy ? `(?:|${source})` : `(?:${source}|)`;
    }
    const bounds =
      max === Infinity ? (min === 0 ? "*" : min === 1 ? "+" : `{${min},}`) : `{${min},${max}}`;
    return source + bounds + (lazy ? "?" : "");
  }
}

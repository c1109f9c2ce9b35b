/**
 * Unicode 14.0 character tables out of XRegExp: it carries that version, Perl 5.36's, whatever the
 * engine's own is. Its tables stand as source text in UTF-16 units; here one becomes a set. They are
 * read without the library around them, which takes ten times as long to load.
 */

import { createRequire } from "node:module";
import { CodePointSet } from "./code-point-set.js";

const require = createRequire(import.meta.url);

interface Table {
  readonly name: string;
  /** The inside of a character class. */
  readonly bmp?: string;
  /** Alternatives of a high surrogate, or a class of them, and a low one. */
  readonly astral?: string;
}

const FILES = ["categories", "properties", "scripts"] as const;

/**
 * The code points of a general category (`Lu`), a script by its long name (`Latin`), or a property
 * (`Alphabetic`) that XRegExp is known to have; throws if it has not.
 */
export function xregexpTable(name: string): CodePointSet {
  for (const file of FILES) {
    const tables = require(`xregexp/tools/output/${file}.js`) as readonly Table[];
    const table = tables.find((candidate) => candidate.name === name);
    if (table) return CodePointSet.of(rangesOf(sourceOf(table)));
  }
  throw new Error(`XRegExp has no table ${name}`);
}

function sourceOf({ bmp, astral }: Table): string {
  return [bmp && `[${bmp}]`, astral].filter(Boolean).join("|");
}

type Range = readonly [first: number, last: number];

/** Reads `[A-ZÀ]|\ud801[\udf80-\udf85]`: alternatives of one or two classes of UTF-16 units. */
function rangesOf(source: string): number[] {
  const units = new UnitReader(source);
  const ranges: number[] = [];
  for (;;) {
    const high = units.classOrUnit();
    const low = units.done || units.takes("|") ? null : units.classOrUnit();
    for (const [first, last] of high) {
      if (low === null) ranges.push(first, last);
      else {
        for (let unit = first; unit <= last; unit += 1) ranges.push(...astral(unit, low));
      }
    }
    if (low !== null && !units.done) units.takes("|");
    if (units.done) return ranges;
  }
}

function astral(high: number, low: readonly Range[]): number[] {
  const base = 0x10000 + (high - 0xd800) * 0x400 - 0xdc00;
  return low.flatMap(([first, last]) => [base + first, base + last]);
}

class UnitReader {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  get done(): boolean {
    return this.#at >= this.#text.length;
  }

  takes(expected: string): boolean {
    if (this.#text[this.#at] !== expected) return false;
    this.#at += 1;
    return true;
  }

  classOrUnit(): Range[] {
    if (!this.takes("[")) return [this.#range()];
    const ranges: Range[] = [];
    while (!this.takes("]")) ranges.push(this.#range());
    return ranges;
  }

  #range(): Range {
    const first = this.#unit();
    return [first, this.takes("-") ? this.#unit() : first];
  }

  #unit(): number {
    // XRegExp forgot to double the backslash among the Po, where a character beyond ASCII follows it.
    const escaped = /\\(?:u([0-9A-Fa-f]{4})|([tnrfv])|([ -~]))/y;
    escaped.lastIndex = this.#at;
    const match = escaped.exec(this.#text);
    if (!match) return this.#text.charCodeAt(this.#at++);
    this.#at += match[0].length;
    if (match[1] !== undefined) return Number.parseInt(match[1], 16);
    if (match[2] !== undefined) return { t: 9, n: 10, v: 11, f: 12, r: 13 }[match[2]] ?? 0;
    return (match[3] ?? "").charCodeAt(0);
  }
}

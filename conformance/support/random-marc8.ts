/** Random MARC-8 texts over every character set and every way of designating it. */

import { ONE_BYTE_SETS } from "../../src/marc/charset/tables.js";
import { EACC_RUNS } from "../../src/marc/charset/tables-eacc.js";

/** What a text holds that readers are known to treat differently. */
export type Feature = "several marks" | "non-sort" | "mark on blank" | "East Asian in G1";

export interface RandomText {
  readonly bytes: Buffer;
  readonly features: ReadonlySet<Feature>;
}

interface OneByteSet {
  readonly bases: readonly number[];
  readonly marks: readonly number[];
}

const ANSEL = "E";
const FIRST_HALVES = new Map([
  [0x6b, 0x6c],
  [0x7a, 0x7b],
]);
const HALVES = new Set([0x6b, 0x6c, 0x7a, 0x7b]);

function oneByteSet(words: string): OneByteSet {
  const bases: number[] = [];
  const marks: number[] = [];
  words.split(",").forEach((word, index) => {
    const position = index + 0x20;
    if (word === "" || position === 0x20) return;
    (Number.parseInt(word, 16) >= 0x10000 ? marks : bases).push(position);
  });
  return { bases, marks };
}

const SETS = new Map(Object.entries(ONE_BYTE_SETS).map(([final, w]) => [final, oneByteSet(w)]));
const FINALS = [...SETS.keys(), "1"];

function eaccCodes(): number[][] {
  const codes: number[][] = [];
  for (const line of EACC_RUNS.split("\n")) {
    const [plane, ...runs] = line.split(" ");
    for (const run of runs) {
      const row = Number.parseInt(run.slice(0, 2), 16);
      let column = Number.parseInt(run.slice(2, 4), 16);
      for (const _ of run.slice(4)) codes.push([Number.parseInt(plane, 16), row, column++]);
    }
  }
  return codes;
}

const EACC = eaccCodes();

/** Writes one text at a time; `random` gives whole numbers below its argument. */
class Writer {
  private readonly out: number[] = [];
  private readonly features = new Set<Feature>();

  constructor(private readonly random: (below: number) => number) {}

  text(): RandomText {
    const segments = 1 + this.random(4);
    for (let index = 0; index < segments; index++) this.segment();
    return { bytes: Buffer.from(this.out), features: this.features };
  }

  private pick<T>(choices: readonly T[]): T {
    return choices[this.random(choices.length)];
  }

  private write(text: string): void {
    for (const character of text) this.out.push(character.charCodeAt(0));
  }

  /** A few characters of one set, which is designated before and taken back after them. */
  private segment(): void {
    const final = this.pick(FINALS);
    const single = /[gbp]/.test(final);
    const high = !single && this.random(3) === 0;
    this.designate(final, high, single);
    const length = 1 + this.random(6);
    for (let index = 0; index < length; index++) this.character(final, high ? 0x80 : 0);
    if (high) this.write("\x1b)!E");
    else this.write(single && this.random(2) === 0 ? "\x1bs" : "\x1b(B");
    if (this.random(2) === 0) this.write(" ");
    if (this.random(40) === 0) this.nonSort();
  }

  private designate(final: string, high: boolean, single: boolean): void {
    const several = final === "1";
    if (several && high) this.features.add("East Asian in G1");
    const ways = high ? [")", "-"] : several ? ["", ","] : ["(", ","];
    const name = final === ANSEL ? "!E" : final;
    this.write(single ? `\x1b${final}` : `\x1b${several ? "$" : ""}${this.pick(ways)}${name}`);
  }

  private character(final: string, half: number): void {
    if (final === "1") {
      for (const byte of this.pick(EACC)) this.out.push(byte | half);
      return;
    }
    const set = SETS.get(final);
    if (set === undefined) return;
    const marks = set.marks.filter((mark) => !HALVES.has(mark) || final !== ANSEL);
    if (final === ANSEL && this.random(8) === 0) this.doubleMark(half);
    for (let room = 3; marks.length > 0 && room > 0 && this.random(3) === 0; room--) {
      if (room < 3) this.features.add("several marks");
      this.out.push(this.pick(marks) | half);
    }
    if (this.random(60) === 0 && marks.length > 0) {
      this.out.push(this.pick(marks) | half);
      this.features.add("mark on blank");
      this.write(" ");
    }
    this.out.push(this.pick(set.bases) | half);
  }

  private doubleMark(half: number): void {
    const [first, second] = this.pick([...FIRST_HALVES]);
    this.out.push(first | half, 0xb1 ^ 0x80 ^ half, second | half);
  }

  private nonSort(): void {
    this.features.add("non-sort");
    this.write("\x88The \x89");
  }
}

/** The next random text. */
export function randomMarc8(random: (below: number) => number): RandomText {
  return new Writer(random).text();
}

/**
 * Unicode 14.0 case folding and case mapping as Perl does them: full folding (ß is ss), and upper,
 * lower and title case character by character, without the rules of context that JavaScript adds
 * (its final sigma), and without case pairs of later Unicode versions.
 */

import { CodePointSet } from "./code-point-set.js";
import { SEQUENCE_FOLDS, SINGLE_FOLDS, TITLECASE } from "./unicode-data.js";

/** Characters that fold to a sequence: the folded code points, and every character that folds so. */
interface FoldSequence {
  readonly folded: readonly number[];
  readonly characters: CodePointSet;
}

interface FoldTables {
  /** Character to folded code points, where they differ. */
  readonly folds: ReadonlyMap<number, readonly number[]>;
  /** Folded text to every character that folds to it, itself among them. */
  readonly sources: ReadonlyMap<string, readonly number[]>;
  /** Sequences by their first folded code point. */
  readonly sequences: ReadonlyMap<number, readonly FoldSequence[]>;
  /** All that stands in those sequences. */
  readonly inSequences: ReadonlySet<number>;
  /** Characters that have a case in Unicode 14.0. */
  readonly cased: ReadonlySet<string>;
}

let tables: FoldTables | null = null;
let titles: ReadonlyMap<string, string> | null = null;

/** Folds one character: one or several code points. */
export function fold(code: number): readonly number[] {
  return foldTables().folds.get(code) ?? [code];
}

/** Every character that is the same as this one when case does not count, itself among them. */
export function caseVariants(code: number): CodePointSet {
  const { folds, sources } = foldTables();
  const same = sources.get(key(folds.get(code) ?? [code]));
  return same ? CodePointSet.of(same.flatMap((one) => [one, one])) : CodePointSet.single(code);
}

/** A set with every case variant of its members. */
export function closeOverCase(set: CodePointSet): CodePointSet {
  const { sources } = foldTables();
  const extra: number[] = [];
  for (const same of sources.values()) {
    if (same.some((code) => set.has(code))) extra.push(...same.flatMap((code) => [code, code]));
  }
  return extra.length > 0 ? set.union(CodePointSet.of(extra)) : set;
}

/** The sequences that begin with this folded code point and are also written as one character. */
export function foldSequences(first: number): readonly FoldSequence[] {
  return foldTables().sequences.get(first) ?? [];
}

/** Whether some character folds to a sequence that holds this one. */
export function isInFoldSequence(code: number): boolean {
  return foldTables().inSequences.has(code);
}

/** `\U`. */
export function upperCase(text: string): string {
  return mapCharacters(text, (one) => one.toUpperCase());
}

/** `\L`. */
export function lowerCase(text: string): string {
  return mapCharacters(text, (one) => one.toLowerCase());
}

/** `\u`: the first character in title case (ß becomes Ss). */
export function titleFirst(text: string): string {
  return mapFirst(text, (one) => titleTable().get(one) ?? one.toUpperCase());
}

/** `\l`: the first character in lower case. */
export function lowerFirst(text: string): string {
  return mapFirst(text, (one) => one.toLowerCase());
}

function mapFirst(text: string, map: (one: string) => string): string {
  if (text === "") return "";
  const first = String.fromCodePoint(text.codePointAt(0) ?? 0);
  return mapCharacters(first, map) + text.slice(first.length);
}

function mapCharacters(text: string, map: (one: string) => string): string {
  if (/^[\0-\x7f]*$/.test(text)) return map(text);
  const { cased } = foldTables();
  let out = "";
  for (const one of text) out += cased.has(one) ? map(one) : one;
  return out;
}

const key = (codes: readonly number[]): string => String.fromCodePoint(...codes);
const parsed = (entry: string): number[] =>
  entry.split(":").map((part) => Number.parseInt(part, 36));

function foldTables(): FoldTables {
  tables ??= buildFoldTables();
  return tables;
}

function buildFoldTables(): FoldTables {
  const folds = new Map<number, readonly number[]>();
  for (const entry of SINGLE_FOLDS.split(" ")) {
    const [start = 0, count = 0, stride = 1, offset = 0] = parsed(entry);
    for (let n = 0; n < count; n += 1) {
      folds.set(start + n * stride, [start + n * stride + offset]);
    }
  }
  for (const entry of SEQUENCE_FOLDS.split(" ")) {
    const [code = 0, ...folded] = parsed(entry);
    folds.set(code, folded);
  }
  const sources = new Map<string, number[]>();
  for (const [code, folded] of folds) {
    const text = key(folded);
    const same = sources.get(text) ?? (folded.length === 1 ? [...folded] : []);
    same.push(code);
    sources.set(text, same);
  }
  const inSequences = new Set([...folds.values()].filter(({ length }) => length > 1).flat());
  const sequences = sequencesByFirst(sources);
  return { folds, sources, sequences, inSequences, cased: casedCharacters(folds) };
}

function sequencesByFirst(
  sources: ReadonlyMap<string, readonly number[]>,
): ReadonlyMap<number, readonly FoldSequence[]> {
  const sequences = new Map<number, FoldSequence[]>();
  for (const [text, same] of sources) {
    const folded = Array.from(text, (one) => one.codePointAt(0) ?? 0);
    const [first = 0] = folded;
    if (folded.length === 1) continue;
    const characters = CodePointSet.of(same.flatMap((code) => [code, code]));
    sequences.set(first, [...(sequences.get(first) ?? []), { folded, characters }]);
  }
  return sequences;
}

function casedCharacters(folds: ReadonlyMap<number, readonly number[]>): ReadonlySet<string> {
  // The dotless i has an upper case and folds to itself.
  const cased = new Set<string>(["\u0131"]);
  for (const [code, folded] of folds) {
    cased.add(String.fromCodePoint(code));
    for (const one of folded) cased.add(String.fromCodePoint(one));
  }
  return cased;
}

function titleTable(): ReadonlyMap<string, string> {
  titles ??= new Map(
    TITLECASE.split(" ").map((entry) => {
      const [code = 0, ...title] = parsed(entry);
      return [String.fromCodePoint(code), key(title)];
    }),
  );
  return titles;
}

/** The match keys of a row: what each match method compares, as text and as a number. */

import { hash53 } from "./hash.js";
import { type KeySource, MATCH_METHODS, type MatchMethod, methodNamed } from "./methods.js";

/**
 * Makes the normalised texts by which a row is compared under a method, each once. Two rows are
 * duplicates when they have one in common. A row in which a needed value is missing, or holds
 * nothing but punctuation, has none: missing never equals missing.
 */
export function keyTexts(method: MatchMethod, source: KeySource): readonly string[] {
  return methodNamed(method).texts(source);
}

/** Seeds come from the names, so that a method added later changes no stored key. */
const SEEDS: ReadonlyMap<MatchMethod, number> = new Map(
  MATCH_METHODS.map((method) => [method, hash53(method) | 0]),
);

/** Key texts of a row, and what they are as numbers. */
interface KeysOfRow {
  readonly texts: readonly string[];
  readonly hashes: readonly number[];
}

/** Those of a method that makes many, of the row that was asked for last: they are asked for again at once. */
let last: KeysOfRow & { readonly method: MatchMethod } = { method: "NONE", texts: [], hashes: [] };

/** The key texts of a row under a method, each beside its hash. */
export function keysUnder(method: MatchMethod, source: KeySource): KeysOfRow {
  const texts = keyTexts(method, source);
  // The texts of one description are one list.
  if (last.texts === texts && last.method === method) return last;
  const hashes: number[] = [];
  for (let at = 0; at < texts.length; at++) hashes.push(keyHash(method, texts[at]));
  last = { method, texts, hashes };
  return last;
}

/**
 * Hashes a normalised text under a method, so that one index of integers serves all methods.
 * Two texts may share a hash: compare the texts on a hit.
 *
 * @returns an integer from 0 to 2^53 - 1, the same in every run and version
 */
export function keyHash(method: MatchMethod, text: string): number {
  return hash53(text, SEEDS.get(method));
}

/** The match keys of a row under some methods, as numbers. */
export function matchKeys(methods: readonly MatchMethod[], source: KeySource): number[] {
  const keys: number[] = [];
  for (const method of methods) {
    if (methodNamed(method).compare === undefined) {
      for (const text of keyTexts(method, source)) keys.push(keyHash(method, text));
    } else {
      const { hashes } = keysUnder(method, source);
      for (let at = 0; at < hashes.length; at++) keys.push(hashes[at]);
    }
  }
  return keys;
}

/** Writes literal text as JavaScript source, with Perl's full case folding where case does not count. */

import { caseVariants, fold, foldSequences } from "./case-folding.js";
import { literalSource } from "./code-point-set.js";

/** Thrown for a run of letters in which ligatures may overlap in too many ways. */
export class FoldRunError extends Error {
  constructor() {
    super("too many overlapping case foldings");
    this.name = "FoldRunError";
  }
}

/** The ways to write a run grow like Fibonacci's numbers with its length. */
const LONGEST_RUN = 12;

/**
 * Writes a run of characters. With `caseless` it matches every text whose full case folding is that
 * of the run: `ss` matches ß, `ffi` the ligature, and the other way round.
 */
export function foldedSource(run: readonly number[], caseless: boolean): string {
  if (!caseless) return run.map(literalSource).join("");
  const folded = run.flatMap(fold);
  const parts: string[] = [];
  for (let at = 0; at < folded.length; ) {
    const end = endOfCluster(folded, at);
    if (end - at > LONGEST_RUN) throw new FoldRunError();
    parts.push(waysToWrite(folded.slice(at, end)));
    at = end;
  }
  return parts.join("");
}

function startsHere(folded: readonly number[], at: number) {
  return foldSequences(folded[at] ?? 0).filter((sequence) =>
    sequence.folded.every((code, n) => folded[at + n] === code),
  );
}

/** The end of the stretch within which sequences overlap each other. */
function endOfCluster(folded: readonly number[], start: number): number {
  let end = start + 1;
  for (let at = start; at < end; at += 1) {
    for (const sequence of startsHere(folded, at)) end = Math.max(end, at + sequence.folded.length);
  }
  return end;
}

function waysToWrite(folded: readonly number[]): string {
  const [first] = folded;
  if (first === undefined) return "";
  const sequences = startsHere(folded, 0);
  const plainly = caseVariants(first).source + waysToWrite(folded.slice(1));
  if (sequences.length === 0) return plainly;
  const ways = sequences.map(
    ({ folded: taken, characters }) => characters.source + waysToWrite(folded.slice(taken.length)),
  );
  return `(?:${[plainly, ...ways].join("|")})`;
}

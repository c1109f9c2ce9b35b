/** What of the merged sources of a row differs before and after a change. */

import type { FieldValues } from "./contributions.js";
import type { MergedSource, SourcesAt } from "./merged-source.js";

export interface DifferingSources {
  /** Those of which anything that is remembered differs, by position; null if none does. */
  readonly sources: SourcesAt | null;
  /** Whether any offers or contributes something else than before. */
  readonly offersDiffer: boolean;
}

/** Compares by position; a source that is the same object has not changed. */
export function differingSources(
  before: readonly MergedSource[],
  after: readonly MergedSource[],
): DifferingSources {
  const gone = new Map(before.map((source) => [source.position, source]));
  const sources: Record<number, MergedSource | null> = {};
  let offersDiffer = false;
  for (const source of after) {
    const standing = gone.get(source.position);
    gone.delete(source.position);
    if (standing === source) continue;
    const isSame = standing !== undefined && sameOffer(standing, source);
    if (!isSame) offersDiffer = true;
    if (!isSame || !sameBooks(standing, source)) sources[source.position] = source;
  }
  for (const position of gone.keys()) sources[position] = null;
  const differ = Object.keys(sources).length > 0;
  return { sources: differ ? sources : null, offersDiffer: offersDiffer || gone.size > 0 };
}

/** Whether both offer the same, and contribute the same of it. */
export function sameOffer(one: MergedSource, other: MergedSource): boolean {
  return sameValues(one.offered, other.offered) && sameValues(one.contributed, other.contributed);
}

/** Whether the same is remembered of the records that both came from. */
export function sameBooks(one: MergedSource, other: MergedSource): boolean {
  return one.marcDate === other.marcDate && one.inputDigest === other.inputDigest;
}

/** Whether both have the same fields with the same values, in whatever order. */
export function sameValues(one: FieldValues, other: FieldValues): boolean {
  if (one === other) return true;
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length && names.every((name) => one[name] === other[name])
  );
}

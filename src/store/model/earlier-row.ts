/** From the changes of a row back to what the row was before them: pure folding of before-images. */

import type { BeforeImage, Change } from "./change.js";
import { type MergedSource, type SourcesAt, sourcesByPosition } from "./merged-source.js";

/** What is known of the sources that were merged into a row; neither where none has changed since. */
type EarlierSources = Pick<BeforeImage, "sources" | "sourcesAt">;

/** A row as it was; what no change has touched is absent and still stands in the row itself. */
export interface EarlierRow extends BeforeImage {
  /** Whether there was a row at all. */
  readonly exists: boolean;
  /** Whether `row` holds every column, and not only those that have changed since. */
  readonly whole: boolean;
  readonly row: Readonly<Record<string, unknown>>;
  readonly written: Readonly<Record<string, number>>;
}

const NOTHING_CHANGED: EarlierRow = { exists: true, whole: false, row: {}, written: {} };

/**
 * What one row was before these changes to it.
 *
 * @param changes of one row, latest first; none of them pruned
 */
export function goBack(changes: readonly Change[]): EarlierRow {
  return { ...changes.reduce(before, NOTHING_CHANGED), ...sourcesBefore(changes) };
}

function before(later: EarlierRow, { action, before: image }: Change): EarlierRow {
  if (action === "created") return { ...NOTHING_CHANGED, exists: false };
  if (image === null) throw new Error(`a change of kind ${action} without a before-image`);
  const { after: _, sources: __, sourcesAt: ___, ...parts } = image;
  const row = image.row ?? {};
  if (action === "deleted") {
    return { ...parts, exists: true, whole: true, row, written: image.written ?? {} };
  }
  // What had been written to a column is what stood there, unless the image says otherwise.
  const written = Object.entries(later.written).filter(([name]) => !(name in row));
  return {
    ...later,
    ...parts,
    row: { ...later.row, ...row },
    written: { ...Object.fromEntries(written), ...image.written },
  };
}

/** A row may have changed thousands of times by having something merged into it. */
function sourcesBefore(changes: readonly Change[]): EarlierSources {
  let at = new Map<number, MergedSource | null>();
  let isWhole = false;
  const set = (sources: SourcesAt) => {
    for (const [position, source] of Object.entries(sources)) at.set(Number(position), source);
  };
  for (const { action, before: image } of changes) {
    const all = action === "deleted" ? (image?.sources ?? []) : image?.sources;
    if (all || action === "created") {
      at = new Map();
      isWhole = all !== undefined;
    }
    if (all) set(sourcesByPosition(all));
    if (image?.sourcesAt) set(image.sourcesAt);
  }
  if (isWhole) return { sources: present(at) };
  return at.size > 0 ? { sourcesAt: Object.fromEntries(at) } : {};
}

/** The sources merged into a row as it was, in the order in which they came. */
export function sourcesOf(
  { sources, sourcesAt }: EarlierRow,
  now: readonly MergedSource[],
): readonly MergedSource[] {
  if (sources) return sources;
  if (!sourcesAt) return now;
  const at = Object.entries({ ...sourcesByPosition(now), ...sourcesAt });
  return present(new Map(at.map(([position, source]) => [Number(position), source])));
}

/** The merged sources that a row had at positions where others may stand now. */
export function sourcesToComeBack({ sources, sourcesAt }: EarlierRow): readonly MergedSource[] {
  return sources ?? Object.values(sourcesAt ?? {}).filter((source) => source !== null);
}

function present(at: ReadonlyMap<number, MergedSource | null>): MergedSource[] {
  const sources = [...at.values()].filter((source) => source !== null);
  return sources.sort((a, b) => a.position - b.position);
}

/** From the changes of a row back to what the row was before them: pure folding of before-images. */

import type { BeforeImage, Change } from "./changes.js";

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
  return changes.reduce(before, NOTHING_CHANGED);
}

function before(later: EarlierRow, { action, before: image }: Change): EarlierRow {
  if (action === "created") return { ...NOTHING_CHANGED, exists: false };
  if (image === null) throw new Error(`a change of kind ${action} without a before-image`);
  if (action === "deleted") {
    return {
      ...image,
      exists: true,
      whole: true,
      row: image.row ?? {},
      written: image.written ?? {},
      sources: image.sources ?? [],
    };
  }
  const { after: _, ...parts } = image;
  const row = image.row ?? {};
  // What had been written to a column is what stood there, unless the image says otherwise.
  const written = Object.entries(later.written).filter(([name]) => !(name in row));
  return {
    ...later,
    ...parts,
    row: { ...later.row, ...row },
    written: { ...Object.fromEntries(written), ...image.written },
  };
}

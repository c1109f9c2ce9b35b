/** How far substitutions may let a text grow. */

/** UTF-16 units; texts of records are a thousandth of that. */
export const MOST_GROWTH = 1024 * 1024;

/** A substitution has put in more than MOST_GROWTH. */
export class TextGrowthError extends Error {
  override readonly name = "TextGrowthError";

  constructor() {
    super("a substitution lets a text grow without measure");
  }
}

/** @throws TextGrowthError if so many units more are too many */
export function checkGrowth(units: number): void {
  if (units > MOST_GROWTH) throw new TextGrowthError();
}

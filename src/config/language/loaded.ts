/** What every kind of configuration does when all of it has been read. */

import type { EffectiveSetting, Reading } from "./section-reader.js";

/** In file order, defaults after them in the order of reading. */
export function effectiveSettings({ effective }: Reading): EffectiveSetting[] {
  return effective.toSorted(inFileOrder).map((entry) => entry.setting);
}

/** Subtracting would make NaN of two defaults, whose order is infinite. */
function inFileOrder(a: { order: number }, b: { order: number }): number {
  return a.order === b.order ? 0 : a.order < b.order ? -1 : 1;
}

/** The same value, it and all within it frozen. */
export function deepFreeze<T>(value: T): T {
  // Typed arrays with elements cannot be frozen.
  if (typeof value === "object" && value !== null && !ArrayBuffer.isView(value)) {
    Object.values(value).forEach(deepFreeze);
    Object.freeze(value);
  }
  return value;
}

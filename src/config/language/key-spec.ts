/** How a key of the configuration is described. */

import type { ValueType } from "./value-types.js";

/** One key. `T` is what its value becomes. */
export interface KeySpec<T> {
  readonly name: string;
  /** Another accepted spelling. */
  readonly alias: string | null;
  readonly type: ValueType<T>;
  /** The value of an unstated key, as it would be written; null: see `unstated`. */
  readonly initial: string | null;
  /** What an unstated key means where no value can say it. */
  readonly unstated: string;
  /** One sentence for the reference. */
  readonly doc: string;
}

/** A key that has a value even where it is unstated. */
export interface KeyWithDefault<T> extends KeySpec<T> {
  readonly initial: string;
}

/** The keys of a kind of section by name. */
export type Keys = Readonly<Record<string, KeySpec<unknown>>>;

/** A key that has a default. */
export function key<T>(
  name: string,
  type: ValueType<T>,
  initial: string,
  doc: string,
  alias: string | null = null,
): KeyWithDefault<T> {
  return { name, alias, type, initial, unstated: "", doc };
}

/** A key that has none; `unstated` says what it means where it is unstated. */
export function keyWithoutDefault<T>(
  name: string,
  type: ValueType<T>,
  unstated: string,
  doc: string,
): KeySpec<T> {
  return { name, alias: null, type, initial: null, unstated, doc };
}

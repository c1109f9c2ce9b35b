/** What values of JSON are, where they should be something else. */

export type JsonObject = Readonly<Record<string, unknown>>;

/** Why a value is not what it should be, as a clause. */
export class ShapeError extends Error {}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

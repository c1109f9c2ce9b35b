/** MARC-in-JSON: from a parsed JSON value to leader and fields, or why there is none. */

import type { PlainDataField, PlainField } from "../marc/build-record.js";

interface MijRecord {
  /** "" if there is none. */
  readonly leader: string;
  readonly fields: readonly PlainField[];
  /** The first key that has no place in a record, "" if there is none. */
  readonly leftOut: string;
}

const RECORD_KEYS: ReadonlySet<string> = new Set(["leader", "fields"]);
const FIELD_KEYS: ReadonlySet<string> = new Set(["ind1", "ind2", "subfields"]);

type JsonObject = Readonly<Record<string, unknown>>;

/** Why a value is not what it should be. */
class ShapeError extends Error {}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : `a ${typeof value}`;
}

/** The only key, null if there are several or none. */
function onlyKey(value: unknown): string | null {
  if (!isObject(value)) return null;
  let only: string | null = null;
  for (const key in value) {
    if (only !== null) return null;
    only = key;
  }
  return only;
}

/** Reads one record and remembers what it leaves out; a place is only put into words if it is bad. */
class Shape {
  leftOut = "";

  read(value: unknown): MijRecord {
    if (!isObject(value)) throw new ShapeError(`the value is ${kindOf(value)}, not an object`);
    const { leader, fields } = value;
    if (!Array.isArray(fields)) throw new ShapeError('there is no array "fields"');
    this.noteOthers(value, RECORD_KEYS);
    const text = this.text(leader, "the leader", "");
    const plain = fields.map((entry, index) => this.field(entry, index));
    return { leader: text, fields: plain, leftOut: this.leftOut };
  }

  private field(entry: unknown, index: number): PlainField {
    const tag = onlyKey(entry);
    if (tag === null) throw new ShapeError(`fields[${index}] is not an object with one key`);
    const value = (entry as JsonObject)[tag];
    return isObject(value)
      ? this.dataField(tag, value)
      : { tag, text: this.text(value, "field", tag) };
  }

  private dataField(tag: string, value: JsonObject): PlainDataField {
    const { ind1, ind2, subfields } = value;
    if (!Array.isArray(subfields)) throw new ShapeError(`field ${tag} has no array "subfields"`);
    this.noteOthers(value, FIELD_KEYS);
    return {
      tag,
      indicator1: this.text(ind1, "an indicator of", tag),
      indicator2: this.text(ind2, "an indicator of", tag),
      subfields: subfields.map((entry) => this.subfield(entry, tag)),
    };
  }

  private subfield(entry: unknown, tag: string): [string, string] {
    const code = onlyKey(entry);
    if (code === null) throw new ShapeError(`a subfield of ${tag} is not an object with one key`);
    return [code, this.text((entry as JsonObject)[code], "a subfield of", tag)];
  }

  /** A text; null and nothing are an empty one. */
  private text(value: unknown, what: string, tag: string): string {
    if (typeof value === "string") return value;
    if (value === null || value === undefined) return "";
    throw new ShapeError(`${`${what} ${tag}`.trim()} is ${kindOf(value)}, not a string`);
  }

  private noteOthers(value: JsonObject, known: ReadonlySet<string>): void {
    if (this.leftOut !== "") return;
    for (const key in value) if (!known.has(key)) this.leftOut = key;
  }
}

/**
 * Reads `{"leader": "…", "fields": [{"001": "…"}, {"245": {"ind1": "1", "ind2": "0", "subfields":
 * [{"a": "…"}]}}]}` (Ross Singer's proposal of 2010, as all tools write it).
 *
 * @returns the record, or why the value is not one, as a clause
 */
export function mijRecord(value: unknown): MijRecord | string {
  try {
    return new Shape().read(value);
  } catch (error) {
    if (error instanceof ShapeError) return error.message;
    throw error;
  }
}

/** MARC-in-JSON: from a parsed JSON value to leader and fields, or why there is none. */

import type { PlainDataField, PlainField } from "../marc/build-record.js";

export interface MijRecord {
  /** "" if there is none. */
  readonly leader: string;
  readonly fields: readonly PlainField[];
  /** The first key that has no place in a record, "" if there is none. */
  readonly leftOut: string;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** Why a value is not what it should be. */
class ShapeError extends Error {}

function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "an array" : typeof value;
}

/** The only key and its value; several would leave open whether one came twice and was lost. */
function onlyEntry(value: unknown, place: string): [string, unknown] {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (entries.length !== 1) throw new ShapeError(`${place} is not an object with one key`);
  return entries[0];
}

/** A text; null and nothing are an empty one. */
function textOf(value: unknown, place: string): string {
  if (typeof value === "string") return value;
  if (value === null || value === undefined) return "";
  throw new ShapeError(`${place} is ${kindOf(value)}, not a string`);
}

/** Reads one record and remembers what it leaves out. */
class Shape {
  leftOut = "";

  read(value: unknown): MijRecord {
    if (!isObject(value)) throw new ShapeError(`the value is ${kindOf(value)}, not an object`);
    const { leader, fields } = value;
    if (!Array.isArray(fields)) throw new ShapeError('there is no array "fields"');
    this.noteOthers(value, ["leader", "fields"]);
    const plain = fields.map((entry, index) => this.field(entry, `fields[${index}]`));
    return { leader: textOf(leader, "leader"), fields: plain, leftOut: this.leftOut };
  }

  private field(entry: unknown, place: string): PlainField {
    const [tag, value] = onlyEntry(entry, place);
    if (isObject(value)) return this.dataField(tag, value, `${place} (${tag})`);
    return { tag, text: textOf(value, `${place} (${tag})`) };
  }

  private dataField(tag: string, value: JsonObject, place: string): PlainDataField {
    const { ind1, ind2, subfields } = value;
    if (!Array.isArray(subfields)) throw new ShapeError(`${place} has no array "subfields"`);
    this.noteOthers(value, ["ind1", "ind2", "subfields"]);
    return {
      tag,
      indicator1: textOf(ind1, `${place} ind1`),
      indicator2: textOf(ind2, `${place} ind2`),
      subfields: subfields.map((entry, index): [string, string] => {
        const [code, text] = onlyEntry(entry, `${place} subfields[${index}]`);
        return [code, textOf(text, `${place} $${code}`)];
      }),
    };
  }

  private noteOthers(value: JsonObject, known: readonly string[]): void {
    if (this.leftOut !== "") return;
    for (const key in value) if (!known.includes(key)) this.leftOut = key;
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

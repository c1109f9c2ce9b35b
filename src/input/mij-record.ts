/**
 * JSON of MARC: from a parsed value to leader and fields, or why there is none. Each record says by its
 * shape how it was written: as MARC-in-JSON, as NatLibFi, Catmandu or FOLIO write it, or as an edition of
 * Open Library.
 */

import type { PlainDataField, PlainField } from "../marc/build-record.js";
import { isEdition } from "./edition-keys.js";
import { editionRecord } from "./edition-record.js";
import { outOfEnvelope } from "./json-envelope.js";
import { isObject, type JsonObject, kindOf, ShapeError } from "./json-shape.js";

export interface MijRecord {
  /** "" if there is none. */
  readonly leader: string;
  readonly fields: readonly PlainField[];
  /** The first key that has no place in a record, "" if there is none. */
  readonly leftOut: string;
  /** What of its envelope says that it is deleted, "" if nothing does. */
  readonly deleted: string;
}

const RECORD_KEYS: ReadonlySet<string> = new Set(["leader", "fields"]);
const FIELD_KEYS: ReadonlySet<string> = new Set(["ind1", "ind2", "subfields"]);
const TAGGED_KEYS: ReadonlySet<string> = new Set(["tag", "value", ...FIELD_KEYS]);
const CODED_KEYS: ReadonlySet<string> = new Set(["code", "value"]);
const ROWS_KEYS: ReadonlySet<string> = new Set(["_id", "record"]);
/** Catmandu: the tag of the leader, and the code of what has no subfields. */
const LEADER = "LDR";
const NO_CODE = "_";

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

  read(value: unknown): Omit<MijRecord, "deleted"> {
    if (!isObject(value)) throw new ShapeError(`the value is ${kindOf(value)}, not an object`);
    if (isRows(value)) return this.rows(value);
    const { leader, fields } = value;
    if (!Array.isArray(fields)) throw new ShapeError(`there is no array "fields"${within(value)}`);
    this.noteOthers(value, RECORD_KEYS);
    const text = this.text(leader, "the leader", "");
    const plain = fields.map((entry, index) => this.field(entry, index));
    return { leader: text, fields: plain, leftOut: this.leftOut };
  }

  /** Catmandu: each field an array of tag, indicators, and codes with their texts. */
  private rows(value: JsonObject & { readonly record: readonly unknown[] }) {
    this.noteOthers(value, ROWS_KEYS);
    const rows = value.record.map((row, index) => this.row(row, index));
    const found = rows.find(({ tag }) => tag === LEADER);
    const leader = found !== undefined && "text" in found ? found.text : "";
    return { leader, fields: rows.filter((row) => row !== found), leftOut: this.leftOut };
  }

  private row(row: unknown, index: number): PlainField {
    if (!Array.isArray(row) || row.length < 3 || row.length % 2 === 0) {
      throw new ShapeError(`record[${index}] is not an array of tag, indicators, codes and texts`);
    }
    const tag = this.text(row[0], "the tag of", `record[${index}]`);
    const subfields: [string, string][] = [];
    for (let at = 3; at < row.length; at += 2) {
      const code = this.text(row[at], "a code of", tag);
      subfields.push([code, this.text(row[at + 1], "a subfield of", tag)]);
    }
    if (subfields.length === 1 && subfields[0][0] === NO_CODE) {
      return { tag, text: subfields[0][1] };
    }
    return {
      tag,
      indicator1: this.text(row[1], "an indicator of", tag),
      indicator2: this.text(row[2], "an indicator of", tag),
      subfields: subfields.filter(([code, text]) => code !== NO_CODE || text !== ""),
    };
  }

  private field(entry: unknown, index: number): PlainField {
    if (isObject(entry) && typeof entry.tag === "string") return this.tagged(entry, entry.tag);
    const tag = onlyKey(entry);
    if (tag === null) throw new ShapeError(`fields[${index}] is not an object with one key`);
    const value = (entry as JsonObject)[tag];
    return isObject(value)
      ? this.dataField(tag, value)
      : { tag, text: this.text(value, "field", tag) };
  }

  /** NatLibFi: the tag is a value, not a key. MARC-in-JSON has no tag `tag`. */
  private tagged(entry: JsonObject, tag: string): PlainField {
    if (entry.subfields !== undefined) return this.dataField(tag, entry, TAGGED_KEYS);
    this.noteOthers(entry, TAGGED_KEYS);
    return { tag, text: this.text(entry.value, "field", tag) };
  }

  private dataField(tag: string, value: JsonObject, known = FIELD_KEYS): PlainDataField {
    const { ind1, ind2, subfields } = value;
    if (!Array.isArray(subfields)) throw new ShapeError(`field ${tag} has no array "subfields"`);
    this.noteOthers(value, known);
    return {
      tag,
      indicator1: this.text(ind1, "an indicator of", tag),
      indicator2: this.text(ind2, "an indicator of", tag),
      subfields: subfields.map((entry) => this.subfield(entry, tag)),
    };
  }

  private subfield(entry: unknown, tag: string): [string, string] {
    if (isObject(entry) && typeof entry.code === "string") {
      this.noteOthers(entry, CODED_KEYS);
      return [entry.code, this.text(entry.value, "a subfield of", tag)];
    }
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

/** A list of fields as Catmandu writes it. */
function isRows(value: JsonObject): value is JsonObject & { readonly record: readonly unknown[] } {
  return Array.isArray(value.record) && value.fields === undefined;
}

/** Where the records are instead, as far as that can be seen. */
function within(value: JsonObject): string {
  const list = Object.keys(value).find((key) => Array.isArray(value[key]));
  return list === undefined ? "" : `; if its records are in "${list}", take them out of it`;
}

/**
 * Reads `{"leader": "…", "fields": [{"001": "…"}, {"245": {"ind1": "1", "ind2": "0", "subfields":
 * [{"a": "…"}]}}]}` (Ross Singer's proposal of 2010, as most tools write it), and what docs/formats.md
 * names besides.
 *
 * @returns the record, or why the value is not one, as a clause
 */
export function mijRecord(value: unknown): MijRecord | string {
  const { content, deleted } = outOfEnvelope(value);
  if (typeof content === "string") return content;
  try {
    if (isObject(content) && isEdition(content)) return editionRecord(content);
    return { ...new Shape().read(content), deleted };
  } catch (error) {
    if (error instanceof ShapeError) return error.message;
    throw error;
  }
}

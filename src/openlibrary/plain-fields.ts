/** A record's fields as text, as the table of Open Library's editions asks for them. */

import { type MarcRecord, tagText } from "../marc/marc-record.js";

export interface PlainField {
  readonly tag: string;
  /** Of a control field; "" for others. */
  readonly text: string;
  readonly indicator1: string;
  readonly indicator2: string;
  readonly subfields: readonly (readonly [code: string, text: string])[];
}

export class PlainRecord {
  readonly fields: readonly PlainField[];

  constructor(readonly record: MarcRecord) {
    const fields: PlainField[] = [];
    for (let at = 0; at < record.fieldCount; at++) fields.push(plainField(record, at));
    this.fields = fields;
  }

  /** The fields of some tags, as they stand in the record; `X` is any digit. */
  of(...tags: readonly string[]): PlainField[] {
    const patterns = tags.map((tag) => new RegExp(`^${tag.replaceAll("X", "\\d")}$`));
    return this.fields.filter(({ tag }) => patterns.some((pattern) => pattern.test(tag)));
  }

  /** The text of the first control field of a tag, "" if there is none. */
  control(tag: string): string {
    return this.fields.find((field) => field.tag === tag)?.text ?? "";
  }

  /** The texts of some subfields of all fields of a tag. */
  texts(tag: string, codes: string): string[] {
    return this.of(tag).flatMap((field) => textsOf(field, codes));
  }
}

/** The texts of some subfields, in the order of the field, trimmed, empty ones left out. */
export function textsOf({ subfields }: PlainField, codes: string): string[] {
  return subfields
    .filter(([code]) => codes.includes(code))
    .map(([, text]) => text.trim())
    .filter((text) => text !== "");
}

function plainField(record: MarcRecord, at: number): PlainField {
  const tag = tagText(record.tag(at));
  const [start, end] = [record.start(at), record.end(at)];
  if (record.isControl(at)) {
    const text = record.text(start, end);
    return { tag, text, indicator1: " ", indicator2: " ", subfields: [] };
  }
  const subfields: (readonly [string, string])[] = [];
  record.eachSubfield(at, (code, from, to) => {
    subfields.push([String.fromCharCode(code), record.text(from, to)]);
  });
  const indicator = (place: number) => String.fromCharCode(record.bytes[start + place]);
  return { tag, text: "", indicator1: indicator(0), indicator2: indicator(1), subfields };
}

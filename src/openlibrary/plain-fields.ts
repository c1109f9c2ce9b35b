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

/** The codes of subfields that hold words; figures link, number and name sources. */
export const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const FULL_008 = 40;
const NO_FIELDS: readonly PlainField[] = Object.freeze([]);

export class PlainRecord {
  readonly fields: readonly PlainField[];
  private readonly byTag = new Map<string, PlainField[]>();

  constructor(readonly record: MarcRecord) {
    const fields: PlainField[] = [];
    for (let at = 0; at < record.fieldCount; at++) {
      const field = plainField(record, at);
      fields.push(field);
      const same = this.byTag.get(field.tag);
      if (same === undefined) this.byTag.set(field.tag, [field]);
      else same.push(field);
    }
    this.fields = fields;
  }

  /** The fields of a tag, as they stand in the record. */
  of(tag: string): readonly PlainField[] {
    return this.byTag.get(tag) ?? NO_FIELDS;
  }

  /** The fields of some tags, as they stand in the record. */
  among(...tags: readonly string[]): PlainField[] {
    return this.fields.filter(({ tag }) => tags.includes(tag));
  }

  /** The text of the first control field of a tag, "" if there is none. */
  control(tag: string): string {
    return this.of(tag)[0]?.text ?? "";
  }

  /** 008: of several the one that is coded most fully. */
  get fixed(): string {
    const [first, ...others] = this.of("008").map(({ text }) => text);
    if (first === undefined) return "";
    const whole = [...others.filter((text) => text.length === FULL_008), first];
    const blanks = (text: string) => text.split(" ").length;
    return whole
      .reduce((best, one) => (blanks(one) < blanks(best) ? one : best))
      .replaceAll("\ufffd", " ");
  }

  /** The texts of some subfields of all fields of a tag. */
  texts(tag: string, codes: string): string[] {
    return this.of(tag).flatMap((field) => textsOf(field, codes));
  }

  /** The field 880 that a field's $6 leads to, which has the same text in its own script; null for none. */
  inOwnScript(field: PlainField, tag: string): PlainField | null {
    const [link] = textsOf(field, "6");
    return link === undefined ? null : this.linked(link.replace("880", tag));
  }

  /** The first field 880 whose $6 begins like this. */
  linked(start: string): PlainField | null {
    return this.of("880").find((other) => textsOf(other, "6")[0]?.startsWith(start)) ?? null;
  }
}

/** The texts of some subfields, in the order of the field, trimmed, empty ones left out. */
export function textsOf({ subfields }: PlainField, codes: string): string[] {
  return subfields
    .filter(([code]) => codes.includes(code))
    .map(([, text]) => text.trim())
    .filter((text) => text !== "");
}

/** All words of a field. */
export function wordsOf(field: PlainField): string {
  return textsOf(field, LETTERS).join(" ");
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
    subfields.push([String.fromCharCode(code), record.text(from, to).replaceAll("\u00a0", " ")]);
  });
  const indicator = (place: number) => String.fromCharCode(record.bytes[start + place]);
  return { tag, text: "", indicator1: indicator(0), indicator2: indicator(1), subfields };
}

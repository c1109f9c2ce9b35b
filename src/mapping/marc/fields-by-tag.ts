/** The fields of a MARC 21 record that are asked for, by tag. */

import { type MarcRecord, tagText } from "../../marc/marc-record.js";
import { ALTERNATE_GRAPHIC, linkedTag } from "./linked-fields.js";

/** One data field: its indicators and subfields in order. */
export interface FieldTexts {
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly (readonly [code: string, text: string])[];
}

/** By tag code the subfields that are read, "" for all. */
export type WantedFields = ReadonlyMap<number, string>;

export class FieldsByTag {
  private readonly fields = new Map<string, FieldTexts[]>();
  private readonly control = new Map<string, string[]>();
  /** The 880 fields by the tag that they are a pair with. */
  private readonly paired = new Map<string, FieldTexts[]>();

  constructor(record: MarcRecord, wanted: WantedFields) {
    for (let field = 0; field < record.fieldCount; field++) {
      const codes = wanted.get(record.tag(field));
      if (codes === undefined) continue;
      const tag = tagText(record.tag(field));
      if (record.isControl(field))
        this.addControl(tag, record.text(record.start(field), record.end(field)));
      else this.addData(tag, record, field, codes);
    }
  }

  private addControl(tag: string, text: string): void {
    const known = this.control.get(tag);
    if (known) known.push(text);
    else this.control.set(tag, [text]);
  }

  private addData(tag: string, record: MarcRecord, field: number, codes: string): void {
    const subfields: [string, string][] = [];
    record.eachSubfield(field, (byte, start, end) => {
      const code = String.fromCharCode(byte);
      if (codes === "" || codes.includes(code)) subfields.push([code, record.text(start, end)]);
    });
    const at = record.start(field);
    const one = {
      ind1: String.fromCharCode(record.bytes[at]),
      ind2: String.fromCharCode(record.bytes[at + 1]),
      subfields,
    };
    const isPaired = record.tag(field) === ALTERNATE_GRAPHIC;
    const fields = isPaired ? this.paired : this.fields;
    const key = isPaired ? tagText(linkedTag(record, field)) : tag;
    const known = fields.get(key);
    if (known) known.push(one);
    else fields.set(key, [one]);
  }

  /** The data fields of a tag. */
  all(...tags: string[]): FieldTexts[] {
    return tags.flatMap((tag) => this.fields.get(tag) ?? []);
  }

  /** The same in the other script of the record (880). */
  inOtherScript(...tags: string[]): FieldTexts[] {
    return tags.flatMap((tag) => this.paired.get(tag) ?? []);
  }

  controls(tag: string): readonly string[] {
    return this.control.get(tag) ?? [];
  }

  /** Texts of the subfields of all fields of a tag. */
  texts(tags: readonly string[], codes: string): string[] {
    return this.all(...tags).flatMap((field) => textsOf(field, codes));
  }
}

/** The texts of the subfields with these codes. */
export function textsOf({ subfields }: FieldTexts, codes: string): string[] {
  return subfields.filter(([code]) => codes.includes(code)).map(([, text]) => text);
}

/** The same as one text. */
export function joined(field: FieldTexts | undefined, codes: string): string {
  return field === undefined ? "" : textsOf(field, codes).join(" ");
}

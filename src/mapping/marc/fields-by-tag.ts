/** The fields of a MARC 21 record that are asked for, by tag. */

import { type MarcRecord, tagCode, tagText } from "../../marc/marc-record.js";
import { ALTERNATE_GRAPHIC, linkedTag } from "./linked-fields.js";

/** One data field: its indicators and subfields in order. */
export interface FieldTexts {
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly (readonly [code: string, text: string])[];
}

/** A tag that is asked for, and the codes of its subfields that are read. */
interface Wanted {
  readonly tag: string;
  readonly codes: string;
}

/** By tag code. */
export type WantedFields = ReadonlyMap<number, Wanted>;

/** @param list tags, each with the codes of its subfields: `245hnp` */
export function wantedFields(list: string): WantedFields {
  return new Map(
    list.split(" ").map((one) => {
      const tag = one.slice(0, 3);
      return [tagCode(tag), { tag, codes: one.slice(3) }];
    }),
  );
}

const NO_FIELDS: readonly FieldTexts[] = [];
const NO_TEXTS: readonly string[] = [];

export class FieldsByTag {
  private readonly fields = new Map<string, FieldTexts[]>();
  private readonly control = new Map<string, string[]>();
  /** The 880 fields by the tag that they are a pair with. */
  private readonly paired = new Map<string, FieldTexts[]>();

  constructor(record: MarcRecord, wanted: WantedFields) {
    for (let field = 0; field < record.fieldCount; field++) {
      const asked = wanted.get(record.tag(field));
      if (asked === undefined) continue;
      if (record.isControl(field))
        add(this.control, asked.tag, record.text(record.start(field), record.end(field)));
      else this.addData(asked, record, field);
    }
  }

  private addData({ tag, codes }: Wanted, record: MarcRecord, field: number): void {
    const subfields: [string, string][] = [];
    record.eachSubfield(field, (byte, start, end) => {
      const code = String.fromCharCode(byte);
      if (codes.includes(code)) subfields.push([code, record.text(start, end)]);
    });
    const at = record.start(field);
    const one = {
      ind1: String.fromCharCode(record.bytes[at]),
      ind2: String.fromCharCode(record.bytes[at + 1]),
      subfields,
    };
    if (record.tag(field) !== ALTERNATE_GRAPHIC) add(this.fields, tag, one);
    else add(this.paired, tagText(linkedTag(record, field)), one);
  }

  /** The data fields of a tag. */
  all(...tags: readonly string[]): readonly FieldTexts[] {
    return allIn(this.fields, tags);
  }

  /** The same in the other script of the record (880). */
  inOtherScript(...tags: readonly string[]): readonly FieldTexts[] {
    return this.paired.size === 0 ? NO_FIELDS : allIn(this.paired, tags);
  }

  controls(tag: string): readonly string[] {
    return this.control.get(tag) ?? NO_TEXTS;
  }

  /** Texts of the subfields of all fields of a tag. */
  texts(tags: readonly string[], codes: string): readonly string[] {
    const fields = allIn(this.fields, tags);
    if (fields.length === 0) return NO_TEXTS;
    if (fields.length === 1) return textsOf(fields[0], codes);
    return fields.flatMap((field) => textsOf(field, codes));
  }
}

function add<T>(map: Map<string, T[]>, tag: string, one: T): void {
  const known = map.get(tag);
  if (known) known.push(one);
  else map.set(tag, [one]);
}

function allIn(
  fields: ReadonlyMap<string, readonly FieldTexts[]>,
  tags: readonly string[],
): readonly FieldTexts[] {
  let found = NO_FIELDS;
  for (const tag of tags) {
    const further = fields.get(tag);
    if (further !== undefined) found = found.length === 0 ? further : [...found, ...further];
  }
  return found;
}

/** The texts of the subfields with these codes. */
export function textsOf({ subfields }: FieldTexts, codes: string): string[] {
  const texts: string[] = [];
  for (const [code, text] of subfields) if (codes.includes(code)) texts.push(text);
  return texts;
}

/** The same as one text. */
export function joined(field: FieldTexts | undefined, codes: string): string {
  return field === undefined ? "" : textsOf(field, codes).join(" ");
}

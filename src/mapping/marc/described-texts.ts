/** The texts of a MARC 21 record that its description is made from. */

import type {
  DescribedTexts,
  NameText,
  NumberText,
  SeriesText,
} from "../../fields/described-texts.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { tagText } from "../../marc/marc-record.js";
import { carrierForms } from "./carrier-form.js";

/** One data field: its indicators and subfields in order. */
export interface FieldTexts {
  readonly ind1: string;
  readonly ind2: string;
  readonly subfields: readonly (readonly [code: string, text: string])[];
}

/** Fields that tell of a description. */
const WANTED =
  /^(?:006|007|008|010|020|022|024|027|028|030|035|041|086|088|1[013]0|111|130|240|245|246|247|250|254|255|26[04]|300|33[78]|440|490|533|534|7[01]0|711|740|830|856)$/;

export class FieldsByTag {
  private readonly fields = new Map<string, FieldTexts[]>();
  private readonly control = new Map<string, string[]>();

  constructor(record: MarcRecord) {
    for (let field = 0; field < record.fieldCount; field++) {
      const tag = tagText(record.tag(field));
      if (!WANTED.test(tag)) continue;
      if (record.isControl(field))
        this.addControl(tag, record.text(record.start(field), record.end(field)));
      else this.addData(tag, record, field);
    }
  }

  private addControl(tag: string, text: string): void {
    const known = this.control.get(tag);
    if (known) known.push(text);
    else this.control.set(tag, [text]);
  }

  private addData(tag: string, record: MarcRecord, field: number): void {
    const subfields: [string, string][] = [];
    record.eachSubfield(field, (code, start, end) => {
      subfields.push([String.fromCharCode(code), record.text(start, end)]);
    });
    const at = record.start(field);
    const one = {
      ind1: String.fromCharCode(record.bytes[at]),
      ind2: String.fromCharCode(record.bytes[at + 1]),
      subfields,
    };
    const known = this.fields.get(tag);
    if (known) known.push(one);
    else this.fields.set(tag, [one]);
  }

  /** The data fields of a tag. */
  all(...tags: string[]): FieldTexts[] {
    return tags.flatMap((tag) => this.fields.get(tag) ?? []);
  }

  controls(tag: string): readonly string[] {
    return this.control.get(tag) ?? [];
  }

  /** Texts of the subfields of all fields of a tag. */
  texts(tags: readonly string[], codes: string): string[] {
    return this.all(...tags).flatMap((field) => textsOf(field, codes));
  }
}

function textsOf({ subfields }: FieldTexts, codes: string): string[] {
  return subfields.filter(([code]) => codes.includes(code)).map(([, text]) => text);
}

function joined(field: FieldTexts | undefined, codes: string): string {
  return field === undefined ? "" : textsOf(field, codes).join(" ");
}

const CHARACTERS_OF_INDICATOR = /^[1-9]$/;

/** The title proper, without the characters that the indicator says to pass over. */
function properTitle(field: FieldTexts | undefined): string {
  const text = joined(field, "a");
  if (field === undefined || !CHARACTERS_OF_INDICATOR.test(field.ind2)) return text;
  const skip = Number(field.ind2);
  return /^[\s'"’ʻ-]$/u.test(text[skip - 1] ?? "") ? text.slice(skip) : text;
}

function names(fields: FieldsByTag): NameText[] {
  const persons = (tag: string): NameText[] =>
    fields
      .all(tag)
      .map((field) => ({ name: joined(field, "a"), dates: joined(field, "d"), body: false }));
  const bodies = (...tags: string[]): NameText[] =>
    fields.all(...tags).map((field) => ({ name: joined(field, "ab"), dates: "", body: true }));
  return [...persons("100"), ...bodies("110", "111"), ...persons("700"), ...bodies("710", "711")];
}

function isbns(fields: FieldsByTag): NumberText[] {
  return fields.all("020").map((field) => {
    const number = joined(field, "a");
    return { number, qualifier: `${joined(field, "q")} ${number.replace(/^[\dXx\s-]+/, "")}` };
  });
}

function seriesOf(fields: FieldsByTag): SeriesText[] {
  return fields
    .all("490", "440", "830")
    .map((field) => ({ title: joined(field, "anp"), volume: joined(field, "v") }));
}

/** 260, or the 264 of publication; that of copyright gives its year alone. */
function imprints(fields: FieldsByTag): FieldTexts[] {
  const published = [...fields.all("260"), ...fields.all("264").filter(({ ind2 }) => ind2 === "1")];
  return published.length > 0 ? published : fields.all("264");
}

/** @param record MARC 21, bibliographic */
export function describedTexts(record: MarcRecord): DescribedTexts {
  const fields = new FieldsByTag(record);
  const fixed = fields.controls("008")[0] ?? "";
  const title = fields.all("245")[0];
  const imprint = imprints(fields);
  return {
    type: record.leader[6],
    level: record.leader[7],
    forms: carrierForms(record.leader, fields),
    titleProper: properTitle(title),
    titleRest: joined(title, "b"),
    partNumbers: title === undefined ? [] : textsOf(title, "n"),
    partNames: title === undefined ? [] : textsOf(title, "p"),
    responsibility: joined(title, "c"),
    variants: fields.all("130", "240", "246", "247", "740").map((field) => joined(field, "ab")),
    dates: { type: fixed[6] ?? "", first: fixed.slice(7, 11), second: fixed.slice(11, 15) },
    imprintDates: [...imprint.flatMap((field) => textsOf(field, "c")), ...copyrightYears(fields)],
    extent: fields.texts(["300"], "a").join(" "),
    size: fields.texts(["300"], "c").join(" "),
    mainEntry: fields.all("100", "110", "111").length > 0,
    names: names(fields),
    places: imprint.flatMap((field) => textsOf(field, "a")),
    publishers: imprint.flatMap((field) => textsOf(field, "b")),
    editions: fields.texts(["250"], "ab"),
    isbn: isbns(fields),
    issn: fields.texts(["022"], "a"),
    lccn: fields.texts(["010"], "a"),
    oclc: fields.texts(["035"], "a"),
    sudoc: fields.texts(["086"], "a"),
    publisherNumbers: fields.texts(["028"], "a"),
    reportNumbers: fields.texts(["027", "088"], "a"),
    standardNumbers: fields.texts(["024"], "a"),
    urls: fields
      .all("856")
      .filter(({ ind2 }) => ind2 === "0")
      .flatMap((field) => textsOf(field, "u")),
    series: seriesOf(fields),
    language: fixed.slice(35, 38).trim().toLowerCase(),
    country: fixed.slice(15, 18).trim().toLowerCase(),
  };
}

function copyrightYears(fields: FieldsByTag): string[] {
  return fields
    .all("264")
    .filter(({ ind2 }) => ind2 === "4")
    .flatMap((field) => textsOf(field, "c"));
}

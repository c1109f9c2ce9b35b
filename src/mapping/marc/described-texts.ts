/** The texts of a MARC 21 record that its description is made from, and the description that is kept. */

import type {
  DescribedTexts,
  KindTexts,
  NameText,
  NumberText,
  SeriesText,
} from "../../fields/described-texts.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import { describe } from "../../matching/evidence/describe.js";
import { packDescription } from "../../matching/evidence/packed.js";
import { carrierForms } from "./carrier-form.js";
import { FieldsByTag, type FieldTexts, joined, textsOf, wantedFields } from "./fields-by-tag.js";

/** Fields that tell of a description, with the subfields that do. */
const DESCRIBING = wantedFields(
  "007 008 010a 020aq 022a 024a 027a 028a 035a 086a 088a 100ad 110ab 111ab 130ab 240ab 245abchnp 246ab 247ab 250ab 260abc " +
    "264abc 300ac 337ab 338ab 440anpv 490anpv 533a 700ad 710ab 711ab 740ab 830anpv 856u 880abcd",
);
/** Those that tell what kind of thing is described. */
const TELLING_KIND = wantedFields("007 008 245hnp 300a 337ab 338ab 533a");

const CHARACTERS_OF_INDICATOR = /^[1-9]$/;

/** The title proper, without the characters that the indicator says to pass over. */
function properTitle(field: FieldTexts | undefined): string {
  const text = joined(field, "a");
  if (field === undefined || !CHARACTERS_OF_INDICATOR.test(field.ind2)) return text;
  const skip = Number(field.ind2);
  return /^[\s'"’ʻ-]$/u.test(text[skip - 1] ?? "") ? text.slice(skip) : text;
}

const person = (field: FieldTexts): NameText => ({
  name: joined(field, "a"),
  dates: joined(field, "d"),
  body: false,
});

const body = (field: FieldTexts): NameText => ({
  name: joined(field, "ab"),
  dates: "",
  body: true,
});

/** The main entry first, then what stands for it in the other script, then the added ones. */
function names(fields: FieldsByTag): NameText[] {
  return [
    ...fields.all("100").map(person),
    ...fields.all("110", "111").map(body),
    ...fields.inOtherScript("100").map(person),
    ...fields.inOtherScript("110", "111").map(body),
    ...fields.all("700").map(person),
    ...fields.all("710", "711").map(body),
  ];
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
function imprints(fields: FieldsByTag): readonly FieldTexts[] {
  const paired = fields.inOtherScript("260", "264");
  return paired.length === 0 ? statedImprints(fields) : [...statedImprints(fields), ...paired];
}

function statedImprints(fields: FieldsByTag): readonly FieldTexts[] {
  const stated = fields.all("264");
  if (stated.length === 0) return fields.all("260");
  const published = [...fields.all("260"), ...stated.filter(({ ind2 }) => ind2 === "1")];
  return published.length > 0 ? published : stated;
}

/**
 * What tells the kind of a record.
 *
 * @param record MARC 21, bibliographic
 */
export function kindTexts(record: MarcRecord): KindTexts {
  const fields = new FieldsByTag(record, TELLING_KIND);
  const title = fields.all("245")[0];
  return {
    type: record.leader[6],
    level: record.leader[7],
    forms: carrierForms(record.leader, fields),
    partNumbers: title === undefined ? [] : textsOf(title, "n"),
    partNames: title === undefined ? [] : textsOf(title, "p"),
  };
}

/** @param record MARC 21, bibliographic */
export function describedTexts(record: MarcRecord): DescribedTexts {
  const fields = new FieldsByTag(record, DESCRIBING);
  const fixed = fields.controls("008")[0] ?? "";
  const title = fields.all("245")[0];
  const paired = fields.inOtherScript("245")[0];
  const imprint = imprints(fields);
  return {
    type: record.leader[6],
    level: record.leader[7],
    forms: carrierForms(record.leader, fields),
    titleProper: properTitle(title),
    titleRest: joined(title, "b"),
    otherScript: { proper: properTitle(paired), rest: joined(paired, "b") },
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

/** What is kept of each record where descriptions are compared. */
export class DescriptionEvidence {
  /** The description of a MARC 21 record, as it is kept beside its row. */
  of(record: MarcRecord): string {
    const { diagnostics } = record;
    const told = diagnostics.length;
    const kept = packDescription(describe(describedTexts(record)));
    // Texts are read again for it: what their decoding finds was told before.
    diagnostics.length = told;
    return kept;
  }
}

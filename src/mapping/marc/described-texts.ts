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
import { codeBits, FieldsByTag } from "./fields-by-tag.js";

const A = codeBits("a");
const AB = codeBits("ab");
const ANP = codeBits("anp");
const B = codeBits("b");
const C = codeBits("c");
const D = codeBits("d");
const N = codeBits("n");
const P = codeBits("p");
const Q = codeBits("q");
const U = codeBits("u");
const V = codeBits("v");

const TITLE = 245;
const VARIANTS = [130, 240, 246, 247, 740];
const SERIES = [490, 440, 830];
const COPYRIGHT = 0x34;
const PUBLICATION = 0x31;
const RESOURCE = 0x30;

/** The fields of the record at hand. */
const FIELDS = new FieldsByTag();

/** The title proper, without the characters that the indicator says to pass over. */
function properTitle(fields: FieldsByTag, field: number): string {
  const text = fields.joined(field, A);
  if (field < 0) return text;
  const skip = fields.secondIndicator(field) - 0x30;
  if (skip < 1 || skip > 9) return text;
  return /^[\s'"’ʻ-]$/u.test(text[skip - 1] ?? "") ? text.slice(skip) : text;
}

/** Adds the names of a field and of those of its tag behind it. */
function addPersons(fields: FieldsByTag, first: number, names: NameText[]): void {
  for (let field = first; field >= 0; field = fields.next(field)) {
    names.push({ name: fields.joined(field, A), dates: fields.joined(field, D), body: false });
  }
}

function addBodies(fields: FieldsByTag, first: number, names: NameText[]): void {
  for (let field = first; field >= 0; field = fields.next(field)) {
    names.push({ name: fields.joined(field, AB), dates: "", body: true });
  }
}

/** The main entry first, then what stands for it in the other script, then the added ones. */
function namesOf(fields: FieldsByTag): NameText[] {
  const names: NameText[] = [];
  addPersons(fields, fields.first(100), names);
  addBodies(fields, fields.first(110), names);
  addBodies(fields, fields.first(111), names);
  addPersons(fields, fields.firstInOtherScript(100), names);
  addBodies(fields, fields.firstInOtherScript(110), names);
  addBodies(fields, fields.firstInOtherScript(111), names);
  addPersons(fields, fields.first(700), names);
  addBodies(fields, fields.first(710), names);
  addBodies(fields, fields.first(711), names);
  return names;
}

function isbnsOf(fields: FieldsByTag): NumberText[] {
  const isbns: NumberText[] = [];
  for (let field = fields.first(20); field >= 0; field = fields.next(field)) {
    const number = fields.joined(field, A);
    const behind = number.replace(/^[\dXx\s-]+/, "");
    isbns.push({ number, qualifier: `${fields.joined(field, Q)} ${behind}` });
  }
  return isbns;
}

function seriesOf(fields: FieldsByTag): SeriesText[] {
  const series: SeriesText[] = [];
  for (let at = 0; at < SERIES.length; at++) {
    for (let field = fields.first(SERIES[at]); field >= 0; field = fields.next(field)) {
      series.push({ title: fields.joined(field, ANP), volume: fields.joined(field, V) });
    }
  }
  return series;
}

function variantsOf(fields: FieldsByTag): string[] {
  const variants: string[] = [];
  for (let at = 0; at < VARIANTS.length; at++) {
    for (let field = fields.first(VARIANTS[at]); field >= 0; field = fields.next(field)) {
      variants.push(fields.joined(field, AB));
    }
  }
  return variants;
}

/** Fields that name place, publisher and year: 260, or the 264 of publication; that of copyright gives its year alone. */
function imprintsOf(fields: FieldsByTag): number[] {
  const imprints: number[] = [];
  addFields(fields, fields.first(260), imprints);
  for (let field = fields.first(264); field >= 0; field = fields.next(field)) {
    if (fields.secondIndicator(field) === PUBLICATION) imprints.push(field);
  }
  if (imprints.length === 0) addFields(fields, fields.first(264), imprints);
  addFields(fields, fields.firstInOtherScript(260), imprints);
  addFields(fields, fields.firstInOtherScript(264), imprints);
  return imprints;
}

function addFields(fields: FieldsByTag, first: number, to: number[]): void {
  for (let field = first; field >= 0; field = fields.next(field)) to.push(field);
}

function textsIn(fields: FieldsByTag, among: readonly number[], codes: number): string[] {
  const texts: string[] = [];
  for (let at = 0; at < among.length; at++) fields.addTexts(among[at], codes, texts);
  return texts;
}

function textsOf(fields: FieldsByTag, tag: number, codes: number): string[] {
  const texts: string[] = [];
  fields.addAll(tag, codes, texts);
  return texts;
}

function imprintDates(fields: FieldsByTag, imprints: readonly number[]): string[] {
  const dates = textsIn(fields, imprints, C);
  for (let field = fields.first(264); field >= 0; field = fields.next(field)) {
    if (fields.secondIndicator(field) === COPYRIGHT) fields.addTexts(field, C, dates);
  }
  return dates;
}

function reportNumbers(fields: FieldsByTag): string[] {
  const numbers = textsOf(fields, 27, A);
  fields.addAll(88, A, numbers);
  return numbers;
}

/** Addresses of the resource itself. */
function urlsOf(fields: FieldsByTag): string[] {
  const urls: string[] = [];
  for (let field = fields.first(856); field >= 0; field = fields.next(field)) {
    if (fields.secondIndicator(field) === RESOURCE) fields.addTexts(field, U, urls);
  }
  return urls;
}

/** Numbers or names of the part that the title names. */
function partsOf(fields: FieldsByTag, codes: number): string[] {
  const parts: string[] = [];
  fields.addTexts(fields.first(TITLE), codes, parts);
  return parts;
}

/**
 * What tells the kind of a record.
 *
 * @param record MARC 21, bibliographic
 */
export function kindTexts(record: MarcRecord): KindTexts {
  const fields = FIELDS.load(record);
  return {
    type: record.leader[6],
    level: record.leader[7],
    forms: carrierForms(record.leader, fields),
    partNumbers: partsOf(fields, N),
    partNames: partsOf(fields, P),
  };
}

/** @param record MARC 21, bibliographic */
export function describedTexts(record: MarcRecord): DescribedTexts {
  const fields = FIELDS.load(record);
  const { leader } = record;
  const fixed = fields.controlText(fields.firstControl(8));
  const title = fields.first(TITLE);
  const paired = fields.firstInOtherScript(TITLE);
  const imprints = imprintsOf(fields);
  const hasMainEntry = fields.first(100) >= 0 || fields.first(110) >= 0 || fields.first(111) >= 0;
  return {
    type: leader[6],
    level: leader[7],
    forms: carrierForms(leader, fields),
    titleProper: properTitle(fields, title),
    titleRest: fields.joined(title, B),
    otherScript: { proper: properTitle(fields, paired), rest: fields.joined(paired, B) },
    partNumbers: partsOf(fields, N),
    partNames: partsOf(fields, P),
    responsibility: fields.joined(title, C),
    variants: variantsOf(fields),
    dates: { type: fixed[6] ?? "", first: fixed.slice(7, 11), second: fixed.slice(11, 15) },
    imprintDates: imprintDates(fields, imprints),
    extent: textsOf(fields, 300, A).join(" "),
    size: textsOf(fields, 300, C).join(" "),
    mainEntry: hasMainEntry,
    names: namesOf(fields),
    places: textsIn(fields, imprints, A),
    publishers: textsIn(fields, imprints, B),
    editions: textsOf(fields, 250, AB),
    isbn: isbnsOf(fields),
    issn: textsOf(fields, 22, A),
    lccn: textsOf(fields, 10, A),
    oclc: textsOf(fields, 35, A),
    sudoc: textsOf(fields, 86, A),
    publisherNumbers: textsOf(fields, 28, A),
    reportNumbers: reportNumbers(fields),
    standardNumbers: textsOf(fields, 24, A),
    urls: urlsOf(fields),
    series: seriesOf(fields),
    language: fixed.slice(35, 38).trim().toLowerCase(),
    country: fixed.slice(15, 18).trim().toLowerCase(),
  };
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

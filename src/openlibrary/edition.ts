/**
 * A MARC record as an edition of Open Library: what each field of their import schema is made of. The
 * order of the keys is fixed, so that equal records give equal bytes.
 */

import { normalizeIsbns } from "../fields/identifiers/isbn.js";
import { normalizeLccn } from "../fields/identifiers/lccn.js";
import { normalizeOclc } from "../fields/identifiers/oclc.js";
import { type Author, authorsOf } from "./authors.js";
import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";
import { subjectsOf } from "./subjects.js";

/** Keys of Open Library's import schema. */
export interface Edition {
  title?: string;
  source_records: string[];
  authors?: Author[];
  publishers?: string[];
  publish_date?: string;
  [key: string]: unknown;
}

const LOWER = "abcdefghijklmnopqrstuvwxyz";
/** Codes of languages that MARC has given up, and what they are now. */
const LANGUAGES: Readonly<Record<string, string>> = {
  cam: "khm",
  esk: "ypk",
  esp: "epo",
  eth: "gez",
  far: "fao",
  fra: "fre",
  fri: "fry",
  gae: "gla",
  gal: "orm",
  gua: "grn",
  int: "ina",
  iri: "gle",
  jap: "jpn",
  kus: "kos",
  lan: "oci",
  lap: "smi",
  max: "glv",
  mla: "mlg",
  mol: "rum",
  sao: "smo",
  scc: "srp",
  scr: "hrv",
  sho: "sna",
  snh: "sin",
  sso: "sot",
  swz: "ssw",
  tag: "tgl",
  taj: "tgk",
  tar: "tat",
  tsw: "tsn",
};
const MOST_PAGES = 50_000;

/** Takes ISBD's marks off the end of a text. */
export function trimmed(text: string): string {
  const marks = text.replace(/^[\s/,;:=]+|[\s/,;:=]+$/gu, "");
  return /(?<!\b\p{L}|\.\.)\.$/u.test(marks) ? marks.slice(0, -1).trimEnd() : marks;
}

/** @param sources where the record comes from, the identity of the edition first */
export function editionOf(record: PlainRecord, sources: readonly string[]): Edition {
  const title = titleOf(record);
  const published = record.of("260").length > 0 ? record.of("260") : record.of("264");
  const edition: Edition = {
    title: title.title,
    subtitle: title.subtitle,
    by_statement: joined(record.texts("245", "c")),
    source_records: [...sources],
    authors: authorsOf(record),
    publishers: unique(published.flatMap((field) => textsOf(field, "b").map(publisher))),
    publish_date: dateOf(record),
    publish_places: unique(published.flatMap((field) => textsOf(field, "a").map(place))),
    publish_country: countryOf(record.control("008")),
    languages: languagesOf(record),
    translated_from: unique(
      record
        .texts("041", "h")
        .filter((code) => code.length === 3)
        .map(language),
    ),
    isbn_10: isbnsOf(record, 10),
    isbn_13: isbnsOf(record, 13),
    lccn: unique(record.texts("010", "a").flatMap((text) => normalizeLccn(text).valid)),
    oclc_numbers: oclcOf(record),
    lc_classifications: record.of("050").flatMap(callNumbers),
    dewey_decimal_class: unique(record.texts("082", "a").map((text) => text.replaceAll("/", ""))),
    edition_name: unbracketed(joined(record.of("250").flatMap((f) => textsOf(f, LOWER)))),
    pagination: joined(record.texts("300", "a").map(trimmed)),
    number_of_pages: pagesOf(record),
    physical_format: joined(record.texts("245", "h").map((text) => trimmed(unbracketed(text)))),
    series: unique(record.of("440", "490", "830").map(seriesOf)),
    work_titles: unique([
      ...record.of("240").map((field) => trimmed(textsOf(field, "amnpr").join(" "))),
      ...record.of("130").map((field) => trimmed(textsOf(field, LOWER.replace("n", "")).join(" "))),
    ]),
    other_titles: unique([
      ...title.others,
      ...record.texts("246", "a").map(trimmed),
      ...record.of("730").map((field) => trimmed(textsOf(field, LOWER).join(" "))),
      ...record.of("740").map((field) => trimmed(textsOf(field, "apn").join(" "))),
    ]),
    description: record.texts("520", "a").join("\n\n"),
    notes: notesOf(record),
    ...subjectsOf(record),
    links: linksOf(record),
  };
  return withoutEmpty(edition);
}

function titleOf(record: PlainRecord): { title: string; subtitle: string; others: string[] } {
  const [field] = record.of("245");
  const roman = field ?? record.of("740")[0];
  if (roman === undefined) return { title: "", subtitle: "", others: [] };
  const original = record.of("880").find((linked) => linksTo(linked, "245"));
  const main = field !== undefined && original !== undefined ? original : roman;
  const others = main === roman ? [] : [mainTitle(roman)];
  const rest = textsOf(main, textsOf(main, "a").length > 0 ? "bnps" : "");
  const subtitle = rest.map(trimmed).join(" : ");
  return {
    title: mainTitle(main),
    subtitle: /^\[.*\]$/.test(subtitle) ? "" : subtitle,
    others,
  };
}

function mainTitle(field: PlainField): string {
  const [a] = textsOf(field, "a");
  const [other] = textsOf(field, "bnps");
  return trimmed(a ?? other ?? textsOf(field, LOWER).join(" "));
}

function linksTo(field: PlainField, tag: string): boolean {
  return field.subfields.some(([code, text]) => code === "6" && text.startsWith(tag));
}

function dateOf(record: PlainRecord): string {
  const fixed = record.control("008");
  const [first, second] = [fixed.slice(7, 11), fixed.slice(11, 15)];
  const isReprint = fixed[6] === "r" && /^\d{4}$/.test(second) && second > first;
  const isUsable = /^\d+u*$/.test(first) && first.length === 4 && !/^(0000|9999)$/.test(first);
  if (isUsable && !isReprint) return first;
  // Of 264 only the publication tells when it was published.
  const imprints = [...record.of("260"), ...record.of("264").filter((f) => f.indicator2 === "1")];
  const [text] = imprints.flatMap((field) => textsOf(field, "c"));
  if (text === undefined) return "";
  if (/^\[?(?:n|s)\.?\s?d\b/i.test(text)) return "[n.d.]";
  return text.replace(/^[[\s]+|[\].\s]+$/g, "");
}

function countryOf(fixed: string): string {
  const code = fixed.slice(15, 18).trim();
  return /^[a-z]{2,3}$/.test(code) ? code : "";
}

function language(code: string): string {
  const lower = code.toLowerCase();
  return LANGUAGES[lower] ?? lower;
}

function languagesOf(record: PlainRecord): string[] {
  const coded = record.of("041").filter(({ indicator2 }) => indicator2 !== "7");
  const texts = [record.control("008").slice(35, 38), ...coded.flatMap((f) => textsOf(f, "a"))];
  const codes = texts.flatMap((text) => {
    const letters = text.replace(/[\s-]/g, "");
    return letters.length % 3 === 0 ? (letters.match(/.{3}/gs) ?? []) : [];
  });
  const known = codes.filter((code) => /^[a-z]{3}$/i.test(code)).map(language);
  return unique(known.filter((code) => code !== "zxx"));
}

/** ISBNs with the right check digit; those of $z, which glue a book to its e-book, only for want of others. */
function isbnsOf(record: PlainRecord, length: 10 | 13): string[] {
  const own = record.texts("020", "a").flatMap(isbns);
  const all = own.length > 0 ? own : record.texts("020", "z").flatMap(isbns);
  return unique(all.filter((number) => number.length === length));
}

/** The numbers as they were printed: of ten digits, or of thirteen. */
function isbns(text: string): string[] {
  const valid = new Set(normalizeIsbns(text).valid);
  const words = text.match(/[\dX][\dX -]{8,16}[\dX]/gi) ?? [];
  return words
    .map((word) => word.replace(/[ -]/g, "").toUpperCase())
    .filter((word) => {
      const [normal] = normalizeIsbns(word).valid;
      return (
        (word.length === 10 || word.length === 13) && normal !== undefined && valid.has(normal)
      );
    });
}

function oclcOf(record: PlainRecord): string[] {
  const isOclc = record.control("003").trim() === "OCoLC";
  const own = isOclc ? normalizeOclc(record.control("001"), true).valid : [];
  return unique([...own, ...record.texts("035", "a").flatMap((text) => normalizeOclc(text).valid)]);
}

function callNumbers(field: PlainField): string[] {
  const b = textsOf(field, "b").join(" ");
  return textsOf(field, "a").map((a) => (b === "" ? a : `${a} ${b}`));
}

function pagesOf(record: PlainRecord): number | undefined {
  const numbers = record
    .texts("300", "a")
    .flatMap((text) => text.match(/\d{2,}/g) ?? [])
    .map(Number)
    .filter((number) => number < MOST_PAGES);
  return numbers.length === 0 ? undefined : Math.max(...numbers);
}

function publisher(text: string): string {
  return /^\[?s\.?\s?n\b/i.test(text) ? "[s.n.]" : balanced(trimmed(text));
}

function place(text: string): string {
  return /^\[?s\.?\s?l\b/i.test(text) ? "[s.l.]" : balanced(trimmed(text));
}

/** Takes off a bracket that has no other. */
function balanced(text: string): string {
  const opens = text.split("[").length;
  const closes = text.split("]").length;
  return opens === closes ? text : trimmed(text.replace(/[[\]]/g, ""));
}

function unbracketed(text: string): string {
  return text.replace(/^\[([^[\]]*)\][.]?$/, "$1");
}

function seriesOf(field: PlainField): string {
  return textsOf(field, "av").map(trimmed).join(" -- ");
}

function notesOf(record: PlainRecord): string {
  const notes = record.of("5[0-8]X").filter(({ tag }) => !["505", "520", "583"].includes(tag));
  return notes
    .map((field) => textsOf(field, LOWER).join(" "))
    .filter((text) => text !== "")
    .join("\n\n");
}

function linksOf(record: PlainRecord): { url: string; title: string }[] {
  return record.of("856").flatMap((field) => {
    const title = ["y", "3", "z", "x"].flatMap((code) => textsOf(field, code))[0];
    return textsOf(field, "u").map((url) => ({ url, title: title ?? "External source" }));
  });
}

function joined(texts: readonly string[]): string {
  return texts.join(" ").trim();
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts.filter((text) => text !== ""))];
}

function withoutEmpty(edition: Edition): Edition {
  const entries = Object.entries(edition).filter(
    ([, value]) =>
      value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(entries) as Edition;
}

/**
 * An edition of Open Library as a record: a line of its import schema, or the JSON of a line of its
 * dump. Each key stands in the field that Open Library makes it of when it reads MARC.
 */

import type { PlainField } from "../marc/build-record.js";
import { authorFields } from "./edition-authors.js";
import { BOOKKEEPING_KEYS, EDITION_KEYS } from "./edition-keys.js";
import { subjectFields } from "./edition-subjects.js";
import { EditionTexts } from "./edition-texts.js";
import { isObject, type JsonObject } from "./json-shape.js";

interface EditionRecord {
  readonly leader: string;
  readonly fields: readonly PlainField[];
  /** The first key that has no place in a record, "" if there is none. */
  readonly leftOut: string;
  /** What says that it is deleted, "" if nothing does. */
  readonly deleted: string;
}

/** A book, a monograph, in Unicode. */
const LEADER = "00000nam a2200000 u 4500";
const NO_DATE = "uuuu";
const NO_CODE = "   ";
/** Identifiers that have fields of their own, and how MARC calls the source of a number. */
const SOURCES: Readonly<Record<string, string>> = { dnb: "DE-101", doi: "doi" };

/** @throws ShapeError for a value that is of another kind than its key says */
export function editionRecord(value: JsonObject): EditionRecord {
  const texts = new EditionTexts(value);
  const fields = [
    ...controlFields(value, texts),
    ...numberFields(texts),
    ...languageFields(texts),
    ...authorFields(texts, "1"),
    ...titleFields(texts),
    ...imprintFields(texts),
    ...contentFields(texts),
    ...subjectFields(texts),
    ...authorFields(texts, "7"),
    ...linkFields(texts),
  ];
  const other = Object.keys(value).find(
    (key) => !EDITION_KEYS.has(key) && !BOOKKEEPING_KEYS.has(key),
  );
  const isDeleted = texts.code("type") === "delete";
  return {
    leader: LEADER,
    fields,
    leftOut: texts.leftOut || (other ?? ""),
    deleted: isDeleted ? "type: /type/delete" : "",
  };
}

function data(
  tag: string,
  indicators: string,
  ...subfields: readonly (readonly [code: string, text: string])[]
): PlainField[] {
  const full = subfields.filter(([, text]) => text !== "");
  if (full.length === 0) return [];
  return [{ tag, indicator1: indicators[0], indicator2: indicators[1], subfields: full }];
}

function controlFields(value: JsonObject, texts: EditionTexts): PlainField[] {
  const [source = ""] = texts.list("source_records");
  const number = texts.code("key") || source;
  const modified = isObject(value.last_modified) ? texts.text("last_modified") : "";
  const time = modified.replace(/\D/g, "").slice(0, 14);
  return [
    ...(number === "" ? [] : [{ tag: "001", text: number }]),
    ...(time.length === 14 ? [{ tag: "005", text: `${time}.0` }] : []),
    { tag: "008", text: fixedField(texts) },
  ];
}

/** 008, with fill characters where an edition says nothing. */
function fixedField(texts: EditionTexts): string {
  const date = texts.text("publish_date");
  const copyright = texts.text("copyright_date");
  const year = /^\d{1,4}u*$/.test(date) && date.length === 4 ? date : "";
  const second = /^\d{4}$/.test(copyright) ? copyright : "";
  const kind = second !== "" ? "t" : year === "" ? "n" : "s";
  const dates = kind + (year || NO_DATE) + (second || (kind === "n" ? NO_DATE : "    "));
  const country = texts.text("publish_country").slice(0, 3).padEnd(3);
  const [language = NO_CODE] = texts.codes("languages");
  return `||||||${dates}${country}${"|".repeat(17)}${language.slice(0, 3).padEnd(3)}||`;
}

function numberFields(texts: EditionTexts): PlainField[] {
  const own = texts.code("key") === "" ? 1 : 0;
  const identifiers = texts.identifiers();
  const others = identifiers.filter(([name]) => name !== "issn");
  return [
    ...texts.list("lccn").flatMap((one) => data("010", "  ", ["a", one])),
    ...["isbn_10", "isbn_13"]
      .flatMap((key) => texts.list(key))
      .flatMap((one) => data("020", "  ", ["a", one])),
    ...identifiers
      .filter(([name]) => name === "issn")
      .flatMap(([, number]) => data("022", "  ", ["a", number])),
    ...others.flatMap(([name, number]) =>
      data(name === "dnb" ? "016" : "024", "7 ", ["a", number], ["2", SOURCES[name] ?? name]),
    ),
    ...texts
      .list("source_records")
      .slice(own)
      .flatMap((one) => data("024", "7 ", ["a", one], ["2", "openlibrary"])),
    ...texts.list("oclc_numbers").flatMap((one) => data("035", "  ", ["a", `(OCoLC)${one}`])),
    ...texts.list("lc_classifications").flatMap((one) => data("050", " 4", ["a", one])),
    ...texts.list("dewey_decimal_class").flatMap((one) => data("082", "04", ["a", one])),
  ];
}

function languageFields(texts: EditionTexts): PlainField[] {
  const languages = texts.codes("languages");
  const from = texts.codes("translated_from");
  if (languages.length < 2 && from.length === 0) return [];
  return data(
    "041",
    from.length > 0 ? "1 " : "0 ",
    ...languages.map((code) => ["a", code] as const),
    ...from.map((code) => ["h", code] as const),
  );
}

function titleFields(texts: EditionTexts): PlainField[] {
  return [
    ...texts.list("work_titles").flatMap((one) => data("240", "10", ["a", one])),
    ...data(
      "245",
      "10",
      ["a", texts.text("title")],
      ["h", texts.text("physical_format")],
      ["b", texts.text("subtitle")],
      ["c", texts.text("by_statement")],
    ),
    ...texts.list("other_titles").flatMap((one) => data("246", "3 ", ["a", one])),
    ...data("250", "  ", ["a", texts.text("edition_name")]),
  ];
}

function imprintFields(texts: EditionTexts): PlainField[] {
  return data(
    "260",
    "  ",
    ...texts.list("publish_places").map((one) => ["a", placeOf(one)] as const),
    ...texts.list("publishers").map((one) => ["b", one] as const),
    ["c", texts.text("publish_date")],
  );
}

/** In brackets where the mark at its end, that of an abbreviation, would be taken for ISBD's. */
function placeOf(text: string): string {
  return /[./,;:]$/.test(text) ? `[${text}]` : text;
}

function contentFields(texts: EditionTexts): PlainField[] {
  const paragraphs = (key: string) => texts.text(key).split("\n\n");
  const number = texts.number("number_of_pages");
  const pages = texts.text("pagination") || (number === null ? "" : `${number} p.`);
  return [
    ...data("300", "  ", ["a", pages], ["c", texts.text("physical_dimensions")]),
    ...texts.list("series").flatMap((one) => {
      const [name, ...volume] = one.split(" -- ");
      return data("490", "0 ", ["a", name], ["v", volume.join(" -- ")]);
    }),
    ...paragraphs("notes").flatMap((one) => data("500", "  ", ["a", one])),
    // Dashes part the lines of $a, and not those of $t.
    ...texts
      .contents()
      .flatMap((line) =>
        line.includes("--") ? data("505", "00", ["t", line]) : data("505", "0 ", ["a", line]),
      ),
    ...paragraphs("description").flatMap((one) => data("520", "  ", ["a", one])),
    ...data("765", "0 ", ["t", texts.text("translation_of")]),
    ...texts.list("location").flatMap((one) => data("852", "  ", ["a", one])),
  ];
}

function linkFields(texts: EditionTexts): PlainField[] {
  const item = texts.text("ocaid");
  const address = item === "" ? "" : `https://archive.org/details/${item}`;
  return [
    ...(address === "" ? [] : data("856", "40", ["u", address], ["y", "Internet Archive"])),
    ...texts.links().flatMap(({ url, title }) => data("856", "40", ["u", url], ["y", title])),
  ];
}

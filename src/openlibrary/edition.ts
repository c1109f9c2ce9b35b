/**
 * A MARC record as an edition of Open Library: what each field of their import schema is made of. The
 * order of the keys is fixed, so that equal records give equal bytes.
 */

import { type Author, authorsOf } from "./authors.js";
import { linksOf, notesOf, pagesOf, paginationOf, seriesOf, tableOfContents } from "./contents.js";
import {
  copyrightDateOf,
  countryOf,
  dateOf,
  imprintsOf,
  languagesOf,
  placeText,
  publisherText,
  translatedFromOf,
} from "./imprint.js";
import { joined, stripped, titleText, unique } from "./isbd.js";
import { callNumbersOf, identifiersOf, isbnsOf, lccnsOf, oclcNumbersOf } from "./numbers.js";
import { type PlainRecord, textsOf, wordsOf } from "./plain-fields.js";
import { subjectsOf } from "./subjects.js";
import { otherTitlesOf, titleOf, workTitlesOf } from "./title.js";

/** Keys of Open Library's editions: those of the import schema, and three that only their server knows. */
export interface Edition {
  title?: string;
  source_records: string[];
  authors?: Author[];
  publishers?: string[];
  publish_date?: string;
  [key: string]: unknown;
}

/**
 * @param sources where the record comes from, the identity of the edition first
 * @param asTheirs whether fields are made exactly as Open Library's own reading of MARC makes them
 */
export function editionOf(
  record: PlainRecord,
  sources: readonly string[],
  asTheirs = false,
): Edition {
  const { title, subtitle, romanised, byStatement, physicalFormat } = titleOf(record);
  const works = workTitlesOf(record);
  const [first = ""] = works;
  const titleOfWork = asTheirs ? first : titleText(first);
  const imprints = imprintsOf(record, asTheirs);
  const others = otherTitlesOf(record);
  const repeated = (texts: string[]) => (asTheirs ? texts : unique(texts));
  const edition: Edition = {
    title: title || titleOfWork,
    subtitle,
    by_statement: byStatement,
    source_records: [...sources],
    authors: authorsOf(record, asTheirs),
    publishers: repeated(imprints.flatMap((field) => textsOf(field, "b").map(publisherText))),
    publish_date: dateOf(record, asTheirs),
    publish_places: repeated(imprints.flatMap((field) => textsOf(field, "a").map(placeText))),
    publish_country: countryOf(record),
    copyright_date: copyrightDateOf(record),
    languages: repeated(languagesOf(record)),
    translated_from: repeated(translatedFromOf(record)),
    ...isbnsOf(record, asTheirs),
    lccn: lccnsOf(record, asTheirs),
    oclc_numbers: oclcNumbersOf(record, asTheirs),
    identifiers: identifiersOf(record, asTheirs),
    lc_classifications: repeated(record.of("050").flatMap(callNumbersOf)),
    dewey_decimal_class: repeated(record.texts("082", "a")),
    edition_name: stripped(joined(record.of("250").map(wordsOf)), "[]"),
    pagination: paginationOf(record),
    number_of_pages: pagesOf(record),
    physical_format: physicalFormat,
    series: seriesOf(record),
    work_titles: title === "" ? works.slice(1) : works,
    other_titles: asTheirs
      ? [...(romanised === "" ? [] : [romanised]), ...others]
      : unique([romanised, ...others.map(titleText)]),
    description: record.texts("520", "a").join("\n\n"),
    notes: notesOf(record),
    table_of_contents: tableOfContents(record, asTheirs),
    ...subjectsOf(record, asTheirs),
    links: linksOf(record),
    location: unique(record.texts("852", "a")),
  };
  return withoutEmpty(edition);
}

function withoutEmpty(edition: Edition): Edition {
  const entries = Object.entries(edition).flatMap(([key, value]) => {
    const full = Array.isArray(value) ? value.filter((one) => one !== "") : value;
    const isEmpty =
      full === undefined ||
      full === "" ||
      (typeof full === "object" && full !== null && Object.keys(full).length === 0);
    return isEmpty ? [] : [[key, full]];
  });
  return Object.fromEntries(entries) as Edition;
}

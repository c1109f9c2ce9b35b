/**
 * The texts of a row that has no MARC record behind it: rows of other programs, of local work, of harvested Dublin
 * Core. What no column holds stays empty, and an empty text tells nothing.
 */

import type { DescribedTexts, NameText } from "../../fields/described-texts.js";
import { elementsOf } from "../../fields/list-form.js";

/** The stored columns that a description is made from; lists as `;a;b;`, "" for an empty column. */
export interface DescribedColumns {
  readonly title: string;
  readonly creators: string;
  readonly contributors: string;
  readonly publisher: string;
  readonly edition: string;
  readonly series: string;
  readonly publication_date: string;
  readonly language: string;
  readonly record_type: string;
  readonly url: string;
  readonly other_urls: string;
  readonly isbn: string;
  readonly issn: string;
  readonly lccn: string;
  readonly oclc_number: string;
}

/** `Title : rest / responsibility`, as ISBD writes it. */
const RESPONSIBILITY = /\s\/\s/;
const REST = /\s[:;]\s|:\s/;

function nameText(written: string): NameText {
  // Other programs may store blanks without end.
  const name = written.replace(/\s+/g, " ");
  const dates = /, ?((?:b\.|d\.|ca\.)? ?\d{4}.*)$/.exec(name);
  return {
    name: dates === null ? name : name.slice(0, dates.index),
    dates: dates?.[1] ?? "",
    body: !name.includes(","),
  };
}

/** @param urlIsFallback the url was made by a pattern and says nothing of the resource */
export function rowTexts(row: DescribedColumns, urlIsFallback = false): DescribedTexts {
  const [title, responsibility = ""] = row.title.split(RESPONSIBILITY, 2);
  const rest = REST.exec(title);
  const creators = elementsOf(row.creators).map(nameText);
  return {
    type: "",
    level: row.record_type === "serial" ? "s" : row.record_type === "monograph" ? "m" : "",
    forms: [],
    titleProper: rest === null ? title : title.slice(0, rest.index),
    titleRest: rest === null ? "" : title.slice(rest.index + rest[0].length),
    otherScript: { proper: "", rest: "" },
    partNumbers: [],
    partNames: [],
    responsibility,
    variants: [],
    dates: { type: "", first: "", second: "" },
    imprintDates: [row.publication_date],
    extent: "",
    size: "",
    mainEntry: creators.length > 0,
    names: [...creators, ...elementsOf(row.contributors).map(nameText)],
    places: [],
    publishers: row.publisher === "" ? [] : [row.publisher],
    editions: row.edition === "" ? [] : [row.edition],
    isbn: elementsOf(row.isbn).map((number) => ({ number, qualifier: "" })),
    issn: elementsOf(row.issn),
    lccn: elementsOf(row.lccn),
    oclc: elementsOf(row.oclc_number).map((number) => `(OCoLC)${number}`),
    sudoc: [],
    publisherNumbers: [],
    reportNumbers: [],
    standardNumbers: [],
    urls: [...(urlIsFallback || row.url === "" ? [] : [row.url]), ...elementsOf(row.other_urls)],
    series: row.series === "" ? [] : [{ title: row.series, volume: "" }],
    language: row.language,
    country: "",
  };
}

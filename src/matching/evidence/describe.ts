/** From the texts of a record to its description. */

import type { DescribedTexts, KindTexts, NumberText } from "../../fields/described-texts.js";
import { normalizeIsbns } from "../../fields/identifiers/isbn.js";
import { normalizeIssns } from "../../fields/identifiers/issn.js";
import { normalizeLccn } from "../../fields/identifiers/lccn.js";
import { normalizeOclc } from "../../fields/identifiers/oclc.js";
import type {
  CarrierForm,
  DescribedName,
  DescribedNumbers,
  DescribedTitle,
  RecordDescription,
  RecordKind,
} from "../../fields/record-description.js";
import { hash53 } from "../hash.js";
import { fuzzyUrlKey } from "../url-key.js";
import { readEdition } from "./edition.js";
import { readExtent } from "./extent.js";
import { readBody, readPerson, readPlace, readPublisher } from "./names.js";
import { partNumber } from "./part-number.js";
import { canBeRomanized, romanize } from "./romanize.js";
import { titleWords, withoutAnd, wordsOf } from "./title-words.js";
import { readYears } from "./years.js";

/** Manuscripts count with what is printed; electronic resources (`m`) with text, as carriers tell them apart. */
const TYPES: Readonly<Record<string, string>> = { t: "a", d: "c", f: "e" };
const LEVELS: Readonly<Record<string, string>> = {
  m: "m",
  c: "m",
  s: "s",
  i: "i",
  a: "a",
  b: "a",
  d: "m",
};
/** Words, names, numbers looked at: a record with thousands is compared by its first. */
const MOST = 40;

/** What can forbid that the record is the same as another: a small part of its description. */
export function describeKind(texts: KindTexts): RecordKind {
  const { form, clear } = mainForm(texts.forms);
  return {
    type: TYPES[texts.type] ?? texts.type.trim(),
    level: LEVELS[texts.level] ?? "",
    form,
    formClear: clear,
    ...describeParts(texts),
  };
}

/** Numbers and names of the part that a title names. */
export function describeParts({
  partNumbers,
  partNames,
}: Pick<KindTexts, "partNumbers" | "partNames">): Pick<RecordKind, "partNumbers" | "partNames"> {
  return {
    partNumbers: unique(partNumbers.map(partNumber)),
    partNames: unique(partNames.map((text) => wordsOf(text).join(" "))),
  };
}

/** Describes a record. Pure; the cost grows with the texts, of which at most 40 of a kind are read. */
export function describe(texts: DescribedTexts): RecordDescription {
  const { language } = texts;
  const title = readTitle(texts.titleProper, texts.titleRest, language);
  const { years, originalYear, decade } = readYears(texts.dates, texts.imprintDates);
  const names = namesOf(texts);
  const kind = describeKind(texts);
  // Each property stands in one literal: spread into so large a one they cost ten times as much.
  return {
    type: kind.type,
    level: kind.level,
    form: kind.form,
    formClear: kind.formClear,
    partNumbers: kind.partNumbers,
    partNames: kind.partNames,
    title: title.title,
    properWords: title.properWords,
    otherScript: otherScript(title, texts),
    // The name of a part is often a title of its own, under which others enter it.
    variants: unique(
      [...texts.variants, ...texts.partNames].map((text) => titleWords(text, language).join(" ")),
    ),
    years: years.slice(0, MOST),
    originalYear,
    decade,
    extent: readExtent(texts.extent, texts.size),
    names,
    mainEntry: texts.mainEntry && names.length > 0,
    responsibility: wordsOf(texts.responsibility).slice(0, MOST).map(clipped),
    places: unique(inBothScripts(texts.places.map(readPlace))),
    publishers: unique(inBothScripts(texts.publishers.map(readPublisher))),
    edition: readEdition(texts.editions),
    numbers: numbersOf(texts),
    series: texts.series.slice(0, MOST).map(({ title, volume }) => ({
      title: clipped(titleWords(title, language).join("")),
      volume: clipped(partNumber(volume)),
    })),
    language: /^[a-z]{3}$/.test(language) && language !== "und" ? language : "",
    country: /^[a-z]{2,3}$/.test(texts.country) && texts.country !== "xx" ? texts.country : "",
  };
}

function namesOf({ names }: DescribedTexts): DescribedName[] {
  const found: DescribedName[] = [];
  for (const { name, dates, body } of names.slice(0, MOST)) {
    const read = body ? readBody(name) : readPerson(name, dates);
    if (read.surname === "") continue;
    found.push(...withRomanized(shortName(read)));
  }
  return found;
}

/** Characters of a word, a name, a publisher that are kept: what is longer is no such thing, and is kept for each row. */
const LONGEST = 300;

function clipped(text: string): string {
  return text.length > LONGEST ? text.slice(0, LONGEST) : text;
}

function shortName(name: DescribedName): DescribedName {
  const { surname, forenames } = name;
  if (surname.length <= LONGEST && forenames.length <= LONGEST) return name;
  return { ...name, surname: clipped(surname), forenames: clipped(forenames) };
}

/** Two long URLs may differ at their ends alone. */
function wholeAsDigest(url: string): string {
  return url.length > LONGEST ? String(hash53(url)) : url;
}

function readTitle(titleProper: string, titleRest: string, language: string): DescribedTitle {
  const proper = titleWords(titleProper, language);
  const rest = withoutAnd(wordsOf(titleRest), language);
  return {
    title: [...proper, ...rest].slice(0, MOST * 2).map(clipped),
    properWords: Math.min(proper.length, MOST * 2),
  };
}

/** The title in the other script that the record gives, else in Latin letters if it has others. */
function otherScript(
  { title, properWords }: DescribedTitle,
  { otherScript: { proper, rest }, language }: DescribedTexts,
): DescribedTitle | null {
  if (proper !== "") return readTitle(proper, rest, language);
  if (!canBeRomanized(title.join(""))) return null;
  const head = withoutAnd(title.slice(0, properWords).map(romanize), language);
  const tail = withoutAnd(title.slice(properWords).map(romanize), language);
  return { title: [...head, ...tail], properWords: head.length };
}

/** A name in Cyrillic or Greek stands for its transliteration as well. */
function withRomanized(name: DescribedName): DescribedName[] {
  if (!canBeRomanized(name.surname)) return [name];
  const { surname, forenames } = name;
  return [name, { ...name, surname: romanize(surname), forenames: romanize(forenames) }];
}

/** Texts in Cyrillic or Greek stand for their transliterations as well. */
function inBothScripts(texts: readonly string[]): readonly string[] {
  if (!texts.some(canBeRomanized)) return texts;
  return texts.flatMap((text) => (canBeRomanized(text) ? [text, romanize(text)] : [text]));
}

const NONE: readonly string[] = [];

function unique(texts: readonly string[]): readonly string[] {
  if (texts.length === 0) return NONE;
  if (texts.length === 1) return texts[0] === "" ? NONE : [clipped(texts[0])];
  return [...new Set(texts.map(clipped))].filter((text) => text !== "").slice(0, MOST);
}

const ELECTRONIC = new Set<string>(["online", "disk", "electronic"]);

/** The form that most of the record tells, and whether all tell the same. */
function mainForm(forms: readonly string[]): { form: CarrierForm; clear: boolean } {
  if (forms.length === 0) return { form: "", clear: false };
  if (forms.every((form) => form === forms[0])) {
    return { form: forms[0] as CarrierForm, clear: true };
  }
  const votes = new Map<string, number>();
  for (const form of forms) votes.set(form, (votes.get(form) ?? 0) + 1);
  // What is only known to be electronic goes with what says more.
  const closer = forms.find((form) => form === "online" || form === "disk");
  const unspecific = votes.get("electronic") ?? 0;
  if (closer !== undefined && unspecific > 0) {
    votes.set(closer, (votes.get(closer) ?? 0) + unspecific);
    votes.delete("electronic");
  }
  const [[form]] = [...votes].sort(([, a], [, b]) => b - a);
  // `1 CD-ROM (120 pages)`: pages of what is not paper are no contradiction.
  const others = [...votes.keys()].filter((one) => one !== form && one !== "print");
  const electronic = ELECTRONIC.has(form) && others.every((one) => ELECTRONIC.has(one));
  return {
    form: form as CarrierForm,
    clear: (others.length === 0 || electronic) && !(form === "print" && votes.size > 1),
  };
}

function numbersOf(texts: DescribedTexts): DescribedNumbers {
  const isbn = texts.isbn.slice(0, MOST);
  return {
    isbn: unique(isbn.flatMap(({ number }) => normalizeIsbns(number).valid)),
    isbnQualifiers: unique(isbn.flatMap(qualifiers)),
    issn: unique(texts.issn.flatMap((text) => normalizeIssns(text).valid)),
    lccn: unique(texts.lccn.flatMap((text) => normalizeLccn(text).valid)),
    oclc: unique(texts.oclc.flatMap((text) => normalizeOclc(text).valid)),
    sudoc: unique(texts.sudoc.map((text) => text.toUpperCase().replace(/\s+|\.$/g, ""))),
    publisher: unique(texts.publisherNumbers.map((text) => wordsOf(text).join(""))),
    report: unique(texts.reportNumbers.map((text) => wordsOf(text.replace(/\(.*$/s, "")).join(""))),
    standard: unique(texts.standardNumbers.map((text) => wordsOf(text).join(""))),
    url: unique(texts.urls.slice(0, MOST).map(fuzzyUrlKey).map(wholeAsDigest)),
  };
}

const QUALIFIERS: readonly (readonly [RegExp, string])[] = [
  [/p(?:aper)?b(?:ac)?k|paper|broch|softcover|soft|kart|rústica/i, "PBK"],
  [/h(?:ard)?b(?:ac)?k|hardcover|cloth|hard|bound|rel\b|geb|library|lib\.|alk\. paper/i, "HBK"],
  [/e-?book|electronic|online|pdf|epub|web/i, "ONLINE"],
  [/\bset\b|complete|gesamt/i, "SET"],
];

function qualifiers({ qualifier }: NumberText): string[] {
  const found = QUALIFIERS.filter(([words]) => words.test(qualifier)).map(([, name]) => name);
  const part = /\b(?:v|vol|bd|t|pt)\.?\s*(\d+)/i.exec(qualifier);
  return part === null ? found : [...found, `PT${part[1]}`];
}

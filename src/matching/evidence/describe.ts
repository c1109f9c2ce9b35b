/** From the texts of a record to its description. */

import type { DescribedTexts, KindTexts } from "../../fields/described-texts.js";
import type {
  CarrierForm,
  DescribedName,
  DescribedTitle,
  RecordDescription,
  RecordKind,
} from "../../fields/record-description.js";
import { nacoNormalize } from "../naco.js";
import { numbersOf } from "./describe-numbers.js";
import { readEdition } from "./edition.js";
import { readExtent } from "./extent.js";
import { readBody, readPerson, readPlace, readPublisher } from "./names.js";
import { addOnce, clipped, LONGEST, MOST, uniqueOf } from "./once.js";
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
  return { partNumbers: uniqueOf(partNumbers, partNumber), partNames: uniqueOf(partNames, normal) };
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
    variants: variantsOf(texts),
    years: years.slice(0, MOST),
    originalYear,
    decade,
    extent: readExtent(texts.extent, texts.size),
    names,
    mainEntry: texts.mainEntry && names.length > 0,
    responsibility: firstWords(nacoNormalize(texts.responsibility)),
    places: inBothScripts(texts.places, readPlace),
    publishers: inBothScripts(texts.publishers, readPublisher),
    edition: readEdition(texts.editions),
    numbers: numbersOf(texts),
    series: seriesOf(texts),
    language: /^[a-z]{3}$/.test(language) && language !== "und" ? language : "",
    country: /^[a-z]{2,3}$/.test(texts.country) && texts.country !== "xx" ? texts.country : "",
  };
}

function normal(text: string): string {
  return wordsOf(text).join(" ");
}

function variantsOf({ variants, partNames, language }: DescribedTexts): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < variants.length; at++) {
    addOnce(titleWords(variants[at], language).join(" "), found);
  }
  for (let at = 0; at < partNames.length; at++) {
    addOnce(titleWords(partNames[at], language).join(" "), found);
  }
  return found;
}

function seriesOf({ series, language }: DescribedTexts): RecordDescription["series"] {
  const found: { title: string; volume: string }[] = [];
  for (let at = 0; at < series.length && at < MOST; at++) {
    const { title, volume } = series[at];
    found.push({
      title: clipped(titleWords(title, language).join("")),
      volume: clipped(partNumber(volume)),
    });
  }
  return found;
}

function namesOf({ names }: DescribedTexts): DescribedName[] {
  const found: DescribedName[] = [];
  for (let at = 0; at < names.length && at < MOST; at++) {
    const { name, dates, body } = names[at];
    const read = body ? readBody(name) : readPerson(name, dates);
    if (read.surname !== "") addWithRomanized(shortName(read), found);
  }
  return found;
}

function shortName(name: DescribedName): DescribedName {
  const { surname, forenames } = name;
  if (surname.length <= LONGEST && forenames.length <= LONGEST) return name;
  return { ...name, surname: clipped(surname), forenames: clipped(forenames) };
}

function readTitle(titleProper: string, titleRest: string, language: string): DescribedTitle {
  const proper = titleWords(titleProper, language);
  const rest = withoutAnd(wordsOf(titleRest), language);
  const properWords = Math.min(proper.length, MOST * 2);
  for (let at = 0; at < rest.length; at++) proper.push(rest[at]);
  return { title: clippedWords(proper, MOST * 2), properWords };
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
function addWithRomanized(name: DescribedName, names: DescribedName[]): void {
  names.push(name);
  const { surname, forenames, born, body } = name;
  if (!canBeRomanized(surname)) return;
  names.push({ surname: romanize(surname), forenames: romanize(forenames), born, body });
}

/** What is read of texts, each once; Cyrillic or Greek stands for its transliteration as well. */
function inBothScripts(
  texts: readonly string[],
  read: (text: string) => string,
): readonly string[] {
  const found: string[] = [];
  for (let at = 0; at < texts.length; at++) {
    const text = read(texts[at]);
    addOnce(text, found);
    if (canBeRomanized(text)) addOnce(romanize(text), found);
  }
  return found;
}

/** The first words of a normal text, each no longer than is kept. */
function firstWords(text: string): string {
  if (text.length > LONGEST) return clippedWords(text.split(" "), MOST).join(" ");
  let end = -1;
  for (let word = 0; word < MOST; word++) {
    end = text.indexOf(" ", end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end);
}

/** The first words, each no longer than is kept; the list is changed. */
function clippedWords(words: string[], most: number): string[] {
  if (words.length > most) words.length = most;
  for (let at = 0; at < words.length; at++) {
    if (words[at].length > LONGEST) words[at] = clipped(words[at]);
  }
  return words;
}

const ELECTRONIC = new Set<string>(["online", "disk", "electronic"]);

function areAlike(forms: readonly string[]): boolean {
  for (let at = 1; at < forms.length; at++) if (forms[at] !== forms[0]) return false;
  return true;
}

/** The form that most of the record tells, and whether all tell the same. */
function mainForm(forms: readonly string[]): { form: CarrierForm; clear: boolean } {
  if (forms.length === 0) return { form: "", clear: false };
  if (areAlike(forms)) return { form: forms[0] as CarrierForm, clear: true };
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

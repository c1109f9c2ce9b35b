/** Titles: that of the edition, of the work, and others. */

import { bracketed, joined, stripped, titleText, unique, withoutEndDot } from "./isbd.js";
import { LETTERS, type PlainField, type PlainRecord, textsOf, wordsOf } from "./plain-fields.js";

interface Title {
  readonly title: string;
  readonly subtitle: string;
  /** The title in Roman script, where `title` is in another. */
  readonly romanised: string;
  readonly byStatement: string;
  readonly physicalFormat: string;
}

const NO_TITLE: Title = {
  title: "",
  subtitle: "",
  romanised: "",
  byStatement: "",
  physicalFormat: "",
};

/** The title of 245, for want of one of 740; in its own script where an 880 has that. */
export function titleOf(record: PlainRecord): Title {
  const field = record.of("245")[0] ?? record.of("740")[0];
  if (field === undefined) return NO_TITLE;
  const parts = textsOf(field, "bnps");
  const main = textsOf(field, "a");
  const first = main.length > 0 ? main : parts.splice(0, 1);
  const roman = joined(first.map(titleText)) || allWords(field);
  const original = record.inOwnScript(field, "245");
  const own = original === null ? "" : joined(textsOf(original, "a").map(titleText));
  const rest = parts.length === 0 && original !== null ? textsOf(original, "bnps") : parts;
  const subtitle = joined(rest.map(titleText), " : ");
  const format = textsOf(field, "h").join(" ");
  return {
    title: own || roman,
    subtitle: bracketed(subtitle) === null ? subtitle : "",
    romanised: own === "" ? "" : roman,
    byStatement: withoutEndDot(textsOf(field, "c").join(" ")),
    physicalFormat: bracketed(format) ?? format,
  };
}

function allWords(field: PlainField): string {
  return joined(textsOf(field, LETTERS).map(titleText));
}

/** Uniform titles of 240 and 130. */
export function workTitlesOf(record: PlainRecord): string[] {
  return unique([
    ...record
      .of("240")
      .map((field) => withoutEndDot(stripped(textsOf(field, "amnpr").join(" "), ","))),
    ...record
      .of("130")
      .map((field) => joined(textsOf(field, LETTERS.replace("n", "")).map(titleText))),
  ]);
}

/** Variant and related titles, as they are written. */
export function otherTitlesOf(record: PlainRecord): string[] {
  return [
    ...record.of("246").map((field) => textsOf(field, "a").join(" ")),
    ...record.of("730").map(wordsOf),
    ...record.of("740").map((field) => textsOf(field, "apn").join(" ")),
  ];
}

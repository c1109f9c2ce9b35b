/** Authors and other names of two records. */

import type { DescribedName, RecordDescription } from "../../fields/record-description.js";
import { isClose } from "./edit-distance.js";

export type AuthorOutcome =
  | "same"
  | "same body"
  | "among added"
  | "named in title"
  | "added same"
  | "one missing"
  | "added other"
  | "other forename"
  | "other";

type Likeness = "same" | "other forename" | "other";

export function compareAuthors(a: RecordDescription, b: RecordDescription): AuthorOutcome | null {
  if (a.names.length === 0 && b.names.length === 0) return null;
  if (a.mainEntry && b.mainEntry) return compareMain(a, b);
  const [main, other] = a.mainEntry ? [a, b] : [b, a];
  if (!main.mainEntry) {
    if (a.names.length === 0 || b.names.length === 0) return "one missing";
    return anyShared(a.names, b.names) ? "added same" : "added other";
  }
  if (other.names.some((name) => likeness(name, main.names[0]) === "same")) return "among added";
  if (namedIn(main.names[0], other)) return "named in title";
  return other.names.length === 0 ? "one missing" : "added other";
}

function compareMain(a: RecordDescription, b: RecordDescription): AuthorOutcome {
  const [x, y] = [a.names[0], b.names[0]];
  const like = likeness(x, y);
  if (like === "same") return x.body ? "same body" : "same";
  if (
    b.names.some((name) => likeness(name, x) === "same") ||
    a.names.some((name) => likeness(name, y) === "same")
  ) {
    return "among added";
  }
  if (like === "other forename") return like;
  return namedIn(x, b) || namedIn(y, a) ? "named in title" : "other";
}

function anyShared(a: readonly DescribedName[], b: readonly DescribedName[]): boolean {
  return a.some((one) => b.some((other) => likeness(one, other) === "same"));
}

function likeness(a: DescribedName, b: DescribedName): Likeness {
  if (a.body !== b.body) return "other";
  if (a.body) return sameBody(a.surname, b.surname) ? "same" : "other";
  if (a.surname !== b.surname && !isClose(a.surname, b.surname, 0.8)) return "other";
  return sameForenames(a, b) ? "same" : "other forename";
}

/** `UNITED STATES CONGRESS HOUSE` and `U S CONGRESS HOUSE`; a part of a body is not the whole. */
function sameBody(a: string, b: string): boolean {
  if (a === b) return true;
  const plain = (name: string) => name.replace(/^U S A?\b|^USA?\b/, "UNITED STATES");
  return plain(a) === plain(b) || isClose(plain(a), plain(b), 0.85);
}

/** Initials stand for names; different years of birth are different people. */
function sameForenames(a: DescribedName, b: DescribedName): boolean {
  if (a.born > 0 && b.born > 0 && Math.abs(a.born - b.born) > 2) return false;
  const [x, y] = [a.forenames.split(" "), b.forenames.split(" ")];
  if (x[0] === "" || y[0] === "") return true;
  return fits(x[0], y[0]) || (a.born > 0 && a.born === b.born);
}

function fits(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  return long.startsWith(short) || (short.length > 2 && isClose(a, b, 0.7));
}

function namedIn(
  { surname, body }: DescribedName,
  { responsibility, title }: RecordDescription,
): boolean {
  const words = surname.split(" ");
  for (let at = body ? 0 : words.length - 1; at < words.length; at++) {
    const word = words[at];
    if (word.length <= 2) return false;
    if (!hasWord(responsibility, word) && !title.includes(word)) return false;
  }
  return true;
}

/** Whether a word stands in a text, whose words are separated by blanks. */
function hasWord(text: string, word: string): boolean {
  return text.includes(word) && ` ${text} `.includes(` ${word} `);
}

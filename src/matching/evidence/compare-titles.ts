/** How the titles of two records stand to each other. */

import type { DescribedTitle, RecordDescription } from "../../fields/record-description.js";
import { isClose } from "./edit-distance.js";

export type TitleOutcome =
  | "same"
  | "same short"
  | "begins"
  | "begins short"
  | "begins, not a book"
  | "nearly"
  | "begins nearly"
  | "proper only"
  | "variant"
  | "same run"
  | "most words"
  | "word replaced"
  | "few words"
  | "other";

/** A title of fewer letters is shared by many works: `Poems`, `Annual report`. */
const SHORT = 12;
/** Share of letters that may differ by misprints and spelling. */
const NEARLY = 0.9;
/** Words in a row that make up for different beginnings. */
const RUN = 5;

/** What of a title is compared, made once for each comparison. */
interface Title {
  readonly words: readonly string[];
  readonly all: string;
  readonly proper: string;
}

function titleOf({ title, properWords }: DescribedTitle): Title {
  const all = title.join("");
  const isWhole = properWords >= title.length;
  return { words: title, all, proper: isWhole ? all : title.slice(0, properWords).join("") };
}

/** The first of two titles that was compared last: a record is compared with one after the other. */
let lastFirst: Title | null = null;

function firstTitleOf(one: DescribedTitle): Title {
  if (lastFirst === null || lastFirst.words !== one.title) lastFirst = titleOf(one);
  return lastFirst;
}

/** From the outcome that says most for one work to the one that says most against. */
const BEST_FIRST: readonly TitleOutcome[] = [
  "same",
  "same short",
  "begins",
  "nearly",
  "begins short",
  "begins nearly",
  "proper only",
  "variant",
  "same run",
  "most words",
  "word replaced",
  "begins, not a book",
  "few words",
  "other",
];

/** Compares the titles, each in the scripts in which it is known. Null where one of them has no title. */
export function compareTitles(a: RecordDescription, b: RecordDescription): TitleOutcome | null {
  if (a.title.length === 0 || b.title.length === 0) return null;
  const plain = compareForms(a, b, firstTitleOf(a), titleOf(b));
  if (a.otherScript === null && b.otherScript === null) return plain;
  let best = plain;
  for (const x of a.otherScript === null ? [a] : [a, a.otherScript]) {
    for (const y of b.otherScript === null ? [b] : [b, b.otherScript]) {
      const outcome = compareForms(a, b, titleOf(x), titleOf(y));
      if (BEST_FIRST.indexOf(outcome) < BEST_FIRST.indexOf(best)) best = outcome;
    }
  }
  return best;
}

function compareForms(
  a: RecordDescription,
  b: RecordDescription,
  x: Title,
  y: Title,
): TitleOutcome {
  if (x.all === y.all) return x.all.length < SHORT ? "same short" : "same";
  const short = x.all.length <= y.all.length ? x : y;
  const long = short === x ? y : x;
  const books =
    a.level !== "s" &&
    b.level !== "s" &&
    (a.type === "a" || a.type === "") &&
    (b.type === "a" || b.type === "");
  if (long.all.startsWith(short.all) && wordEnd(long, short.all.length)) {
    if (!books) return "begins, not a book";
    return short.all.length < SHORT ? "begins short" : "begins";
  }
  if (short.all.length >= SHORT && sameDigits(x.all, y.all) && isClose(x.all, y.all, NEARLY))
    return "nearly";
  if (x.proper === y.proper && x.proper.length >= SHORT) return "proper only";
  if (short.all.length >= SHORT && books) {
    const head = long.all.slice(0, short.all.length);
    if (sameDigits(short.all, head) && isClose(short.all, head, NEARLY)) return "begins nearly";
  }
  if (isVariant(a, y) || isVariant(b, x)) return "variant";
  return byWords(x.words, y.words);
}

function wordEnd({ words }: Title, length: number): boolean {
  let end = 0;
  for (const word of words) {
    end += word.length;
    if (end >= length) return end === length;
  }
  return false;
}

const DIGIT = /\d/;

function sameDigits(a: string, b: string): boolean {
  if (!DIGIT.test(a) && !DIGIT.test(b)) return true;
  return (
    a.replace(/\D+/g, ".") === b.replace(/\D+/g, ".") ||
    a.replace(/\D/g, "") === b.replace(/\D/g, "")
  );
}

function isVariant({ variants }: RecordDescription, title: Title): boolean {
  return variants.some((variant) => {
    const joined = variant.replaceAll(" ", "");
    return joined === title.all || (joined.length >= SHORT && joined === title.proper);
  });
}

function byWords(a: readonly string[], b: readonly string[]): TitleOutcome {
  const few = a.length <= b.length ? a : b;
  const many = few === a ? b : a;
  const { inBoth, shared } = wordsInBoth(few, many);
  const run = Math.max(RUN, few.length * 0.6);
  if (inBoth >= run && longestRun(few, many) >= run) return "same run";
  if (a.length === b.length && a.length >= 3 && a.filter((word, at) => word !== b[at]).length === 1)
    return "word replaced";
  if (few.length >= 3 && shared >= few.length * 0.8) return "most words";
  return shared >= few.length * 0.4 ? "few words" : "other";
}

/** How many of `few` are in `many`, and how many different ones. */
function wordsInBoth(
  few: readonly string[],
  many: readonly string[],
): { readonly inBoth: number; readonly shared: number } {
  let [inBoth, shared] = [0, 0];
  const all = many.length > MANY_WORDS ? new Set(many) : null;
  for (let at = 0; at < few.length; at++) {
    const word = few[at];
    if (!(all === null ? many.includes(word) : all.has(word))) continue;
    inBoth++;
    if (few.indexOf(word) === at) shared++;
  }
  return { inBoth, shared };
}

/** Of fewer words a set costs more than it spares. */
const MANY_WORDS = 20;

/** By word of the longer title, behind it: the run of words in both that ends there. */
let runs = new Int32Array(256);

function longestRun(a: readonly string[], b: readonly string[]): number {
  let longest = 0;
  if (b.length >= runs.length) runs = new Int32Array(2 * b.length);
  runs.fill(0, 0, b.length + 1);
  for (let word = 0; word < a.length; word++) {
    // From the end, so that what a run goes on from is still that of the word before.
    for (let at = b.length; at > 0; at--) {
      const run = a[word] === b[at - 1] ? runs[at - 1] + 1 : 0;
      runs[at] = run;
      if (run > longest) longest = run;
    }
  }
  return longest;
}

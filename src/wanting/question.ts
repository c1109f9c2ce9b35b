/** From what somebody typed, scanned or sent to the number that is asked for. */

import { normalizeIsbns } from "../fields/identifiers/isbn.js";

/** What is asked: for one ISBN-13, for one ASIN, or for nothing, with the reason. */
export type Question =
  | { readonly kind: "isbn"; readonly text: string; readonly isbn: string }
  | { readonly kind: "asin"; readonly text: string; readonly asin: string }
  | { readonly kind: "invalid"; readonly text: string; readonly reason: string };

/** Characters of a text that are looked at: a longer one is no number with words around it. */
const LONGEST = 200;
const SHORTEST_NUMBER = 8;
/** The bars of a price beside those of the book, which scanners send along. */
const WITH_PRICE = /^(97[89]\d{10})[ -]?\d{5}$/;
const ASIN = /^[A-Z][0-9A-Z]{9}$/;
const CONTROL = /[\0-\x08\x0e-\x1f\x7f]/;

/**
 * Reads a question.
 *
 * @param allowAsin whether a number of Amazon's may be asked for
 */
export function readQuestion(written: string, allowAsin: boolean): Question {
  const text = written.replace(/^\ufeff/, "").trim();
  const invalid = (reason: string): Question => ({ kind: "invalid", text, reason });
  if (text === "") return invalid("nothing is asked");
  if (text.length > LONGEST) return invalid(`longer than ${LONGEST} characters`);
  if (CONTROL.test(text)) return invalid("it holds control characters");
  const scanned = WITH_PRICE.exec(text)?.[1] ?? text;
  const { valid, invalid: refused } = normalizeIsbns(scanned);
  if (valid.length === 1 && refused.length === 0) return { kind: "isbn", text, isbn: valid[0] };
  if (valid.length > 0) return invalid("several numbers");
  const asin = text.toUpperCase();
  if (allowAsin && ASIN.test(asin)) return { kind: "asin", text, asin };
  return invalid(whyNot(text, refused));
}

function whyNot(text: string, refused: readonly string[]): string {
  // X is a check character, and stands behind its digits alone.
  const digits = text.replace(/[^\dXx]|(?<!\d[ -]?)[Xx]/g, "");
  if (digits.length < SHORTEST_NUMBER) return "not a number of a book";
  if (refused.length > 1) return "several numbers";
  if (/^9790/.test(digits)) return "a number of printed music (979-0)";
  if (digits.length === 10 || digits.length === 13) return "not an ISBN, or a wrong check digit";
  return `${digits.length} digits, where an ISBN has 10 or 13`;
}

/** What identifies an edition: as Open Library reads it, or only what is well formed. */

import { normalizeIsbns } from "../fields/identifiers/isbn.js";
import { normalizeLccn } from "../fields/identifiers/lccn.js";
import { normalizeOclc } from "../fields/identifiers/oclc.js";
import { unique } from "./isbd.js";
import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

export interface Isbns {
  readonly isbn_10: readonly string[];
  readonly isbn_13: readonly string[];
}

/** The longest text that they take for an ISBN. */
const MOST_OF_TEN = 16;

export function isbnsOf(record: PlainRecord, asTheirs: boolean): Isbns {
  const all = asTheirs ? theirIsbns(record) : ourIsbns(record);
  return {
    isbn_10: all.filter((text) => text.length !== 13 && text.length <= MOST_OF_TEN),
    isbn_13: all.filter((text) => text.length === 13),
  };
}

/** Those of $z, which glue a book to its e-book, only for want of others. */
function ourIsbns(record: PlainRecord): string[] {
  const own = record.texts("020", "a").flatMap(wellFormedIsbns);
  return unique(own.length > 0 ? own : record.texts("020", "z").flatMap(wellFormedIsbns));
}

/** The numbers as they were printed: of ten digits, or of thirteen. */
function wellFormedIsbns(text: string): string[] {
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

/** Whatever a qualifier or a price may stand behind, $z too, by its length alone. */
function theirIsbns(record: PlainRecord): string[] {
  const words = record.texts("020", "az").flatMap((text) => {
    const priced = /^([-\d]+X?)c\$[\d.]+$/.exec(text);
    return (priced ?? /^([^ ()]+[\dX])/.exec(text))?.[1] ?? [];
  });
  return unique(words.flatMap((word) => severalInOne(word.replaceAll("-", ""))));
}

const isLong = (text: string) => text.length === 10 || text.length === 13;

function severalInOne(text: string): string[] {
  if (isLong(text)) return [text];
  if (/^\d{20}$/.test(text)) return [text.slice(0, 10), text.slice(10)];
  if (text.length === 21 && !/\d/.test(text[10])) return [text.slice(0, 10), text.slice(11)];
  const parts = text.split(";");
  if (parts.length > 1 && isLong(parts.join(""))) return [parts.join("")];
  return parts.every(isLong) ? parts : [text];
}

export function lccnsOf(record: PlainRecord, asTheirs: boolean): string[] {
  const texts = record.texts("010", "a");
  if (asTheirs) return texts.flatMap(theirLccn);
  return unique(texts.flatMap((text) => normalizeLccn(text).valid));
}

function theirLccn(text: string): string[] {
  if (/^\?+$/.test(text)) return [];
  const found = /[ \dA-Za-z-]{3}[\d/-]+/.exec(text.replaceAll("^", " "))?.[0].trim() ?? "";
  const dash = found.indexOf("-");
  // Behind the hyphen are six digits.
  const zeros = dash < 0 ? "" : "0".repeat(Math.max(0, 7 - (found.length - dash)));
  return found === "" ? [] : [found.replaceAll("-", zeros)];
}

/**
 * The record's own number first, since the first is what others are matched by. Digits alone in 001 are it
 * unless 035 says otherwise: systems that number records anew leave OCLC's 003.
 */
export function oclcNumbersOf(record: PlainRecord, asTheirs: boolean): string[] {
  const [control, source] = [record.control("001"), record.control("003")];
  const isOclc = /^ocolc *$/i.test(source);
  const others = record.texts("035", "a");
  if (!asTheirs) {
    const marked = others.flatMap((text) => normalizeOclc(text).valid);
    const own = isOclc ? normalizeOclc(control, true).valid : [];
    const isOwn = marked.length === 0 || own.some((number) => marked.includes(number));
    return unique([...(isOwn ? own : normalizeOclc(isOclc ? control : "").valid), ...marked]);
  }
  const own = isOclc ? (prefixed(control) ?? control) : "";
  return unique([
    /^\d+$/.test(own) ? own : "",
    ...others.map((text) => /^\(OCoLC\).*?0*(\d+)/.exec(text)?.[1] ?? prefixed(text) ?? ""),
  ]);
}

function prefixed(text: string): string | undefined {
  return /^oc[nm]0*(\d+) *$/.exec(text)?.[1];
}

/** Numbers of the German national library, DOIs and ISSNs; of theirs only the last kind counts. */
export function identifiersOf(record: PlainRecord, asTheirs: boolean): Record<string, string[]> {
  const ofSource = (tag: string, source: string) =>
    record
      .of(tag)
      .filter((field) => textsOf(field, "2")[0] === source)
      .flatMap((field) => textsOf(field, "a").slice(0, 1));
  const found: readonly (readonly [string, string[]])[] = [
    ["dnb", ofSource("016", "DE-101")],
    ["doi", ofSource("024", "doi")],
    ["issn", record.texts("022", "a")],
  ];
  const kinds = found.filter(([, numbers]) => numbers.length > 0);
  if (!asTheirs) return Object.fromEntries(kinds.map(([kind, all]) => [kind, unique(all)]));
  const one = kinds.map(([kind, all]) => [kind, kind === "issn" ? all : all.slice(0, 1)] as const);
  return Object.fromEntries(one.slice(-1));
}

export function callNumbersOf(field: PlainField): string[] {
  const item = textsOf(field, "b").join(" ");
  const classes = textsOf(field, "a");
  if (classes.length === 0) return item === "" ? [] : [item];
  return classes.map((one) => (item === "" ? one : `${one} ${item}`));
}

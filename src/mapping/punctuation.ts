/** ISBD punctuation, which cataloguers put between areas and which means nothing at the end of a value. */

/** Abbreviations of three letters and more, whose full stop is their own. */
const ABBREVIATIONS: ReadonlySet<string> = new Set(
  (
    "approx assn assoc aufl bde bibl bros capt cent coll comp corp dept diagr diagrs enl esq etc " +
    "facsim facsims fasc fig figs gen geneal govt hon hrsg ill illus inc incl introd ltd mrs port " +
    "ports repr rev ser suppl tom trans univ vol vols jan feb mar apr aug sept oct nov dec"
  ).split(" "),
);
/** Separate areas and elements: what follows them is in another subfield or field. */
const SEPARATORS = new Set(Array.from(" /:;,=", (character) => character.charCodeAt(0)));
/** What a full stop may follow that ends an area, besides a word and a digit. */
const CLOSING = new Set(Array.from(`])>"'”’»`, (character) => character.charCodeAt(0)));

const STOP = 0x2e;
const OPENING_BRACKET = 0x5b;
const CLOSING_BRACKET = 0x5d;
const ASCII = 0x80;
const SHORTEST_WORD = 3;

function isSeparator(unit: number): boolean {
  if (unit >= ASCII) return /\s/u.test(String.fromCharCode(unit));
  return unit < 0x20 || SEPARATORS.has(unit);
}

function isDigit(unit: number): boolean {
  if (unit >= ASCII) return /\p{N}/u.test(String.fromCharCode(unit));
  return unit >= 0x30 && unit <= 0x39;
}

const LETTER = /[\p{L}\p{M}]/u;

/** Letters and their marks; a half of a surrogate pair counts as one, as most such characters are. */
function isLetter(unit: number): boolean {
  if (unit >= 0xd800 && unit <= 0xdfff) return true;
  if (unit >= ASCII) return LETTER.test(String.fromCharCode(unit));
  const lower = unit | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

/** Where the separators at the end of `text` up to `end` begin. */
function beforeSeparators(text: string, end: number): number {
  let last = end;
  while (last > 0 && isSeparator(text.charCodeAt(last - 1))) last--;
  return last;
}

/**
 * Whether the full stop before `end` ends an area: it stands behind a bracket, a quote, a digit or a
 * word of three letters and more that is no abbreviation. Initials and `...` keep theirs.
 */
function endsArea(text: string, end: number): boolean {
  const stop = end - 1;
  if (stop < 1) return false;
  const before = text.charCodeAt(stop - 1);
  if (CLOSING.has(before) || isDigit(before)) return true;
  let start = stop;
  while (start > 0 && isLetter(text.charCodeAt(start - 1))) start--;
  if (stop - start < SHORTEST_WORD) return false;
  return !ABBREVIATIONS.has(text.slice(start, stop).toLowerCase());
}

function withoutBrackets(text: string): string {
  const last = text.length - 1;
  const opensFirst = text.charCodeAt(0) === OPENING_BRACKET;
  const closesLast = text.charCodeAt(last) === CLOSING_BRACKET;
  if (!opensFirst && !closesLast) return text;
  const opens = text.indexOf("[");
  const closes = text.indexOf("]");
  // [S.l.]: the brackets say that the cataloguer supplied it.
  if (opensFirst && closes === last) return text.slice(1, -1);
  // One half of a pair: the other is in a subfield that was not chosen.
  if (opens < 0) return closes === last ? text.slice(0, -1) : text;
  return opensFirst && closes < 0 ? text.slice(1) : text;
}

/**
 * Trims the ISBD punctuation at the end of a value: blanks and `/ : ; , =`, a full stop that ends an
 * area (but not that of an initial, of an abbreviation, or of `...`), and square brackets around
 * the whole value or left over from a pair.
 */
export function trimPunctuation(text: string): string {
  let end = beforeSeparators(text, text.length);
  if (end > 0 && text.charCodeAt(end - 1) === STOP && endsArea(text, end)) {
    end = beforeSeparators(text, end - 1);
  }
  return withoutBrackets(end === text.length ? text : text.slice(0, end)).trim();
}

/** ISBD punctuation, which cataloguers put between areas and which means nothing at the end of a value. */

/** Separates areas and elements: what follows it is in another subfield or field. */
const SEPARATOR = /[\s/:;,=]+$/u;
/** A full stop that ends an area stands behind a bracket, a digit, a quote or a word of some length. */
const FINAL_STOP = /(?:[\])>"'”’»\p{N}]|[\p{L}\p{M}]{3,})\.$/u;
/** Abbreviations of three letters and more, whose full stop is their own. */
const ABBREVIATION =
  /(?:^|[^\p{L}\p{M}])(?:Inc|Ltd|Corp|Dept|Univ|Bros|Assn|Mrs|Esq|Rev|Hon|Gen|Capt|etc|ill|illus|vol|vols|fasc|bibl|comp|trans|approx|Aufl|Bde|Hrsg|ser|Ser|tom|rev|enl|incl|introd|repr|suppl|Suppl|dept|govt|port|ports|diagr|diagrs|facsim|facsims|geneal|assoc|coll|cent|fig|figs|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|Aug)\.$/u;

function balance(text: string): string {
  const opens = text.indexOf("[");
  const closes = text.indexOf("]");
  if (opens < 0 && closes < 0) return text;
  // [S.l.]: the brackets say that the cataloguer supplied it.
  if (opens === 0 && closes === text.length - 1) return text.slice(1, -1);
  // One half of a pair: the other is in a subfield that was not chosen.
  if (opens < 0 && closes === text.length - 1) return text.slice(0, -1);
  if (closes < 0 && opens === 0) return text.slice(1);
  return text;
}

/**
 * Trims the ISBD punctuation at the end of a value: blanks and `/ : ; , =`, a full stop that ends an
 * area (but not that of an initial, of an abbreviation, or of `...`), and square brackets around
 * the whole value or left over from a pair.
 */
export function trimPunctuation(text: string): string {
  let trimmed = text.replace(SEPARATOR, "");
  if (FINAL_STOP.test(trimmed) && !ABBREVIATION.test(trimmed)) {
    trimmed = trimmed.slice(0, -1).replace(SEPARATOR, "");
  }
  return balance(trimmed).trim();
}

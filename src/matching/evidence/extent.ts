/** Extent and size, from statements such as `xii, 345 p. : ill. ; 24 cm` in the languages of catalogues. */

import type { DescribedExtent } from "../../fields/record-description.js";
import { remembered } from "./remembered.js";

const PAGE_WORD =
  /(?<![\p{L}])(?:p|pp|pgs?|pages?|leaves|leaf|l|ll|lvs|ff?|feuillets?|fol|folios?|s|ss|seiten|bl|bll|blatt|blätter|pag|páginas?|paginas?|pagine|págs?|h|hojas|sivua|lehteä|ark|sidor|sider|blz|bladzijden|с|стр|страниц|л|str|stron|strana|stran|o|oldal|columns|cols?)(?![\p{L}])/iu;
/** Plates, leaves before the text, corrections: numbers beside those of the pages. */
const BESIDE =
  /\(i\.\s?e\.[^)]*\)|\[?\d+\]?\s*(?:unnumbered\s+|folded\s+)?(?:leaf|leaves|l\.?|p\.?|pages?|s\.?|bl\.?)?\s*(?:of\s+)?(?:plates?|tafeln|planches)\b|\b\d+\s*p\.?\s?[lℓ]\.?(?![\p{L}])|\bpl\.\s*[ivxlc\d-]+|\d+\s*(?:folded\s+)?maps?\b|\d+(?:[ -]\d\/\d)?\s*cm/giu;
const NUMBER = /(?<!\d)\d{1,5}(?!\d)/g;
const ROMAN =
  /(?<![\p{L}\d])([ivxlcdm]{1,9})(?=\s*(?:[,[]|,?\s*(?:p|pp|pages|leaves|l|s|c|с)\b))/giu;
const VOLUME_WORD =
  "(?:v|vs|vols?|volumes?|bde?|bände|band|t|tomes?|tomos?|tomi|tom|т|pts?|parts?|pieces?|nos?|numbers?|issues?|discs?|disks?|cd-roms?|dvds?|videodiscs?|videocassettes?|audio discs?|sound discs?|sheets?|maps?|microfiches?|microfilm reels?|reels?|niteitä|nidettä|osaa|bind|кн|delar|deler|del|dl|dln|scores?|fasc|booklets?|folders?|posters?|charts?|atlas|slides?|photographs?|prints?)";
const VOLUMES = new RegExp(
  `(\\d{1,4})\\s*(?:\\[[^\\]]*\\]\\s*)?(?:\\(?\\w+\\)?\\s+)?${VOLUME_WORD}(?![\\p{L}\\d])`,
  "giu",
);
const OPEN_VOLUMES =
  /^\s*(?:<[^>]*>\s*|\[\s*\]\s*|1 online resource\s*\()?(?:v|vol|volumes|bde|bände|t|tomes|тома)\.?\s*(?:$|[\s:;(),])/iu;
const SIZE = /(\d{1,3})(?:\s*[½¼¾]|[.,]\d+|\s+1\/2)?\s*(?:x\s*\d+\s*)?cm/i;

const ROMAN_VALUES: Readonly<Record<string, number>> = {
  i: 1,
  v: 5,
  x: 10,
  l: 50,
  c: 100,
  d: 500,
  m: 1000,
};

/** The value of a Roman numeral, in capitals or not. */
export function romanValue(text: string): number {
  let value = 0;
  let previous = 0;
  for (const letter of [...text.toLowerCase()].reverse()) {
    const one = ROMAN_VALUES[letter];
    value += one < previous ? -one : one;
    previous = Math.max(previous, one);
  }
  return value;
}

function highest(numbers: Iterable<RegExpMatchArray>, group: number): number {
  let most = 0;
  for (const match of numbers) most = Math.max(most, Number(match[group]));
  return most;
}

/** The highest number of pages; the leaves before the text only where there is nothing else. */
function pagesIn(text: string): number {
  const counted = text.replace(VOLUMES, " ");
  if (!PAGE_WORD.test(counted)) return 0;
  const pages = highest(counted.replace(BESIDE, " ").matchAll(NUMBER), 0);
  return pages > 0 ? pages : highest(counted.matchAll(NUMBER), 0);
}

/**
 * Reads an extent.
 *
 * @param extent as in 300 $a
 * @param size as in 300 $c
 */
export function readExtent(extent: string, size: string): DescribedExtent {
  const { pages, prelims, volumes } = countsOf(extent);
  return { pages, prelims, volumes, size: size === "" ? 0 : centimetresOf(size) };
}

const centimetresOf = remembered((size) => Number(SIZE.exec(size)?.[1] ?? 0));

const countsOf = remembered((extent): Omit<DescribedExtent, "size"> => {
  const stated = extent.slice(0, 400);
  const online = /^\s*1 (?:online resource|electronic)/i.test(stated);
  const text = online ? stated.replace(/^\s*1\s+/, "") : stated;
  const pages = pagesIn(text);
  const roman = [...text.matchAll(ROMAN)].map((match) => romanValue(match[1]));
  const volumes = highest(text.matchAll(VOLUMES), 1);
  const open = volumes === 0 && pages === 0 && OPEN_VOLUMES.test(text);
  return {
    pages,
    prelims: roman.length > 0 ? Math.max(...roman) : 0,
    volumes: open ? -1 : volumes,
  };
});

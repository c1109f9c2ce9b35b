/** OCLC control numbers, as OCLC writes them in 001, 019 and 035. */

import { addOnce, clearedText, type Identifiers } from "./identifier-text.js";

/** The usual forms, and nothing else in the text: `(OCoLC)12345`, `(OCoLC)ocm00012345`, `ocm00012345 `. */
const USUAL = /^(?:\(OCoLC\)(?:oc[mn]|on)?|oc[mn]|on)0*([1-9]\d{0,11}) ?$/;
const MAY_NUMBER = /o[cn]/i;
/** `(OCoLC)` with or without ocm, ocn, on behind it, or one of these three that begins a word. `(WaSeSS)OCM1ssj0001234` is WaSeSS's. */
const CLAIM = /\(OCoLC\)\s*(?:oc[mn]|on)?\s*|(?<=^|[\s,;|/])(?:oc[mn]|on)(?=\d)/giu;
/**
 * A number and nothing that could be more of it: the end, a bracket, or a word that is none. Digits
 * behind a blank may be its other groups (`12 345 678`), letters make it somebody else's number.
 */
const NUMBER =
  /^0*([1-9]\d{0,11})(?=[\s.,;:|/^\\]*$|[,;:|]\s|\s*[()[\]{}"]|\.?\s+(?![\s\d]|[/.,'’+-]\s*\d))/;
const BARE = /^\s*0*([1-9]\d{0,11})\s*$/;

function claimsIn(text: string): RegExpExecArray[] {
  const claims: RegExpExecArray[] = [];
  // `matchAll` would make a new expression for each text.
  CLAIM.lastIndex = 0;
  for (let claim = CLAIM.exec(text); claim !== null; claim = CLAIM.exec(text)) claims.push(claim);
  return claims;
}

/** The number of the text from one claim to the next, null if it is none. */
function numberIn(text: string): string | null {
  return NUMBER.exec(text)?.[1] ?? null;
}

/**
 * Finds the OCLC numbers of a subfield and gives their digits without leading zeros.
 *
 * A number needs `(OCoLC)` before it, or `ocm`, `ocn` or `on`, which is how 001 carries it where 003
 * is OCoLC. Digits alone, which in 035 may be any system's number, and numbers of other
 * organisations (`(DLC)…`) are not meant for OCLC numbers and give nothing at all. What claims to be
 * one and is not the whole of a number (`(OCoLC)1,310,071`, `(OCoLC)1.31E+09`) is invalid, and so are
 * OCLC's authority numbers (`(OCoLC)oca…`, `(OCoLC)fst…`), which count another series.
 *
 * @param bareIsOclc digits alone are an OCLC number too, since the caller knows where they are from
 */
export function normalizeOclc(given: string, bareIsOclc = false): Identifiers {
  const text = clearedText(given);
  const usual = USUAL.exec(text) ?? (bareIsOclc ? BARE.exec(text) : null);
  if (usual !== null) return { valid: [usual[1]], invalid: [] };
  const valid: string[] = [];
  const invalid: string[] = [];
  // Most other texts are numbers of other organisations.
  if (!MAY_NUMBER.test(text)) return { valid, invalid };
  const claims = claimsIn(text);
  claims.forEach((claim, at) => {
    const end = claims[at + 1]?.index ?? text.length;
    const number = numberIn(text.slice(claim.index + claim[0].length, end));
    if (number !== null) addOnce(valid, number);
    else addOnce(invalid, text.slice(claim.index, end).trim());
  });
  return { valid, invalid };
}

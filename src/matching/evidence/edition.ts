/** Edition statements: their number, and what else they say. */

import type { DescribedEdition } from "../../fields/record-description.js";
import { ordinalValue } from "./ordinals.js";
import { remembered } from "./remembered.js";
import { wordsOf } from "./title-words.js";

/** Words that say no more than that there is an edition, and small words. */
const EMPTY_WORDS = new Set(
  (
    "ED EDN EDITION EDITIONS EDS AUFL AUFLAGE AUSG AUSGABE EDITIE EDICION EDIZIONE EDICAO UPPLAGAN UPPL UPPLAGA UDG UDGAVE UTG UTGAVE " +
    "DRUK DR PAINOS P IZD ИЗД ИЗДАНИЕ VYD WYD TIRAGE THE A AN OF AND WITH BY TO IN DE DER DIE DAS LA LE UND ET Y E"
  ).split(" "),
);

/** Abbreviations of the cataloguing codes, and what they stand for. */
const SHORT: Readonly<Record<string, string>> = {
  REVISED: "REV",
  REVISION: "REV",
  ENLARGED: "ENL",
  ENLARG: "ENL",
  AUGMENTED: "AUGM",
  AUG: "AUGM",
  CORRECTED: "CORR",
  CORRECTIONS: "CORR",
  ILLUSTRATED: "ILL",
  ILLUS: "ILL",
  AMERICAN: "AMER",
  AM: "AMER",
  ENGLISH: "ENG",
  INTERNATIONAL: "INT",
  INTERNAT: "INT",
  REPRINTED: "REPR",
  REPRINT: "REPR",
  PRELIMINARY: "PRELIM",
  PAPERBACK: "PBK",
  IMPRESSION: "IMPR",
  ABRIDGED: "ABR",
  DURCHGESEHENE: "DURCHGES",
  VERBESSERTE: "VERB",
  ERWEITERTE: "ERW",
  UEBERARBEITETE: "UBERARB",
  UBERARBEITETE: "UBERARB",
  NEUE: "N",
  REVUE: "REV",
  AUGMENTEE: "AUGM",
  CORRIGEE: "CORR",
  REVISTA: "REV",
  REVIDERAD: "REV",
  REVIDIERTE: "REV",
  CORREGIDA: "CORR",
  AUMENTADA: "AUGM",
};

function numberOf(word: string): number {
  const digits = /^(\d{1,3})(?:ST|ND|RD|TH|E|A|O|ER|ERE|EME|D|RE|\.)?$/.exec(word);
  if (digits !== null) return Number(digits[1]);
  return ordinalValue(word);
}

/** Before an ordinal: `Twenty-first edition`. */
const TENS: Readonly<Record<string, number>> = {
  TWENTY: 20,
  THIRTY: 30,
  FORTY: 40,
  FIFTY: 50,
  SIXTY: 60,
  SEVENTY: 70,
  EIGHTY: 80,
  NINETY: 90,
};

const NO_EDITION: DescribedEdition = { number: 0, words: "" };

/** Reads the edition statements of a record (250 $a and $b). */
export function readEdition(statements: readonly string[]): DescribedEdition {
  if (statements.length === 0) return NO_EDITION;
  return editionOf(statements.join(" "));
}

const editionOf = remembered((statement): DescribedEdition => {
  let number = 0;
  const rest = new Set<string>();
  let tens = 0;
  for (const word of wordsOf(statement)) {
    if (Object.hasOwn(TENS, word)) {
      tens = TENS[word];
      continue;
    }
    const counted = numberOf(word) + (ordinalValue(word) > 0 ? tens : 0);
    tens = 0;
    if (counted > 0 && number === 0) number = counted;
    else if (!EMPTY_WORDS.has(word) && !/^\d+$/.test(word)) rest.add(SHORT[word] ?? word);
  }
  return { number, words: [...rest].sort().join(" ") };
});

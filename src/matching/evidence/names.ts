/** Names of persons and bodies, places and publishers, as they are compared. */

import type { DescribedName } from "../../fields/record-description.js";
import { nacoNormalize } from "../naco.js";
import { remembered } from "./remembered.js";
import { wordsOf } from "./title-words.js";

const COMMA = /[,\uff0c\u060c\u3001]/;
const BIRTH = /(?<!\d)(1[0-9]\d\d|20\d\d)(?!\d)/;

/** A person in direct or inverted order, with what stands with the dates. */
export function readPerson(name: string, dates: string): DescribedName {
  const person = personOf(name);
  return dates === "" ? person : { ...person, born: Number(BIRTH.exec(dates)?.[1] ?? 0) };
}

const personOf = remembered((name): DescribedName => {
  const comma = name.search(COMMA);
  const surname = nacoNormalize(comma < 0 ? name : name.slice(0, comma));
  const forenames = comma < 0 ? "" : nacoNormalize(name.slice(comma + 1).replace(/\(.*$/s, ""));
  return { surname, forenames, born: 0, body: false };
});

export const readBody = remembered((name): DescribedName => {
  return { surname: nacoNormalize(name), forenames: "", born: 0, body: true };
});

/** Words of publishers that tell nothing of which one it is. */
const OF_ANY_PUBLISHER = new Set(
  (
    "CO COMP COMPANY INC LTD LIMITED CORP CORPORATION GMBH AG SA S A PUB PUBS PUBL PUBLISHER PUBLISHERS PUBLISHING PUBLICATIONS PRINTED PRINTER PRINTERS PRINT PRINTING " +
    "FOR BY THE OF AND & UND ET Y SONS SON BROS BROTHERS FRERES FILS SOHNE CIE ETC VERLAG VERL VERLAGS BUCHHANDLUNG EDITIONS EDITION ED EDITORIAL EDITRICE EDIT EDITORE FORLAG FORLAGET " +
    "LIBRAIRIE LIBR LIBRERIA IMPRIMERIE IMPR TIP TIPOGRAFIA DISTRIBUTED DIST PRESSE BOOKS BOOK HOUSE AND OTHERS IN DE LA LE DER DES I K IZD VO IZDATELSTVO ИЗДАТЕЛЬСТВО ИЗД ВО SN SL"
  ).split(" "),
);

/** The names by which publishers are told apart, without what all have. */
export const readPublisher = remembered((text) => {
  const all = wordsOf(text);
  const telling = all.filter((word) => !OF_ANY_PUBLISHER.has(word));
  return telling.join(" ");
});

/** The first part of a place, without country and brackets: `NEW YORK`. */
export const readPlace = remembered((text) => {
  const first = text.split(/[,;:(/]/)[0] ?? "";
  const words = wordsOf(first.replace(/\bi\.\s?e\.\s*/i, ""));
  const place = words.join(" ");
  return place === "S L" || place === "SL" || place === "PLACE OF PUBLICATION NOT IDENTIFIED"
    ? ""
    : place;
});

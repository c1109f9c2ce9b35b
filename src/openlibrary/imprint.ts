/** Who published an edition, where, when and in which languages. */

import { stripped, withoutNumberDot } from "./isbd.js";
import { type PlainField, type PlainRecord, textsOf } from "./plain-fields.js";

const PUBLICATION = "1";
const COPYRIGHT = "4";

/** The fields that tell of the publication: 260, or else 264, or else what is linked to no 260 that is there. */
export function imprintsOf(record: PlainRecord, asTheirs: boolean): readonly PlainField[] {
  const own = record.of("260");
  if (own.length > 0) return own;
  const found = asTheirs ? record.of("264").slice(0, 1) : publications(record);
  if (found.length > 0) return found;
  const linked = record.linked("260");
  return linked === null ? [] : [linked];
}

/** Fields 264 of publishers; where none is, of producers, distributors and manufacturers. */
function publications(record: PlainRecord): readonly PlainField[] {
  const all = record.of("264").filter(({ indicator2 }) => indicator2 !== COPYRIGHT);
  const published = all.filter(({ indicator2 }) => indicator2 === PUBLICATION);
  return published.length > 0 ? published : all;
}

export function publisherText(text: string): string {
  const name = stripped(text, " /,;:[]");
  return name.toLowerCase().startsWith("s.n") ? "[s.n.]" : name;
}

export function placeText(text: string): string {
  let place = stripped(text, " /.,;:");
  if (place.startsWith("[") && place.endsWith("]")) place = place.slice(1, -1);
  if (place.split("[").length !== place.split("]").length) place = stripped(place, "[]");
  return place.toLowerCase().startsWith("s.l") ? "[s.l.]" : place;
}

/** The date of 008; that of the imprint for want of one, and of a reprint whose dates are in wrong order. */
export function dateOf(record: PlainRecord, asTheirs: boolean): string {
  const { fixed } = record;
  const first = fixed.slice(7, 11);
  const isDate = /^\d+u*$/.test(first) && (asTheirs || first.length === 4);
  const coded = isDate && first !== "0000" && first !== "9999" ? first : "";
  const isReprint = fixed[6] === "r" && fixed.slice(11, 15) > first;
  return coded !== "" && !isReprint ? coded : imprintDate(record, asTheirs) || coded;
}

function imprintDate(record: PlainRecord, asTheirs: boolean): string {
  const published = record.of("264").filter(({ indicator2 }) => indicator2 === PUBLICATION);
  const fields = asTheirs ? record.of("260") : [...record.of("260"), ...published];
  const [text = ""] = fields.flatMap((field) => textsOf(field, "c"));
  const date = stripped(text, "[]");
  const isNone = ["n.d.", "s.d."].includes(date.toLowerCase());
  return withoutNumberDot(isNone ? "[n.d.]" : date.trim());
}

/** The year of copyright, where 008 says that its second date is one. */
export function copyrightDateOf({ fixed }: PlainRecord): string {
  return fixed[6] === "t" ? fixed.slice(11, 15) : "";
}

export function countryOf({ fixed }: PlainRecord): string {
  const code = fixed.slice(15, 18);
  return ["|||", "\x01\x01\x01", "???"].includes(code) ? "" : code.trim();
}

/** Codes of languages that MARC has given up, or that are often written for others. */
const LANGUAGES: Readonly<Record<string, string>> = {
  ...{ ser: "srp", end: "eng", enk: "eng", ent: "eng", jap: "jpn", fra: "fre", fle: "dut" },
  ...{ "fr ": "fre", "it ": "ita" },
  ...{ cam: "khm", esp: "epo", eth: "gez", far: "fao", fri: "fry", gae: "gla", gag: "glg" },
  ...{ gal: "orm", gua: "grn", int: "ina", iri: "gle", lan: "oci", lap: "smi", mla: "mlg" },
  ...{ mol: "rum", sao: "smo", scc: "srp", scr: "hrv", sho: "sna", snh: "sin", sso: "sot" },
  ...{ swz: "ssw", tag: "tgl", taj: "tgk", tar: "tat", tsw: "tsn" },
};

const NO_LANGUAGE = new Set(["   ", "###", "|||", "", "???", "zxx", "n/a"]);

function language(code: string): string {
  return LANGUAGES[code] ?? code;
}

/** The languages of 008 and of 041 $a, which may hold several codes in one. */
export function languagesOf(record: PlainRecord): string[] {
  const fixed = record.fixed.slice(35, 38).toLowerCase();
  const coded = record.of("041").filter(({ indicator2 }) => indicator2 !== "7");
  const codes = coded
    .flatMap((field) => textsOf(field, "a"))
    .map((text) => text.replace(/[ -]/g, "").toLowerCase())
    .filter((text) => text.length % 3 === 0)
    .flatMap((text) => text.match(/.{3}/gs) ?? [])
    .filter((code) => code !== "zxx");
  return [...new Set([...(NO_LANGUAGE.has(fixed) ? [] : [fixed]), ...codes])].map(language);
}

export function translatedFromOf(record: PlainRecord): string[] {
  return record
    .texts("041", "h")
    .filter((text) => text.length === 3 && text.toLowerCase() !== "zxx")
    .map((text) => language(text.toLowerCase()));
}

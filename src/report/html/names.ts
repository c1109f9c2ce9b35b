/** What codes mean, for the labels of plots. */

/** MARC 21 leader/06. */
const TYPES: Readonly<Record<string, string>> = {
  a: "Language material",
  c: "Notated music",
  d: "Manuscript notated music",
  e: "Cartographic material",
  f: "Manuscript cartographic material",
  g: "Projected medium",
  i: "Nonmusical sound recording",
  j: "Musical sound recording",
  k: "Two-dimensional graphic",
  m: "Computer file",
  o: "Kit",
  p: "Mixed materials",
  q: "Community information",
  r: "Three-dimensional object",
  t: "Manuscript language material",
  u: "Holdings, unknown kind",
  v: "Multipart holdings",
  w: "Classification",
  x: "Single-part holdings",
  y: "Serial holdings",
  z: "Authority",
};

/** The name of a code; a code may read like something that every object has. */
function named(names: Readonly<Record<string, string>>, code: string): string | undefined {
  return Object.hasOwn(names, code) ? names[code] : undefined;
}

/** What a character of leader/06 says, with the character: `Language material (a)`. */
export function typeName(code: string): string {
  return `${named(TYPES, code) ?? "No known type"} (${code})`;
}

const LANGUAGES = new Intl.DisplayNames("en", { type: "language", fallback: "none" });

/** The name of a MARC language code, as far as it is an ISO 639-2 code, too. */
export function languageName(code: string): string {
  if (code === "none") return "not stated";
  if (code === "other") return "not a code";
  if (code === "und") return "Undetermined (und)";
  const name = LANGUAGES.of(code);
  return name === undefined ? code : `${name} (${code})`;
}

const ENCODINGS: Readonly<Record<string, string>> = {
  ascii: "ASCII only",
  "utf-8": "UTF-8",
  "marc-8": "MARC-8",
  "latin-1": "Latin-1",
  mixed: "several in one record",
  iso5426: "ISO 5426 (UNIMARC)",
  "utf-8-twice": "UTF-8, encoded twice",
  "utf-8-partly-twice": "UTF-8, in part encoded twice",
};

/** How an encoding is called in the report; one that has no name there stands for itself. */
export function encodingName(encoding: string): string {
  return named(ENCODINGS, encoding) ?? encoding;
}

/** Where a run spends its time. */
export const ROOM_NAMES: Readonly<Record<string, string>> = {
  input: "Waiting for bytes",
  reading: "Reading records",
  mapping: "Applying the rules",
  waiting: "Waiting for the reader",
  writing: "Duplicates and rows",
  committing: "Commits and rejects",
  logging: "The log",
};

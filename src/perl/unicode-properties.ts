/**
 * `\p{…}`: general categories, scripts, blocks, POSIX classes and a few yes/no properties, of
 * Unicode 14.0 as in Perl 5.36.
 */

import { CodePointSet } from "./code-point-set.js";
import { BLOCKS, DIGIT, SCRIPTS, WORD } from "./unicode-data.js";
import { TABLES } from "./unicode-tables.js";

type Source = () => CodePointSet;

/** A general category (`Lu`), a script by its long name (`Latin`), or a property (`Alphabetic`). */
function table(name: string): CodePointSet {
  const packed = TABLES[name];
  if (packed === undefined) throw new Error(`There is no table ${name}`);
  return CodePointSet.unpack(packed);
}

const known = new Map<string, CodePointSet | null>();

/**
 * Finds a property by what stands between the braces, loosely as Perl does: case, blanks, `_` and
 * `-` do not count. Where case does not count (`fold`), Perl takes upper, lower and title case for
 * one another. Returns null for a property that is not known.
 */
export function unicodeProperty(name: string, fold: boolean): CodePointSet | null {
  const loose = name.toLowerCase().replace(/[\s_-]/g, "");
  const caseless = fold
    ? CASELESS[loose.replace(/^(?:gc|generalcategory|category)[=:]|^is/, "")]
    : undefined;
  const key = caseless ?? (name.trim().toLowerCase() === "l_" ? "lc" : loose);
  let set = known.get(key);
  if (set === undefined) {
    set = find(key);
    known.set(key, set);
  }
  return set;
}

/** What the cased properties become where case does not count. */
const CASELESS: Readonly<Record<string, string>> = {
  lu: "lc",
  uppercaseletter: "lc",
  ll: "lc",
  lowercaseletter: "lc",
  lt: "cased",
  titlecaseletter: "cased",
  title: "cased",
  titlecase: "cased",
  upper: "cased",
  uppercase: "cased",
  xposixupper: "cased",
  lower: "cased",
  lowercase: "cased",
  xposixlower: "cased",
  posixupper: "posixalpha",
  posixlower: "posixalpha",
};

function find(name: string): CodePointSet | null {
  const [, property, value] = /^([^=:]*)[=:](.*)$/.exec(name) ?? [];
  if (property !== undefined && value !== undefined) return findValue(property, value);
  const bare = name.replace(/^is/, "");
  const binary = BINARY[bare];
  if (binary !== undefined) return binary();
  return (
    category(bare) ?? script(bare, true) ?? (name.startsWith("in") ? block(name.slice(2)) : null)
  );
}

function findValue(property: string, value: string): CodePointSet | null {
  switch (property.replace(/^is/, "")) {
    case "gc":
    case "generalcategory":
    case "category":
      return category(value);
    case "sc":
    case "script":
      return script(value, false);
    case "scx":
    case "scriptextensions":
      return script(value, true);
    case "blk":
    case "block":
      return block(value);
    default:
      return null;
  }
}

const CATEGORIES: Readonly<Record<string, string>> = {
  L: "letter",
  Lu: "uppercaseletter",
  Ll: "lowercaseletter",
  Lt: "titlecaseletter",
  Lm: "modifierletter",
  Lo: "otherletter",
  M: "mark combiningmark",
  Mn: "nonspacingmark",
  Mc: "spacingmark",
  Me: "enclosingmark",
  N: "number",
  Nd: "decimalnumber",
  Nl: "letternumber",
  No: "othernumber",
  P: "punctuation",
  Pc: "connectorpunctuation",
  Pd: "dashpunctuation",
  Ps: "openpunctuation",
  Pe: "closepunctuation",
  Pi: "initialpunctuation",
  Pf: "finalpunctuation",
  Po: "otherpunctuation",
  S: "symbol",
  Sm: "mathsymbol",
  Sc: "currencysymbol",
  Sk: "modifiersymbol",
  So: "othersymbol",
  Z: "separator",
  Zs: "spaceseparator",
  Zl: "lineseparator",
  Zp: "paragraphseparator",
  C: "other",
  Cc: "control",
  Cf: "format",
  Cs: "surrogate",
  Co: "privateuse",
  Cn: "unassigned",
};

const categoryNames = new Map(
  Object.entries(CATEGORIES).flatMap(([short, long]) =>
    [short.toLowerCase(), ...long.split(" ")].map((name) => [name, short] as const),
  ),
);

function category(name: string): CodePointSet | null {
  if (name === "lc" || name === "l&" || name === "casedletter") return tables("Lu", "Ll", "Lt");
  const short = categoryNames.get(name);
  return short === undefined ? null : table(short);
}

/** A script; with `extended`, the characters that are used with it too (Script_Extensions). */
function script(name: string, extended: boolean): CodePointSet | null {
  for (const entry of SCRIPTS.split(" ")) {
    const [short = "", long = "", added = "", gone = ""] = entry.split(":");
    const names = [short, long.replaceAll("_", "")].map((one) => one.toLowerCase());
    if (name === "qaac") return script("copt", extended);
    if (name === "qaai") return script("zinh", extended);
    if (!names.includes(name)) continue;
    const set = table(long);
    return extended
      ? set.union(CodePointSet.unpack(added, ",")).minus(CodePointSet.unpack(gone, ","))
      : set;
  }
  return null;
}

function block(name: string): CodePointSet | null {
  for (const entry of BLOCKS.split(" ")) {
    const [names = "", first = "", last = ""] = entry.split(":");
    const loose = names.toLowerCase().replaceAll("_", "").split("|");
    if (loose.includes(name)) {
      return CodePointSet.of([Number.parseInt(first, 36), Number.parseInt(last, 36)]);
    }
  }
  return null;
}

const tables = (...names: string[]): CodePointSet =>
  CodePointSet.of(names.flatMap((name) => table(name).ranges));
const inAscii = (expression: RegExp): CodePointSet =>
  CodePointSet.of(
    Array.from({ length: 128 }, (_, code) => code)
      .filter((code) => expression.test(String.fromCharCode(code)))
      .flatMap((code) => [code, code]),
  );

const word: Source = () => CodePointSet.unpack(WORD);
const digit: Source = () => CodePointSet.unpack(DIGIT);
const space: Source = () => CodePointSet.of([0x09, 0x0d, 0x85, 0x85]).union(table("Z"));
const blank: Source = () => CodePointSet.of([0x09, 0x09]).union(table("Zs"));
const alpha: Source = () => table("Alphabetic");
const upper: Source = () => table("Uppercase");
const lower: Source = () => table("Lowercase");
const graph: Source = () =>
  space()
    .union(tables("Cc", "Cs", "Cn"))
    .complement();
const everything: Source = () => CodePointSet.of([0, 0x10ffff]);
const hexDigit: Source = () =>
  inAscii(/[0-9A-Fa-f]/).union(CodePointSet.of([0xff10, 0xff19, 0xff21, 0xff26, 0xff41, 0xff46]));

/** The properties that are named alone, by their loose names. */
const BINARY: Readonly<Record<string, Source>> = {
  any: everything,
  all: everything,
  ascii: () => CodePointSet.of([0, 0x7f]),
  assigned: () => table("Cn").complement(),
  alpha,
  alphabetic: alpha,
  xposixalpha: alpha,
  digit,
  xposixdigit: digit,
  alnum: () => alpha().union(digit()),
  xposixalnum: () => alpha().union(digit()),
  upper,
  uppercase: upper,
  xposixupper: upper,
  lower,
  lowercase: lower,
  xposixlower: lower,
  cased: () => upper().union(lower(), table("Lt")),
  title: () => table("Lt"),
  titlecase: () => table("Lt"),
  punct: () => table("P"),
  xposixpunct: () => table("P").union(inAscii(/[$+<=>^`|~]/)),
  graph,
  xposixgraph: graph,
  print: () => graph().union(table("Zs")),
  xposixprint: () => graph().union(table("Zs")),
  cntrl: () => table("Cc"),
  xposixcntrl: () => table("Cc"),
  space,
  xposixspace: space,
  whitespace: space,
  wspace: space,
  spaceperl: space,
  xperlspace: space,
  blank,
  xposixblank: blank,
  horizspace: blank,
  vertspace: () => CodePointSet.of([0x0a, 0x0d, 0x85, 0x85, 0x2028, 0x2029]),
  word,
  xposixword: word,
  hex: hexDigit,
  hexdigit: hexDigit,
  xdigit: hexDigit,
  xposixxdigit: hexDigit,
  ahex: () => inAscii(/[0-9A-Fa-f]/),
  asciihexdigit: () => inAscii(/[0-9A-Fa-f]/),
  posixxdigit: () => inAscii(/[0-9A-Fa-f]/),
  posixalpha: () => inAscii(/[A-Za-z]/),
  posixdigit: () => inAscii(/[0-9]/),
  posixalnum: () => inAscii(/[A-Za-z0-9]/),
  posixupper: () => inAscii(/[A-Z]/),
  posixlower: () => inAscii(/[a-z]/),
  posixpunct: () => inAscii(/[!-/:-@[-`{-~]/),
  posixgraph: () => inAscii(/[!-~]/),
  posixprint: () => inAscii(/[ -~]/),
  posixcntrl: () => inAscii(/[\0-\x1f\x7f]/),
  posixspace: () => inAscii(/[\t-\r ]/),
  perlspace: () => inAscii(/[\t-\r ]/),
  posixblank: () => inAscii(/[\t ]/),
  posixword: () => inAscii(/\w/),
  perlword: () => inAscii(/\w/),
};

/** The yes/no properties that `\p{…}` knows, by their loose names, for the documentation. */
export const PROPERTY_NAMES: readonly string[] = Object.keys(BINARY);

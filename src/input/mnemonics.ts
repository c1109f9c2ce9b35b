/**
 * MARCMaker's names in braces for characters: `{dollar}`, `{Lstrok}`, `{acute}e`. Most stand for a
 * character of MARC-8 (ANSEL), where what combines comes before its letter; in Unicode it comes behind.
 */

/** What combines, by name: the second table of ANSEL and its other names. */
const COMBINING: Readonly<Record<string, string>> = {
  hooka: "\u0309",
  grave: "\u0300",
  acute: "\u0301",
  circ: "\u0302",
  tilde: "\u0303",
  macr: "\u0304",
  breve: "\u0306",
  dot: "\u0307",
  uml: "\u0308",
  caron: "\u030c",
  ring: "\u030a",
  llig: "\ufe20",
  rlig: "\ufe21",
  rcommaa: "\u0315",
  dblac: "\u030b",
  candra: "\u0310",
  cedil: "\u0327",
  ogon: "\u0328",
  dotb: "\u0323",
  dbldotb: "\u0324",
  ringb: "\u0325",
  dblunder: "\u0333",
  under: "\u0332",
  commab: "\u0326",
  rcedil: "\u031c",
  breveb: "\u032e",
  ldbltil: "\ufe22",
  rdbltil: "\ufe23",
  commaa: "\u0313",
  hookr: "\u0328",
  hookl: "\u0326",
};

/** Characters that stand for themselves. */
const SPACING: Readonly<Record<string, string>> = {
  ...{ Lstrok: "Ł", Ostrok: "Ø", Dstrok: "Đ", THORN: "Þ", AElig: "Æ", OElig: "Œ", ETH: "Ð" },
  ...{ lstrok: "ł", ostrok: "ø", dstrok: "đ", thorn: "þ", aelig: "æ", oelig: "œ", eth: "ð" },
  ...{ Ohorn: "Ơ", Uhorn: "Ư", ohorn: "ơ", uhorn: "ư", inodot: "ı", szlig: "ß", eszett: "ß" },
  ...{ softsign: "ʹ", mlprime: "ʹ", hardsign: "ʺ", mlPrime: "ʺ", mlrhring: "ʼ", mllhring: "ʻ" },
  ...{ middot: "·", flat: "♭", sharp: "♯", reg: "®", copy: "©", phono: "℗", plusmn: "±" },
  ...{ pound: "£", euro: "€", deg: "°", scriptl: "ℓ", iquest: "¿", iexcl: "¡" },
  ...{ joiner: "\u200d", nonjoin: "\u200c" },
  ...{ dollar: "$", lcub: "{", rcub: "}", bsol: "\\", verbar: "|", pipe: "|", amp: "&", num: "#" },
  ...{ excl: "!", quot: '"', percnt: "%", apos: "'", lpar: "(", rpar: ")", ast: "*", plus: "+" },
  ...{ comma: ",", hyphen: "-", period: ".", sol: "/", colon: ":", semi: ";", lt: "<", gt: ">" },
  ...{ equals: "=", quest: "?", commat: "@", lsqb: "[", rsqb: "]", lowbar: "_", space: " " },
  ...{ spcirc: "^", spgrave: "`", sptilde: "~", spunder: "_" },
};

const MNEMONIC = /\{([0-9A-Za-z]{1,10})\}/g;
/** What combines, in the private form of a first pass, and the letter behind it. */
const BEFORE_LETTER = /((?:\ue000[\u0300-\u036f\ufe20-\ufe2f])+)(\P{M}?)/gsu;
const MARK = "\ue000";
const MARKS = /\ue000/g;
/** A letter and what combines with it: `{eacute}`. */
const PRECOMPOSED = /^([A-Za-z])([a-z]{3,6})$/;

/**
 * Text with characters for their names.
 *
 * @param unknown takes the name of what is none, which stays as it is
 */
export function withoutMnemonics(text: string, unknown: (name: string) => void): string {
  if (!text.includes("{")) return text;
  const named = text.replace(MARKS, "\ufffd").replace(MNEMONIC, (whole, name: string) => {
    const found = character(name);
    if (found === null) unknown(name);
    return found ?? whole;
  });
  return named.replace(BEFORE_LETTER, (_, marks: string, letter: string) => {
    return letter + marks.replace(MARKS, "");
  });
}

function character(name: string): string | null {
  const combining = own(COMBINING, name);
  if (combining !== null) return MARK + combining;
  const spacing = own(SPACING, name);
  if (spacing !== null) return spacing;
  if (name.length === 1) return name;
  const [, letter, diacritic] = PRECOMPOSED.exec(name) ?? [];
  const mark = diacritic === undefined ? null : own(COMBINING, diacritic);
  return mark === null ? null : letter + mark;
}

function own(table: Readonly<Record<string, string>>, name: string): string | null {
  return Object.hasOwn(table, name) ? table[name] : null;
}

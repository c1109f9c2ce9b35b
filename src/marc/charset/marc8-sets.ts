/** The MARC-8 character sets in the form the decoder looks things up in, unpacked at first use. */

import { ONE_BYTE_SETS } from "./tables.js";
import { EACC_RUNS } from "./tables-eacc.js";

/** Final bytes of the escape sequences: the sets in use at the beginning, and the East Asian one. */
export const ASCII = 0x42;
export const ANSEL = 0x45;
export const EACC = 0x31;
/** Of UNIMARC alone: ISO 5426, and no set at all. */
export const EXTENDED_LATIN = 0x50;
export const NO_SET = 0;

/**
 * ISO 5426:1983 (ISO-IR 53), the extended Latin set of UNIMARC, in the form of the MARC-8 tables. Ayn,
 * alif and the soft and hard signs are the characters that the Library of Congress has for ANSEL's.
 * Position 5D begins a ligature or a double tilde; 5E and 5F, the second halves, tell which.
 */
const ISO_5426 =
  ",A1,201E,A3,24,A5,2020,A7,2032,2018,201C,AB,266D,A9,2117,AE,2BB,2BC,201A,,,,2021,B7,2033,2019,201D,BB,266F,2B9,2BA,BF,10309,10300,10301,10302,10303,10304,10306,10307,10308,10308,1030A,10315,10312,1030B,1031B,1030C,10327,1031C,10326,10328,10325,1032E,10323,10324,10332,10333,10329,1032D,,10361,1FE21,1FE23,,C6,110,,,,132,,141,D8,152,,DE,,,,,E6,111,F0,,131,133,,142,F8,153,DF,FE,,,";

/** Flags beside the code unit (low 16 bits) of an entry; an entry of 0 means: nothing defined. */
export const MARK = 1 << 16;
/** The decoder must look closer: `&`, halves of double marks, bytes of a three-byte code. */
export const SPECIAL = 1 << 17;
/** No mark to MARC-8, but one to Unicode, so that the text must be normalised. */
export const COMPOSES = 1 << 18;

/** Positions of the halves of LIGATURE and DOUBLE TILDE, and of `&` in ASCII. */
const DOUBLE_MARKS: Readonly<Record<number, readonly number[]>> = {
  [ANSEL]: [0x6b, 0x6c, 0x7a, 0x7b],
  [EXTENDED_LATIN]: [0x5d, 0x5e, 0x5f],
};
const AMPERSAND = 0x26;
const SPACE = 0x20;
const FIRST = 0x21;
const LAST = 0x7e;

/** By half and final byte; no holes, since this is looked up at every escape sequence. */
const unpacked: (Uint32Array | null)[] = new Array(512).fill(null);

const oneByteSets = new Uint8Array(256);
for (const final of Object.keys(ONE_BYTE_SETS)) oneByteSets[final.charCodeAt(0)] = 1;

/** Whether MARC-8 has a one-byte set of this final byte. */
export function isOneByteSet(final: number): boolean {
  return oneByteSets[final] === 1;
}

/**
 * The 128 entries of a one-byte set or, all of them SPECIAL, of EACC, by the low seven bits of a
 * byte. The blank at 20 belongs to G0 (`half` 0); in G1 nothing is there, and of NO_SET nothing at all.
 */
export function characterSet(final: number, half: number): Uint32Array {
  const key = (half << 8) | final;
  const known = unpacked[key];
  if (known !== null) return known;
  const entries = unpackSet(final, half);
  unpacked[key] = entries;
  return entries;
}

function unpackSet(final: number, half: number): Uint32Array {
  const entries = new Uint32Array(128);
  if (half === 0) entries[SPACE] = SPACE;
  if (final === EACC) return entries.fill(SPECIAL, FIRST, LAST + 1);
  if (final === NO_SET) return entries;
  const written = final === EXTENDED_LATIN ? ISO_5426 : ONE_BYTE_SETS[String.fromCharCode(final)];
  const words = written.split(",");
  for (let position = FIRST; position <= LAST; position++) {
    const word = words[position - SPACE];
    if (word !== "") entries[position] = entryOf(Number.parseInt(word, 16));
  }
  if (final === ASCII) entries[AMPERSAND] |= SPECIAL;
  for (const position of DOUBLE_MARKS[final] ?? []) entries[position] |= SPECIAL;
  return entries;
}

function entryOf(value: number): number {
  if ((value & MARK) !== 0) return value;
  const normal = String.fromCharCode(value).normalize("NFC");
  // SUPERSCRIPT ALEF (U+0670) is such a one.
  return normal.charCodeAt(0) | (/\p{M}/u.test(normal) ? SPECIAL | COMPOSES : 0);
}

/** Columns (third byte 20 to 7F) of a row; row 0 is empty. Values from D800 on index `beyond`. */
const COLUMNS = 96;
const MOST_ROWS = 1024;
const BEYOND = 0xd800;

/**
 * Punctuation that EACC lacks, as exported by systems of Innovative Interfaces: no codes of the
 * standard, but ones that can mean nothing else.
 */
const VENDOR_CODES = new Map([
  [0x21203d, 0x2026],
  [0x212040, 0x201c],
  [0x7f2014, 0x2014],
  [0x7f2019, 0x2019],
  [0x7f2020, 0x201d],
  [0x7f2122, 0x2122],
]);

interface EaccTable {
  /** Row by the low seven bits of the first and the second byte. */
  readonly rows: Uint16Array;
  readonly codes: Uint16Array;
  /** The few characters beyond U+FFFF. */
  readonly beyond: readonly number[];
}

let eacc: EaccTable | undefined;

/** Code point of a three-byte code (each byte with or without its high bit), 0 if there is none. */
export function eaccCharacter(first: number, second: number, third: number): number {
  if (eacc === undefined) eacc = unpackEacc();
  const row = eacc.rows[((first & 0x7f) << 7) | (second & 0x7f)];
  const column = (third & 0x7f) - 0x20;
  const code = column < 0 ? 0 : eacc.codes[row * COLUMNS + column];
  if (code === 0) return VENDOR_CODES.get((first << 16) | (second << 8) | third) ?? 0;
  return code >= BEYOND && code < 0xe000 ? eacc.beyond[code - BEYOND] : code;
}

function unpackEacc(): EaccTable {
  const rows = new Uint16Array(1 << 14);
  const codes = new Uint16Array(MOST_ROWS * COLUMNS);
  const beyond: number[] = [];
  let rowCount = 1;
  for (const line of EACC_RUNS.split("\n")) {
    const [plane, ...runs] = line.split(" ");
    for (const run of runs) {
      const key = (Number.parseInt(plane, 16) << 7) | Number.parseInt(run.slice(0, 2), 16);
      if (rows[key] === 0) rows[key] = rowCount++;
      let at = rows[key] * COLUMNS + Number.parseInt(run.slice(2, 4), 16) - 0x20;
      for (let next = 4; next < run.length; next++) {
        const code = run.codePointAt(next) ?? 0;
        if (code > 0xffff) next++;
        codes[at++] = code > 0xffff ? BEYOND + beyond.push(code) - 1 : code;
      }
    }
  }
  return { rows, codes, beyond };
}

/** Unicode to MARC-8: ASCII and ANSEL, basic Cyrillic, EACC; what they lack becomes `&#xHHHH;`. */

import { ONE_BYTE_SETS } from "../../dist/marc/charset/tables.js";
import { EACC_RUNS } from "../../dist/marc/charset/tables-eacc.js";

const COMBINING = 0x10000;
const TO_ASCII = "\x1b(B";

/** Characters of a one-byte set, each with the byte that stands for it. */
function invertOneByteSet(final, highBit) {
  const marks = new Map();
  const characters = new Map();
  ONE_BYTE_SETS[final].split(",").forEach((word, position) => {
    if (word === "") return;
    const value = Number.parseInt(word, 16);
    const byte = String.fromCharCode((position + 0x20) | highBit);
    const target = (value & COMBINING) === 0 ? characters : marks;
    target.set(String.fromCodePoint(value & 0xffff), byte);
  });
  return { marks, characters };
}

/** East Asian characters that stay as they are under NFC, each with its three bytes. */
function invertEacc() {
  const codes = new Map();
  for (const line of EACC_RUNS.split("\n")) {
    const [plane, ...runs] = line.split(" ");
    for (const run of runs) {
      let code = Number.parseInt(plane + run.slice(0, 4), 16);
      for (const character of run.slice(4)) {
        const bytes = String.fromCharCode(code >> 16, (code >> 8) & 0xff, code & 0xff);
        if (!codes.has(character)) codes.set(character, bytes);
        code++;
      }
    }
  }
  return codes;
}

const ansel = invertOneByteSet("E", 0x80);
const cyrillic = new Map(
  [...invertOneByteSet("N", 0).characters].filter(([character]) => !isAscii(character)),
);
const eacc = invertEacc();

/** Ideographs of EACC's first plane, for making text. */
export const IDEOGRAPHS = [...eacc.keys()].filter(
  (character) => /^[\u4e00-\u9fff]$/.test(character) && eacc.get(character).startsWith("!"),
);

/**
 * @param {string} text any Unicode text
 * @returns {string} one character a byte (Latin-1)
 */
export function encodeMarc8(text) {
  if (isAscii(text)) return text;
  let bytes = "";
  let set = TO_ASCII;
  // A letter with its marks at a time; in MARC-8 the marks stand first.
  for (const [cluster, letter, following] of text
    .normalize("NFD")
    .matchAll(/(\P{M})(\p{M}*)|\p{M}/gsu)) {
    const [wanted, encoded] = encodeCluster(letter ?? cluster, following ?? "");
    if (wanted !== set) bytes += wanted;
    bytes += encoded;
    set = wanted;
  }
  return set === TO_ASCII ? bytes : bytes + TO_ASCII;
}

function encodeCluster(letter, following) {
  const composed = (letter + following).normalize("NFC");
  if (eacc.has(composed) && composed > "\u2e80") return ["\x1b$1", eacc.get(composed)];
  if (cyrillic.has(composed)) return ["\x1b(N", cyrillic.get(composed)];
  if (ansel.characters.has(composed)) return [TO_ASCII, ansel.characters.get(composed)];
  let marks = "";
  for (const mark of following) marks += ansel.marks.get(mark) ?? reference(mark);
  const base = isAscii(letter) ? letter : (ansel.characters.get(letter) ?? reference(letter));
  return [TO_ASCII, marks + base];
}

function isAscii(text) {
  return /^[\x00-\x7f]*$/.test(text);
}

function reference(character) {
  return `&#x${character.codePointAt(0).toString(16).toUpperCase().padStart(4, "0")};`;
}

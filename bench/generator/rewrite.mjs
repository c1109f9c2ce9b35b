/** Making a new record of a real one: other numbers, other words, the same build. */

import { IDEOGRAPHS } from "./marc8.mjs";

const ACCENTED = new Map(
  Object.entries({ a: "áàâäãåā", c: "çć", e: "éèêëē", i: "íîïī", l: "ł", n: "ñń" }).concat(
    Object.entries({ o: "óôöõøō", s: "śş", u: "úûüū", y: "ý", z: "źž", A: "ÁÅ", E: "É", O: "ÖØ" }),
  ),
);
const CYRILLIC = "абвгдежзиклмнопрстухчшяюй";
/** Fields whose text is language, not codes. */
const LANGUAGE = /^(1..|24.|250|26.|490|5..|6..|7..|8[03].)$/;

/**
 * A title of its own for each number, in the words of real titles.
 *
 * @param {string[]} words
 * @param {import("./random.mjs").Random} random
 */
export function makeTitle(words, random) {
  const count = 4 + random.int(7);
  const title = Array.from({ length: count }, () => random.pick(words)).join(" ");
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The 245 of a record under another title; statement of responsibility and indicators stay. */
export function retitled(field, title, subtitle) {
  const responsibility = /\x1fc.*$/s.exec(field)?.[0] ?? "";
  const rest = subtitle === "" ? "" : ` :\x1fb${subtitle}`;
  return `${field.charAt(0)}0\x1fa${title}${rest}${responsibility === "" ? "." : " /"}${responsibility}`;
}

/** A note with its first words moved to the end of the first subfield: other text, same length. */
export function rotated(field, random) {
  const [head, first, rest] = splitFirstSubfield(field);
  const words = first.split(" ");
  const cut = random.int(words.length);
  return head + [...words.slice(cut), ...words.slice(0, cut)].join(" ") + rest;
}

function splitFirstSubfield(field) {
  const start = field.indexOf("\x1f") + 2;
  const end = field.indexOf("\x1f", start);
  return end < 0
    ? [field.slice(0, start), field.slice(start), ""]
    : [field.slice(0, start), field.slice(start, end), field.slice(end)];
}

/** ISBN-13 with its check digit, from a number below 10^9. */
export function isbn(number) {
  const digits = `978${String(number % 1e9).padStart(9, "0")}`;
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return digits + ((10 - (sum % 10)) % 10);
}

/** ISSN with its hyphen and check digit, from any number. */
export function issn(number) {
  const digits = String(number % 1e7).padStart(7, "0");
  const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (8 - i), 0);
  const check = (11 - (sum % 11)) % 11;
  return `${digits.slice(0, 4)}-${digits.slice(4)}${check === 10 ? "X" : check}`;
}

/** Fields with diacritics over a share of the letters that can bear them. */
export function accented(fields, share, random) {
  return fields.map(([tag, text]) => [
    tag,
    LANGUAGE.test(tag)
      ? onLetters(text, (letter) => {
          const forms = ACCENTED.get(letter);
          return forms && random.chance(share) ? random.pick(forms) : letter;
        })
      : text,
  ]);
}

/** Every letter of a field replaced, but for subfield codes. */
function onLetters(text, replace) {
  return text.replace(/(\x1f.)|[A-Za-z]/gs, (match, delimiter) => delimiter ?? replace(match));
}

/** Fields with their longer words in Chinese, two to four ideographs each. */
export function ideographic(fields, share, random) {
  return fields.map(([tag, text]) => [
    tag,
    LANGUAGE.test(tag)
      ? text.replace(/(\x1f.)|[A-Za-z]{4,}/gs, (word, delimiter) =>
          delimiter === undefined && random.chance(share) ? ideographs(random) : word,
        )
      : text,
  ]);
}

function ideographs(random) {
  return Array.from({ length: 2 + random.int(3) }, () => random.pick(IDEOGRAPHS)).join("");
}

/** An 880 linked to the title, in Chinese or Russian, and the title's link to it. */
export function withLinkedTitle(fields, random) {
  const chinese = random.chance(0.5);
  const text = chinese ? ideographs(random) + ideographs(random) : russian(random);
  const linked = `10\x1f6245-01/${chinese ? "$1" : "(N"}\x1fa${text}`;
  const result = fields.map(([tag, field]) =>
    tag === "245" ? [tag, `${field.slice(0, 2)}\x1f6880-01${field.slice(2)}`] : [tag, field],
  );
  return [...result, ["880", linked]];
}

function russian(random) {
  const word = () =>
    Array.from({ length: 3 + random.int(6) }, () => random.pick(CYRILLIC)).join("");
  return Array.from({ length: 4 }, word).join(" ");
}

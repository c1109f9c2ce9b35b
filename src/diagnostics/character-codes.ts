/** Codes M4xx: findings about the encoding of a record and the characters of its text. */

import { type CodeEntry, entry } from "./code-entry.js";

function warning<const C extends string>(
  code: C,
  name: string,
  message: string,
  advice: string,
): CodeEntry<C> {
  return entry(code, name, "warning", message, advice);
}

export const CHARACTER_CODES = [
  warning(
    "M401",
    "invalid-utf-8",
    "bytes that are not UTF-8 became U+FFFD",
    "Ask the supplier for a sound file; if the whole file reads badly, set encoding = latin-1, marc-8 or iso5426.",
  ),
  warning(
    "M402",
    "leader-denies-utf-8",
    "leader/09 does not say Unicode, but the text is UTF-8 and was read as such",
    "Nothing is lost; tell the supplier to put an a in leader/09.",
  ),
  warning(
    "M403",
    "mixed-encodings",
    "the record holds both UTF-8 and MARC-8 text, so each subfield was read as what it is",
    "Look the record over; its supplier joined texts of two encodings.",
  ),
  warning(
    "M404",
    "unknown-escape",
    "an escape sequence is cut off or names no MARC-8 character set, and became U+FFFD",
    "Correct the record at its source; the text behind the sequence may read wrongly.",
  ),
  warning(
    "M405",
    "east-asian-cut",
    "an East Asian (EACC) character is not three bytes long, and became U+FFFD",
    "Correct the record at its source; bytes were lost there.",
  ),
  warning(
    "M406",
    "mark-without-base",
    "a combining mark or half of a double mark stands without its letter or its other half",
    "The mark is kept; correct the record at its source if it matters.",
  ),
  warning(
    "M407",
    "bad-character-reference",
    "a numeric character reference names no character, and was left as it stands",
    "Correct the reference: &#x, one to six hexadecimal digits of a Unicode character, semicolon.",
  ),
  warning(
    "M408",
    "escape-in-unicode",
    "an escape character stands in text that is not MARC-8, and was removed",
    "If the text around it is garbled, the record is MARC-8: set encoding = marc-8 for this file.",
  ),
  warning(
    "M409",
    "undefined-character",
    "a code that the character set in use does not define became U+FFFD",
    "Correct the record at its source, or set encoding if the whole file reads badly.",
  ),
  warning(
    "M410",
    "leader-denies-marc-8",
    "the text should be Unicode (by leader/09, or as XML and JSON are), but looks like MARC-8 and was read as such",
    "If the accents read right, tell the supplier of it; if not, set encoding = latin-1.",
  ),
  warning(
    "M411",
    "control-character",
    "control characters were removed from the text; tabs and line ends became blanks",
    "Nothing to do, unless the text around them looks damaged.",
  ),
  entry(
    "M412",
    "byte-order-mark",
    "info",
    "a byte order mark (U+FEFF) inside the text was removed",
    "Nothing to do.",
  ),
  warning(
    "M413",
    "set-left-open",
    "a subfield ends without going back to ASCII; the next one was read from ASCII anew",
    "Look at the end of the subfield and at the next one, and correct the record at its source.",
  ),
  warning(
    "M414",
    "replacement-character",
    "the input itself holds U+FFFD, the sign of text that was lost before it came here",
    "Ask the supplier for a file made from the original text.",
  ),
  warning(
    "M415",
    "encoding-setting-doubtful",
    "the configuration demands another encoding, but the text is valid UTF-8",
    "Look at the imported text; if it is garbled, set encoding = auto.",
  ),
  warning(
    "M416",
    "perhaps-latin-1",
    "the text is neither UTF-8 nor likely MARC-8, and may be Latin-1",
    "Look at the imported text; if it is garbled, set encoding = latin-1 for this file (iso5426 for UNIMARC).",
  ),
  warning(
    "M417",
    "too-many-marks",
    "more than 30 combining marks follow one another; U+034F was put between them",
    "Correct the record at its source; no writing system does this.",
  ),
  warning(
    "M418",
    "unimarc-denies-utf-8",
    "100 $a of the UNIMARC record names other character sets, but the text is UTF-8 and was read as such",
    "Nothing is lost; tell the supplier to put 50 in positions 26-27 of 100 $a.",
  ),
  warning(
    "M419",
    "unimarc-set-not-read",
    "100 $a of the UNIMARC record names a character set that is not read, or none; ISO 5426 or the other sets stand in",
    "Look at the imported text; if it is garbled, ask the supplier for UTF-8, or set encoding for this file.",
  ),
  warning(
    "M420",
    "encoded-twice",
    "text was encoded as UTF-8 twice, and was read as what it was before",
    "Look at the imported text once; tell the supplier. encoding = utf-8 leaves it as it stands.",
  ),
  warning(
    "M421",
    "perhaps-encoded-twice",
    "text may have been encoded as UTF-8 twice, and was left as it stands",
    "Look at the field; if it holds pairs like Ã© for é, correct it at its source.",
  ),
  warning(
    "M422",
    "perhaps-marc-8",
    "leader/09 says Unicode, but the text is not UTF-8; one accent alone does not tell MARC-8 from Latin-1",
    "Look at the imported text; if U+FFFD stands in it, set encoding = marc-8 or latin-1 for this file.",
  ),
];

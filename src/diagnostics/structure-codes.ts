/** Codes M2xx: leader and directory. M3xx: the structure of fields. M309 and M311 are kept free. */

import { entry } from "./code-entry.js";

const SOUND = "Nothing is lost; tell the supplier.";
const LOOK = "Look the field over, and correct it at its source.";
const MEND =
  "Mend the record in the reject file, or ask the supplier for it; then import it again.";

export const LEADER_CODES = [
  entry("M201", "base-address-wrong", "repair", "the base address in the leader is wrong", SOUND),
  entry("M202", "directory-uneven", "reject", "the directory is no row of 12-byte entries", MEND),
  entry(
    "M203",
    "directory-unusable",
    "reject",
    "the directory does not fit the fields, and no reading of it does",
    MEND,
  ),
  entry(
    "M204",
    "directory-offsets-wrong",
    "repair",
    "the directory gives wrong places; its entries and the fields agree in number and were paired in order",
    "Look the record over once; tell the supplier.",
  ),
  entry(
    "M205",
    "field-too-long",
    "repair",
    "a field is longer, or lies farther back, than its directory entry can say; fields were found by their terminators",
    "Nothing is lost; other programs may cut such fields.",
  ),
  entry(
    "M206",
    "entry-map",
    "warning",
    "leader/20-23 is not 4500; the directory was read as if it were",
    SOUND,
  ),
  entry(
    "M207",
    "indicator-count",
    "repair",
    "leader/10-11 is not 22; two indicators and one-letter subfield codes were assumed",
    SOUND,
  ),
  entry(
    "M208",
    "leader-characters",
    "repair",
    "the leader holds characters that are not graphic ASCII; they were read as blanks",
    SOUND,
  ),
  entry("M209", "no-directory", "reject", "the record has no directory that ends", MEND),
  entry(
    "M210",
    "continued-field",
    "warning",
    "a field is continued over several directory entries (length 0000); they were joined",
    "Nothing to do.",
  ),
  entry(
    "M211",
    "offsets-in-characters",
    "repair",
    "the directory counts characters, not bytes",
    SOUND,
  ),
  entry("M212", "long-entries", "repair", "the directory has entries of 13 bytes", SOUND),
  entry(
    "M213",
    "directory-unterminated",
    "repair",
    "the directory has no terminator (0x1E), but leader and entries agree on where it ends",
    SOUND,
  ),
  entry(
    "M214",
    "bytes-without-entry",
    "repair",
    "bytes among the fields that no directory entry names were left out",
    "Look the record over: if they hold a field, its entry is missing; correct it at its source.",
  ),
  entry(
    "M215",
    "no-fields",
    "reject",
    "nothing is left of the record that could be a field",
    "Look at the record in the reject file; if it holds fields, they are not written as MARC has them.",
  ),
  entry(
    "M216",
    "bytes-missing",
    "repair",
    "the leader or the directory lacks a byte or two; the fields show which, so they were put in again",
    SOUND,
  ),
];

export const FIELD_CODES = [
  entry("M301", "field-terminator-missing", "repair", "a field has no terminator (0x1E)", LOOK),
  entry(
    "M302",
    "field-terminator-inside",
    "repair",
    "a field terminator (0x1E) stands inside a field and was read as a blank",
    LOOK,
  ),
  entry(
    "M303",
    "stray-delimiter",
    "repair",
    "a subfield delimiter (0x1F) with nothing behind it was dropped",
    "Nothing is lost.",
  ),
  entry(
    "M304",
    "subfield-code",
    "repair",
    "a subfield code is missing or no graphic character; the text is kept under the blank code",
    LOOK,
  ),
  entry(
    "M305",
    "indicators",
    "repair",
    "a field has fewer or more than two indicators, or an impossible one; blanks stand in, extra ones are cut",
    LOOK,
  ),
  entry(
    "M306",
    "text-before-delimiter",
    "repair",
    "text stands before the first subfield delimiter, or without one; it is kept under the blank code",
    LOOK,
  ),
  entry(
    "M307",
    "empty-field",
    "repair",
    "a field without any content was dropped",
    "Nothing is lost.",
  ),
  entry(
    "M308",
    "delimiter-in-control-field",
    "repair",
    "a control field holds subfields; their texts were joined, blanks stand for stray delimiters (0x1F)",
    LOOK,
  ),
  entry(
    "M310",
    "control-number-repeated",
    "warning",
    "the record has more than one 001; the first one counts",
    "Correct the record at its source: two records may have been joined.",
  ),
  entry(
    "M312",
    "odd-tag",
    "warning",
    "a tag is not three letters or digits, so that no rule can name it",
    LOOK,
  ),
  entry(
    "M313",
    "text-without-code",
    "warning",
    "text has no usable subfield code, so that no rule that names its subfield finds it; the first field of the record where that is so",
    "Look whether another character stands for the delimiter (0x1F), or a letter beyond ASCII for the code; ask the source for a binary transfer.",
  ),
  entry(
    "M314",
    "blank-written-out",
    "repair",
    "another character stands for every blank indicator of the record; it was read as a blank",
    "Nothing is lost; tell the supplier, whose program writes \\ or # where a blank belongs.",
  ),
  entry(
    "M315",
    "indicator-like-a-blank",
    "warning",
    "an indicator is a character that is often written for a blank, in a record that has real blanks too; it was left as it is",
    LOOK,
  ),
];

/** Codes M1xx: where one record ends and the next begins. */

import { entry, ofIncomplete } from "./code-entry.js";

const TELL = "Nothing is lost; tell the supplier, whose program writes wrong record lengths.";

export const FRAMING_CODES = [
  entry("M101", "length-wrong", "repair", "the record length in the leader is wrong", TELL),
  entry(
    "M102",
    "length-in-characters",
    "repair",
    "the record length in the leader counts characters, not bytes",
    TELL,
  ),
  entry(
    "M103",
    "length-not-numeric",
    "repair",
    "the record length in the leader is not five digits",
    TELL,
  ),
  entry(
    "M104",
    "length-cannot-say",
    "repair",
    "the record is longer than five digits can say, or its length is given as 00000 or 99999",
    "Nothing is lost; records over 99,999 bytes are outside ISO 2709, so other programs may fail on them.",
  ),
  entry(
    "M105",
    "no-record-end",
    "reject",
    "no end of the record was found within max_record_size",
    "Raise max_record_size if such a record is real; otherwise the file is damaged here.",
  ),
  entry(
    "M106",
    "terminator-missing",
    "repair",
    "the record terminator (0x1D) is missing, the next record follows",
    "Nothing is lost; tell the supplier.",
  ),
  ofIncomplete(
    entry(
      "M107",
      "last-terminator-missing",
      "repair",
      "the last record is whole, but its record terminator (0x1D) is missing",
      "Compare the file's size with the supplier's: the end may have been cut off.",
    ),
  ),
  entry(
    "M108",
    "truncated",
    "reject",
    "the input ends in the middle of a record",
    "Fetch the file again: it was cut off.",
  ),
  entry(
    "M109",
    "terminator-inside",
    "repair",
    "a record terminator (0x1D) stands inside the record",
    "Look at the field, and remove the stray control character at the source.",
  ),
  entry(
    "M110",
    "padding",
    "info",
    "line ends, blanks, zero bytes, ^Z or byte order marks stand between records and are passed over",
    "Nothing to do.",
  ),
  entry(
    "M111",
    "byte-order-mark-at-start",
    "info",
    "the input starts with a byte order mark, which is passed over",
    "Nothing to do.",
  ),
  entry(
    "M112",
    "not-a-record",
    "reject",
    "these bytes are no MARC record and hold no plausible start of one",
    "Look at the rejected bytes: a log text, a web page or the rest of a damaged record.",
  ),
  entry(
    "M113",
    "rejected-stretch-goes-on",
    "reject",
    "the rejected bytes before these are too many to be kept in one piece; this is the next piece",
    "See the message of the first piece.",
  ),
];

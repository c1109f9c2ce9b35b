/** Codes M7xx: findings in MARCXML and MARC-in-JSON, and about fields given as text. */

import type { CodeEntry, Severity } from "./diagnostic.js";

function entry(
  code: string,
  name: string,
  severity: Severity,
  message: string,
  advice: string,
): CodeEntry {
  return { code, name, severity, message, advice };
}

const AT_SOURCE = "Correct the record at its source and import it again.";

export const FORMAT_CODES: readonly CodeEntry[] = [
  entry("M701", "xml-not-well-formed", "reject", "the record is not well-formed XML", AT_SOURCE),
  entry(
    "M702",
    "no-marc-in-record",
    "reject",
    "the record element holds no MARC",
    "Ask the source for MARCXML; OAI-PMH repositories have a metadataPrefix for it.",
  ),
  entry(
    "M703",
    "record-cut-off",
    "reject",
    "the file ends inside a record",
    "Fetch the file again; it was probably cut off on its way.",
  ),
  entry(
    "M704",
    "record-not-closed",
    "reject",
    "the next record starts before this one ends",
    AT_SOURCE,
  ),
  entry(
    "M705",
    "fields-outside-record",
    "reject",
    "MARC fields stand outside any record element",
    "Look whether the start tag of the record is damaged, correct it and import it again.",
  ),
  entry(
    "M706",
    "record-too-large",
    "reject",
    "the record is larger than max_record_size",
    "Raise max_record_size if the record is sound; otherwise its end is damaged.",
  ),
  entry(
    "M707",
    "document-not-closed",
    "warning",
    "the file ends before its outermost element or array is closed",
    "Compare the number of records with what the supplier announced; the file may be cut off.",
  ),
  entry(
    "M708",
    "declared-encoding-denied",
    "warning",
    "the XML declaration names another encoding, but the record is UTF-8 and was read as such",
    "Nothing is lost; tell the supplier to declare UTF-8.",
  ),
  entry(
    "M709",
    "encoding-not-readable",
    "stop",
    "the file is in an encoding that is not read",
    "Convert the file to UTF-8, for example with iconv, and correct its XML declaration.",
  ),
  entry(
    "M710",
    "forbidden-character",
    "repair",
    "control characters that the format forbids became blanks",
    "Nothing to do, unless the text around them looks damaged.",
  ),
  entry(
    "M711",
    "element-left-out",
    "warning",
    "an element, key or text that is not MARC was left out of the record",
    "Nothing to do, unless it holds data that should be in a field.",
  ),
  entry(
    "M712",
    "deletion-by-header",
    "info",
    "an OAI-PMH header reports the record deleted; the end of its identifier stands in for 001",
    "Nothing to do where the repository ends its identifiers with the control number.",
  ),
  entry("M721", "not-json", "reject", "the text is not valid JSON", AT_SOURCE),
  entry(
    "M722",
    "not-marc-in-json",
    "reject",
    "the JSON is not a MARC-in-JSON record",
    "Ask the source for MARC-in-JSON: a leader, and fields as an array of one-tag objects.",
  ),
  entry("M731", "leader-missing", "repair", "there is no leader, blanks stand in", AT_SOURCE),
  entry(
    "M732",
    "leader-length",
    "repair",
    "the leader is not 24 characters long and was made so",
    "Look whether status, type and level (leader/05 to 07) came out right.",
  ),
  entry(
    "M733",
    "leader-character",
    "repair",
    "a leader position does not hold an ASCII character, a blank stands in",
    AT_SOURCE,
  ),
  entry("M734", "tag-padded", "repair", "a tag was padded with zeros", AT_SOURCE),
  entry(
    "M735",
    "tag-not-usable",
    "repair",
    "a tag is not three letters or digits, its field is left out",
    AT_SOURCE,
  ),
  entry(
    "M736",
    "indicator-not-usable",
    "repair",
    "an indicator is not one ASCII character, its first one or a blank stands in",
    AT_SOURCE,
  ),
  entry(
    "M737",
    "subfield-code-not-usable",
    "repair",
    "a subfield code is not one ASCII character; what cannot be a code was put before the text",
    AT_SOURCE,
  ),
  entry(
    "M738",
    "separator-in-text",
    "repair",
    "MARC's separators (1D, 1E, 1F) inside the text became blanks",
    "Nothing to do, unless the text around them looks like several fields run together.",
  ),
  entry("M739", "field-empty", "repair", "an empty field was left out", "Nothing to do."),
  entry(
    "M740",
    "unpaired-surrogate",
    "warning",
    "half a character (an unpaired surrogate) became U+FFFD",
    "Correct the record at its source; part of a character was lost there.",
  ),
];

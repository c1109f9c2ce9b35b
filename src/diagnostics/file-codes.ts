/**
 * Codes M0xx: an input that cannot be read as MARC at all.
 * M002 and M005 are kept free: they belonged to drafts and are not to be given another meaning.
 */

import { type CodeEntry, entry } from "./code-entry.js";

function stop<const C extends string>(
  code: C,
  name: string,
  message: string,
  advice: string,
): CodeEntry<C> {
  return entry(code, name, "stop", message, advice);
}

export const FILE_CODES = [
  stop(
    "M001",
    "empty-input",
    "the input holds no records",
    "Ask the supplier for the file again; an import takes an empty delivery with --allow-empty.",
  ),
  stop(
    "M003",
    "not-marc",
    "the input is of another kind than MARC",
    "Give the MARC file itself (ISO 2709, MARCXML, JSON or .mrk, gzip and zip allowed), or convert this one first.",
  ),
  stop(
    "M004",
    "no-record-start",
    "no MARC record starts in the first MiB of the input",
    "Look whether the file was mangled on its way (text mode transfer, another encoding), and fetch it again.",
  ),
  stop("M006", "missing-input", "there is no such file", "Check the path."),
  stop(
    "M007",
    "input-is-directory",
    "the input is a directory",
    "Name the files in it, for example with *.mrc.",
  ),
  stop(
    "M008",
    "input-unreadable",
    "the file may not be read",
    "Give the account that runs the import the right to read the file.",
  ),
  stop(
    "M009",
    "input-error",
    "reading the input failed",
    "Look at the disk or the network share, then run the import again: it goes on where it was safe.",
  ),
  stop(
    "M010",
    "broken-gzip",
    "the gzip data is damaged or ends too early",
    "Fetch the file again; gzip -t tells whether a copy is sound.",
  ),
  stop(
    "M011",
    "other-format",
    "the input is of another format than it is to be read as",
    "Leave --format out: the format is told from the first bytes.",
  ),
  stop(
    "M012",
    "input-changed",
    "the file was changed while it was read",
    "Wait until nobody writes to it any more, then run again without --resume: what has been imported is recognised.",
  ),
  stop(
    "M013",
    "input-is-url",
    "the input is the address of something on the network, not a file",
    "Fetch it first, and give the file; or pipe it in, as in `curl -fsS URL | MARC_import CONFIG -`.",
  ),
  stop(
    "M014",
    "range-start",
    "no record begins where the range FILE:OFFSET:LENGTH does",
    "Take the place from source_record, the log or the rejects; LENGTH may be left out.",
  ),
  stop(
    "M015",
    "broken-zip",
    "the zip archive is damaged or cut off",
    "Fetch the archive again; unzip -t tells whether a copy is sound.",
  ),
  stop(
    "M016",
    "zip-refused",
    "the zip archive holds what is not unpacked",
    "Unpack it and name the files of records in it; or name its other files one by one, as ARCHIVE.zip/FILE.",
  ),
  stop(
    "M017",
    "zip-from-pipe",
    "a zip archive cannot be read from a pipe, for its directory stands at its end",
    "Save it and name the file; or unpack it on the way, as in `bsdtar -xOf - '*.mrc' | MARC_import CONFIG -`.",
  ),
  stop(
    "M018",
    "zip-of-several",
    "the zip archive does not hold one file of records",
    "Name the one that is meant, as ARCHIVE.zip/FILE.",
  ),
];

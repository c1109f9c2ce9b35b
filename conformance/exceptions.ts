/**
 * Files of which another program counts more records than are read here, each with the reason. The
 * number is how many are read here; docs/conformance.md lists them.
 */
export const FEWER_RECORDS: Readonly<
  Record<string, { readonly read: number; readonly why: string }>
> = {
  "mrrc-testbed/data/synthetic/malformed/embedded_terminators.mrc": {
    read: 3,
    why: "two 0x1D stand inside fields, and the lengths say so; splitting there makes shards",
  },
  "mrrc-testbed/data/synthetic/malformed/garbage.mrc": {
    read: 0,
    why: "yaz and MARC::Batch count the garbage itself as one record",
  },
  "mrrc-testbed/data/synthetic/malformed/bad_directory.mrc": {
    read: 1,
    why: "four directories lead nowhere; the counters never look at the fields",
  },
  "mrrc-testbed/data/synthetic/malformed/invalid_lengths.mrc": {
    read: 2,
    why: "two of the four are a leader with neither directory nor field",
  },
  "mrrc-testbed/data/synthetic/malformed/truncated_leader.mrc": {
    read: 1,
    why: "pieces of leaders stand before and behind the one record; yaz and MARC::Batch count a piece",
  },
  "mrrc/tests/data/error_fixtures/e005_truncated_record.bin": {
    read: 0,
    why: "the record is cut off, and is rejected as such",
  },
  "mrrc/tests/data/error_fixtures/e106_recovery_invalid_field.bin": {
    read: 0,
    why: "the record is cut off, and is rejected as such",
  },
  "mrrc/tests/data/fuzz-regressions/error_classification/non-ascii-tag-roundtrip.mrc": {
    read: 2,
    why: "one 0x1D stands inside a field, and the length says so; another record has a directory of 65 bytes",
  },
  "mrrc/tests/data/fuzz-regressions/recovery_mode_consistency/oob-salvage-slice.mrc": {
    read: 0,
    why: "the only field has no terminator, and its directory entry leads beyond the record",
  },
  "mrrc/tests/data/fuzz-regressions/recovery_mode_consistency/zero-length-control-field.mrc": {
    read: 0,
    why: "a field terminator stands in the directory, and what is before it is no row of entries",
  },
  "pymarc/test/bad_records.mrc": {
    read: 5,
    why: "two directories are no row of 12-byte entries, and one has none; pymarc refuses five of the eight",
  },
  ...Object.fromEntries(
    ["marc4.json", "marc4.xml", "tmarc4.xml", "xml2marc4.xml", "xml2tmarc4.xml"].map((name) => [
      `yaz/test/marc-files/${name}.marc`,
      { read: 0, why: "a leader without any field, as yaz has left it of a damaged record" },
    ]),
  ),
};

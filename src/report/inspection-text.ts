/** The findings of `validate` for a person and for a machine. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { printable } from "../diagnostics/format.js";
import { type FieldCount, fieldTable } from "./field-table.js";

/** The version of the keys of `validate --json`. */
const VALIDATE_SCHEMA_VERSION = 1;

type Counts = Readonly<Record<string, number>>;

/** What there is to tell of one input. */
interface InspectionFindings {
  readonly path: string;
  readonly format: string;
  readonly bytes: number;
  readonly records: number;
  readonly recordBytes: number;
  readonly paddingBytes: number;
  readonly rejectedBytes: number;
  readonly repeatedControlNumbers: { readonly count: number; readonly isExact: boolean };
  readonly rejected: number;
  readonly rejectCodes: Counts;
  /** The first of them. */
  readonly rejects: readonly {
    readonly offset: number;
    readonly length: number;
    readonly code: string;
    readonly message: string;
  }[];
  readonly repairs: Counts;
  readonly warnings: Counts;
  readonly notes: Counts;
  readonly encodings: Counts;
  readonly types: Counts;
  readonly places: ReadonlyMap<string, readonly string[]>;
  /** null if they were not counted. */
  readonly fields: readonly FieldCount[] | null;
}

/** A file that could not be read, and what to do about it. */
interface UnreadFile {
  readonly message: string;
  readonly advice: string;
}

/** A file in an archive that is no file of records. */
interface LeftOutFile {
  readonly path: string;
  readonly looksLike: string;
  readonly isSuspect: boolean;
}

/** What could not be read at all, and what was not to be read. */
interface NotInspected {
  readonly unread: readonly UnreadFile[];
  readonly leftOut: readonly LeftOutFile[];
}

/** The object that `validate --json` prints. */
export function inspectionsObject(
  files: readonly InspectionFindings[],
  { unread, leftOut }: NotInspected,
): Record<string, unknown> {
  return {
    schema_version: VALIDATE_SCHEMA_VERSION,
    files: files.map((file) => ({
      path: file.path,
      format: file.format,
      bytes: file.bytes,
      records: file.records,
      record_bytes: file.recordBytes,
      padding_bytes: file.paddingBytes,
      rejected_bytes: file.rejectedBytes,
      repeated_control_numbers: file.repeatedControlNumbers.count,
      ...(file.repeatedControlNumbers.isExact ? {} : { repeated_control_numbers_exact: false }),
      rejected_records: file.rejected,
      rejects: file.rejects,
      repairs: file.repairs,
      warnings: file.warnings,
      notes: file.notes,
      encodings: file.encodings,
      types: file.types,
      ...(file.fields && { fields: file.fields }),
    })),
    unread: unread.map(({ message, advice }) => ({ message, advice })),
    left_out: leftOut.map(({ path, looksLike }) => ({ path, looks_like: looksLike })),
  };
}

/** A line on a file in an archive that is no file of records. */
export function leftOutText({ path, looksLike, isSuspect }: LeftOutFile): string {
  const code = isSuspect ? "M720" : "M719";
  return `${printable(path)}: ${codeEntry(code).message}: it looks like ${looksLike} (${code})`;
}

/** The report on one input. */
export function inspectionText(file: InspectionFindings): string {
  return [
    `${printable(file.path)} (${file.format})`,
    line("bytes", file.bytes),
    line("in records", file.recordBytes),
    line("padding", file.paddingBytes),
    line("rejected", file.rejectedBytes),
    line("records", file.records),
    ...section("type", file.types),
    ...section("encoding", file.encodings),
    ...repeats(file.repeatedControlNumbers),
    ...codes("rejects", file.rejectCodes, file.places),
    ...codes("repairs", file.repairs, file.places),
    ...codes("warnings", file.warnings, file.places),
    ...codes("notes", file.notes, file.places),
    ...(file.fields ? ["  fields:", fieldTable(file.fields)] : []),
  ].join("\n");
}

function line(name: string, count: number): string {
  return `  ${name.padEnd(24)} ${String(count).padStart(14)}`;
}

function repeats({ count, isExact }: InspectionFindings["repeatedControlNumbers"]): string[] {
  if (isExact) return count > 0 ? [line("001 repeated", count)] : [];
  return [
    `${line("001 repeated", count)} or more: the temporary directory had no room to compare them all`,
  ];
}

function section(name: string, counts: Counts): string[] {
  return Object.entries(counts).map(([key, count]) => line(`${name} ${key}`, count));
}

function codes(
  title: string,
  counts: Counts,
  places: ReadonlyMap<string, readonly string[]>,
): string[] {
  const entries = Object.entries(counts).sort(([, a], [, b]) => b - a);
  if (entries.length === 0) return [];
  return [
    `  ${title}:`,
    ...entries.flatMap(([code, count]) => [
      `  ${String(count).padStart(8)} × ${code} ${codeEntry(code).message}`,
      `             ${codeEntry(code).advice}`,
      ...(places.get(code) ?? []).map((place) => `             - ${place}`),
    ]),
  ];
}

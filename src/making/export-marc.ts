/** Rows of the catalogue as MARC: the records that they came from, kept beside them or in their files. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import { areaOf, codeEntry } from "../diagnostics/catalogue.js";
import type { MarcRecord } from "../marc/marc-record.js";
import { type RecordWriter, recordWriter } from "../output/record-writer.js";
import type { Store } from "../store/port.js";
import type { RowQuery, SqlValue } from "../store/reading-port.js";
import { type SourceRecord, SourceRecords } from "./source-records.js";

export interface MarcExportRequest extends Pick<RowQuery, "runId" | "where"> {
  readonly config: MarcConfig;
  readonly format: "marc" | "marcxml";
}

/** Rows that were not exported, by record_id as far as they are told. */
export interface LeftOut {
  /** Rows without a record of MARC. */
  readonly unsourced: CountedRows;
  /** Records that ISO 2709 has no room for. */
  readonly tooLong: CountedRows;
}

export interface CountedRows {
  count: number;
  /** The first few. */
  readonly first: number[];
}

const TOLD = 5;
const COLUMNS = ["record_id", "foreign_source", "foreign_id", "source_record"];

export function nothingLeftOut(): LeftOut {
  return { unsourced: { count: 0, first: [] }, tooLong: { count: 0, first: [] } };
}

/**
 * The records of the rows, in the order of their files: those of ISO 2709 that are sound as they stand,
 * where that is asked for; else as `mend` writes them.
 *
 * @param leftOut takes the rows that are passed over
 * @throws Failure (2) for a condition that is none, (3) if a file is gone or was changed
 */
export async function* exportedRecords(
  store: Store,
  request: MarcExportRequest,
  leftOut: LeftOut,
): AsyncGenerator<Buffer | string> {
  const { config, format, runId, where } = request;
  const writer = recordWriter(format);
  const sources = new SourceRecords(config, {
    inputDigest: (recordId) => store.rows.inputDigest(recordId),
    wasRead: (path, print) => store.runs.haveRead(path, print),
  });
  if (writer.head !== "") yield writer.head;
  try {
    for (const row of store.select({ columns: COLUMNS, runId, where, order: "source_record" })) {
      const sourced = sourcedRow(row);
      const kept = store.kept.of(sourced.recordId);
      const source = kept ? sources.ofKept(sourced, kept) : await sources.of(sourced);
      if (source === null) {
        count(leftOut.unsourced, sourced.recordId);
        continue;
      }
      const bytes = bytesOf(source, writer, format);
      if (bytes === null) count(leftOut.tooLong, sourced.recordId);
      else yield bytes;
    }
    await sources.end();
  } finally {
    await sources.release();
  }
  if (writer.tail !== "") yield writer.tail;
}

function sourcedRow([recordId, foreignSource, foreignId, sourceRecord]: readonly SqlValue[]) {
  return {
    recordId: Number(recordId),
    foreignSource: String(foreignSource ?? ""),
    foreignId: String(foreignId ?? ""),
    sourceRecord: String(sourceRecord ?? ""),
  };
}

function bytesOf(
  { bytes, record, isIso2709 }: SourceRecord,
  writer: RecordWriter,
  format: MarcExportRequest["format"],
): Buffer | null {
  return format === "marc" && isIso2709 && isSound(record) ? bytes : writer.record(record);
}

/** Whether nothing about the structure had to be repaired; how its text is encoded, the record says itself. */
function isSound({ diagnostics }: MarcRecord): boolean {
  return diagnostics.every(
    ({ code }) => codeEntry(code).severity !== "repair" || areaOf(code) === "characters",
  );
}

function count(rows: CountedRows, recordId: number): void {
  rows.count++;
  if (rows.first.length < TOLD) rows.first.push(recordId);
}

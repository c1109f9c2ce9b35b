/** What is kept of a record beside its row. */

import type { MappedRecord } from "../fields/mapped-record.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { recordWriter } from "../output/record-writer.js";
import type { KeptRecord } from "../store/model/kept-record.js";

const WRITER = recordWriter("marcxml");

export class RecordKeeper {
  /** @param isText whether the records come as text, whose pieces say too little by themselves */
  constructor(private readonly isText: boolean) {}

  /** undefined for a record that is to make no row. */
  of(
    { record, bytes }: Pick<Extract<ParsedRecord, { kind: "record" }>, "record" | "bytes">,
    { deleted, ignore }: MappedRecord,
  ): KeptRecord | undefined {
    if (deleted || ignore !== null) return undefined;
    if (!this.isText) return { format: "marc", bytes };
    const told = record.diagnostics.length;
    const written = WRITER.record(record);
    // What decoding finds was told by those who map.
    record.diagnostics.length = told;
    if (written === null) return undefined;
    // The element alone, without the layout around it.
    const element = written.subarray(written.indexOf("<"), written.lastIndexOf(">") + 1);
    return { format: "marcxml", bytes: element };
  }
}

/** The pages of one list as a source of records of a run. */

import { basename } from "node:path";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import {
  type InputItem,
  type InputRecord,
  type KnownItem,
  type PlacedFinding,
  type Portion,
  placeOf,
  type RecordPlace,
} from "../reading/portion.js";
import type { PortionRequest, RecordInput, Standing } from "../reading/record-input.js";
import { RUNNING_SLOTS } from "../reading/runaway.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Position, RunInput } from "../store/model/run-record.js";
import type { ListFeed } from "./list-feed.js";
import { type HarvestedList, ListReader, offsetOf } from "./list-reader.js";
import { sourceRecord } from "./pages-file.js";
import { cutMapper } from "./record-mapper.js";

export interface SpoolInputParts {
  readonly list: HarvestedList;
  readonly feed: ListFeed;
  /** Of what the list as a whole has shown: codes of the catalogue. */
  readonly notes: readonly string[];
}

export class SpoolInput implements RecordInput {
  readonly name: string;
  /** In several sets, and on a later page where it was changed meanwhile. */
  readonly repeatsRecords = true;
  /** Pages are never changed, and the name of their folder is of one harvest alone. */
  readonly fingerprint = "";
  readonly bytes: number;
  bytesRead = 0;
  private rereader: ListReader | null = null;

  constructor(private readonly parts: SpoolInputParts) {
    const { path, pages } = parts.list;
    this.name = path;
    this.bytes = pages.reduce((sum, { length }) => sum + length, 0);
  }

  async *portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion> {
    const { list, feed } = this.parts;
    let end: Position = request.from;
    for await (const portion of feed({ list, request, known, stopped })) {
      ({ end, bytesRead: this.bytesRead } = portion);
      yield portion;
    }
    const findings = this.findings(end.recordNumber);
    if (findings.length === 0) return;
    yield { items: [], end, findings, bytesRead: this.bytesRead, content: {} };
  }

  private findings(number: number): PlacedFinding[] {
    const label = { file: basename(this.name), number, offset: this.bytes, controlNumber: "" };
    return this.parts.notes.map((code) => ({
      found: diagnostic(code as Diagnostic["code"]),
      label,
    }));
  }

  before(item: InputItem): Position {
    const { offset, number } = placeOf(item);
    return { offset: offset ?? 0, recordNumber: number - 1 };
  }

  kept(position: Position): Position {
    return { offset: offsetOf(position), recordNumber: position.recordNumber };
  }

  placeText(position: Position): string {
    return `at byte ${offsetOf(position)}`;
  }

  standing(before: RunInput, _position: Position | null): Standing {
    return before.bytes === this.bytes ? "same" : "changed";
  }

  sourceRecord(place: RecordPlace): string {
    return sourceRecord(place);
  }

  reread(known: KnownItem): InputRecord {
    const { list } = this.parts;
    const running = new Int32Array(RUNNING_SLOTS);
    this.rereader ??= new ListReader(list, cutMapper(list.repository, running), running);
    const item = this.rereader.again(known);
    if (item.kind !== "record") throw new Error("a known record can no longer be read");
    return item.record;
  }

  end(_records: number): void {
    // That a list is whole was known before it became an input.
  }
}

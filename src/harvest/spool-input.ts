/** The pages of one list as a source of records: cut, known or mapped, and numbered. */

import { basename } from "node:path";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { hash53, hashBytes53 } from "../matching/hash.js";
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
import type { RuleWatch } from "../reading/runaway.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Position, RunInput } from "../store/model/run-record.js";
import type { ListOfPages, NewestStamps } from "./newest-stamps.js";
import { writeDate } from "./oai-dates.js";
import type { CutRecord } from "./page-cutter.js";
import { PagesFile, sourceRecord } from "./pages-file.js";
import { type CutMapper, itemOf } from "./record-mapper.js";

/** Bytes of records that make a portion full before its number of records does. */
const PORTION_BYTES = 8 * 1024 * 1024;

export interface SpoolInputParts extends ListOfPages {
  /** Which of the lists of the harvest it is, zero-based. */
  readonly number: number;
  /** Tells records that are older than one before them; null where there can be none. */
  readonly stamps: NewestStamps | null;
  /** Of what the list as a whole has shown: codes of the catalogue. */
  readonly notes: readonly string[];
  /** Digest of the rules, and the source: what a record is known by beside its bytes. */
  readonly rules: string;
  readonly mapper: CutMapper;
  /** Has the memory in which the mapper shows its rule. */
  readonly watch: RuleWatch;
}

export class SpoolInput implements RecordInput {
  readonly name: string;
  /** In several sets, and on a later page where it was changed meanwhile. */
  readonly repeatsRecords = true;
  /** Pages are never changed, and the name of their folder is of one harvest alone. */
  readonly fingerprint = "";
  private readonly file: string;
  private readonly pages: PagesFile;
  private readonly seed: number;

  constructor(private readonly parts: SpoolInputParts) {
    this.name = parts.path;
    this.file = basename(parts.path);
    this.pages = new PagesFile(parts.path, parts.pages);
    this.seed = (hash53(parts.rules) % 4294967296) | 0;
  }

  get bytes(): number {
    return this.pages.bytes;
  }

  get bytesRead(): number {
    return this.pages.bytesRead;
  }

  async *portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion> {
    const state: Progress = { number: request.from.recordNumber, given: 0, cuts: [], size: 0 };
    const map = (one: NumberedCut) => this.item(one, known, request.traced ?? false);
    const from = offsetOf(request.from);
    this.parts.stamps?.begin(this.parts.number, from);
    let end: Position = request.from;
    for (const cut of this.pages.records(from)) {
      if (stopped?.() || (request.limit !== null && state.given >= request.limit)) break;
      state.number++;
      end = { offset: cut.offset + cut.bytes.length, recordNumber: state.number };
      if (state.number <= request.skip) continue;
      state.given++;
      state.size += cut.bytes.length;
      state.cuts.push({ cut, number: state.number });
      if (state.cuts.length < request.size && state.size < PORTION_BYTES) continue;
      yield this.portion(this.mapAll(state, map), end, []);
    }
    yield this.portion(this.mapAll(state, map), end, this.findings(state.number));
  }

  /** @throws Failure (5) where a rule does not come to an end on one of them */
  private mapAll(state: Progress, map: (one: NumberedCut) => InputItem): readonly InputItem[] {
    const { cuts } = state;
    state.cuts = [];
    state.size = 0;
    const { mapper, watch } = this.parts;
    return watch.over({ path: this.name, rules: mapper.rules }, () => cuts.map(map));
  }

  private portion(
    items: readonly InputItem[],
    end: Position,
    findings: readonly PlacedFinding[],
  ): Portion {
    return { items, end, findings, bytesRead: this.bytesRead, content: { mapped: items.length } };
  }

  private findings(number: number): PlacedFinding[] {
    const label = { file: this.file, number, offset: this.bytes, controlNumber: "" };
    return this.parts.notes.map((code) => ({
      found: diagnostic(code as Diagnostic["code"]),
      label,
    }));
  }

  private item(one: NumberedCut, known: KnownRecords | null, traced: boolean): InputItem {
    this.parts.watch.running[1] = one.number;
    const { stamps } = this.parts;
    const stamp = stamps?.stampOf(one.cut) ?? null;
    if (stamps === null || stamp === null) return this.current(one, known, traced);
    const newer = stamps.newer(stamp);
    if (newer !== null) return superseded(this.current(one, null, traced), newer);
    const item = this.current(one, known, traced);
    // Where the newest cannot be read an older one is better than none.
    if (item.kind !== "reject") stamps.note(stamp);
    return item;
  }

  private current(
    { cut, number }: NumberedCut,
    known: KnownRecords | null,
    traced: boolean,
  ): InputItem {
    const place = { file: this.file, number, offset: cut.offset, length: cut.bytes.length };
    const digest = this.digest(cut);
    const knownAs = known?.find(digest) ?? 0;
    if (knownAs !== 0) return { kind: "known", known: { ...place, knownAs } };
    return this.mapped(cut, place, digest, traced);
  }

  private mapped(cut: CutRecord, place: RecordPlace, digest: number, traced: boolean): InputItem {
    const item = itemOf(this.parts.mapper, { cut, place }, traced);
    // What had something to be told must be told again when it comes again.
    if (item.kind !== "record" || item.record.mapped.diagnostics.length > 0) return item;
    return { kind: "record", record: { ...item.record, inputDigest: digest } };
  }

  /** The bytes, and what around them may make the same bytes mean something else. */
  private digest({ bytes, bindings, encoding }: CutRecord): number {
    const declared = `${encoding} ${JSON.stringify(bindings)}`;
    const seed = this.seed ^ this.seedOf(declared);
    return hashBytes53(bytes, 0, bytes.length, seed) || 1;
  }

  private lastDeclared = { text: "", seed: 0 };

  private seedOf(declared: string): number {
    if (this.lastDeclared.text !== declared) {
      this.lastDeclared = { text: declared, seed: (hash53(declared) % 4294967296) | 0 };
    }
    return this.lastDeclared.seed;
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
    const { offset, length } = known;
    if (offset === null || length === null) throw new Error("a known record without its place");
    const cut = this.pages.again(offset, length);
    const { file, number } = known;
    const item = this.mapped(cut, { file, number, offset, length }, this.digest(cut), false);
    if (item.kind !== "record") throw new Error("a known record can no longer be read");
    return item.record;
  }

  end(_records: number): void {
    // That a list is whole was known before it became an input.
  }
}

/**
 * A record that is left out for a newer one of the same identifier.
 *
 * @param newer its datestamp, milliseconds since 1970
 */
function superseded(item: InputItem, newer: number): InputItem {
  if (item.kind !== "record") return item;
  const message = `one of the same identifier that is dated ${writeDate(newer, "second")} came before in this harvest`;
  const mapped = { ...item.record.mapped, ignore: { code: "superseded", message } as const };
  return { kind: "record", record: { ...item.record, mapped } };
}

interface NumberedCut {
  readonly cut: CutRecord;
  readonly number: number;
}

interface Progress {
  number: number;
  given: number;
  /** What is not mapped yet. */
  cuts: NumberedCut[];
  size: number;
}

/** The beginning of any input is byte 0. */
function offsetOf({ offset }: Position): number {
  return typeof offset === "number" ? offset : 0;
}

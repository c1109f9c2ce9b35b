/** The records of one input file in portions: read, decoded, mapped, numbered. */

import type { MarcConfig } from "../config/marc/marc-mapping.js";
import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import type { Mapper } from "../mapping/marc/mapper.js";
import { TraceCollector } from "../report/explain-trace.js";
import type { ByteRoute, TextSink } from "./byte-route.js";
import { ContentCounter } from "./content-counter.js";
import type { FramedRecord, PortionReader, ReadRecord } from "./framed-reader.js";
import { InputDigester } from "./input-digest.js";
import { placed } from "./placed-findings.js";
import type { ItemSink, PlacedFinding, Portion } from "./portion.js";
import type { FilePortions, FilePosition } from "./record-input.js";
import { RecordKeeper } from "./record-keeper.js";
import { ruleNotes } from "./rule-notes.js";

/** Bytes of records that make a portion full before its number of records does. */
const BATCH_BYTES = 8 * 1024 * 1024;

/** Records with traces, each of them many times the record, that make a portion full. */
const TRACED_RECORDS = 8;

const NO_DIAGNOSTICS: readonly Diagnostic[] = [];

/** Records that are parsed, then mapped: few enough that their parts are forgotten young. */
const LOT = 16;

type TakenRecord = Exclude<ParsedRecord, { kind: "padding" }>;

interface PortionParts<Items> {
  readonly config: MarcConfig;
  /** As named on the command line. */
  readonly path: string;
  readonly reader: PortionReader;
  /** Takes what the reader gives unparsed; needed where it does. */
  readonly route?: { readonly byBytes: ByteRoute; readonly sink: TextSink<Items> } | undefined;
  /** Whether the format is text: XML or JSON. */
  readonly isText: boolean;
  /** The (unzipped) stream from the requested place on. */
  readonly blocks: AsyncIterable<Buffer>;
  /** Takes what was read and mapped. */
  readonly sink: ItemSink<Items>;
  /** Bytes of the file read so far. */
  readonly bytesRead: () => number;
  /** Does what may take very long: maps, up to the next full portion. */
  readonly watched?: <T>(work: () => T) => T;
  /** Shared memory: element 0 the rule at work, set by the mapper; element 1 the record. */
  readonly running?: Int32Array;
  /** Made for this configuration. */
  readonly mapper: Mapper;
}

export class RecordPortions<Items> {
  private readonly mapper: Mapper;
  private readonly digest: InputDigester;
  private readonly counter: ContentCounter;
  private mapped = 0;
  private hasToldRules = false;
  private bytes = 0;
  private given = 0;
  /** Records of the portion that is being made. */
  private most: number;
  private place: FilePosition;
  private readonly keeper: RecordKeeper | null;
  private findings: PlacedFinding[] = [];

  constructor(
    private readonly parts: PortionParts<Items>,
    private readonly request: FilePortions,
  ) {
    this.place = request.from;
    this.most = request.first ?? request.size;
    const { config } = parts;
    this.mapper = parts.mapper;
    this.digest = new InputDigester(config);
    this.counter = new ContentCounter(config.mapping.encoding);
    this.keeper = config.database.keepRecords ? new RecordKeeper(parts.isText) : null;
  }

  async *portions(): AsyncGenerator<Portion<Items>> {
    const { counter } = this;
    const { reader, blocks } = this.parts;
    counter.lap(null);
    for await (const block of blocks) {
      counter.lap("input");
      yield* this.watched(this.accept(reader.push(block)));
      if (this.limitReached) return;
    }
    counter.lap("input");
    yield* this.watched(this.accept(reader.end()));
    if (this.parts.sink.count > 0 || this.findings.length > 0) yield this.portion();
  }

  private *watched(portions: Generator<Portion<Items>>): Generator<Portion<Items>> {
    const watched = this.parts.watched ?? ((work) => work());
    for (;;) {
      const { done, value } = watched(() => portions.next());
      if (done) return;
      yield value;
    }
  }

  /** The first record of `bytes`, which hold a whole and sound one. */
  one(bytes: Buffer): Items {
    const { reader, sink } = this.parts;
    for (const parsed of [...reader.push(bytes), ...reader.end()]) {
      if (parsed.kind === "record") this.take(parsed, this.request.from.recordNumber + 1);
    }
    return sink.take();
  }

  /** Numbers and maps what was read, and gives each portion as it becomes full. */
  private *accept(read: Iterable<ReadRecord>): Generator<Portion<Items>> {
    for (const lot of lots(read, LOT)) {
      this.counter.lap("reading");
      for (const parsed of lot) {
        if (this.limitReached) return;
        if (parsed.kind === "padding") {
          this.note(parsed);
          if (this.findings.length >= this.request.size) yield this.portion();
          continue;
        }
        const number = this.place.recordNumber + 1;
        this.place = { offset: parsed.offset + parsed.length, recordNumber: number };
        if (number <= this.request.skip) continue;
        this.take(parsed, number);
        if (!this.isFull && !this.limitReached) continue;
        yield this.portion();
        // How long the portion waited to be taken is not the reader's time.
        this.counter.lap(null);
      }
      this.counter.lap("mapping");
    }
    this.counter.lap("reading");
  }

  /**
   * Padding does not move the place: who goes on behind the last record reads again how the input ends.
   */
  private note({ offset, diagnostics }: Extract<ParsedRecord, { kind: "padding" }>): void {
    for (const found of diagnostics) {
      const { recordNumber: number } = this.place;
      const at = found.offset ?? offset;
      const label = { file: this.parts.path, number, offset: at, controlNumber: "" };
      this.findings.push({ found, label });
    }
  }

  private get limitReached(): boolean {
    return this.request.limit !== null && this.given >= this.request.limit;
  }

  private get isFull(): boolean {
    const { size, traced } = this.request;
    const most = traced ? Math.min(size, TRACED_RECORDS) : this.most;
    return this.parts.sink.count >= most || this.bytes >= BATCH_BYTES;
  }

  private portion(): Portion<Items> {
    const { mapped, counter, mapper } = this;
    counter.lap("mapping");
    const content = counter.take({ mapped, matches: mapper.takeMatches() });
    this.bytes = 0;
    this.mapped = 0;
    const items = this.parts.sink.take();
    // The first two are as large as one: so do batches still end where they are full.
    const { size } = this.request;
    this.most = this.most < size && !this.hasToldRules ? size - this.most : size;
    const { place: end, findings } = this;
    this.findings = [];
    const portion = { items, end, findings, bytesRead: this.parts.bytesRead(), content };
    if (this.hasToldRules) return portion;
    this.hasToldRules = true;
    return { ...portion, rules: ruleNotes(this.parts.config.mapping, mapper.rules) };
  }

  private take(read: Exclude<ReadRecord, { kind: "padding" }>, number: number): void {
    this.given++;
    this.bytes += read.length;
    if (this.parts.running) this.parts.running[1] = number;
    const parsed = read.kind === "framed" ? this.byBytes(read, number) : read;
    if (parsed !== null) this.takeParsed(parsed, number);
  }

  /** Sends a record over its bytes; gives it parsed where that is not possible. */
  private byBytes(framed: FramedRecord, number: number): TakenRecord | null {
    const { route, path: file } = this.parts;
    if (route === undefined) throw new Error("a record that nobody has parsed");
    const { offset, length } = framed;
    const place = { file, number, offset, length };
    const taken = route.byBytes.take(framed, place, route.sink, this.counter);
    if (taken === "mapped") this.mapped++;
    if (taken === "mapped" || taken === "known") return null;
    if (taken.kind === "padding") throw new Error("a record that is padding");
    return taken;
  }

  private takeParsed(parsed: TakenRecord, number: number): void {
    const { path: file, sink } = this.parts;
    const { offset, length, bytes } = parsed;
    if (parsed.kind === "reject") {
      const { reason, further, controlNumber } = parsed;
      const { isText } = this.parts;
      const place = { file, number, offset, length };
      const reject = { ...place, bytes, isText, reason, further, controlNumber };
      sink.add({ kind: "reject", reject });
      return;
    }
    if (parsed.kind === "known") {
      this.counter.known(bytes);
      const { knownAs } = parsed;
      sink.add({ kind: "known", known: { file, number, offset, length, knownAs } });
      return;
    }
    this.counter.record(parsed.record);
    const { diagnostics } = parsed.record;
    const ofParsing = diagnostics.length === 0 ? NO_DIAGNOSTICS : diagnostics.slice();
    const inPlace = parsed.record.bytes === bytes;
    const collector = this.request.traced ? new TraceCollector() : undefined;
    const whole = this.mapper.map(parsed.record, collector);
    if (wasMapped(whole)) this.mapped++;
    const mapped = placed(whole, ofParsing, inPlace ? offset : null);
    // What had something to be told must be told again when it comes again.
    const inputDigest = mapped.diagnostics.length === 0 ? this.digest.of(bytes) : null;
    const trace = collector?.of(parsed.record);
    const kept = this.keeper?.of(parsed, mapped);
    const record = { file, number, offset, length, inputDigest, mapped, kept, trace };
    sink.add({ kind: "record", record });
  }
}

/** What `all` gives, some at a time. */
function* lots<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let lot: T[] = [];
  for (const one of all) {
    lot.push(one);
    if (lot.length < size) continue;
    yield lot;
    lot = [];
  }
  if (lot.length > 0) yield lot;
}

/** Whether the rules were applied: not to deletions, nor to what is left out before. */
function wasMapped({ deleted, ignore }: MappedRecord): boolean {
  return !deleted && (ignore === null || ignore.code === "not-valid");
}

/** The records of the pages of one list in portions: cut, known or mapped, and numbered. */

import { basename } from "node:path";
import type { RepositoryConfig } from "../config/harvest/harvest-config.js";
import { hash53, hashBytes53 } from "../matching/hash.js";
import type { InputItem, ItemSink, KnownItem, Portion, RecordPlace } from "../reading/portion.js";
import type { PortionRequest } from "../reading/record-input.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Position } from "../store/model/run-record.js";
import { type ListOfPages, NewestStamps, type SharedStamps } from "./newest-stamps.js";
import { writeDate } from "./oai-dates.js";
import type { CutRecord } from "./page-cutter.js";
import { PagesFile } from "./pages-file.js";
import { type CutMapper, itemOf } from "./record-mapper.js";

/** Bytes of records that make a portion full before its number of records does. */
const PORTION_BYTES = 8 * 1024 * 1024;

/** One list of a harvest. Plain data: what another thread is handed. */
export interface HarvestedList extends ListOfPages {
  readonly repository: RepositoryConfig;
  /** Which of the lists of the harvest it is, zero-based. */
  readonly number: number;
  /** Tells records that are older than one before them; null where there can be none. */
  readonly stamps: SharedStamps | null;
}

/** How a list is gone through. */
export interface ListPass<Items> {
  readonly request: PortionRequest;
  /** Records that need no look; null where each must be mapped. */
  readonly known: KnownRecords | null;
  readonly sink: ItemSink<Items>;
  /** Does what may take very long: maps the records of a portion. */
  readonly watched: (work: () => void) => void;
  readonly stopped?: (() => boolean) | undefined;
}

interface NumberedCut {
  readonly cut: CutRecord;
  readonly number: number;
}

export class ListReader {
  private readonly file: string;
  private readonly pages: PagesFile;
  private readonly stamps: NewestStamps | null;
  private readonly seed: number;

  /** @param running shows the mapper's rule, and the record at work */
  constructor(
    private readonly list: HarvestedList,
    private readonly mapper: CutMapper,
    private readonly running: Int32Array,
  ) {
    this.file = basename(list.path);
    this.pages = new PagesFile(list.path, list.pages);
    this.stamps = list.stamps && new NewestStamps(list.stamps);
    const { mappingDigest, settings, harvest } = list.repository;
    const rules = `${mappingDigest} ${settings.foreignSource} ${harvest.foreignId}`;
    this.seed = (hash53(rules) % 4294967296) | 0;
  }

  /**
   * The wanted records; the last portion ends where the list does.
   *
   * @throws Failure where the pages cannot be read; what `watched` throws
   */
  *portions<Items>({
    request,
    known,
    sink,
    watched,
    stopped,
  }: ListPass<Items>): Generator<Portion<Items>> {
    const from = offsetOf(request.from);
    this.stamps?.begin(this.list.number, from);
    let { recordNumber: number } = request.from;
    let end: Position = request.from;
    let given = 0;
    let cuts: NumberedCut[] = [];
    let size = 0;
    const portion = (): Portion<Items> => {
      watched(() => {
        for (const one of cuts) sink.add(this.item(one, known, request.traced ?? false));
      });
      const content = { mapped: cuts.length };
      cuts = [];
      size = 0;
      return { items: sink.take(), end, findings: [], bytesRead: this.pages.bytesRead, content };
    };
    for (const cut of this.pages.records(from)) {
      if (stopped?.() || (request.limit !== null && given >= request.limit)) break;
      number++;
      end = { offset: cut.offset + cut.bytes.length, recordNumber: number };
      if (number <= request.skip) continue;
      given++;
      size += cut.bytes.length;
      cuts.push({ cut, number });
      if (cuts.length >= request.size || size >= PORTION_BYTES) yield portion();
    }
    yield portion();
  }

  /** Reads and maps one of the records that were known. */
  again({ file, number, offset, length }: KnownItem): InputItem {
    if (offset === null || length === null) throw new Error("a known record without its place");
    const cut = this.pages.again(offset, length);
    return this.mapped(cut, { file, number, offset, length }, this.digest(cut), false);
  }

  private item(one: NumberedCut, known: KnownRecords | null, traced: boolean): InputItem {
    this.running[1] = one.number;
    const { stamps } = this;
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
    const item = itemOf(this.mapper, { cut, place }, traced);
    // What had something to be told must be told again when it comes again.
    if (item.kind !== "record" || item.record.mapped.diagnostics.length > 0) return item;
    return { kind: "record", record: { ...item.record, inputDigest: digest } };
  }

  /** The bytes, and what around them may make the same bytes mean something else. */
  private digest({ bytes, bindings, encoding }: CutRecord): number {
    const seed = this.seed ^ this.seedOf(bindings, encoding);
    return hashBytes53(bytes, 0, bytes.length, seed) || 1;
  }

  private lastDeclared: {
    readonly bindings: CutRecord["bindings"] | null;
    readonly encoding: string;
    readonly seed: number;
  } = { bindings: null, encoding: "", seed: 0 };

  /** The bindings of the records of a page are one object. */
  private seedOf(bindings: CutRecord["bindings"], encoding: string): number {
    if (this.lastDeclared.bindings !== bindings || this.lastDeclared.encoding !== encoding) {
      const declared = `${encoding} ${JSON.stringify(bindings)}`;
      this.lastDeclared = { bindings, encoding, seed: (hash53(declared) % 4294967296) | 0 };
    }
    return this.lastDeclared.seed;
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

/** The beginning of any input is byte 0. */
export function offsetOf({ offset }: Position): number {
  return typeof offset === "number" ? offset : 0;
}

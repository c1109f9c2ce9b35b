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
/** What a known record weighs of one that is mapped: little is to be done with it. */
const LOAD_OF_KNOWN = 1 / 8;

/** One list of a harvest. Plain data: what another thread is handed. */
export interface HarvestedList extends ListOfPages {
  readonly repository: RepositoryConfig;
  /** Which of the lists of the harvest it is, zero-based. */
  readonly number: number;
  /** Tells records that are older than one before them; null where there can be none. */
  readonly stamps: SharedStamps | null;
}

function asKnown({ place: { file, number, offset, length }, knownAs }: Waiting): InputItem {
  return { kind: "known", known: { file, number, offset, length, knownAs } };
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

/** A record that waits to be mapped with those after it, if it is to be mapped at all. */
interface Waiting {
  readonly cut: CutRecord;
  readonly place: RecordPlace & { readonly length: number };
  readonly digest: number;
  /** What the record is known as, 0 if it is not. */
  readonly knownAs: number;
}

/** What was taken of a list since the last portion. */
class Taken<Items> {
  private waiting: Waiting[] = [];
  private load = 0;
  private size = 0;
  count = 0;

  constructor(
    private readonly pass: ListPass<Items>,
    private readonly itemOf: (one: Waiting) => InputItem,
  ) {}

  get isFull(): boolean {
    return this.load >= this.pass.request.size || this.size >= PORTION_BYTES;
  }

  /** @param isCurrent whether none of the list can be newer: then a known one need not wait */
  add(one: Waiting, isCurrent: boolean): void {
    this.count++;
    this.size += one.place.length;
    this.load += one.knownAs === 0 ? 1 : LOAD_OF_KNOWN;
    if (isCurrent && one.knownAs !== 0 && this.waiting.length === 0) {
      this.pass.sink.add(asKnown(one));
    } else this.waiting.push(one);
  }

  /** Maps those that wait: their bytes are gone soon. */
  settle(): void {
    const { waiting, pass } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    pass.watched(() => {
      for (const one of waiting) pass.sink.add(this.itemOf(one));
    });
  }

  items(): Items {
    this.settle();
    this.count = 0;
    this.load = 0;
    this.size = 0;
    return this.pass.sink.take();
  }
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
  *portions<Items>(pass: ListPass<Items>): Generator<Portion<Items>> {
    const { request, known, stopped } = pass;
    const from = offsetOf(request.from);
    this.stamps?.begin(this.list.number, from);
    let { recordNumber: number } = request.from;
    let end: Position = request.from;
    let given = 0;
    const taken = new Taken(pass, (one) => this.item(one, request.traced ?? false));
    const portion = (): Portion<Items> => {
      const content = { mapped: taken.count };
      const items = taken.items();
      return { items, end, findings: [], bytesRead: this.pages.bytesRead, content };
    };
    for (const lot of this.pages.lots(from)) {
      for (const cut of lot) {
        if (stopped?.() || (request.limit !== null && given >= request.limit)) {
          yield portion();
          return;
        }
        number++;
        end = { offset: cut.offset + cut.bytes.length, recordNumber: number };
        if (number <= request.skip) continue;
        given++;
        taken.add(this.lookedUp(cut, number, known), this.stamps === null);
        if (taken.isFull) yield portion();
      }
      taken.settle();
    }
    yield portion();
  }

  /** Reads and maps one of the records that were known. */
  again({ file, number, offset, length }: KnownItem): InputItem {
    if (offset === null || length === null) throw new Error("a known record without its place");
    const cut = this.pages.again(offset, length);
    const place = { file, number, offset, length };
    return this.mapped({ cut, place, digest: this.digest(cut) }, false);
  }

  private lookedUp(cut: CutRecord, number: number, known: KnownRecords | null): Waiting {
    const place = { file: this.file, number, offset: cut.offset, length: cut.bytes.length };
    const digest = this.digest(cut);
    return { cut, place, digest, knownAs: known?.find(digest) ?? 0 };
  }

  private item(one: Waiting, traced: boolean): InputItem {
    this.running[1] = one.place.number;
    const { stamps } = this;
    const stamp = stamps?.stampOf(one.cut) ?? null;
    if (stamps === null || stamp === null) return this.current(one, traced);
    const newer = stamps.newer(stamp);
    if (newer !== null) return superseded(this.mapped(one, traced), newer);
    const item = this.current(one, traced);
    // Where the newest cannot be read an older one is better than none.
    if (item.kind !== "reject") stamps.note(stamp);
    return item;
  }

  private current(one: Waiting, traced: boolean): InputItem {
    return one.knownAs === 0 ? this.mapped(one, traced) : asKnown(one);
  }

  private mapped({ cut, place, digest }: Omit<Waiting, "knownAs">, traced: boolean): InputItem {
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

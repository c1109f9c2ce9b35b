/** From a record that was cut out of an answer to a mapped record, by the rules of its repository. */

import type { HarvestSettings, RepositoryConfig } from "../config/harvest/harvest-config.js";
import type { MarcJob } from "../config/marc/marc-mapping.js";
import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import { MarcXmlReader } from "../input/marcxml.js";
import { isReadLabel } from "../input/record-text.js";
import { createDcMapper, type DcMapper, DELETED_BY_HEADER } from "../mapping/dc/mapper.js";
import { createMapper, type Mapper } from "../mapping/marc/mapper.js";
import type { MarcRecord } from "../marc/marc-record.js";
import type { InputItem, RecordPlace } from "../reading/portion.js";
import type { RuleAtWork } from "../reading/runaway.js";
import { ElementTraceCollector, TraceCollector, tracedHeader } from "../report/explain-trace.js";
import type { RecordTrace } from "../report/explanation.js";
import { identifierIn, OaiRecordReader } from "./oai-record.js";
import type { CutRecord } from "./page-cutter.js";
import { MAX_RECORD_SIZE, SHORT_HEAD } from "./page-sink.js";

/** What becomes of one record before anything is looked up. */
export type MappedCut =
  | {
      readonly kind: "record";
      readonly mapped: MappedRecord;
      readonly trace?: RecordTrace | undefined;
    }
  | (Refusal & {
      readonly kind: "reject";
      /** "" if it cannot be read. */
      readonly identifier: string;
    });

export interface CutMapper {
  /** The number that `running` shows is one-based in this list. */
  readonly rules: readonly RuleAtWork[];
  map(cut: CutRecord, traced?: boolean): MappedCut;
}

/** A record with its place. */
interface PlacedCut {
  readonly cut: CutRecord;
  readonly place: RecordPlace;
}

/** Maps a record to what a run is handed. */
export function itemOf(
  mapper: CutMapper,
  { cut, place }: PlacedCut,
  traced: boolean,
): Exclude<InputItem, { readonly kind: "known" }> {
  const became = mapper.map(cut, traced);
  if (became.kind === "record") {
    const { mapped, trace } = became;
    return { kind: "record", record: { ...place, inputDigest: null, mapped, trace } };
  }
  const { reason, further, identifier: controlNumber } = became;
  // A reject outlives the block that its bytes are part of.
  const bytes = Buffer.from(cut.bytes);
  const reject = { ...place, bytes, isText: true, reason, further, controlNumber, isId: true };
  return { kind: "reject", reject };
}

/** @param running element 0 holds, while substitutions run, the one-based number of their rule, else 0 */
export function cutMapper(repository: RepositoryConfig, running: Int32Array): CutMapper {
  const { mapping, harvest } = repository;
  if (mapping.kind === "marc")
    return new MarcCutMapper({ ...repository, mapping: mapping.rules }, harvest, running);
  return new ElementCutMapper(
    createDcMapper({ ...repository, mapping }, { running }),
    harvest.strict,
  );
}

class ElementCutMapper implements CutMapper {
  readonly rules: readonly RuleAtWork[];
  private readonly reader = new OaiRecordReader();

  constructor(
    private readonly mapper: DcMapper,
    private readonly strict: boolean,
  ) {
    this.rules = mapper.rules.map(({ at, key, text }) => ({ at, name: key, text }));
  }

  map(cut: CutRecord, traced = false): MappedCut {
    const read = this.reader.read(cut);
    if (read.kind === "reject") return read;
    const { record } = read;
    const [reason, ...further] = record.diagnostics;
    if (this.strict && reason !== undefined) {
      return { kind: "reject", reason, further, identifier: record.identifier };
    }
    const collector = traced ? new ElementTraceCollector() : undefined;
    const mapped = this.mapper.map(record, collector);
    return { kind: "record", mapped, trace: collector?.of(record) };
  }
}

/** The parser of MARCXML for an element that was cut out already. */
class MarcElementReader extends MarcXmlReader {
  /** The label that was declared last, and what it is taken for. */
  private label = { declared: "", encoding: "" };

  one({ bytes, offset, encoding: declared }: CutRecord): MarcRecord | Refusal {
    if (this.label.declared !== declared) {
      // One that nobody knows is no reason to refuse a page that may well be UTF-8.
      this.label = { declared, encoding: isReadLabel(declared) ? declared : "" };
    }
    return this.parse({
      kind: "record",
      offset,
      length: bytes.length,
      bytes,
      encoding: this.label.encoding,
      deleted: false,
      diagnostics: [],
    });
  }
}

/** A start or an end tag. */
const METADATA = /<(\/?)(?:[\w.-]+:)?metadata(?:\s[^<>]*?)?(\/?)>/g;
const HEADER = /<((?:[\w.-]+:)?header)[\s>/]/;
const METADATA_TAG = "<metadata";
const METADATA_TAG_END = "</metadata>";
const LESS = 0x3c;
const GREATER = 0x3e;
/** Bytes in which the header stands. */
const HEAD = 65_536;

class MarcCutMapper implements CutMapper {
  private readonly mapper: Mapper;
  private readonly headers = new OaiRecordReader();
  private readonly reader: MarcElementReader;

  constructor(
    private readonly config: MarcJob,
    private readonly harvest: HarvestSettings,
    running: Int32Array,
  ) {
    this.mapper = createMapper(config, { running });
    const { encoding } = config.mapping;
    this.reader = new MarcElementReader({
      encoding,
      strict: harvest.strict,
      maxRecordSize: MAX_RECORD_SIZE,
    });
  }

  get rules(): readonly RuleAtWork[] {
    return this.mapper.rules;
  }

  map(cut: CutRecord, traced = false): MappedCut {
    const reject = (why: Refusal): MappedCut => {
      return { kind: "reject", ...why, identifier: identifierIn(cut.bytes) };
    };
    const rejectFor = (reason: Diagnostic) => reject({ reason, further: [] });
    const { offset, refusal } = cut;
    if (refusal !== null) return rejectFor(diagnostic(refusal, { offset }));
    const header = this.headerOf(cut);
    if (header.kind === "reject") return header;
    const { identifier, deleted, datestamp } = header.record;
    const trace = traced ? tracedHeader(header.record) : undefined;
    const deletion = (mapped: MappedRecord | null): MappedCut => {
      return { kind: "record", mapped: this.deletion(identifier, datestamp, mapped), trace };
    };
    const metadata = metadataOf(cut);
    if (metadata === null) {
      return deleted
        ? deletion(null)
        : rejectFor(diagnostic("M813", { offset, found: identifier }));
    }
    const parsed = this.reader.one(metadata);
    if (!("table" in parsed)) return deleted ? deletion(null) : reject(parsed);
    const collector = traced ? new TraceCollector() : undefined;
    const mapped = this.mapper.map(parsed, collector);
    if (deleted) return deletion(mapped);
    const marcDate = mapped.marcDate === "" ? datestamp : mapped.marcDate;
    const named =
      this.harvest.foreignId === "record" ? mapped : { ...mapped, foreignId: identifier };
    const told = collector && { ...collector.of(parsed), harvested: trace?.harvested };
    return { kind: "record", mapped: { ...named, marcDate }, trace: told };
  }

  private headerOf(cut: CutRecord): ReturnType<OaiRecordReader["read"]> {
    const bytes =
      headerIn(cut.bytes, SHORT_HEAD) ??
      (cut.bytes.length > SHORT_HEAD ? headerIn(cut.bytes, HEAD) : null) ??
      NO_HEADER;
    // Where its metadata is looked for elsewhere, a header alone is a whole record.
    const whole = Buffer.concat([OPENING, bytes, CLOSING]);
    return this.headers.read({ ...cut, bytes: whole });
  }

  /**
   * A deletion by the header, which counts even where metadata was left in. Without it the number of
   * the record, where rows go by that, is what the identifier ends with.
   */
  private deletion(
    identifier: string,
    datestamp: string,
    mapped: MappedRecord | null,
  ): MappedRecord {
    const byRecord = this.harvest.foreignId === "record";
    const last = identifier.slice(identifier.lastIndexOf(":") + 1);
    return {
      controlNumber: mapped?.controlNumber ?? "",
      foreignId: byRecord ? (mapped?.foreignId ?? last) : identifier,
      deleted: true,
      deletedBy: DELETED_BY_HEADER,
      marcDate: datestamp,
      values: this.config.fields.map(() => ""),
      urlIsFallback: false,
      ignore: null,
      diagnostics: [],
    };
  }
}

const OPENING = Buffer.from("<record>");
const NO_HEADER = Buffer.from("<header/>");
const CLOSING = Buffer.from("<metadata><x/></metadata></record>");

/** The element of the header, null where it does not end in the first bytes. */
function headerIn(record: Buffer, length: number): Buffer | null {
  const text = record.latin1Slice(0, Math.min(length, record.length));
  const start = HEADER.exec(text);
  const end = start === null ? -1 : text.indexOf(`</${start[1]}`, start.index);
  const close = end < 0 ? -1 : text.indexOf(">", end);
  return start === null || close < 0 ? null : record.subarray(start.index, close + 1);
}

/** The metadata as an element of its own, without what is said about the record. */
function metadataOf(cut: CutRecord): CutRecord | null {
  const found = plainMetadata(cut.bytes) ?? anyMetadata(cut.bytes);
  if (found === null) return null;
  const [start, end] = found;
  return { ...cut, offset: cut.offset + start, bytes: cut.bytes.subarray(start, end) };
}

/** Where it begins and ends, if it is the only one, and the word stands nowhere before it nor behind. */
function plainMetadata(record: Buffer): [number, number] | null {
  const start = record.indexOf("metadata") - 1;
  const end = record.lastIndexOf("metadata") - 2;
  const last = end + METADATA_TAG_END.length;
  const isPlain =
    start >= 0 &&
    end > start &&
    record[start] === LESS &&
    record[start + METADATA_TAG.length] === GREATER &&
    record.latin1Slice(end, last) === METADATA_TAG_END &&
    record.indexOf(METADATA_TAG_END) === end;
  return isPlain ? [start, last] : null;
}

/** The first such element that is not empty, whatever others stand in it or behind it. */
function anyMetadata(record: Buffer): [number, number] | null {
  const text = record.latin1Slice(0, record.length);
  let start = -1;
  let depth = 0;
  for (const { index, 0: tag, 1: end, 2: empty } of text.matchAll(METADATA)) {
    if (start < 0 && end + empty !== "") continue;
    if (start < 0) start = index;
    if (empty === "") depth += end === "" ? 1 : -1;
    if (depth <= 0) return [start, index + tag.length];
  }
  return null;
}

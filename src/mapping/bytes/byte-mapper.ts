/**
 * Maps sound ISO 2709 records over their bytes. The core does what is certain; a column in which anything is
 * not (text beyond ASCII, a field 880, a number that is not valid) is worked out by today's rules instead,
 * and so is all of a record that is no usual one. What comes out is what `Mapper` makes.
 */

import { normalizeIdentifiers } from "../../fields/identifiers/identifiers.js";
import type { MappedRecord } from "../../fields/mapped-record.js";
import type { Encoding } from "../../marc/charset/decode.js";
import { judgeEncoding } from "../../marc/charset/verdict.js";
import { CODING_SCHEME } from "../../marc/leader.js";
import { FIELD_STRIDE, MarcRecord } from "../../marc/marc-record.js";
import { isAbbreviation } from "../marc/abbreviations.js";
import type { Column } from "../marc/extractor.js";
import { allFindings, ConfiguredMapper, type Mapper } from "../marc/mapper.js";
import type { MappingTrace } from "../marc/trace.js";
import { type CoreExports, LOCATED, MAPPED, startCore } from "./core-module.js";
import {
  ANSWER,
  ASK_ABBREVIATION,
  ASK_IDENTIFIERS,
  IDENTIFIERS,
  LONGEST_ANSWER,
  LONGEST_RECORD,
  MATCHED,
  MOST_COLUMNS,
  OTHER_URLS,
  PROGRAM,
  RECORD,
  TABLE,
  TABLE_SIZE,
  TEXTS_BEFORE_COLUMNS,
} from "./layout.js";
import { MappedTexts } from "./mapped-texts.js";
import { isPrintable, ProgramFull, ProgramWriter } from "./program-writer.js";
import { writeColumns } from "./write-columns.js";

const LEADER_LENGTH = 24;
const NO_ANSWER = -1;

/** Answers that are the same in every run are kept by the core: these are for what it has not met. */
class Answers {
  memory: Buffer = Buffer.alloc(0);

  constructor(private readonly mapper: ConfiguredMapper) {}

  /** Writes the answer to its place. @returns its length, -1 if the core is not to have it */
  answer(question: number, at: number, length: number): number {
    const text = this.answerTo(question, this.memory.latin1Slice(at, at + length));
    if (text === null || text.length > LONGEST_ANSWER || !isPrintable(text)) return NO_ANSWER;
    return this.memory.latin1Write(text, ANSWER);
  }

  private answerTo(question: number, text: string): string | null {
    if (question === ASK_ABBREVIATION) return isAbbreviation(text) ? "1" : "";
    if (question > ASK_IDENTIFIERS) return identifiersIn(question - ASK_IDENTIFIERS, text);
    const { runner, compiled } = this.mapper;
    return runner.treatAlone(compiled[question - 1], text);
  }
}

/** The normal forms, a semicolon between; null where one is not valid, since that is told of. */
function identifiersIn(number: number, text: string): string | null {
  const kind = IDENTIFIERS[number];
  if (kind === "") return null;
  const { valid, invalid } = normalizeIdentifiers(kind, text);
  return invalid.length > 0 ? null : valid.join(";");
}

export class ByteMapper implements Mapper {
  private readonly buffer: Buffer;
  private readonly table: Int32Array;
  private readonly matched: Int32Array;
  private readonly others: DataView;
  private readonly texts: MappedTexts;
  private readonly columns: readonly (Column | string)[];
  private readonly idByCore: boolean;
  private readonly mayBeRefused: boolean;

  private constructor(
    private readonly mapper: ConfiguredMapper,
    private readonly core: CoreExports,
  ) {
    const { buffer } = core.memory;
    this.buffer = Buffer.from(buffer);
    this.table = new Int32Array(buffer, TABLE, TABLE_SIZE / 4);
    this.matched = new Int32Array(buffer, MATCHED, mapper.compiled.length + 1);
    this.others = new DataView(buffer, OTHER_URLS);
    this.columns = mapper.columns.all;
    this.texts = new MappedTexts(buffer, this.columns.length);
    const { fields, rules } = mapper.foreignIds;
    this.idByCore = rules.length === 0 && fields.every(({ tag }) => /^[0-9]{3}$/.test(tag));
    this.mayBeRefused = mapper.config.settings.requiredFields.length > 0;
  }

  /** The mapper over bytes for a configuration; null where there is no core, or nothing for it to do. */
  static of(mapper: Mapper): ByteMapper | null {
    if (!(mapper instanceof ConfiguredMapper)) return null;
    const { mapping, database } = mapper.config;
    const { filters, recordTypes } = mapping;
    // What is kept of records, the parsed ones have.
    if (database.keepRecords || filters.length > 0 || !recordTypes.includes("bibliographic"))
      return null;
    if (mapper.columns.all.length > MOST_COLUMNS) return null;
    const answers = new Answers(mapper);
    const core = startCore((question, at, length) => answers.answer(question, at, length));
    if (core === null) return null;
    answers.memory = Buffer.from(core.memory.buffer);
    try {
      const made = new ByteMapper(mapper, core);
      return made.write() > 0 ? made : null;
    } catch (error) {
      if (error instanceof ProgramFull) return null;
      throw error;
    }
  }

  /** Writes the rule table. @returns how many columns the core works out */
  private write(): number {
    const writer = new ProgramWriter(this.core.memory.buffer);
    const head = writer.reserve(16);
    if (head !== PROGRAM) throw new Error("the rule table does not begin at its place");
    const { at, withForm } = writeColumns(writer, this.columns);
    const { fields } = this.mapper.foreignIds;
    if (this.idByCore) {
      const places = writer.reserve(4 + 8 * fields.length);
      writer.number(places, fields.length);
      fields.forEach(({ tag, codes }, index) => {
        writer.number(places + 4 + 8 * index, Number(tag));
        writer.number(places + 8 + 8 * index, writer.flags(codes));
      });
      writer.number(head, places);
    }
    writer.number(head + 4, at);
    writer.number(head + 8, this.columns.length);
    this.core.begin();
    return withForm;
  }

  /**
   * Takes a record to the core, and finds its fields.
   *
   * @returns one of LOCATED
   */
  locate(bytes: Buffer): number {
    if (bytes.length > LONGEST_RECORD) return LOCATED.doubtful;
    this.buffer.set(bytes, RECORD);
    return this.core.locate(bytes.length);
  }

  /** `hashBytes53` of the record that was located. */
  hash(length: number, seed: number): number {
    const { core } = this;
    core.hash(length, seed);
    return (core.hashHigh() >>> 0) * 0x1_0000_0000 + (core.hashLow() >>> 0);
  }

  /** Where the first 008 of the located record begins; 0 if there is none. */
  get fixedStart(): number {
    return this.ofFixedData(1);
  }

  /** Where it ends (exclusive). */
  get fixedEnd(): number {
    return this.ofFixedData(2);
  }

  private ofFixedData(place: number): number {
    const field = this.core.fixedData();
    return field < 0 ? 0 : this.table[field * FIELD_STRIDE + place];
  }

  /**
   * Maps the record that was located.
   *
   * @param parsed the same record as a view, where there is one: without it, it is ASCII
   * @returns its texts, which are gone with the next record, or the record where more than the core had a
   *   part in it; null if it is to be mapped by `Mapper`
   */
  mapLocated(bytes: Buffer, parsed: MarcRecord | null): MappedTexts | MappedRecord | null {
    const { core, texts, mapper } = this;
    const encoding = parsed === null ? "ascii" : parsed.encoding;
    const uncertain = core.map(encoding === "ascii" || encoding === "utf-8" ? 1 : 0);
    if (uncertain === MAPPED.givenUp) return mapper.map(parsed ?? this.view(bytes, encoding));
    if (uncertain < 0) return null;
    texts.length = core.written();
    texts.urlIsFallback = core.hasFallbackUrl() === 1;
    texts.evidence = "";
    const { evidence } = mapper;
    const isWhole = uncertain === 0 && this.idByCore && !this.mayBeRefused;
    if (isWhole && evidence === null && !mapper.config.settings.skipOlder) return texts;
    const record = parsed ?? this.view(bytes, encoding);
    if (isWhole && this.hasGoodDate()) {
      if (evidence !== null) texts.evidence = evidence.of(record);
      return texts;
    }
    return this.completed(record);
  }

  private hasGoodDate(): boolean {
    return !this.mapper.config.settings.skipOlder || this.mapper.isGoodDate(this.texts.texts()[2]);
  }

  private view(bytes: Buffer, encoding: Encoding): MarcRecord {
    const leader = bytes.latin1Slice(0, LEADER_LENGTH);
    return new MarcRecord(bytes, leader, this.table, this.core.fields(), encoding, []);
  }

  /**
   * The record that was located as a view, its encoding judged; null where there is something to tell, or
   * where more must be looked at.
   */
  judged(bytes: Buffer): MarcRecord | null {
    const { encoding: asked } = this.mapper.config.mapping;
    const start = this.table[1];
    const verdict = judgeEncoding(bytes, start, bytes.length, bytes[CODING_SCHEME], asked);
    if (verdict.diagnostics.length > 0) return null;
    // UNIMARC would have a say.
    if (asked === "auto" && verdict.encoding !== "utf-8" && this.core.fixedData() < 0) return null;
    return this.view(bytes, verdict.encoding);
  }

  /** Works out what the core has left, in the order in which `Mapper` does it. */
  private completed(record: MarcRecord): MappedRecord {
    const { mapper, texts, columns } = this;
    const { context, evidence } = mapper;
    const [controlNumber, foreignId, marcDate, ...values] = texts.texts();
    context.load(record, null);
    context.foreignId = this.idByCore ? foreignId : mapper.foreignIds.find(context);
    context.urlIsFallback = texts.urlIsFallback;
    for (const url of this.otherUrls()) context.otherUrls.push(url);
    for (let i = 0; i < columns.length; i++) {
      if (texts.lengths[TEXTS_BEFORE_COLUMNS + i] >= 0) continue;
      const column = columns[i];
      values[i] = typeof column === "string" ? column : column.evaluate(context);
    }
    if (!mapper.isGoodDate(marcDate)) context.warn("M506", "005", `"${marcDate}"`);
    return {
      controlNumber,
      foreignId: context.foreignId,
      deleted: false,
      marcDate,
      values,
      urlIsFallback: context.urlIsFallback,
      evidence: evidence === null ? "" : evidence.of(record),
      ignore: mapper.missing(values),
      diagnostics: allFindings(record.diagnostics, context.warnings),
    };
  }

  /** The URLs beside the url, where the core has made that one. */
  private otherUrls(): string[] {
    const count = this.core.countOtherUrls();
    return Array.from({ length: count }, (_, index) => {
      const length = this.others.getUint32(8 * index, true);
      const at = this.others.getUint32(8 * index + 4, true);
      return this.buffer.latin1Slice(at, at + length);
    });
  }

  get rules(): Mapper["rules"] {
    return this.mapper.rules;
  }

  /** Maps a record that does not go over its bytes. */
  map(record: MarcRecord, trace?: MappingTrace): MappedRecord {
    return this.mapper.map(record, trace);
  }

  /** To how many records each rule has given something since the last call, on either way. */
  takeMatches(): number[] {
    const { mapper, matched } = this;
    const matches = mapper.takeMatches().map((count, index) => count + matched[index + 1]);
    matched.fill(0);
    return matches;
  }
}

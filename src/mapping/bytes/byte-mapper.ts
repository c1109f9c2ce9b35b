/**
 * Maps sound ISO 2709 records over their bytes. The core does what is certain; a column in which anything is
 * not (a mark at the beginning of a text, a number that is not valid) is worked out by the rules of `Mapper` instead,
 * and so is all of a record that is no usual one. What comes out is what `Mapper` makes.
 */

import type { MarcJob } from "../../config/marc/marc-mapping.js";
import type { MappedRecord } from "../../fields/mapped-record.js";
import type { Encoding } from "../../marc/charset/decode.js";
import { judgeEncoding } from "../../marc/charset/verdict.js";
import { CODING_SCHEME } from "../../marc/leader.js";
import type { MarcRecord } from "../../marc/marc-record.js";
import type { Column } from "../marc/extractor.js";
import { KindEvidence } from "../marc/kind-evidence.js";
import { allFindings, ConfiguredMapper, type Mapper } from "../marc/mapper.js";
import { CoreAnswers } from "./core-answers.js";
import { type CoreExports, LOCATED, MAPPED, READ_AS, startCore } from "./core-module.js";
import {
  EVIDENCE_TEXT,
  GIVES,
  LONGEST_RECORD,
  MATCHED,
  MOST_COLUMNS,
  OTHER_URLS,
  PROGRAM,
  RECORD,
  TEXTS_BEFORE_COLUMNS,
} from "./layout.js";
import { LocatedRecord } from "./located-record.js";
import { MappedTexts } from "./mapped-texts.js";
import { ProgramFull, ProgramWriter } from "./program-writer.js";
import { writeColumns } from "./write-columns.js";

export class ByteMapper {
  private readonly buffer: Buffer;
  private readonly matched: Int32Array;
  private readonly others: DataView;
  private readonly texts: MappedTexts;
  private readonly columns: readonly (Column | string)[];
  private readonly idByCore: boolean;
  /** Whether the core makes what is kept of a record beside its row, if anything is. */
  private readonly evidenceByCore: boolean;
  private readonly mayBeRefused: boolean;
  /** The core's memory, and where the bytes that it holds begin in it. */
  readonly words: Int32Array;
  readonly firstWord = RECORD / 4;
  readonly located: LocatedRecord;

  private constructor(
    private readonly mapper: ConfiguredMapper,
    private readonly core: CoreExports,
  ) {
    const { buffer } = core.memory;
    this.buffer = Buffer.from(buffer);
    this.words = new Int32Array(buffer);
    this.located = new LocatedRecord(buffer);
    this.matched = new Int32Array(buffer, MATCHED, mapper.compiled.length + 1);
    this.others = new DataView(buffer, OTHER_URLS);
    this.columns = mapper.columns.all;
    this.texts = new MappedTexts(buffer, this.columns.length);
    const { fields, rules } = mapper.foreignIds;
    this.idByCore = rules.length === 0 && fields.every(({ tag }) => /^[0-9]{3}$/.test(tag));
    this.evidenceByCore = mapper.evidence === null || mapper.evidence instanceof KindEvidence;
    this.mayBeRefused = mapper.config.settings.requiredFields.length > 0;
  }

  /** Whether a mapper's records may go over their bytes. */
  static serves(mapper: Mapper): mapper is ConfiguredMapper {
    if (!(mapper instanceof ConfiguredMapper)) return false;
    return ByteMapper.maySee(mapper.config) && mapper.columns.all.length <= MOST_COLUMNS;
  }

  /** Whether a configuration has records go over their bytes. */
  static maySee({ mapping, database }: MarcJob): boolean {
    // What is kept of records, the parsed ones have.
    if (database.keepRecords || mapping.filters.length > 0) return false;
    return mapping.recordTypes.includes("bibliographic") && !mapping.joinSplitRecords;
  }

  /** The mapper over bytes for one that it serves; null where there is no core, or nothing for it to do. */
  static of(mapper: ConfiguredMapper): ByteMapper | null {
    const answers = new CoreAnswers(mapper);
    const core = startCore(answers);
    if (core === null) return null;
    try {
      const made = new ByteMapper(mapper, core);
      answers.begin(core.memory.buffer, made.located);
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
    writer.number(head + 12, this.mapper.evidence instanceof KindEvidence ? 1 : 0);
    this.core.begin();
    return withForm;
  }

  /** Takes the bytes of a record into the core's memory; false if they are too many. */
  hold(bytes: Buffer): boolean {
    if (bytes.length > LONGEST_RECORD) return false;
    this.buffer.set(bytes, RECORD);
    this.located.bytes = bytes;
    return true;
  }

  /**
   * Maps a record.
   *
   * @returns its texts, which are gone with the next record, or the record where more than the core had a
   *   part in it; null if it is to be parsed, and mapped by `Mapper`
   */
  mapBytes(bytes: Buffer): MappedTexts | MappedRecord | null {
    const { located } = this;
    if (located.bytes !== bytes && !this.hold(bytes)) return null;
    located.encoding = "ascii";
    const state = this.core.take(bytes.length);
    if (state === LOCATED.doubtful) return null;
    if (state === LOCATED.toBeJudged && !this.judge()) return null;
    return this.mapLocated();
  }

  /** Judges the encoding; false where there is something to tell, or where more must be looked at. */
  private judge(): boolean {
    const { located } = this;
    const { bytes, dataStart } = located;
    const { encoding: asked } = this.mapper.config.mapping;
    const verdict = judgeEncoding(bytes, dataStart, bytes.length, bytes[CODING_SCHEME], asked);
    if (verdict.diagnostics.length > 0) return false;
    located.encoding = verdict.encoding;
    // UNIMARC would have a say.
    return asked !== "auto" || verdict.encoding === "utf-8" || located.given[GIVES.fixedStart] > 0;
  }

  private mapLocated(): MappedTexts | MappedRecord | null {
    const { core, texts, mapper, located } = this;
    const { encoding, given } = located;
    const uncertain = core.map(readAs(encoding));
    if (uncertain === MAPPED.givenUp) return mapper.map(located.view());
    if (uncertain < 0) return null;
    texts.length = given[GIVES.written];
    texts.beyondAscii = given[GIVES.beyondAscii] === 1;
    texts.urlIsFallback = given[GIVES.fallbackUrl] === 1;
    texts.evidence = "";
    const isWhole = uncertain === 0 && this.idByCore && !this.mayBeRefused && this.hasGoodDate();
    if (!isWhole) return this.completed(located.view());
    if (!this.evidenceByCore) texts.evidence = mapper.evidence?.of(located.view()) ?? "";
    return texts;
  }

  private hasGoodDate(): boolean {
    return !this.mapper.config.settings.skipOlder || this.mapper.isGoodDate(this.texts.texts()[2]);
  }

  /** Works out what the core has left, in the order in which `Mapper` does it. */
  private completed(record: MarcRecord): MappedRecord {
    const { mapper, texts, columns } = this;
    const { context, evidence } = mapper;
    const all = texts.texts();
    const [controlNumber, foreignId, marcDate, kept] = all;
    const values = all.slice(TEXTS_BEFORE_COLUMNS);
    const isKept = this.evidenceByCore && texts.lengths[EVIDENCE_TEXT] >= 0;
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
      evidence: isKept || evidence === null ? kept : evidence.of(record),
      ignore: mapper.missing(values),
      diagnostics: allFindings(record.diagnostics, context.warnings),
    };
  }

  /** The URLs beside the url, where the core has made that one. */
  private otherUrls(): string[] {
    const count = this.located.given[GIVES.otherUrls];
    return Array.from({ length: count }, (_, index) => {
      const length = this.others.getUint32(8 * index, true);
      const at = this.others.getUint32(8 * index + 4, true);
      return this.buffer.latin1Slice(at, at + length);
    });
  }

  /** Adds to how many records each rule has given something since the last call. */
  addMatches(matches: number[]): void {
    const { matched } = this;
    for (let i = 0; i < matches.length; i++) matches[i] += matched[i + 1];
    matched.fill(0);
  }
}

function readAs(encoding: Encoding): number {
  if (encoding === "marc-8") return READ_AS.marc8;
  return encoding === "ascii" || encoding === "utf-8" ? READ_AS.unicode : READ_AS.callerSays;
}

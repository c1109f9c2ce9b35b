/** What `validate` finds in one input: structure, encodings, and an account of every byte. */

import { type Code, codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, eachOnce, type RecordLabel } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { recordKind } from "../mapping/marc/record-kind.js";
import { FieldTexts } from "../marc/field-texts.js";
import { type MarcRecord, tagCode } from "../marc/marc-record.js";
import type { FieldCount } from "../report/field-table.js";
import { addOne } from "../running/tally.js";
import type { FieldCounts } from "./field-counts.js";
import { NO_REPEATS, RepeatCount, type Repeats } from "./repeat-count.js";

/** Places of one code that are told in full. */
const PLACES = 3;
/** Rejects that are told one by one: a file that is no MARC throughout has millions. */
const LISTED_REJECTS = 10_000;
const CONTROL_NUMBER = tagCode("001");

type Counts = Record<string, number>;

interface RejectedPiece {
  readonly offset: number;
  readonly length: number;
  readonly code: Code;
  readonly message: string;
}

/** The findings on one input, in bytes of its (unzipped) stream. */
export class Inspection {
  bytes = 0;
  records = 0;
  recordBytes = 0;
  paddingBytes = 0;
  rejectedBytes = 0;
  /** Records whose 001 an earlier record of the input has; known after `finish`. */
  repeatedControlNumbers: Repeats = NO_REPEATS;
  rejected = 0;
  /** The first of them. */
  readonly rejects: RejectedPiece[] = [];
  readonly rejectCodes: Counts = {};
  readonly repairs: Counts = {};
  readonly warnings: Counts = {};
  readonly notes: Counts = {};
  readonly encodings: Counts = {};
  readonly types: Counts = {};
  /** The first places of each code, as lines. */
  readonly places = new Map<string, string[]>();
  private readonly controlNumbers: RepeatCount | null;
  /** One-based number of the last record or reject. */
  number = 0;

  private readonly fieldCounts: FieldCounts | null;
  private readonly start: number;

  /**
   * @param of `fieldCounts` counts the fields of each record, if there is one; `controlNumbers` counts those that
   *   come again, unless it is null; `start` is the byte offset of the first piece, 0 if absent
   */
  constructor(
    readonly path: string,
    readonly format: string,
    of: {
      readonly fieldCounts?: FieldCounts | null;
      readonly controlNumbers?: RepeatCount | null;
      readonly start?: number | undefined;
    } = {},
  ) {
    this.controlNumbers = of.controlNumbers === undefined ? new RepeatCount() : of.controlNumbers;
    this.fieldCounts = of.fieldCounts ?? null;
    this.start = of.start ?? 0;
  }

  /** The fields by tag, null if they were not counted. */
  get fields(): FieldCount[] | null {
    return this.fieldCounts?.list() ?? null;
  }

  /** Tells that no more will come; to be called once. */
  finish(): void {
    this.repeatedControlNumbers = this.controlNumbers?.finish() ?? NO_REPEATS;
  }

  /** Takes the next piece of the stream; pieces must cover it in order. */
  take(parsed: ParsedRecord): void {
    if (parsed.offset !== this.start + this.bytes) {
      throw new Error(
        `bytes ${this.bytes} to ${parsed.offset} of ${this.path} are unaccounted for`,
      );
    }
    this.bytes += parsed.length;
    switch (parsed.kind) {
      case "padding":
        this.paddingBytes += parsed.length;
        this.note(parsed.diagnostics, parsed.offset, "");
        break;
      case "reject":
        this.number++;
        this.reject(parsed);
        break;
      case "record":
        this.number++;
        this.record(parsed);
        break;
      case "known":
        throw new Error("no record is known to an inspection");
    }
  }

  private reject(parsed: Extract<ParsedRecord, { kind: "reject" }>): void {
    const { offset, length, reason, controlNumber } = parsed;
    this.rejectedBytes += length;
    const { code } = reason;
    this.rejected++;
    addOne(this.rejectCodes, code);
    if (this.rejects.length < LISTED_REJECTS) {
      this.rejects.push({ offset, length, code, message: codeEntry(code).message });
    }
    this.addPlace(reason, this.label(offset, controlNumber));
  }

  private record({ record, offset, length }: Extract<ParsedRecord, { kind: "record" }>): void {
    this.records++;
    this.recordBytes += length;
    const controlNumber = record.controlField(CONTROL_NUMBER).trim();
    if (controlNumber !== "") this.controlNumbers?.add(controlNumber);
    const ofParsing = record.diagnostics.length;
    decodeAll(record);
    addOne(this.encodings, record.encoding);
    addOne(this.types, recordKind(record));
    // As an import counts them; those of decoding have lost the offsets that tell them apart.
    this.note(eachOnce(record.diagnostics.slice(0, ofParsing)), offset, controlNumber);
    this.note(record.diagnostics.slice(ofParsing), offset, controlNumber);
    this.fieldCounts?.add(record);
  }

  private note(found: readonly Diagnostic[], offset: number, controlNumber: string): void {
    for (const one of found) {
      const { severity } = codeEntry(one.code);
      const counts =
        severity === "repair" ? this.repairs : severity === "warning" ? this.warnings : this.notes;
      addOne(counts, one.code);
      this.addPlace(one, this.label(offset, controlNumber));
    }
  }

  private addPlace(found: Diagnostic, label: RecordLabel): void {
    const places = this.places.get(found.code) ?? [];
    if (places.length < PLACES) places.push(formatDiagnostic(found, label));
    this.places.set(found.code, places);
  }

  private label(offset: number, controlNumber: string): RecordLabel {
    return { file: this.path, number: this.number, offset, controlNumber };
  }
}

/** Reads every text of a record, so that what cannot be decoded is found. */
function decodeAll(record: MarcRecord): void {
  const { diagnostics } = record;
  const texts = new FieldTexts(record);
  for (let field = 0; field < record.fieldCount; field++) {
    const before = diagnostics.length;
    texts.read(field, () => undefined);
    // Their offsets count in the record's view, which may be rebuilt.
    for (let i = before; i < diagnostics.length; i++) {
      diagnostics[i] = { ...diagnostics[i], offset: null };
    }
  }
}

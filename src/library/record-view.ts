/** A record as the library gives it: text that is decoded when it is first asked for. */

import { codeEntry } from "../diagnostics/catalogue.js";
import { type Diagnostic, eachOnce, type RecordLabel } from "../diagnostics/diagnostic.js";
import { formatDiagnostic } from "../diagnostics/format.js";
import type { ParsedRecord } from "../input/parsed-record.js";
import { FieldTexts } from "../marc/field-texts.js";
import { type MarcRecord, tagText } from "../marc/marc-record.js";
import type { Field, Finding, ReadRecord, Subfield } from "./record.js";

type ParsedMarc = Extract<ParsedRecord, { kind: "record" }>;

/** The library's record around one of the reader's. */
export class RecordView implements ReadRecord {
  readonly kind = "record";
  readonly offset: number;
  readonly length: number;
  readonly bytes: Uint8Array;
  /** What was found before any text was decoded. */
  readonly ofParsing: readonly Diagnostic[];
  /** Where the bytes of the view begin in the stream, null if they had to be rebuilt. */
  readonly base: number | null;
  private readonly marc: MarcRecord;
  private decoded: {
    readonly fields: readonly Field[];
    readonly findings: readonly Finding[];
  } | null = null;

  constructor(
    parsed: ParsedMarc,
    readonly file: string,
    readonly number: number,
  ) {
    this.offset = parsed.offset;
    this.length = parsed.length;
    this.bytes = parsed.bytes;
    this.marc = parsed.record;
    this.ofParsing = parsed.record.diagnostics.slice();
    this.base = parsed.record.bytes === parsed.bytes ? parsed.offset : null;
  }

  get leader(): string {
    return this.marc.leader;
  }

  get encoding(): string {
    return this.marc.encoding;
  }

  get controlNumber(): string {
    return this.first("001").trim();
  }

  get fields(): readonly Field[] {
    return this.texts().fields;
  }

  get findings(): readonly Finding[] {
    return this.texts().findings;
  }

  all(tag: string): readonly Field[] {
    return this.fields.filter((field) => field.tag === tag);
  }

  first(tag: string, code?: string): string {
    for (const field of this.fields) {
      if (field.tag !== tag) continue;
      if (field.kind === "control") return field.text;
      const found = field.subfields.find((subfield) => subfield.code === code);
      if (found !== undefined) return found.text;
    }
    return "";
  }

  /** Lets the view be read by somebody, who may add findings to it; they are taken out again. */
  reading<T>(work: (marc: MarcRecord) => T): T {
    try {
      return work(this.marc);
    } finally {
      this.marc.diagnostics.length = this.ofParsing.length;
    }
  }

  private texts() {
    this.decoded ??= this.decode();
    return this.decoded;
  }

  private decode() {
    const { file, number, offset, ofParsing } = this;
    return this.reading((marc) => {
      const fields = decodedFields(marc);
      const ofText = marc.diagnostics.slice(ofParsing.length).map((found) => this.inStream(found));
      const control = fields.find(({ tag }) => tag === "001");
      const controlNumber = control?.kind === "control" ? control.text.trim() : "";
      const label = { file, number, offset, controlNumber };
      return { fields, findings: findingsOf(eachOnce([...ofParsing, ...ofText]), label) };
    });
  }

  /** Decoding counts from the beginning of the view. */
  private inStream(found: Diagnostic): Diagnostic {
    const { base } = this;
    return {
      ...found,
      offset: base === null || found.offset === null ? null : base + found.offset,
    };
  }
}

function decodedFields(marc: MarcRecord): Field[] {
  const texts = new FieldTexts(marc);
  return Array.from({ length: marc.fieldCount }, (_, field): Field => {
    const tag = tagText(marc.tag(field));
    const subfields: Subfield[] = [];
    texts.read(field, (code, text) => subfields.push({ code: String.fromCharCode(code), text }));
    if (marc.isControl(field)) return { kind: "control", tag, text: subfields[0].text };
    const start = marc.start(field);
    const indicators = marc.bytes.toString("latin1", start, start + 2);
    return { kind: "data", tag, indicators, subfields };
  });
}

/** Puts findings on a record into words. */
export function findingsOf(found: readonly Diagnostic[], label: RecordLabel): Finding[] {
  return found.map((one) => {
    const { severity, message, advice } = codeEntry(one.code);
    return {
      ...one,
      severity,
      message,
      advice,
      text: formatDiagnostic(one, label),
    };
  });
}

/** What the rules share while one record is mapped: the record, where its fields are, what was found. */

import type { Code } from "../../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../../diagnostics/diagnostic.js";
import { MarcRecord, tagText } from "../../marc/marc-record.js";
import { isSerial } from "./record-kind.js";
import type { TagSlots } from "./tag-slots.js";
import type { MappingTrace } from "./trace.js";

const NO_RECORD = new MarcRecord(
  Buffer.alloc(0),
  " ".repeat(24),
  new Int32Array(0),
  0,
  "ascii",
  [],
);
const MOST_BYTES_SHOWN = 32;

/** The beginning of a text, at most 32 bytes of UTF-8. */
function excerpt(text: string): string {
  let shown = "";
  let bytes = 0;
  for (const character of text) {
    bytes += Buffer.byteLength(character);
    if (bytes > MOST_BYTES_SHOWN) break;
    shown += character;
  }
  return shown;
}

function occurrencesIn(record: MarcRecord): Int32Array {
  const counts = new Map<number, number>();
  const occurrences = new Int32Array(record.fieldCount);
  for (let field = 0; field < record.fieldCount; field++) {
    const tag = record.tag(field);
    const count = (counts.get(tag) ?? 0) + 1;
    counts.set(tag, count);
    occurrences[field] = count;
  }
  return occurrences;
}

/** One for a mapper, loaded with record after record. */
export class MappingContext {
  record: MarcRecord = NO_RECORD;
  trace: MappingTrace | null = null;
  serial = false;
  foreignId = "";
  urlIsFallback = false;
  /** What [url] found besides the url; it goes to other_urls. */
  readonly otherUrls: string[] = [];
  /** All bytes of the record as Latin-1, made with the first plain text that is asked for. */
  private latin1: string | null = null;
  /** By field number: its one-based occurrence among the fields of its tag, made when first asked for. */
  private occurrences: Int32Array | null = null;
  /** Findings of the mapping itself. */
  warnings: Diagnostic[] = [];

  constructor(readonly slots: TagSlots) {}

  load(record: MarcRecord, trace: MappingTrace | null): void {
    this.record = record;
    this.trace = trace;
    this.serial = isSerial(record.leader);
    this.foreignId = "";
    this.urlIsFallback = false;
    this.latin1 = null;
    this.occurrences = null;
    this.otherUrls.length = 0;
    if (this.warnings.length > 0) this.warnings = [];
    this.slots.load(record);
  }

  /**
   * The text of bytes `start` to `end` (exclusive) of a field. What the decoding finds gets its
   * place, since only here it is known whose bytes these are.
   *
   * @param code the subfield's code byte, 0 for a control field
   */
  text(field: number, code: number, start: number, end: number): string {
    const { record } = this;
    const before = record.diagnostics.length;
    const text = record.text(start, end);
    if (record.diagnostics.length !== before) this.place(before, field, code);
    return text;
  }

  /**
   * The text of bytes that are printable ASCII without `&`, and so the same in every encoding: a
   * piece of the record's one Latin-1 text, which costs a fraction of decoding it by itself. It
   * keeps that text in memory, so what outlives the row (ids) is read with `text`.
   */
  plainText(start: number, end: number): string {
    const { bytes } = this.record;
    this.latin1 ??= bytes.latin1Slice(0, bytes.length);
    return this.latin1.substring(start, end);
  }

  /** The text of the first control field of a slot, "" if there is none. */
  controlField(slot: number): string {
    const { record, slots } = this;
    for (let i = 0; i < slots.count(slot); i++) {
      const field = slots.field(slot, i);
      if (!record.isControl(field)) continue;
      return this.text(field, 0, record.start(field), record.end(field));
    }
    return "";
  }

  /** `650[3]`: the tag and the one-based occurrence of that tag. */
  label(field: number): string {
    this.occurrences ??= occurrencesIn(this.record);
    return `${tagText(this.record.tag(field))}[${this.occurrences[field]}]`;
  }

  warn(code: Code, place: string | null, found: string | null): void {
    const shown = found === null ? null : excerpt(found);
    this.warnings.push(diagnostic(code, { field: place, found: shown }));
  }

  private place(from: number, field: number, code: number): void {
    const { diagnostics } = this.record;
    const subfield = code === 0 ? "" : `$${String.fromCharCode(code)}`;
    for (let i = from; i < diagnostics.length; i++) {
      const found = diagnostics[i];
      if (found.field !== null) continue;
      diagnostics[i] = { ...found, field: `${this.label(field)}${subfield}` };
    }
  }
}

/** Collects what was found in the fields of one record, each finding with its field's name. */

import type { Code } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { printableBytes } from "../diagnostics/format.js";
import { tagText } from "./marc-record.js";

/** A record with more damage than this is told of by the first findings of each code. */
const LISTED_PER_CODE = 100;

export class FieldFindings {
  private readonly occurrences = new Map<number, number>();
  private readonly listed = new Map<string, number>();
  private name = "";
  private withoutCode = false;

  /**
   * @param bytes of the record
   * @param offset absolute, of the record's first byte
   */
  constructor(
    private readonly bytes: Buffer,
    private readonly offset: number,
    private readonly diagnostics: Diagnostic[],
  ) {}

  /** Turns to the next field. @returns its one-based occurrence among the fields of its tag */
  beginField(tag: number): number {
    const occurrence = (this.occurrences.get(tag) ?? 0) + 1;
    this.occurrences.set(tag, occurrence);
    this.name = `${tagText(tag)}[${occurrence}]`;
    return occurrence;
  }

  /** Adds a finding about text that goes on under the blank code; the record is warned of once (M313). */
  addWithoutCode(code: Code, start: number, end: number): void {
    this.add(code, start, end);
    if (!this.withoutCode) this.add("M313", start, end);
    this.withoutCode = true;
  }

  /** Adds a finding about the bytes from `start` to `end` (exclusive) of the field. */
  add(code: Code, start: number, end: number): void {
    const count = (this.listed.get(code) ?? 0) + 1;
    this.listed.set(code, count);
    if (count > LISTED_PER_CODE) return;
    this.diagnostics.push(
      diagnostic(code, {
        offset: this.offset + start,
        field: this.name,
        found: printableBytes(this.bytes, start, end),
      }),
    );
  }
}

/** The text that a rule chooses from one field: subfields chosen, decoded, joined; or positions of a fixed field. */

import { isUtf8 } from "node:buffer";
import { DELIMITER } from "../../marc/directory.js";
import { tagText } from "../../marc/marc-record.js";
import type { Rule } from "./compile.js";
import type { MappingContext } from "./context.js";
import { ALTERNATE_GRAPHIC, linkedTag } from "./linked-fields.js";
import { nonfilingIndicator, skipNonfiling } from "./nonfiling.js";
import { NEEDS_DECODING } from "./plain-bytes.js";
import { trimmedEnd } from "./punctuation.js";
import type { RuleMatch, TraceStep } from "./trace.js";

const BLANK = 0x20;
const FILL = 0x7c;
const ESCAPE = 0x1b;
/** Of MARC-8, around words that do not sort. */
const NON_SORT_BEGIN = 0x88;
const NON_SORT_END = 0x89;

/** Why a rule takes nothing from a field. */
type Refusal = Exclude<RuleMatch["why"], "matched">;

/** Only blanks and fill characters: a coded position that says nothing. */
function saysNothing(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit !== BLANK && unit !== FILL) return false;
  }
  return true;
}

/** Where the character at a zero-based position of UTF-8 begins; the end if there are fewer. */
function offsetOfCharacter(utf8: Uint8Array, position: number): number {
  let characters = 0;
  for (let at = 0; at < utf8.length; at++) {
    if ((utf8[at] & 0xc0) !== 0x80 && characters++ === position) return at;
  }
  return utf8.length;
}

/** Reads field after field; what it read last stands in its properties. */
export class SubfieldReader {
  /** The text chosen, "" with a refusal. */
  text = "";
  refusal: Refusal | null = null;
  /** Whether the text is printable ASCII without a semicolon, its end trimmed; then it is not empty. */
  clean = false;
  /** The code byte of the subfield read last, 0 for a fixed field. */
  code = 0;
  /** Where reading goes on in a field whose subfields are values of their own; 0 at its end. */
  private next = 0;
  /** How many subfields stand in `text`. */
  private pieces = 0;
  /** The subfield chosen last, as long as it is nothing but bytes; `plainEnd` is 0 without one. */
  private plainStart = 0;
  private plainEnd = 0;
  /** The texts that are joined, for a trace. */
  private parts: string[] | null = null;
  /** The first byte of the text, 0 if not all of it is plain bytes. */
  private opening = 0;

  constructor(private readonly context: MappingContext) {}

  /** Whether the field has more to give, for a rule with separate values. */
  get more(): boolean {
    return this.next > 0;
  }

  readLeader(rule: Rule): void {
    this.begin();
    const { leader } = this.context.record;
    if (rule.range === null) this.take(rule, leader);
    else if (rule.range.to >= leader.length) this.refusal = "out of range";
    else this.take(rule, leader.slice(rule.range.from, rule.range.to + 1));
  }

  readControlField(rule: Rule, field: number): void {
    this.begin();
    const { record } = this.context;
    const start = record.start(field);
    const end = record.end(field);
    const { range } = rule;
    if (!rule.anyCode) this.refusal = "no such subfield";
    else if (range === null) this.takeBytes(rule, field, start, end);
    else if (start + range.to >= end) this.refusal = "out of range";
    else if (this.hasWideBytes(start, start + range.to + 1)) {
      this.takePositions(rule, field, start, end);
    } else this.takeBytes(rule, field, start + range.from, start + range.to + 1);
  }

  /** Whether a byte may be more or less than one character. */
  private hasWideBytes(start: number, end: number): boolean {
    const { bytes, encoding } = this.context.record;
    if (encoding === "ascii" || encoding === "latin-1") return false;
    let at = start;
    while (at < end && bytes[at] < 0x80 && bytes[at] !== ESCAPE) at++;
    return at < end;
  }

  /** Takes a range of character positions from a fixed field with characters of several bytes. */
  private takePositions(rule: Rule, field: number, start: number, end: number): void {
    const { record } = this.context;
    const { from, to } = rule.range ?? { from: 0, to: 0 };
    const bytes = record.bytes.subarray(start, end);
    const mayBeUtf8 = record.encoding === "utf-8" || record.encoding === "mixed";
    if (!mayBeUtf8 || bytes.includes(ESCAPE) || !isUtf8(bytes)) {
      const characters = this.positionsOf(field, start, end);
      if (to >= characters.length) this.refusal = "out of range";
      else this.take(rule, characters.slice(from, to + 1).join(""));
      return;
    }
    // Counted by bytes: decoding leaves out control characters, which fill positions as well.
    const first = offsetOfCharacter(bytes, from);
    const last = offsetOfCharacter(bytes, to + 1);
    if (offsetOfCharacter(bytes, to) === bytes.length) this.refusal = "out of range";
    else this.takeBytes(rule, field, start + first, start + last);
  }

  /** The character at each position; "" where there is none, since decoding leaves out what stands there. */
  private positionsOf(field: number, start: number, end: number): string[] {
    const { context } = this;
    const { bytes } = context.record;
    if (bytes.subarray(start, end).includes(ESCAPE)) return [...context.text(field, 0, start, end)];
    const characters: string[] = [];
    let from = start;
    for (let at = start; at < end; at++) {
      const byte = bytes[at];
      if (byte >= 0x20 && byte !== NON_SORT_BEGIN && byte !== NON_SORT_END) continue;
      characters.push(...context.text(field, 0, from, at), "");
      from = at + 1;
    }
    characters.push(...context.text(field, 0, from, end));
    return characters;
  }

  /** @param steps receives the skipping of nonfiling characters, null without a trace */
  readDataField(rule: Rule, field: number, steps: TraceStep[] | null): void {
    this.begin();
    const { record } = this.context;
    const { bytes } = record;
    const start = record.start(field);
    if (rule.indicator1 !== null && rule.indicator1[bytes[start]] === 0) {
      this.refusal = "indicator 1";
    } else if (rule.indicator2 !== null && rule.indicator2[bytes[start + 1]] === 0) {
      this.refusal = "indicator 2";
    } else if (rule.range !== null) this.refusal = "out of range";
    else this.readSubfields(rule, field, start + 2, steps);
  }

  /** The next value of a data field whose subfields are values of their own. */
  readNext(rule: Rule, field: number): void {
    const from = this.next;
    this.begin();
    this.readSubfields(rule, field, from, null);
  }

  private begin(): void {
    this.text = "";
    this.refusal = null;
    this.code = 0;
    this.next = 0;
    this.clean = false;
    this.pieces = 0;
    this.plainEnd = 0;
  }

  private takeBytes(rule: Rule, field: number, start: number, end: number): void {
    const { context } = this;
    const { bytes } = context.record;
    let decoding = 0;
    for (let at = start; at < end; at++) decoding |= NEEDS_DECODING[bytes[at]];
    const plain = decoding === 0;
    this.take(rule, plain ? context.plainText(start, end) : context.text(field, 0, start, end));
  }

  private take(rule: Rule, text: string): void {
    if (!rule.keepBlank && saysNothing(text)) this.refusal = "empty";
    else this.text = text;
  }

  private readSubfields(rule: Rule, field: number, from: number, steps: TraceStep[] | null): void {
    const { record } = this.context;
    const { bytes } = record;
    const { codes, needsCare } = rule;
    this.parts = steps === null ? null : [];
    const end = record.end(field);
    // The count of nonfiling characters is that of the first subfield of text.
    let first = rule.skipNonfiling;
    let at = from;
    while (at + 1 < end) {
      const code = bytes[at + 1];
      const start = at + 2;
      // A delimiter needs care too, so that one question a byte will do.
      for (at = start; at < end && needsCare[bytes[at]] === 0; ) at++;
      const plain = at === end || bytes[at] === DELIMITER;
      while (at < end && bytes[at] !== DELIMITER) at++;
      const filing = first && (code < 0x30 || code > 0x39);
      if (filing) first = false;
      if (at === start || codes[code] === 0) continue;
      if (this.plainEnd > 0) this.addPlain(rule);
      if (plain && !filing) {
        if (this.code === 0) this.opening = bytes[start];
        this.plainStart = start;
        this.plainEnd = at;
      } else {
        this.opening = 0;
        const text = this.context.text(field, code, start, at);
        this.addText(rule, filing ? this.filingForm(field, text, steps) : text);
      }
      this.code = code;
      if (rule.separate || (rule.apart && steps === null)) {
        if (at < end) this.next = at;
        break;
      }
    }
    if (this.code === 0) this.refusal = "no such subfield";
    else this.finish(rule, steps);
  }

  /** Adds the last subfield, and makes the text clean where the bytes allow it. */
  private finish(rule: Rule, steps: TraceStep[] | null): void {
    if (this.plainEnd > 0) {
      if (rule.trimsBytes && steps === null) {
        const { bytes } = this.context.record;
        const cut = trimmedEnd(bytes, this.plainStart, this.plainEnd, this.opening);
        this.clean = cut >= 0;
        if (this.clean) this.plainEnd = cut;
      }
      this.addPlain(rule);
    }
    if (this.pieces > 1 && this.parts !== null) {
      steps?.push({ step: "subfield_join", before: this.parts.join("\n"), after: this.text });
    }
  }

  /** Adds the subfield that is nothing but bytes. */
  private addPlain(rule: Rule): void {
    this.add(rule, this.context.plainText(this.plainStart, this.plainEnd));
    this.plainEnd = 0;
  }

  /** Adds a text that had to be decoded or changed. */
  private addText(rule: Rule, text: string): void {
    const { semicolon } = rule;
    const safe = semicolon !== null && text.includes(";");
    this.add(rule, safe ? text.replaceAll(";", semicolon) : text);
  }

  private add(rule: Rule, text: string): void {
    this.text = this.pieces === 0 ? text : this.text + rule.subfieldJoin + text;
    this.pieces++;
    this.parts?.push(text);
  }

  private filingForm(field: number, text: string, steps: TraceStep[] | null): string {
    const { record } = this.context;
    const tag = record.tag(field);
    const indicator = nonfilingIndicator(
      tag === ALTERNATE_GRAPHIC ? linkedTag(record, field) : tag,
    );
    if (indicator === 0) return text;
    const count = record.bytes[record.start(field) + indicator - 1] - 0x30;
    if (count < 1 || count > 9) return text;
    const filing = skipNonfiling(text, count);
    if (steps !== null && filing !== text) {
      const step = `skip_nonfiling (${tagText(tag)} indicator ${indicator} is ${count})`;
      steps.push({ step, before: text, after: filing });
    }
    return filing;
  }
}

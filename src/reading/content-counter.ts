/**
 * Counts what records are, by their leader and 008. Runs on every record in the reading thread, so it
 * reads bytes and makes no text.
 */

import { isAscii } from "node:buffer";
import { performance } from "node:perf_hooks";
import type { ConfiguredEncoding } from "../config/marc/marc-mapping.js";
import type { Encoding } from "../marc/charset/decode.js";
import {
  digitsAt,
  ENTRY_LENGTH,
  FIELD_TERMINATOR,
  LEADER_LENGTH,
  tagAt,
} from "../marc/directory.js";
import { type MarcRecord, tagCode, tagText } from "../marc/marc-record.js";
import { type ContentCounts, noContent, type Room } from "../store/model/run-statistics.js";

const FIXED_FIELD = tagCode("008");
const LEADER_TYPE = 6;
const DECADE = 7;
const LANGUAGE = 35;
const LANGUAGE_END = 38;
const SMALL_A = 0x61;
const BLANK = 0x20;
const FILL = 0x7c;
/** Letters of leader/06 that make 008 something else: authorities, classification, holdings. */
const OTHER_008 = new Set([..."zwuvxyq"].map((letter) => letter.charCodeAt(0)));
const NONE = -1;
const OTHER = -2;

/** Counts by key; most records have that of the one before, which costs no look-up. */
class Counts<Key> {
  private readonly counts = new Map<Key, number>();
  private last: Key | null = null;
  private again = 0;

  add(key: Key): void {
    if (key === this.last) {
      this.again++;
      return;
    }
    this.settle();
    this.last = key;
    this.again = 1;
  }

  private settle(): void {
    const { last } = this;
    if (last !== null) this.counts.set(last, (this.counts.get(last) ?? 0) + this.again);
    this.last = null;
  }

  take(name: (key: Key) => string): Record<string, number> {
    this.settle();
    const named: Record<string, number> = {};
    for (const [key, count] of this.counts) named[name(key)] = count;
    this.counts.clear();
    return named;
  }
}

/** What a number stands for that was counted. */
function named(key: number, name: (key: number) => string): string {
  return key === NONE ? "none" : key === OTHER ? "other" : name(key);
}

export class ContentCounter {
  private readonly types = new Counts<number>();
  private readonly languages = new Counts<number>();
  private readonly decades = new Counts<number>();
  private readonly encodings = new Counts<string>();
  private described = 0;
  private milliseconds = noContent().milliseconds;
  private last = performance.now();

  constructor(private readonly configured: ConfiguredEncoding) {}

  /** Counts a record that was read. */
  record(record: MarcRecord): void {
    const type = record.leader.charCodeAt(6);
    this.encodings.add(record.encoding);
    for (let field = 0; field < record.fieldCount; field++) {
      if (record.tag(field) !== FIXED_FIELD || !record.isControl(field)) continue;
      this.fixedField(type, record.bytes, record.start(field), record.end(field));
      return;
    }
    this.fixedField(type, record.bytes, 0, 0);
  }

  /** Counts a record whose first 008 is known to stand from `start` to `end` (exclusive). */
  located(bytes: Buffer, encoding: Encoding, start: number, end: number): void {
    this.encodings.add(encoding);
    this.fixedField(bytes[LEADER_TYPE], bytes, start, end);
  }

  /** Counts an ISO 2709 record that is sound, since it was imported without a finding before. */
  known(bytes: Buffer): void {
    const ascii = isAscii(bytes);
    const unicode = this.configured === "auto" ? bytes[9] === SMALL_A : false;
    const marked = unicode ? "utf-8" : "marc-8";
    this.encodings.add(ascii ? "ascii" : this.configured === "auto" ? marked : this.configured);
    const base = digitsAt(bytes, 12, 5);
    for (let at = LEADER_LENGTH; bytes[at] !== FIELD_TERMINATOR && at < base; at += ENTRY_LENGTH) {
      if (tagAt(bytes, at) !== FIXED_FIELD) continue;
      const start = base + digitsAt(bytes, at + 7, 5);
      this.fixedField(bytes[6], bytes, start, start + digitsAt(bytes, at + 3, 4));
      return;
    }
    this.fixedField(bytes[6], bytes, 0, 0);
  }

  private fixedField(type: number, bytes: Buffer, start: number, end: number): void {
    this.described++;
    this.types.add(type);
    if (OTHER_008.has(type)) return;
    this.decades.add(end - start > DECADE + 2 ? decade(bytes, start + DECADE) : NONE);
    this.languages.add(end - start >= LANGUAGE_END ? language(bytes, start + LANGUAGE) : NONE);
  }

  /** Books the time since the last call. */
  lap(room: Room | null): void {
    const now = performance.now();
    if (room !== null) this.milliseconds[room] += now - this.last;
    this.last = now;
  }

  /** What was counted since the last call. */
  take(rules: { readonly mapped: number; readonly matches: number[] }): ContentCounts {
    const { described, milliseconds } = this;
    this.described = 0;
    this.milliseconds = noContent().milliseconds;
    return {
      described,
      mapped: rules.mapped,
      types: this.types.take((code) => String.fromCharCode(code)),
      languages: this.languages.take((code) => named(code, tagText)),
      decades: this.decades.take((code) => named(code, (value) => String(value).padStart(3, "0"))),
      encodings: this.encodings.take((name) => name),
      ruleMatches: rules.matches,
      milliseconds,
    };
  }
}

/** The first three digits of the year; NONE for blanks, fill characters, `u` and anything else. */
function decade(bytes: Buffer, at: number): number {
  const value = digitsAt(bytes, at, 3);
  return value < 0 ? NONE : value;
}

/** Three small letters as a number. */
function language(bytes: Buffer, at: number): number {
  const a = bytes[at] | BLANK;
  const b = bytes[at + 1] | BLANK;
  const c = bytes[at + 2] | BLANK;
  if (isLetter(a) && isLetter(b) && isLetter(c)) return (a << 16) | (b << 8) | c;
  const blank = (byte: number) => byte === BLANK || byte === FILL;
  return blank(bytes[at]) && blank(bytes[at + 1]) && blank(bytes[at + 2]) ? NONE : OTHER;
}

function isLetter(byte: number): boolean {
  return byte >= SMALL_A && byte < SMALL_A + 26;
}

/** Tells where a JSON record begins, whatever stands before it. */

import { EDITION_KEYS } from "./edition-keys.js";
import type { Window } from "./window.js";

const QUOTE = 0x22;
const COLON = 0x3a;
const BLANK = 0x20;
const LINE_FEED = 0x0a;
const TAB = 0x09;
/** Bytes looked at behind a `{`: blanks and a key. */
const REACH = 128;
const FIRST_KEY = /^\{\s*"([^"\\]{1,64})"/;
/** Keys inside a record: indicators, subfields, tags and subfield codes. */
const INNER = /^(?:ind\d|subfields|[0-9A-Za-z]{3}|.)$/s;

/**
 * A `{` and one of these keys make a record start: `leader` and `fields`, which have no place inside
 * a record, and the key that the first object of the stream begins with. Inside a JSON string the
 * quotes of such a key would be escaped. Behind a key, on the same line, it is that key's value: the
 * record in its envelope. An edition of Open Library may begin with any of its keys, and hold objects
 * that begin with one: there only a new line tells that a record starts.
 */
export class JsonStarts {
  private readonly keys: string[] = [];
  /** First bytes of the keys, flags indexed by byte. */
  private readonly initials = new Uint8Array(256);
  private learnt = false;

  constructor(private readonly window: Window) {
    this.add("leader");
    this.add("fields");
  }

  private add(key: string): void {
    this.keys.push(key);
    this.initials[key.charCodeAt(0)] = 1;
  }

  /** Learns from the object at `at`, once. Returns false if more bytes are needed. */
  learn(at: number, ended: boolean): boolean {
    if (this.learnt) return true;
    if (!ended && this.window.end - at < REACH) return false;
    this.learnt = true;
    const from = at - this.window.base;
    const key = FIRST_KEY.exec(this.window.bytes.toString("latin1", from, from + REACH))?.[1];
    if (key === undefined || INNER.test(key) || EDITION_KEYS.has(key)) return true;
    if (!this.keys.includes(key)) this.add(key);
    return true;
  }

  /** Whether a record begins with the `{` at `at`. */
  isAt(at: number, ended: boolean): "yes" | "no" | "wait" {
    const { bytes, base } = this.window;
    const limit = Math.min(bytes.length, at - base + REACH);
    let key = at - base + 1;
    while (key < limit && bytes[key] <= 0x20) key++;
    if (key < limit && bytes[key] !== QUOTE) return "no";
    const whole = ended || bytes.length - (at - base) >= REACH;
    if (bytes[at - base - 1] === LINE_FEED) {
      const first = FIRST_KEY.exec(bytes.latin1Slice(at - base, limit))?.[1];
      if (first === undefined && !whole) return "wait";
      if (first !== undefined && EDITION_KEYS.has(first)) return "yes";
    }
    if (key + 1 < limit && this.initials[bytes[key + 1]] === 0) return "no";
    if (this.isKey(key, limit)) return isValue(bytes, at - base) ? "no" : "yes";
    return whole || bytes.indexOf(QUOTE, key + 1) >= 0 ? "no" : "wait";
  }

  private isKey(from: number, limit: number): boolean {
    const { bytes } = this.window;
    return this.keys.some((key) => {
      const end = from + key.length + 2;
      return end <= limit && bytes.latin1Slice(from, end) === `"${key}"`;
    });
  }

  /** Whether a record begins between two absolute offsets, without blanks before its key. */
  within(from: number, to: number): boolean {
    const bytes = this.window.slice(from, to);
    return this.keys.some((key) => beginsOther(bytes, `{"${key}"`));
  }
}

/** Whether what is at `at` follows a colon on the same line. */
function isValue(bytes: Buffer, at: number): boolean {
  let before = at - 1;
  while (bytes[before] === BLANK || bytes[before] === TAB) before--;
  return bytes[before] === COLON;
}

/** Whether `start` stands anywhere but in the place of a value. */
function beginsOther(bytes: Buffer, start: string): boolean {
  let at = bytes.indexOf(start, 0, "latin1");
  while (at >= 0 && isValue(bytes, at)) at = bytes.indexOf(start, at + 1, "latin1");
  return at >= 0;
}

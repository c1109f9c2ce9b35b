/** Looks for start tags of `record` elements within comments and the like, without looking at any byte twice. */

import type { Window } from "./window.js";

const LESS = 0x3c;
const GREATER = 0x3e;
const SLASH = 0x2f;
const COLON = 0x3a;
/** Bytes of a prefix, behind which no `<` is looked for any more. */
const LONGEST_PREFIX = 64;

/** Whether what stands from `at` to `end` is the local name of a start tag. */
function isStartTag(bytes: Buffer, at: number, end: number): boolean {
  const next = bytes[end];
  if (!(next <= 0x20 || next === GREATER || next === SLASH)) return false;
  if (bytes[at - 1] === LESS) return true;
  if (bytes[at - 1] !== COLON) return false;
  for (let before = at - 2; before > at - 2 - LONGEST_PREFIX; before--) {
    const byte = bytes[before];
    if (byte === LESS) return before < at - 2;
    if (!(byte > 0x20) || byte === GREATER || byte === SLASH) return false;
  }
  return false;
}

export class RecordTags {
  /** From `from` up to `to` there is none but the hit at `to`, if there is one. */
  private from = 0;
  private to = 0;
  private hit = false;
  private readonly name: Buffer;

  /** @param name local name of a record element */
  constructor(name = "record") {
    this.name = Buffer.from(name);
  }

  /** Whether one stands between two absolute offsets; the bytes between them are in the window. */
  within(window: Window, from: number, end: number): boolean {
    if (from < this.from || from > this.to) {
      this.from = from;
      this.to = from;
      this.hit = false;
    }
    if (!this.hit && this.to < end) this.search(window, end);
    return this.hit && this.to < end;
  }

  private search(window: Window, end: number): void {
    const { base } = window;
    const bytes = window.slice(base, end);
    for (let at = this.to - base; ; at++) {
      at = bytes.indexOf(this.name, at);
      if (at >= 0 && !this.isTag(bytes, at)) continue;
      this.hit = at >= 0;
      this.to = at < 0 ? end : base + at;
      return;
    }
  }

  /** How many stand between two absolute offsets. */
  count(window: Window, from: number, end: number): number {
    const bytes = window.slice(window.base, end);
    let count = 0;
    let at = bytes.indexOf(this.name, from - window.base);
    for (; at >= 0; at = bytes.indexOf(this.name, at + 1)) if (this.isTag(bytes, at)) count++;
    return count;
  }

  private isTag(bytes: Buffer, at: number): boolean {
    return isStartTag(bytes, at, at + this.name.length);
  }
}

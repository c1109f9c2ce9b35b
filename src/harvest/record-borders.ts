/** Looks within comments and the like for places where one record of a list ends and the next begins. */

import type { Window } from "../input/window.js";

const NAME = "record";
/** Bytes before and behind the name in which the tags around it are looked for. */
const NEAR = 512;
const END_BEFORE = /<\/(?:[\w.-]+:)?record\s*>\s*<(?:[\w.-]+:)?$/;
const HEADER_BEHIND = /^record(?:\s[^<>]*)?>\s*<(?:[\w.-]+:)?header[\s>/]/;

/** Looks at no byte twice, as long as it is asked for places in their order. */
export class RecordBorders {
  /** From `from` up to `to` there is none but the hit at `to`, if there is one. */
  private from = 0;
  private to = 0;
  private hit = false;

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
    let at = bytes.indexOf(NAME, this.to - base);
    while (at >= 0 && !this.isBorder(bytes, at)) at = bytes.indexOf(NAME, at + 1);
    this.hit = at >= 0;
    this.to = at < 0 ? end : base + at;
  }

  private isBorder(bytes: Buffer, at: number): boolean {
    const before = bytes.latin1Slice(Math.max(0, at - NEAR), at);
    return (
      END_BEFORE.test(before) &&
      HEADER_BEHIND.test(bytes.latin1Slice(at, Math.min(bytes.length, at + NEAR)))
    );
  }
}

/** Looks for the end of comments and the like, without looking at any byte twice. */

import type { Window } from "./window.js";

export class TerminatorSearch {
  /** From `from` up to `to` nothing but the hit at `to`, if there is one, is to be found. */
  private from = 0;
  private to = 0;
  private hit = false;

  constructor(private readonly terminator: string) {}

  /**
   * The absolute offset behind the first terminator that starts at `from` or later, or -1 if the
   * window holds none that ends at `limit` or before.
   */
  find(window: Window, from: number, limit: number): number {
    if (from < this.from || from > this.to) {
      this.from = from;
      this.to = from;
      this.hit = false;
    }
    if (!this.hit) this.search(window);
    const end = this.to + this.terminator.length;
    return this.hit && end <= limit ? end : -1;
  }

  private search(window: Window): void {
    const start = Math.max(this.to, window.base);
    const found = window.bytes.indexOf(this.terminator, start - window.base, "latin1");
    this.hit = found >= 0;
    // The terminator may have begun in the last bytes.
    this.to = this.hit
      ? window.base + found
      : Math.max(this.to, window.end - this.terminator.length + 1);
  }
}

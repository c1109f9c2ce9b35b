/** Where, behind padding, the next record or something else begins, and which of them it looks like. */

import { RECORD_TERMINATOR } from "../marc/directory.js";
import { isMark, isPadding, MARK_LENGTH, SHORTEST_RECORD, type Sight } from "./boundaries.js";
import {
  fiveDigits,
  isPlausible,
  LEADER_REACH,
  PLAUSIBLE,
  scoreWithoutLength,
} from "./leader-score.js";

/** A leader whose length is blank begins inside what looks like padding. */
const BLANK_LENGTH_REACH = 6;

const FIRST_OF_MARK = 0xef;

/** Offsets are absolute; what is asked for never goes back. */
export class StartFinder {
  /** How far the padding that was looked at last is known to go. */
  paddingTo = 0;
  /** Whether the input starts with a byte order mark. */
  markFound = false;
  /** Start of a leader with a blank length, which must not be taken for padding again. */
  private knownStart = -1;

  constructor(
    private readonly sight: Sight,
    private readonly maxRecordSize: number,
  ) {}

  /** Bytes of the padding that `find` may have to look at again start here. */
  get neededFrom(): number {
    return this.paddingTo - BLANK_LENGTH_REACH;
  }

  /** The end of the padding at `at`, or the leader with a blank length that the padding runs into. */
  find(at: number): number | "wait" {
    if (this.knownStart === at) return at;
    const { bytes, base, end } = this.sight.window;
    let to = Math.max(this.paddingTo, at);
    for (; to < end; to++) {
      const byte = bytes[to - base];
      if (isPadding(byte)) continue;
      if (byte !== FIRST_OF_MARK) break;
      this.paddingTo = to;
      if (!this.sees(to, MARK_LENGTH)) return "wait";
      if (!isMark(bytes, to - base)) break;
      this.markFound ||= to === 0;
      to += MARK_LENGTH - 1;
    }
    this.paddingTo = to;
    if (to === at) return to;
    if (!this.sees(to, LEADER_REACH)) return "wait";
    if (to < end && fiveDigits(bytes, to - base) < 0) return this.blankLength(at, to);
    return to;
  }

  /** The leader whose blank length the padding from `at` to `to` ends with, or else `to` itself. */
  private blankLength(at: number, to: number): number {
    const { bytes, base } = this.sight.window;
    const lowest = Math.max(at, to - BLANK_LENGTH_REACH);
    for (let leader = to - 1; leader >= lowest; leader--) {
      if (scoreWithoutLength(bytes, leader - base) < PLAUSIBLE) continue;
      this.knownStart = leader;
      return leader;
    }
    return to;
  }

  /** Whether `count` bytes from `at` on are there, or the input ends before. */
  sees(at: number, count: number): boolean {
    return this.sight.ended || this.sight.window.end - at >= count;
  }

  /** Whether what begins at `at` is worth being tried as a record. */
  looksLikeRecord(at: number): "yes" | "no" | "wait" {
    const { bytes, base, end } = this.sight.window;
    const start = at - base;
    const length = fiveDigits(bytes, start);
    if (!this.sees(at, LEADER_REACH)) return "wait";
    if (end - at < LEADER_REACH && length >= 0) return "yes";
    if (isPlausible(bytes, start)) return "yes";
    if (length < SHORTEST_RECORD || length > this.maxRecordSize) return "no";
    if (!this.sees(at, length)) return "wait";
    const last = start + length - 1;
    if (bytes[last] !== RECORD_TERMINATOR) return "no";
    return bytes.indexOf(RECORD_TERMINATOR, start) === last ? "yes" : "no";
  }
}

/**
 * Searches for the places where damaged records may end and others begin. Each remembers how far it
 * has looked, so that a stream full of near misses is still read in linear time. Offsets are
 * absolute; searches of one object never go back.
 */

import { FIELD_TERMINATOR, RECORD_TERMINATOR } from "../marc/directory.js";
import {
  findLeader,
  fiveDigits,
  isPlausible,
  LEADER_REACH,
  leaderScore,
  PERFECT,
} from "./leader-score.js";
import type { Window } from "./window.js";

/** The shortest record: leader, an empty directory's terminator, record terminator. */
export const SHORTEST_RECORD = 26;
/** Padding that is looked through around a boundary. */
const PADDING_REACH = 64;

/** NUL, TAB, LF, CR, ^Z, blank: what systems put between records. */
export function isPadding(byte: number): boolean {
  return (
    byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0 || byte === 9 || byte === 0x1a
  );
}

/** Bytes of the byte order mark of UTF-8. */
export const MARK_LENGTH = 3;

/** Whether a byte order mark of UTF-8 stands at `at`: files that were joined have them in the middle. */
export function isMark(bytes: Buffer, at: number): boolean {
  return bytes[at] === 0xef && bytes[at + 1] === 0xbb && bytes[at + 2] === 0xbf;
}

/** What a search looks at: the window, and whether the input ends with it. */
export interface Sight {
  readonly window: Window;
  readonly ended: boolean;
}

/** A search that goes forward only. Every place before `checkedTo` has been decided. */
abstract class Search {
  checkedTo = 0;
  private hit = -1;

  constructor(protected readonly sight: Sight) {}

  /**
   * The first hit from `from` on and before `limit`, or -1. After -1, `checkedTo` below `limit` means
   * that more of the input must be seen.
   */
  find(from: number, limit: number): number {
    if (this.hit >= from) return this.hit < limit ? this.hit : -1;
    this.hit = -1;
    this.checkedTo = Math.max(this.checkedTo, from);
    while (this.hit < 0 && this.checkedTo < limit) {
      const candidate = this.candidate(this.checkedTo, Math.min(limit, this.sight.window.end));
      if (candidate < 0) break;
      const verdict = this.judge(candidate);
      this.checkedTo = verdict === "no" ? candidate + 1 : candidate;
      if (verdict === "wait") break;
      if (verdict === "yes") this.hit = candidate;
    }
    return this.hit;
  }

  /** The first place worth judging, or -1 with `checkedTo` moved as far as was looked. */
  protected abstract candidate(from: number, to: number): number;
  protected abstract judge(at: number): "yes" | "no" | "wait";
}

/** Record terminators that end a record: behind a field terminator, or before what may follow one. */
export class EndSearch extends Search {
  /** The last terminator that was looked up; from `from` on, none lies before it. */
  private next = -1;
  private noneBefore = 0;

  protected candidate(from: number, to: number): number {
    if (this.next < from) this.lookUp(Math.max(from, this.noneBefore));
    if (this.next >= from && this.next < to) return this.next;
    this.checkedTo = Math.max(from, to);
    return -1;
  }

  private lookUp(from: number): void {
    const { bytes, base, end } = this.sight.window;
    const found = bytes.indexOf(RECORD_TERMINATOR, from - base);
    if (found < 0) this.noneBefore = end;
    else this.next = found + base;
  }

  protected judge(at: number): "yes" | "no" | "wait" {
    const { bytes, base, end } = this.sight.window;
    if (bytes[at - base - 1] === FIELD_TERMINATOR) return "yes";
    let next = at + 1;
    while (next < end && next <= at + PADDING_REACH) {
      if (isPadding(bytes[next - base])) next++;
      else if (isMark(bytes, next - base)) next += MARK_LENGTH;
      else break;
    }
    if (next > at + PADDING_REACH) return "yes";
    if (next >= end) return this.sight.ended ? "yes" : "wait";
    if (end - next < LEADER_REACH && !this.sight.ended) return "wait";
    return isPlausible(bytes, next - base) ? "yes" : "no";
  }
}

/**
 * Leaders before which something else must have ended. A strong one is certain if its own length lands
 * on the first record terminator behind it. One that looks perfect is believed too: anywhere in junk,
 * but inside a record only behind a field terminator, since old leaders are kept in fields.
 */
export class LeaderSearch extends Search {
  /** The last record terminator that was looked up; none lies between the place asked for and it. */
  private terminator = -1;

  constructor(
    sight: Sight,
    private readonly inJunk: boolean,
  ) {
    super(sight);
  }

  protected candidate(from: number, to: number): number {
    const { window, ended } = this.sight;
    const last = ended ? to : Math.min(to, window.end - LEADER_REACH + 1);
    const found = findLeader(window.bytes, from - window.base, last - window.base);
    if (found >= 0) return found + window.base;
    this.checkedTo = Math.max(from, last);
    return -1;
  }

  protected judge(at: number): "yes" | "no" | "wait" {
    const { bytes, base, end } = this.sight.window;
    const score = leaderScore(bytes, at - base);
    if (score === PERFECT && (this.inJunk || this.followsFieldTerminator(at))) return "yes";
    const length = fiveDigits(bytes, at - base);
    if (length < SHORTEST_RECORD) return "no";
    const last = at + length - 1;
    if (last >= end) return this.sight.ended ? "no" : "wait";
    if (bytes[last - base] !== RECORD_TERMINATOR) return "no";
    return this.firstTerminator(at) === last ? "yes" : "no";
  }

  private firstTerminator(from: number): number {
    if (this.terminator < from) {
      const { bytes, base } = this.sight.window;
      this.terminator = bytes.indexOf(RECORD_TERMINATOR, from - base) + base;
    }
    return this.terminator;
  }

  private followsFieldTerminator(at: number): boolean {
    const { bytes, base } = this.sight.window;
    let before = at - base - 1;
    const lowest = Math.max(0, before - PADDING_REACH);
    while (before > lowest) {
      if (isPadding(bytes[before])) before--;
      else if (isMark(bytes, before - MARK_LENGTH + 1)) before -= MARK_LENGTH;
      else break;
    }
    return bytes[before] === FIELD_TERMINATOR;
  }
}

/**
 * Cuts a stream of ISO 2709 records into frames. A record whose length lands on its terminator is
 * taken at its word; everything else is resynchronised from what records look like, so that a
 * damaged record costs none of its neighbours.
 *
 * The frames depend on the bytes alone, never on how they were cut into chunks.
 */

import type { Code } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { FIELD_TERMINATOR, RECORD_TERMINATOR } from "../marc/directory.js";
import type { Frame } from "../marc/frame.js";
import {
  EndSearch,
  isMark,
  isPadding,
  LeaderSearch,
  MARK_LENGTH,
  SHORTEST_RECORD,
} from "./boundaries.js";
import { isWhole, lengthFinding, reachesEnd, recordInside } from "./damaged-record.js";
import { fiveDigits, LEADER_REACH, leaderScore, STRONG } from "./leader-score.js";
import { StartFinder } from "./record-start.js";
import { Window } from "./window.js";

export interface FramerOptions {
  /** Bytes; a longer record is rejected in pieces of this size. */
  readonly maxRecordSize: number;
  /** Whether a record whose framing needs a repair becomes a reject. */
  readonly strict: boolean;
  /** Absolute offset of the first byte that is pushed; 0 unless reading goes on in mid-stream. */
  readonly offset?: number;
}

const NO_BYTES = Buffer.alloc(0);
const NOTHING_FOUND: readonly Diagnostic[] = [];
/** Padding after junk that still belongs to it if more junk follows. */
const PADDING_IN_JUNK = 4096;

/** Bytes that are to be rejected, from `from` to the place the framer has come to. */
interface Junk {
  from: number;
  code: Code;
}

/** Where a damaged record or a stretch of junk stops; `at` is exclusive. */
interface Stop {
  readonly at: number;
  readonly by: "terminator" | "leader";
}

export class Framer {
  private readonly window: Window;
  private readonly sight: { window: Window; ended: boolean };
  private readonly starts: StartFinder;
  private readonly ends: EndSearch;
  private readonly leaders: LeaderSearch;
  private readonly leadersInJunk: LeaderSearch;
  /** Frames that are found and not given yet. */
  private readonly frames: Frame[] = [];
  /** Start of what is undecided: bytes before it are framed, or belong to `junk`. */
  private at: number;
  private junk: Junk | null = null;
  private paddingTold = false;

  constructor(private readonly options: FramerOptions) {
    const offset = options.offset ?? 0;
    this.window = new Window(offset);
    this.sight = { window: this.window, ended: false };
    this.starts = new StartFinder(this.sight, options.maxRecordSize);
    this.ends = new EndSearch(this.sight);
    this.leaders = new LeaderSearch(this.sight, false);
    this.leadersInJunk = new LeaderSearch(this.sight, true);
    this.at = offset;
  }

  /**
   * Takes the next bytes; gives the frames that are certain by now, each when it is asked for. To be
   * gone through before the next call.
   *
   * @param chunk must not be written to afterwards: frames are views of it
   */
  *push(chunk: Buffer): Generator<Frame> {
    const needed = Math.max(this.at, this.starts.neededFrom);
    this.window.append(chunk, this.junk ? this.junk.from : needed);
    yield* this.run();
  }

  /** Tells that the input is at its end; gives the frames that remain, as `push` does. */
  *end(): Generator<Frame> {
    this.sight.ended = true;
    yield* this.run();
  }

  private *run(): Generator<Frame> {
    for (let more = true; more; ) {
      more = this.acceptByLength() || this.step();
      while (this.frames.length > 0) yield this.frames.shift() as Frame;
    }
  }

  /** The usual case: the length lands on the first record terminator. */
  private acceptByLength(): boolean {
    const { bytes, base } = this.window;
    const start = this.at - base;
    const length = fiveDigits(bytes, start);
    if (length < SHORTEST_RECORD || length > this.options.maxRecordSize) return false;
    const last = start + length - 1;
    if (bytes[last] !== RECORD_TERMINATOR) return false;
    if (bytes.indexOf(RECORD_TERMINATOR, start) !== last) return false;
    this.endJunk();
    if (!reachesEnd(bytes, start, length)) {
      const inside = recordInside(bytes, start, length);
      if (inside >= 0) return this.addDamaged({ at: inside + base, by: "leader" });
    }
    this.frames.push({
      kind: "record",
      offset: this.at,
      length,
      bytes: bytes.subarray(start, last + 1),
      diagnostics: NOTHING_FOUND,
    });
    this.at += length;
    return true;
  }

  /** Decides about the next stretch; false if that needs more of the input, or nothing is left. */
  private step(): boolean {
    const start = this.starts.find(this.at);
    if (this.starts.paddingTo - this.at > PADDING_IN_JUNK) this.endJunk();
    if (start === "wait") return false;
    if (start > this.at) return this.passPadding(start);
    if (start === this.window.end) {
      if (this.sight.ended) this.endJunk();
      return false;
    }
    return this.decide();
  }

  /** Padding between junk and junk belongs to the junk; any other is a frame of its own. */
  private passPadding(to: number): boolean {
    if (this.junk && to < this.window.end) {
      const verdict = this.starts.looksLikeRecord(to);
      if (verdict === "wait") return false;
      if (verdict === "no") {
        this.at = to;
        return true;
      }
    }
    this.endJunk();
    this.addPadding(to);
    return true;
  }

  /** Treats what begins at `at` and is neither padding nor a record at its word. */
  private decide(): boolean {
    const verdict = this.starts.looksLikeRecord(this.at);
    if (verdict === "wait") return false;
    if (verdict === "no") return this.addJunk("M112");
    if (this.junk && this.junk.from < this.at) this.endJunk();
    const limit = this.at + this.options.maxRecordSize;
    const length = fiveDigits(this.window.bytes, this.at - this.window.base);
    if (length >= SHORTEST_RECORD && length <= this.options.maxRecordSize) {
      if (!this.starts.sees(this.at, length)) return false;
      const last = this.at + length - 1;
      if (this.byteAt(last) === RECORD_TERMINATOR) return this.addWithInnerEnds(last);
    }
    const stop = this.findStop(this.leaders, limit);
    if (stop === "wait") return false;
    if (stop !== "none") return this.addDamaged(stop);
    return limit < this.window.end ? this.addJunk("M105") : this.addLast();
  }

  private byteAt(at: number): number {
    return this.window.bytes[at - this.window.base];
  }

  /** Where a damaged record or junk at `at` stops, before `limit` (absolute). */
  private findStop(search: LeaderSearch, limit: number): Stop | "none" | "wait" {
    const known = this.sight.ended ? Math.min(limit, this.window.end) : limit;
    const last = this.ends.find(this.at, limit);
    const leaderLimit = last >= 0 ? last : Math.min(this.ends.checkedTo, limit);
    const leader = search.find(this.at + 1, leaderLimit);
    if (leader >= 0) return { at: leader, by: "leader" };
    if (search.checkedTo < leaderLimit) return "wait";
    if (last >= 0) return { at: last + 1, by: "terminator" };
    return this.ends.checkedTo >= known ? "none" : "wait";
  }

  /** The length lands on a terminator, but others stand before it: one record or several? */
  private addWithInnerEnds(last: number): boolean {
    const { bytes, base } = this.window;
    for (
      let inner = bytes.indexOf(RECORD_TERMINATOR, this.at - base) + base;
      inner < last;
      inner = bytes.indexOf(RECORD_TERMINATOR, inner + 1 - base) + base
    ) {
      let next = inner + 1;
      while (next < last && isPadding(this.byteAt(next))) next++;
      // The leader must lie within the stated length, so that nothing behind it has a say.
      if (next + LEADER_REACH <= last + 1 && leaderScore(bytes, next - base) >= STRONG) {
        return this.addDamaged({ at: inner + 1, by: "terminator" });
      }
    }
    return this.addRecord(last + 1, diagnostic("M109", { offset: this.at }));
  }

  private addDamaged(stop: Stop): boolean {
    const bytes = this.window.slice(this.at, stop.at);
    if (stop.by === "terminator") {
      return this.addRecord(stop.at, lengthFinding(bytes, this.at));
    }
    const end = this.at + withoutPadding(bytes);
    this.addRecord(end, diagnostic("M106", { offset: end }));
    if (end < stop.at) this.addPadding(stop.at);
    return true;
  }

  /** The input ends without a record terminator. */
  private addLast(): boolean {
    const offset = this.at;
    const rest = this.window.slice(offset, this.window.end);
    const length = withoutPadding(rest);
    if (isWhole(rest.subarray(0, length))) {
      return this.addRecord(offset + length, diagnostic("M107", { offset }));
    }
    this.addReject(this.window.end, diagnostic("M108", { offset }));
    return true;
  }

  /** Adds to the pending junk what begins at `at`; too much of it is given out in pieces. */
  private addJunk(code: Code): boolean {
    this.junk ??= { from: this.at, code };
    const limit = this.junk.from + this.options.maxRecordSize;
    const stop = this.at < limit ? this.findStop(this.leadersInJunk, limit) : "none";
    if (stop === "wait") return false;
    if (stop !== "none") {
      this.at = stop.at;
    } else if (this.sight.ended && this.window.end <= limit) {
      this.at = this.window.end;
    } else {
      this.at = limit;
      this.endJunk();
      this.junk = { from: limit, code: "M113" };
    }
    return true;
  }

  private endJunk(): void {
    if (!this.junk) return;
    const { from, code } = this.junk;
    const to = this.at;
    this.junk = null;
    if (from === to) return;
    this.at = from;
    this.addReject(to, diagnostic(code, { offset: from }));
  }

  private addRecord(to: number, repair: Diagnostic): boolean {
    if (this.options.strict) this.addReject(to, repair);
    else this.frames.push({ kind: "record", ...this.stretchTo(to), diagnostics: [repair] });
    return true;
  }

  private addReject(to: number, reason: Diagnostic): void {
    this.frames.push({ kind: "reject", ...this.stretchTo(to), reason });
  }

  /** What lies before a place, behind which reading goes on. */
  private stretchTo(to: number) {
    const offset = this.at;
    const bytes = this.window.slice(offset, to);
    this.at = to;
    return { offset, length: bytes.length, bytes };
  }

  /** Padding is not kept, and told of once a file. */
  private addPadding(to: number): void {
    const offset = this.at;
    const code = this.starts.markFound && offset === 0 ? "M111" : this.paddingTold ? null : "M110";
    if (code === "M110") this.paddingTold = true;
    const diagnostics = code === null ? NOTHING_FOUND : [diagnostic(code, { offset })];
    const length = to - offset;
    this.frames.push({ kind: "padding", offset, length, bytes: NO_BYTES, diagnostics });
    this.at = to;
  }
}

/** The length of a record's bytes without padding behind their last field terminator. */
function withoutPadding(bytes: Buffer): number {
  let end = bytes.length;
  for (;;) {
    if (end > 0 && isPadding(bytes[end - 1])) end--;
    else if (isMark(bytes, end - MARK_LENGTH)) end -= MARK_LENGTH;
    else return bytes[end - 1] === FIELD_TERMINATOR ? end : bytes.length;
  }
}

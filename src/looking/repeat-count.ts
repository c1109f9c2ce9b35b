/**
 * Counts how many of many texts have come before. Memory does not grow with them: their digests wait in one array;
 * full, it is sorted, and goes to a temporary file as one run, all of which are merged at the end.
 */

import { randomBytes } from "node:crypto";
import { closeSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { hash53 } from "../matching/hash.js";

/** Digests held at most, unless told otherwise: 4 MiB. */
const HELD = 2 ** 19;
const FIRST_HELD = 2 ** 10;
const DIGEST_BYTES = Float64Array.BYTES_PER_ELEMENT;
/** Digests of a run that are read at a time at least. */
const LEAST_READ = 512;
const NOTHING_HELD = new Float64Array(0);

/** How often texts have come again. */
export interface Repeats {
  /** Texts that an earlier one was equal to. */
  readonly count: number;
  /** False where the temporary file could not be written: there may be more. */
  readonly isExact: boolean;
}

export const NO_REPEATS: Repeats = { count: 0, isExact: true };

/** Sorted, each different, from a digest of the file on. */
interface Run {
  next: number;
  readonly end: number;
}

/** Exact but for two texts of one 53-bit digest, which two of a hundred million may be. */
export class RepeatCount {
  private held: Float64Array;
  private used = 0;
  private repeated = 0;
  private isExact = true;
  private file: number | null = null;
  private written = 0;
  private readonly runs: Run[] = [];

  /** @param capacity digests held in memory */
  constructor(private readonly capacity = HELD) {
    this.held = new Float64Array(Math.min(FIRST_HELD, capacity));
  }

  add(text: string): void {
    if (this.used === this.held.length) this.makeRoom();
    this.held[this.used++] = hash53(text);
  }

  /** How many came again. No more can be added; the file is gone. */
  finish(): Repeats {
    try {
      this.sortHeld();
      if (this.runs.length > 0) this.writeRun();
      this.held = NOTHING_HELD;
      this.merge();
    } finally {
      if (this.file !== null) closeSync(this.file);
    }
    return { count: this.repeated, isExact: this.isExact };
  }

  private makeRoom(): void {
    if (this.held.length < this.capacity) {
      const larger = new Float64Array(Math.min(2 * this.held.length, this.capacity));
      larger.set(this.held);
      this.held = larger;
      return;
    }
    this.sortHeld();
    // Where many come again there is room now.
    if (this.used > this.capacity / 2) this.writeRun();
  }

  private sortHeld(): void {
    const sorted = this.held.subarray(0, this.used).sort();
    this.used = distinct(sorted);
    this.repeated += sorted.length - this.used;
  }

  private writeRun(): void {
    const { held, used } = this;
    this.used = 0;
    const bytes = new Uint8Array(held.buffer, 0, used * DIGEST_BYTES);
    try {
      this.file ??= temporaryFile();
      const from = this.written * DIGEST_BYTES;
      for (let at = 0; at < bytes.length; ) {
        at += writeSync(this.file, bytes, at, bytes.length - at, from + at);
      }
    } catch {
      // Without room on the disk these are compared with no others, which the answer says.
      this.isExact = false;
      return;
    }
    this.runs.push({ next: this.written, end: this.written + used });
    this.written += used;
  }

  /** Goes through all runs at once, in the order of the digests. */
  private merge(): void {
    const { file } = this;
    if (file === null) return;
    const size = Math.max(LEAST_READ, Math.floor(this.capacity / this.runs.length));
    const blocks = this.runs.map((run) => new Block(file, run, size));
    const lot = new Float64Array(size * blocks.length);
    for (;;) {
      for (const block of blocks) block.fill();
      // What is not above the least of their ends is complete.
      const upTo = Math.min(...blocks.map(({ last }) => last));
      let count = 0;
      for (const block of blocks) count += block.takeUpTo(upTo, lot, count);
      if (count === 0) return;
      const sorted = lot.subarray(0, count).sort();
      this.repeated += count - distinct(sorted);
    }
  }
}

/** The part of a run that is in memory. */
class Block {
  private digests = NOTHING_HELD;
  private at = 0;

  constructor(
    private readonly file: number,
    private readonly run: Run,
    private readonly size: number,
  ) {}

  /** The highest digest up to which the run is known; all of it where nothing more is on the disk. */
  get last(): number {
    const { run, digests } = this;
    return run.next === run.end ? Number.POSITIVE_INFINITY : digests[digests.length - 1];
  }

  /** Reads on where all has been taken. */
  fill(): void {
    const { run } = this;
    if (this.at < this.digests.length || run.next === run.end) return;
    const count = Math.min(this.size, run.end - run.next);
    const digests = new Float64Array(count);
    const bytes = new Uint8Array(digests.buffer);
    for (let done = 0; done < bytes.length; ) {
      const from = run.next * DIGEST_BYTES + done;
      const read = readSync(this.file, bytes, done, bytes.length - done, from);
      if (read === 0) throw new Error("the temporary file was cut");
      done += read;
    }
    this.digests = digests;
    this.at = 0;
    run.next += count;
  }

  /** Moves the digests that are no higher than one; gives how many. */
  takeUpTo(highest: number, into: Float64Array, from: number): number {
    const { digests, at } = this;
    let end = at;
    while (end < digests.length && digests[end] <= highest) end++;
    into.set(digests.subarray(at, end), from);
    this.at = end;
    return end - at;
  }
}

/** Moves what differs in a sorted array to its front; gives how many that are. */
function distinct(sorted: Float64Array): number {
  let count = Math.min(1, sorted.length);
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i];
  }
  return count;
}

/** A file without a name, so that nothing is left of it, whatever becomes of the process. */
function temporaryFile(): number {
  const path = join(tmpdir(), `marc_import-${randomBytes(8).toString("hex")}`);
  const handle = openSync(path, "wx+", 0o600);
  rmSync(path);
  return handle;
}

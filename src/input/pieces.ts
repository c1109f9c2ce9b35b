/** Keeps account of a stream that is being cut: records, rejects, and padding between them. */

import type { Code } from "../diagnostics/catalogue.js";
import { type Diagnostic, diagnostic, type Refusal } from "../diagnostics/diagnostic.js";
import type { Window } from "./window.js";

/** A stretch of the stream; the pieces cover it exactly once, in order. */
export type Piece = OpenPiece | RejectPiece;

interface Stretch {
  /** Zero-based, absolute. */
  readonly offset: number;
  readonly length: number;
  /** Empty for padding. */
  readonly bytes: Buffer;
  /** As declared in the stream before it, "" if nothing is. */
  readonly encoding: string;
  /** Whether what stands around the record says that it is deleted. */
  readonly deleted: boolean;
}

/** Padding, or what is still to be parsed as a record. */
export interface OpenPiece extends Stretch {
  readonly kind: "record" | "padding";
  /** What the cutting has found. */
  readonly diagnostics: readonly Diagnostic[];
}

interface RejectPiece extends Stretch, Refusal {
  readonly kind: "reject";
}

const NO_BYTES = Buffer.alloc(0);
const NOTHING: readonly Diagnostic[] = [];
const OVERSIZE = "M706";

export class Pieces {
  /** Where the piece that is not padding begins (absolute), or -1 in padding. */
  start = -1;
  /** Why the bytes from `start` on cannot be a record, "" while they can. */
  refusal: Code | null = null;
  encoding = "";
  /** Of the open piece. */
  deleted = false;
  private pieces: Piece[] = [];
  /** Findings in bytes that belong to no piece yet. */
  private noted: Diagnostic[] = [];

  /**
   * @param window holds the bytes from `start` on
   * @param done absolute offset of the first byte of the stream
   * @param longest bytes that a piece may have
   */
  constructor(
    private readonly window: Window,
    private done: number,
    private readonly longest: number,
  ) {}

  get open(): boolean {
    return this.start >= 0;
  }

  /** Adds a finding at an offset behind the last piece to the piece that will hold it. */
  note(found: Diagnostic): void {
    this.noted.push(found);
  }

  /** Begins a piece, in place of the one that was open if there was one. */
  begin(at: number, refusal: Code | null = null): void {
    this.start = at;
    this.refusal = refusal;
    this.deleted = false;
  }

  /** Closes the open piece before `end`: a record, or a reject if something speaks against it. */
  close(end: number): void {
    this.shedOversize(end);
    if (this.refusal === null) this.addRecord(end);
    else if (this.refusal === OVERSIZE) this.addReject(end);
    else this.addReject(this.withoutTrailingBlanks(end));
    this.start = -1;
    this.refusal = null;
  }

  /** Closes the open piece as a reject; what spoke against it before is the reason. */
  reject(code: Code, end: number): void {
    if (this.refusal === null) this.refusal = code;
    this.close(end);
  }

  /**
   * Rejects what is too long to be held, in pieces of the greatest length. The bytes before `known`
   * must be certain to belong to the open piece.
   */
  shedOversize(known: number): void {
    while (this.open && known - this.start > this.longest) {
      this.refusal = OVERSIZE;
      this.addReject(this.start + this.longest);
      this.start += this.longest;
    }
  }

  /** What was closed since the last call. */
  take(): Piece[] {
    const { pieces } = this;
    this.pieces = [];
    return pieces;
  }

  /** The padding at the end of the stream, which may be empty if it carries a diagnostic. */
  finish(end: number, diagnostics: readonly Diagnostic[]): void {
    if (end > this.done || diagnostics.length > 0) this.addPadding(end, diagnostics);
  }

  private withoutTrailingBlanks(end: number): number {
    const { bytes, base } = this.window;
    let to = end;
    while (to > this.start && bytes[to - base - 1] <= 0x20) to--;
    return to;
  }

  private addRecord(end: number): void {
    this.padTo(this.start);
    const stretch = this.stretchTo(end);
    this.pieces.push({ kind: "record", ...stretch, diagnostics: this.notedBefore(end) });
  }

  private addReject(end: number): void {
    if (end <= this.start || this.refusal === null) return;
    this.padTo(this.start);
    const reason = diagnostic(this.refusal, { offset: this.start });
    const stretch = this.stretchTo(end);
    this.pieces.push({ kind: "reject", ...stretch, reason, further: this.notedBefore(end) });
  }

  private padTo(end: number): void {
    if (end > this.done) this.addPadding(end, NOTHING);
  }

  private addPadding(end: number, found: readonly Diagnostic[]): void {
    const { done: offset, encoding } = this;
    this.done = end;
    const noted = this.notedBefore(end);
    const diagnostics = noted.length === 0 ? found : [...found, ...noted];
    const stretch = { offset, length: end - offset, bytes: NO_BYTES, encoding, deleted: false };
    this.pieces.push({ kind: "padding", ...stretch, diagnostics });
  }

  /** The bytes up to a place, behind which the next piece begins. */
  private stretchTo(end: number): Stretch {
    const { done: offset, encoding, deleted } = this;
    this.done = end;
    const bytes = this.window.slice(offset, end);
    return { offset, length: end - offset, bytes, encoding, deleted };
  }

  private notedBefore(end: number): readonly Diagnostic[] {
    if (this.noted.length === 0) return NOTHING;
    const before = this.noted.filter(({ offset }) => (offset ?? 0) < end);
    this.noted = this.noted.filter((one) => !before.includes(one));
    return before;
  }
}

/** What the reader hands on: the bytes of one record, of padding, or of something that is no record. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";

/**
 * A stretch of the stream. Frames cover the stream exactly once, in order:
 * `offset + length` of one is the `offset` of the next.
 */
export type Frame = RecordFrame | PaddingFrame | RejectFrame;

interface Stretch {
  /** Zero-based byte offset in the (unzipped) stream. */
  readonly offset: number;
  readonly length: number;
  /** The bytes as they stand; empty for padding and for a reject too large to be held. */
  readonly bytes: Buffer;
}

/** What may be a record. */
export interface RecordFrame extends Stretch {
  readonly kind: "record";
  /** Repairs of framing. */
  readonly diagnostics: readonly Diagnostic[];
}

interface PaddingFrame extends Stretch {
  readonly kind: "padding";
  readonly diagnostics: readonly Diagnostic[];
}

interface RejectFrame extends Stretch {
  readonly kind: "reject";
  readonly reason: Diagnostic;
}

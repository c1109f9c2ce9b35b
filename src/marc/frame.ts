/** What the reader hands on: the bytes of one record, of padding, or of something that is no record. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";

/**
 * A stretch of the stream. Frames cover the stream exactly once, in order:
 * `offset + length` of one is the `offset` of the next.
 */
export interface Frame {
  readonly kind: "record" | "padding" | "reject";
  /** Zero-based byte offset in the (unzipped) stream. */
  readonly offset: number;
  readonly length: number;
  /** The bytes as they stand; empty for padding and for a reject too large to be held. */
  readonly bytes: Buffer;
  /** Repairs of framing; for a reject the reason comes first. */
  readonly diagnostics: readonly Diagnostic[];
}

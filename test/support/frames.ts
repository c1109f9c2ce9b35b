/** Frames as the tests look at them. */

import type { Diagnostic } from "../../src/diagnostics/diagnostic.js";
import type { Frame, RecordFrame } from "../../src/marc/frame.js";

/** What was found in a frame; of a reject the reason. */
export function findingsOf(frame: Frame): readonly Diagnostic[] {
  return frame.kind === "reject" ? [frame.reason] : frame.diagnostics;
}

/** The frames that may be records. */
export function recordFrames(frames: readonly Frame[]): RecordFrame[] {
  return frames.flatMap((frame) => (frame.kind === "record" ? [frame] : []));
}

/** How the bytes of a record become text. */

import type { Diagnostic } from "../../diagnostics/diagnostic.js";

/** The reading chosen for a record; `ascii` when no byte needs another. */
export type Encoding = "ascii" | "utf-8" | "marc-8" | "latin-1";

/** Decodes bytes `start` to `end` (exclusive) into NFC text. */
export function decodeText(
  bytes: Buffer,
  start: number,
  end: number,
  encoding: Encoding,
  _diagnostics: Diagnostic[],
): string {
  if (encoding === "latin-1" || encoding === "ascii") return bytes.toString("latin1", start, end);
  return bytes.toString("utf8", start, end).normalize("NFC");
}

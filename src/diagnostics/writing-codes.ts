/** M9xx: what stands against writing a record in another format. */

import { entry } from "./code-entry.js";

export const WRITING_CODES = [
  entry(
    "M901",
    "too-long-to-write",
    "reject",
    "the record, or one of its fields, is longer than ISO 2709 can say, so no sound record can be written",
    "Write MARCXML or MARC-in-JSON, which know no such limit.",
  ),
];

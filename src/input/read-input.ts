/** Reading an input that has been opened, for those who want nothing but what it holds. */

import type { Iso2709Options } from "./iso2709-reader.js";
import type { Input } from "./open.js";
import type { ParsedRecord } from "./parsed-record.js";
import { openedBefore } from "./range.js";
import { recordReader } from "./record-reader.js";

/**
 * All that an input holds, or the part of it that was named, block by block; what a block gives is to be
 * taken before the next is asked for.
 *
 * @throws Failure, or the error of the file system, while reading
 */
export async function* readInput(
  input: Input,
  limits: Pick<Iso2709Options, "encoding" | "strict" | "maxRecordSize">,
): AsyncGenerator<Iterable<ParsedRecord>> {
  const { range } = input;
  const offset = range?.start ?? 0;
  const opened = await openedBefore(input, input.format, { offset, range });
  const reader = recordReader(input.format, { ...limits, ...opened, offset });
  for await (const block of input.blocks(offset)) yield reader.push(block);
  yield reader.end();
}

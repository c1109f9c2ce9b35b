/** A part of a file as an input: `FILE:OFFSET:LENGTH`, as rows keep the place of their record. */

import { DEFAULT_MAX_RECORD_SIZE } from "../config/marc/rule-keys.js";
import type { Failure } from "../diagnostics/failure.js";
import { archivePlace, statusOf } from "./archive.js";
import { inputFailure } from "./input-failure.js";
import { type Opened, openedBy, type RecordFormat, recordReader } from "./record-reader.js";
import type { Source } from "./sources.js";

/** Zero-based byte offsets in the (unzipped) stream. */
export interface Range {
  /** As the user named it. */
  readonly named: string;
  readonly start: number;
  /** Behind its last byte; null for the end of the file. */
  readonly end: number | null;
}

const NAMED = /^(.+?):(\d{1,15})(?::(\d{1,15}))?$/s;
/** Bytes behind a wrong start in which records are looked for. */
const REACH = 1024 * 1024;
const SHOWN = 3;

/** The file and the part of it that a name means; null where it is the name of a file, or of nothing. */
export function rangeOf(named: string): { readonly path: string; readonly range: Range } | null {
  const [, path, offset, length] = NAMED.exec(named) ?? [];
  if (path === undefined || statusOf(named) !== undefined) return null;
  if (!statusOf(path)?.isFile() && archivePlace(path) === null) return null;
  const start = Number(offset);
  const end = length === undefined ? null : start + Number(length);
  return { path, range: { named, start, end } };
}

/** The bytes from `offset` on, up to the end of a range. */
export async function* blocksWithin(
  source: Pick<Source, "blocks">,
  offset: number,
  range: Pick<Range, "end"> | null,
): AsyncGenerator<Buffer> {
  if (range === null || range.end === null) {
    yield* source.blocks(offset);
    return;
  }
  let left = range.end - offset;
  if (left <= 0) return;
  for await (const block of source.blocks(offset)) {
    yield block.length > left ? block.subarray(0, left) : block;
    left -= block.length;
    if (left <= 0) return;
  }
}

/** What stands before `offset` leaves open for reading from there on; of a part, no end is missed. */
export async function openedBefore(
  source: Pick<Source, "blocks">,
  format: RecordFormat,
  { offset, range }: { readonly offset: number; readonly range: Range | null },
): Promise<Opened> {
  if (offset === 0) return {};
  const isPart = range !== null && range.end !== null;
  const before = blocksWithin(source, 0, { end: offset });
  if (!isPart) return openedBy(format, before);
  for await (const head of before) {
    const { declaredEncoding = "" } = await openedBy(format, [head]);
    return { declaredEncoding, isPart };
  }
  return {};
}

/**
 * @throws Failure (3) if no record begins where a range does, with the places of the next ones. What was
 *   rejected there with that length counts, too.
 */
export async function mustBeginRecord(
  source: Source,
  path: string,
  { format, range }: { readonly format: RecordFormat; readonly range: Range },
): Promise<void> {
  const { start, end } = range;
  const opened = await openedBefore(source, format, { offset: start, range });
  const limits = {
    encoding: "auto",
    strict: false,
    maxRecordSize: DEFAULT_MAX_RECORD_SIZE,
  } as const;
  const reader = recordReader(format, { ...limits, ...opened, offset: start });
  const next: number[] = [];
  let isFirst = true;
  let read = 0;
  for await (const block of withEnd(source.blocks(start))) {
    for (const { kind, offset, length } of block === null ? reader.end() : reader.push(block)) {
      if (kind === "padding") continue;
      const isReject = kind === "reject" && (end === null || length !== end - start);
      if (isFirst && offset === start && !isReject) return;
      isFirst = false;
      if (kind === "record") next.push(offset);
    }
    read += block?.length ?? 0;
    if (next.length >= SHOWN || (!isFirst && read > REACH)) break;
  }
  throw wrongStart(path, start, next.slice(0, SHOWN));
}

/** What it gives, and null behind the last. */
async function* withEnd(blocks: AsyncIterable<Buffer>): AsyncGenerator<Buffer | null> {
  yield* blocks;
  yield null;
}

function wrongStart(path: string, start: number, next: readonly number[]): Failure {
  const where =
    next.length === 0 ? "none was found behind it" : `the next begin at bytes ${next.join(", ")}`;
  return inputFailure("not-marc", path, `byte ${start}; ${where}`, { code: "M014" });
}

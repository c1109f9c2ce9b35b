/** Where a run gets its portions from: the same thread, or another one that reads and maps. */

import type { ImportConfig } from "../config/import-config.js";
import { bytesAt, type Input } from "../input/open.js";
import { recordReader } from "../input/record-reader.js";
import type { KnownRecords } from "../store/known-records.js";
import type { InputRecord } from "./importer.js";
import { inputDigester } from "./input-digest.js";
import type { PortionRequest } from "./input-file.js";
import type { KnownItem, Portion } from "./portion.js";
import { RecordSource } from "./record-source.js";

export interface FeedRequest {
  readonly config: ImportConfig;
  readonly input: Input;
  readonly portions: PortionRequest;
  /** Records that need no look; null where every record must be mapped. */
  readonly known: KnownRecords | null;
}

/** Gives the records of one input in portions. */
export type RecordFeed = (request: FeedRequest) => AsyncIterable<Portion>;

/** Reads and maps in the thread that asks. */
export const localFeed: RecordFeed = (request) => recordSource(request).portions();

/** @param running shared memory that tells a watching thread which rule works on which record */
export function recordSource(request: FeedRequest, running?: Int32Array): RecordSource {
  const { config, input, known } = request;
  const { offset } = request.portions.from;
  const { encoding, strict, maxRecordSize } = config.settings;
  const digest = inputDigester(config);
  const recognise = known ? (bytes: Buffer) => known.find(digest(bytes)) : null;
  const options = { encoding, strict, maxRecordSize, offset, recognise };
  const parts = {
    config,
    path: input.path,
    reader: recordReader(input.format, options),
    blocks: input.blocks(offset),
    bytesRead: () => input.bytesRead,
    ...(running ? { running } : {}),
  };
  return new RecordSource(parts, request.portions);
}

/** Reads one record of a file again from its place, and maps it. */
export function rereadRecord(config: ImportConfig, input: Input, item: KnownItem): InputRecord {
  const { number, offset, length } = item;
  const request: FeedRequest = {
    config,
    input,
    portions: { from: { offset, recordNumber: number - 1 }, size: 1, skip: 0, limit: 1 },
    known: null,
  };
  return recordSource(request).one(bytesAt(input, offset, length));
}

/**
 * What a run asks of a source of records: mapped records in portions, from a position on. Whether a
 * file, a pipe or something else stands behind it is the source's own affair.
 */

import type { MatchMethod } from "../matching/methods.js";
import type { KnownRecords } from "../store/model/known-records.js";
import type { Position, RunInput } from "../store/model/run-record.js";
import type { InputItem, InputRecord, KnownItem, Portion, RecordPlace } from "./portion.js";

/** One source of records of a run. */
export interface RecordInput {
  /** As it was asked for: a path, `-` for standard input, an address. */
  readonly name: string;
  /** Whether it names rows to delete and nothing else: a full load concludes nothing of it. */
  readonly deletesOnly?: boolean;
  /** Whether the same record may come several times in a run, which is no mistake then. */
  readonly repeatsRecords?: boolean;
  /** Bytes that will be read of it, null where that is not known. */
  readonly bytes: number | null;
  /** Bytes of those read so far, for the progress line. */
  readonly bytesRead: number;
  /** Equal for the same content that comes again, "" where that cannot be told. */
  readonly fingerprint: string;
  /**
   * The wanted records in portions.
   *
   * @param known records that need no look; null where each must be mapped
   * @param stopped asked now and then while nothing comes: whether to end early
   */
  portions(
    request: PortionRequest,
    known: KnownRecords | null,
    stopped?: () => boolean,
  ): AsyncGenerator<Portion>;
  /** The position before an item that it has given. */
  before(item: InputItem): Position;
  /**
   * A position as a checkpoint keeps it: with what tells later whether this is still the same input up
   * to there. Asked once a batch.
   *
   * @throws Failure if it can no longer be read
   */
  kept(position: Position): Position;
  /** Where a position is, behind the number of its record: `at byte 4711`; "" for no more than that. */
  placeText(position: Position): string;
  /**
   * Whether a run can go on with it that has read it before.
   *
   * @param before what was known of it then
   * @param position as `kept` gave it; null where it was read to its end
   */
  standing(before: RunInput, position: Position | null): Standing;
  /** What a row keeps as the place of its record (`source_record`). */
  sourceRecord(place: RecordPlace): string;
  /** Reads and maps one of its known records after all. */
  reread(known: KnownItem): InputRecord;
  /**
   * To be asked when its portions have come to their end. That it does not hold all that it should is
   * no error: it is a finding of a portion, with a code of the catalogue that says so.
   *
   * @param records how many came
   * @throws Failure if it is no longer what it was when the run began, or holds nothing but should
   */
  end(records: number): void;
}

/** Whether an input is the one of a position; one that comes once only never is. */
export type Standing = "same" | "changed" | "once-only";

/** Which records of an input are wanted. */
export interface PortionRequest {
  readonly from: Position;
  readonly size: number;
  /** Records of the first portion, where that is to come sooner. */
  readonly first?: number;
  /** Records of the input that are passed over: those whose number is not higher. */
  readonly skip: number;
  /** Records to give at most, null for all. */
  readonly limit: number | null;
  /**
   * Methods by whose match keys new records are to be known as such: then they bring them along, and rows may be
   * finished; null where each record is considered. An input may leave it be.
   */
  readonly hashedBy?: readonly MatchMethod[] | null;
  /** Whether each record is to carry how it was mapped. */
  readonly traced?: boolean;
}

/** A position in a file. */
export type FilePosition = {
  /** Byte offset in the (unzipped) stream. */
  readonly offset: number;
  /** Number of the last record before it. */
  readonly recordNumber: number;
};

/** Which records of a file are wanted. */
export type FilePortions = PortionRequest & { readonly from: FilePosition };

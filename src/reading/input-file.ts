/** An input file as a run sees it: what it is, and its records in portions from a given place on. */

import type { KnownRecords } from "../store/sqlite/rows/known-records.js";
import type { InputPlace, InputRecord, KnownItem, Portion } from "./portion.js";

export interface InputFile {
  /** From 1, in the order given. */
  readonly fileNumber: number;
  /** As named on the command line. */
  readonly path: string;
  /** Bytes on the disk, null for a pipe. */
  readonly bytes: number | null;
  /** Tells this file from others, "" for a pipe. */
  readonly fingerprint: string;
  /** Whether the stream's offsets are those of the file, so that a run can go on in its middle. */
  readonly seekable: boolean;
  /** Bytes of the file read so far, for the progress line. */
  readonly bytesRead: number;
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
  /**
   * To be asked when it has been read to its end.
   *
   * @throws InputError if it is no longer the file that was looked at when the run began
   */
  mustBeUnchanged(): void;
  /**
   * Digest of what stands before an offset, "" where reading cannot begin there.
   *
   * @throws InputError if it can no longer be read
   */
  bytesBefore(offset: number): string;
  /** Reads and maps one record of a seekable file again. */
  reread(known: KnownItem): InputRecord;
}

/** Which records of a file are wanted. */
export interface PortionRequest {
  readonly from: InputPlace;
  readonly size: number;
  /** Records of the file that are passed over: those whose number is not higher. */
  readonly skip: number;
  /** Records to give at most, null for all. */
  readonly limit: number | null;
  /** Whether each record is to carry how it was mapped. */
  readonly traced?: boolean;
}

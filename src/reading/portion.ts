/** What the reader hands to the run: a portion of the input, some records in a row, and where they end. */

import type { Diagnostic } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import type { RecordTrace } from "../report/explanation.js";
import type { ContentCounts, RuleNote } from "../store/sqlite/register/run-statistics.js";

/** One record as it comes from the reader. */
export interface InputRecord {
  /** As named on the command line. */
  readonly file: string;
  /** One-based, in its file. */
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  /** 53-bit digest of the bytes and the mapping, null if the record is not to be known again. */
  readonly inputDigest: number | null;
  readonly mapped: MappedRecord;
  /** How it was mapped, where that was asked for. */
  readonly trace?: RecordTrace | undefined;
}

/** Something that could not be read as a record. */
export interface InputReject {
  readonly file: string;
  /** One-based, in its file; rejects are numbered with the records. */
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  /** As they stood in the input. */
  readonly bytes: Buffer;
  /** Whether its format is text, so that a line end must separate it from the next where it is kept. */
  readonly isText: boolean;
  /** The reason first. */
  readonly diagnostics: readonly Diagnostic[];
  /** 001 if it could be read. */
  readonly controlNumber: string;
}

export type InputItem =
  | { readonly kind: "record"; readonly record: InputRecord }
  | { readonly kind: "reject"; readonly reject: InputReject }
  | { readonly kind: "known"; readonly known: KnownItem };

/**
 * A record that is, byte for byte and by the same rules, what its row was last made from, or what was
 * last merged into it.
 */
export interface KnownItem {
  readonly file: string;
  readonly number: number;
  readonly offset: number;
  readonly length: number;
  /** The number that tells which row (`knownRow`). */
  readonly knownAs: number;
}

/** A place in one input file between two records. */
export interface InputPlace {
  /** Byte offset in the (unzipped) stream. */
  readonly offset: number;
  /** Number of the last record before it. */
  readonly recordNumber: number;
}

export interface Portion<Items = Iterable<InputItem>> {
  /**
   * To be gone through once, before the next portion is asked for: what comes from another thread is
   * made one by one, and soon forgotten.
   */
  readonly items: Items;
  readonly end: InputPlace;
  /** Bytes of the file (zipped or not) that had been read by then. */
  readonly bytesRead: number;
  /** What its records are, and what the rules found in them. */
  readonly content: ContentCounts;
  /** The rules in the order in which they are counted; the first portion of a file has them. */
  readonly rules?: readonly RuleNote[];
}

/** What the items of a portion are put into. */
export interface ItemSink<Items> {
  /** Items since the last `take`. */
  readonly count: number;
  add(item: InputItem): void;
  /** What was added since the last call. */
  take(): Items;
}

/** Items as they are. */
export class ItemList implements ItemSink<readonly InputItem[]> {
  private items: InputItem[] = [];

  get count(): number {
    return this.items.length;
  }

  add(item: InputItem): void {
    this.items.push(item);
  }

  take(): readonly InputItem[] {
    const { items } = this;
    this.items = [];
    return items;
  }
}

/** Where an item begins. */
export function placeBefore(item: InputItem): InputPlace {
  const { offset, number } = placeOf(item);
  return { offset, recordNumber: number - 1 };
}

/** What every item knows of its place. */
export function placeOf(item: InputItem): {
  file: string;
  number: number;
  offset: number;
  length: number;
} {
  switch (item.kind) {
    case "record":
      return item.record;
    case "reject":
      return item.reject;
    case "known":
      return item.known;
  }
}

/** What an input hands to the run: a portion, some records in a row, and where they end. */

import type { Diagnostic, RecordLabel, Refusal } from "../diagnostics/diagnostic.js";
import type { MappedRecord } from "../fields/mapped-record.js";
import type { MappedTexts } from "../mapping/bytes/mapped-texts.js";
import type { RecordTrace } from "../report/explanation.js";
import type { FinishedRow } from "../store/model/finished-row.js";
import type { KeptRecord } from "../store/model/kept-record.js";
import type { RowHashes } from "../store/model/row-hashes.js";
import type { Position } from "../store/model/run-record.js";
import type { ContentCounts, RuleNote } from "../store/model/run-statistics.js";

/** Where a record stands in its input. */
export interface RecordPlace {
  /** The name of its input. */
  readonly file: string;
  /** One-based, in its input; rejects are numbered with the records. */
  readonly number: number;
  /** Of its first byte in the (unzipped) stream, null where the input is no stream of bytes. */
  readonly offset: number | null;
  /** In bytes, null where they are not known. */
  readonly length: number | null;
}

/** One record as it comes from the input. */
export interface InputRecord extends RecordPlace {
  /** 53-bit digest of the bytes, the mapping and the foreign source; null if the record is not to be known again. */
  readonly inputDigest: number | null;
  readonly mapped: MappedRecord;
  /** What is to be kept of it, where that was asked for. */
  readonly kept?: KeptRecord | undefined;
  /**
   * What tells whether it is surely new, where that was asked for; only of a record that stands, is mapped, and of which nothing is
   * to be told (`isPlain` of thread/item-packer.ts), since such a one may be written without being considered.
   */
  readonly hashes?: RowHashes | undefined;
  /** How it was mapped, where that was asked for. */
  readonly trace?: RecordTrace | undefined;
}

/** Something that could not be read as a record. */
export interface InputReject extends RecordPlace, Refusal {
  /** As they stood in the input. */
  readonly bytes: Buffer;
  /** Whether its format is text, so that a line end must separate it from the next where it is kept. */
  readonly isText: boolean;
  /** 001 if it could be read. */
  readonly controlNumber: string;
  /** Whether it is the id of a repository, no 001. */
  readonly isId?: boolean;
}

/**
 * One record whose row is finished; such a one as may have `hashes`. If it must be considered after all, it is made a
 * record.
 */
export interface FinishedRecord extends RecordPlace, FinishedRow {
  readonly kind: "finished";
  /** Made when it is asked for. */
  readonly hashes: RowHashes;
  /** Which of those of its portion it is, zero-based. */
  readonly nth: number;
  /** Whether the value of that index is not empty. */
  holds(index: number): boolean;
  record(): InputRecord;
}

export type InputItem =
  | { readonly kind: "record"; readonly record: InputRecord }
  | FinishedRecord
  | { readonly kind: "reject"; readonly reject: InputReject }
  | { readonly kind: "known"; readonly known: KnownItem };

/**
 * A record that is, byte for byte and by the same rules, what its row was last made from, or what was
 * last merged into it.
 */
export interface KnownItem extends RecordPlace {
  /** The number that tells which row (`knownRow`). */
  readonly knownAs: number;
}

/** A finding that is no record's. */
export interface PlacedFinding {
  readonly found: Diagnostic;
  /** The last record before it, by its number, and where it stands. */
  readonly label: RecordLabel;
}

export interface Portion<Items = Iterable<InputItem>> {
  /**
   * To be gone through once, before the next portion is asked for: what comes from another thread is
   * made one by one, and soon forgotten.
   */
  readonly items: Items;
  /** Those of its records whose rows are finished, in their order. */
  readonly finished?: readonly FinishedRecord[];
  readonly end: Position;
  /** What was found between its records and behind the last one, in what is no record; absent: nothing. */
  readonly findings?: readonly PlacedFinding[];
  /** Bytes of the input (zipped or not) that had been read by then. */
  readonly bytesRead: number;
  /** What the input has counted of its records, as far as it counts anything. */
  readonly content: Partial<ContentCounts>;
  /** The rules in the order in which they are counted; the first portion of an input has them. */
  readonly rules?: readonly RuleNote[];
}

/** The place of a record that stands in a stream of bytes, and the digest of its bytes. */
export interface TextsPlace extends RecordPlace {
  readonly offset: number;
  readonly length: number;
  readonly inputDigest: number;
}

/** What the items of a portion are put into. */
export interface ItemSink<Items> {
  /** Items since the last `take`. */
  readonly count: number;
  add(item: InputItem): void;
  /** Adds a record of which nothing is to be told, as texts that are gone with the next record. */
  addTexts?(place: TextsPlace, texts: MappedTexts): void;
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

/** What every item knows of its place. */
export function placeOf(item: InputItem): RecordPlace {
  switch (item.kind) {
    case "record":
      return item.record;
    case "finished":
      return item;
    case "reject":
      return item.reject;
    case "known":
      return item.known;
  }
}

/** The pieces of an input as the library gives them. */

/** Something that was found wrong, or mended, with its place. */
export interface Finding {
  /** Of the catalogue (docs/diagnostics.md), such as `M101`; it never changes its meaning. */
  readonly code: string;
  /** `info`, `warning` and `repair` keep the record; `reject` and `stop` do not. */
  readonly severity: "info" | "warning" | "repair" | "reject" | "stop";
  /** What happened, one clause. */
  readonly message: string;
  /** What to do, one sentence. */
  readonly advice: string;
  /** Zero-based byte offset in the (unzipped) stream, null where it is not known. */
  readonly offset: number | null;
  /** `650[3]$a`: tag, one-based occurrence of that tag, subfield; null where it is no field's. */
  readonly field: string | null;
  /** At most 32 bytes of what stood there, printable. */
  readonly found: string | null;
  readonly expected: string | null;
  /** All of it on one line that is safe to print. */
  readonly text: string;
}

/** Where a piece of an input stands. The pieces of an input cover it once, in order. */
export interface Place {
  /** The input: its path, or the name that was given for a stream. */
  readonly file: string;
  /** Zero-based, of the first byte in the (unzipped) stream. */
  readonly offset: number;
  /** In bytes. */
  readonly length: number;
}

/** 001 to 009. */
export interface ControlField {
  readonly kind: "control";
  readonly tag: string;
  /** Unicode, NFC. */
  readonly text: string;
}

export interface Subfield {
  readonly code: string;
  /** Unicode, NFC. */
  readonly text: string;
}

/** Any other field. */
export interface DataField {
  readonly kind: "data";
  readonly tag: string;
  /** Two characters; a blank is a blank. */
  readonly indicators: string;
  /** As they stand in the record. */
  readonly subfields: readonly Subfield[];
}

export type Field = ControlField | DataField;

/** A record that could be read, mended where that was certain. */
export interface ReadRecord extends Place {
  readonly kind: "record";
  /** One-based, in its input; rejects are numbered with the records. */
  readonly number: number;
  /** As they stand in the input. */
  readonly bytes: Uint8Array;
  /** 24 characters. */
  readonly leader: string;
  /** 001 trimmed, "" if there is none. */
  readonly controlNumber: string;
  /** How its text was read: `ascii`, `utf-8`, `marc-8`, `latin-1` or another name of docs/character-sets.md. */
  readonly encoding: string;
  /** In the order of the record. The first time decodes all of them. */
  readonly fields: readonly Field[];
  /** What was found and mended, of the text too, so that asking decodes the record. */
  readonly findings: readonly Finding[];
  /** The fields with a tag. */
  all(tag: string): readonly Field[];
  /** The first text of a control field, or of a subfield, "" if there is none. */
  first(tag: string, code?: string): string;
}

/** Bytes that no record could be made of. */
export interface ReadReject extends Place {
  readonly kind: "reject";
  /** One-based, in its input; rejects are numbered with the records. */
  readonly number: number;
  /** As they stand in the input. */
  readonly bytes: Uint8Array;
  /** 001 as far as it can be read, else "". */
  readonly controlNumber: string;
  /** Why. */
  readonly reason: Finding;
  /** What else was found in these bytes. */
  readonly further: readonly Finding[];
}

/** Bytes between records or behind the last one; of none, where the end of the input is the finding. */
export interface ReadPadding extends Place {
  readonly kind: "padding";
  readonly findings: readonly Finding[];
}

/** A piece of an input. */
export type ReadPiece = ReadRecord | ReadReject | ReadPadding;

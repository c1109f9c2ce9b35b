/** What a diagnostic is: a coded finding about bytes, with its place. */

import type { Code } from "./catalogue.js";

/** One finding. Everything but the code may be unknown (null). */
export interface Diagnostic {
  readonly code: Code;
  /** Absolute byte offset in the (unzipped) stream, zero-based. */
  readonly offset: number | null;
  /** `650[3]$a`: tag, one-based occurrence of that tag, subfield. */
  readonly field: string | null;
  /** At most 32 bytes of what stood there, made printable. */
  readonly found: string | null;
  readonly expected: string | null;
}

/** Makes a diagnostic from its code and whatever is known. */
export function diagnostic(code: Code, known: Partial<Omit<Diagnostic, "code">> = {}): Diagnostic {
  return {
    code,
    offset: known.offset ?? null,
    field: known.field ?? null,
    found: known.found ?? null,
    expected: known.expected ?? null,
  };
}

/** Why something is no record, and what else was found in it. */
export interface Refusal {
  readonly reason: Diagnostic;
  readonly further: readonly Diagnostic[];
}

/** The findings on one record, each once: two rules that read a field meet its bytes twice. */
export function eachOnce(findings: readonly Diagnostic[]): readonly Diagnostic[] {
  if (findings.length < 2) return findings;
  const once = new Map<string, Diagnostic>();
  for (const one of findings) {
    const key = `${one.code} ${one.offset} ${one.field} ${one.found}`;
    if (!once.has(key)) once.set(key, one);
  }
  return [...once.values()];
}

/** Which record, for every message about it. */
export interface RecordLabel {
  readonly file: string;
  /** One-based number of the record in its file. */
  readonly number: number;
  /** Absolute byte offset of the record's first byte, null where its input is no stream of bytes. */
  readonly offset: number | null;
  /** 001, "" if unknown. */
  readonly controlNumber: string;
  /** Where it is no 001: the record is known by an id of another kind, that of its repository. */
  readonly isId?: boolean | undefined;
}

/** Stands in where a finding comes of no record of the input, but of what the input did not hold. */
export const NO_RECORD: RecordLabel = { file: "", number: 0, offset: 0, controlNumber: "" };

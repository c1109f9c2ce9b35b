/** What a diagnostic is: a coded finding about bytes, with its place. */

/** How grave: `info` and `warning` keep the record; `repair` mended it; `reject` and `stop` do not. */
export type Severity = "info" | "warning" | "repair" | "reject" | "stop";

/** One entry of the catalogue of codes. Codes are stable: never renumbered, never used again. */
export interface CodeEntry {
  readonly code: string;
  /** Short kebab-case name. */
  readonly name: string;
  readonly severity: Severity;
  /** What happened, one clause without a full stop. */
  readonly message: string;
  /** One sentence on what to do. */
  readonly advice: string;
  /** Whether it says that the input as a whole does not hold all that it should. */
  readonly incomplete?: boolean;
}

/** Makes an entry of the catalogue. */
export function entry(
  code: string,
  name: string,
  severity: Severity,
  message: string,
  advice: string,
): CodeEntry {
  return { code, name, severity, message, advice };
}

/** Marks a code whose finding says that the input is known to be incomplete. */
export function ofIncomplete(code: CodeEntry): CodeEntry {
  return { ...code, incomplete: true };
}

/** One finding. Everything but the code may be unknown (null). */
export interface Diagnostic {
  readonly code: string;
  /** Absolute byte offset in the (unzipped) stream, zero-based. */
  readonly offset: number | null;
  /** `650[3]$a`: tag, one-based occurrence of that tag, subfield. */
  readonly field: string | null;
  /** At most 32 bytes of what stood there, made printable. */
  readonly found: string | null;
  readonly expected: string | null;
}

/** Makes a diagnostic from its code and whatever is known. */
export function diagnostic(
  code: string,
  known: Partial<Omit<Diagnostic, "code">> = {},
): Diagnostic {
  return {
    code,
    offset: known.offset ?? null,
    field: known.field ?? null,
    found: known.found ?? null,
    expected: known.expected ?? null,
  };
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
}

/** Stands in where a finding comes of no record of the input, but of what the input did not hold. */
export const NO_RECORD: RecordLabel = { file: "", number: 0, offset: 0, controlNumber: "" };

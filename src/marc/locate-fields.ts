/** Finds the fields of a record whose directory or base address needs a second look. */

import { type Diagnostic, diagnostic } from "../diagnostics/diagnostic.js";
import { printableBytes } from "../diagnostics/format.js";
import { byTerminators } from "./by-terminators.js";
import {
  digitsAt,
  ENTRY_LENGTH,
  FIELD_TERMINATOR,
  type FieldArea,
  LEADER_LENGTH,
  RECORD_TERMINATOR,
  type Reading,
  readEntries,
  type Span,
  STANDARD_ENTRY,
} from "./directory.js";
import { byBytes, byCharacters, byNeighbours } from "./directory-strategies.js";
import { byLongEntries } from "./long-entries.js";
import { unclaimed } from "./unclaimed-bytes.js";

/** Leader, the terminator of an empty directory. */
const SHORTEST = LEADER_LENGTH + 1;

export interface LocatedFields {
  /** Offset of the first field in the record. */
  readonly base: number;
  readonly spans: readonly Span[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Tries every base address that the bytes speak for, and for each the known readings of the
 * directory.
 *
 * @param offset absolute, of the record's first byte
 * @returns the fields, or the diagnostic that rejects the record
 */
export function locateFields(bytes: Buffer, offset: number): LocatedFields | Diagnostic {
  const terminated = bytes[bytes.length - 1] === RECORD_TERMINATOR;
  const end = terminated ? bytes.length - 1 : bytes.length;
  const stated = digitsAt(bytes, 12, 5);
  const bases = bytes.length < SHORTEST ? [] : possibleBases(bytes, end, stated);
  for (const base of bases) {
    const reading = read({ bytes, base, end, terminated });
    if (!reading) continue;
    const codes = [...(reading.code ? [reading.code] : []), ...(reading.also ?? [])];
    const diagnostics = codes.map((code) => diagnostic(code, { offset: offset + LEADER_LENGTH }));
    if (base !== stated) diagnostics.unshift(baseFinding(bytes, offset, base));
    for (const { start, end: until } of unclaimed(
      { bytes, base, end, terminated },
      reading.spans,
    )) {
      const found = `${until - start} bytes: ${printableBytes(bytes, start, until)}`;
      diagnostics.push(diagnostic("M214", { offset: offset + start, found }));
    }
    if (bytes[base - 1] !== FIELD_TERMINATOR) {
      const known = { offset: offset + base - 1, found: printableBytes(bytes, base - 1, base) };
      diagnostics.unshift(diagnostic("M213", { ...known, expected: "\\x1e" }));
    }
    return { base, spans: reading.spans, diagnostics };
  }
  const [base] = bases;
  if (base === undefined || bytes[base - 1] !== FIELD_TERMINATOR) {
    return diagnostic("M209", {
      offset,
      expected: "a field terminator (0x1E) behind the directory",
    });
  }
  return refusal({ bytes, base, end, terminated }, offset);
}

/** The base address behind the first field terminator, and the one that the leader states. */
function possibleBases(bytes: Buffer, end: number, stated: number): number[] {
  const first = bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH);
  const found = first >= 0 && first < end ? [first + 1] : [];
  if (stated < SHORTEST || stated > end || stated === found[0]) return found;
  return bytes[stated - 1] === FIELD_TERMINATOR ? [stated, ...found] : [...found, stated];
}

function read(area: FieldArea): Reading | null {
  const first = area.bytes.indexOf(FIELD_TERMINATOR, LEADER_LENGTH);
  if (first !== area.base - 1) return readDoubtful(area);
  if ((area.base - 1 - LEADER_LENGTH) % ENTRY_LENGTH !== 0) return byLongEntries(area);
  const entries = readEntries(area.bytes, area.base - 1, STANDARD_ENTRY);
  return (
    byBytes(area, entries) ??
    byCharacters(area, entries) ??
    byTerminators(area, entries) ??
    byLongEntries(area) ??
    byNeighbours(area, entries)
  );
}

/** A directory whose end the leader alone states, or that holds a terminator, must be right in everything. */
function readDoubtful(area: FieldArea): Reading | null {
  const size = area.base - 1 - LEADER_LENGTH;
  if (size === 0 || size % ENTRY_LENGTH !== 0) return null;
  return byBytes(area, readEntries(area.bytes, area.base - 1, STANDARD_ENTRY));
}

function baseFinding(bytes: Buffer, offset: number, base: number): Diagnostic {
  return diagnostic("M201", {
    offset: offset + 12,
    found: printableBytes(bytes, 12, 17),
    expected: String(base).padStart(5, "0"),
  });
}

/** Names the first entry that leads nowhere. */
function refusal({ bytes, base, end }: FieldArea, offset: number): Diagnostic {
  const size = base - 1 - LEADER_LENGTH;
  if (size % ENTRY_LENGTH !== 0) {
    const known = { found: `${size} bytes`, expected: "a multiple of 12" };
    return diagnostic("M202", { offset: offset + LEADER_LENGTH, ...known });
  }
  const entries = readEntries(bytes, base - 1, STANDARD_ENTRY);
  let entry = 0;
  while (entry < entries.count - 1) {
    const last = base + entries.starts[entry] + entries.lengths[entry] - 1;
    const sound = entries.starts[entry] >= 0 && entries.lengths[entry] > 0 && last < end;
    if (!sound || bytes[last] !== FIELD_TERMINATOR) break;
    entry++;
  }
  const at = LEADER_LENGTH + entry * ENTRY_LENGTH;
  return diagnostic("M203", {
    offset: offset + at,
    field: printableBytes(bytes, at, at + 3),
    found: `entry ${entry + 1}: ${printableBytes(bytes, at, at + ENTRY_LENGTH)}`,
    expected: `a field that ends with 0x1E within ${end - base} bytes`,
  });
}

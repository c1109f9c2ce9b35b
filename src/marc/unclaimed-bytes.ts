/** Bytes of a record that its directory gives to no field. */

import { FIELD_TERMINATOR, type FieldArea, RECORD_TERMINATOR, type Span } from "./directory.js";

/** Bytes that are in no field, from the first of them to the next field. */
interface Unclaimed {
  /** Absolute in the record's bytes. */
  readonly start: number;
  readonly end: number;
}

/** All bytes of the area that say something and are in no span. */
export function unclaimed({ bytes, base, end }: FieldArea, spans: readonly Span[]): Unclaimed[] {
  const found: Unclaimed[] = [];
  let start = base;
  const look = (to: number) => {
    if (saysSomething(bytes, start, to)) found.push({ start, end: to });
  };
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    look(span.start);
    start = bytes[span.end] === FIELD_TERMINATOR ? span.end + 1 : span.end;
  }
  look(end);
  return found;
}

/** Blanks, NUL and terminators, which nobody misses. */
const NOTHING: readonly number[] = [0x20, 0, FIELD_TERMINATOR, RECORD_TERMINATOR];

function saysSomething(bytes: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!NOTHING.includes(bytes[at])) return true;
  return false;
}
